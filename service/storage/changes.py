"""The change feed: dense numbers in the order of the commits, because the counter row is locked last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from service.core.changes import Change
from service.core.dates import to_micros
from service.storage.database import Database
from service.storage.statements import columns_of
from service.storage.tables import Change as ChangeTable


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the feed as it is stored; ``at`` in microseconds, no document where the state has none."""

    seq: int
    type: str
    record: str
    version: int
    at: int
    document: bytes | None


# A statement of its own reads what was committed before it: the entry in front is there once the counter is held.
_INSERT = (
    "INSERT INTO change (seq, type, record, version, at, document) SELECT ?, ?, ?, ?, "
    "(SELECT max(times.at) FROM (SELECT CAST(? AS BIGINT) AS at UNION ALL SELECT at FROM change WHERE seq = ?) times), "
    "CAST(? AS {bytes})"
)
_ENTRY = {True: _INSERT.format(bytes="BLOB"), False: _INSERT.format(bytes="BYTEA")}
"""The statement that makes an entry, by whether it is for SQLite."""

_SUPERSEDED = (
    "(type NOT LIKE 'article.%' OR EXISTS (SELECT 1 FROM change later "
    "WHERE later.record = change.record AND later.version > change.version AND later.type LIKE 'article.%'))"
)


def append_changes(database: Database, changes: Sequence[Change]) -> int:
    """Enter `changes` at the end of the feed and return the number of the last one.

    Call it as the last thing in a transaction: the counter row stays locked until the commit. Only then is it known
    when the change was made: an entry's time is that of the counter held, never before the time of the entry in front.
    """
    if not changes:
        return 0
    row = database.fetch_one("UPDATE feed_head SET seq = seq + ? WHERE id = 1 RETURNING seq", (len(changes),))
    assert row is not None, "the migration makes the counter row"
    head: int = row[0]
    if len(changes) == 1:
        _append_one(database, changes[0], head)
    else:
        _append_many(database, changes, head - len(changes) + 1)
    return head


def _append_one(database: Database, change: Change, seq: int) -> None:
    at, statement = to_micros(max(change.at, datetime.now(UTC))), _ENTRY[database.is_sqlite]
    database.execute(statement, (seq, change.type, change.record, change.version, at, seq - 1, change.document))


def _append_many(database: Database, changes: Sequence[Change], first: int) -> None:
    row = database.fetch_one("SELECT at FROM change WHERE seq = ?", (first - 1,))
    at, rows = max(to_micros(datetime.now(UTC)), row[0] if row else 0), []
    for seq, change in enumerate(changes, start=first):
        at = max(at, to_micros(change.at))
        rows.append((seq, change.type, change.record, change.version, at, change.document))
    database.insert_many("change", columns_of(ChangeTable), rows)


def list_changes(database: Database, *, after: int, types: Sequence[str], limit: int) -> list[Entry]:
    """The entries behind the number `after`, of these types if any are named, with the documents of their states."""
    only = f" AND type IN ({', '.join('?' * len(types))})" if types else ""
    sql = f"SELECT seq, type, record, version, at, document FROM change WHERE seq > ?{only} ORDER BY seq LIMIT ?"
    rows = database.fetch_all(sql, (after, *types, limit))
    kept = _documents(database, {row[2] for row in rows if row[1].startswith("article.")})
    return [
        Entry(seq, type, record, version, at, document or kept.get((record, version)))
        for seq, type, record, version, at, document in rows
    ]


def find_change_time(database: Database, seq: int) -> int | None:
    """When the entry `seq` was made, in microseconds; None where the feed has no such entry."""
    sql = "SELECT at FROM change WHERE seq = ? AND seq > (SELECT floor FROM feed_head WHERE id = 1)"
    row = database.fetch_one(sql, (seq,))
    return row[0] if row else None


def get_floor(database: Database) -> int:
    """The number up to which entries have been deleted."""
    row = database.fetch_one("SELECT floor FROM feed_head WHERE id = 1")
    assert row is not None, "the migration makes the counter row"
    floor: int = row[0]
    return floor


def delete_changes(database: Database, before: datetime) -> int:
    """Take the entries made before an instant from the feed and raise the floor; returns how many it lost.

    The last entry of each article is kept below the floor, where no reader of the feed comes: it says since when the
    article is as it is, which harvests by date go by (`service.storage.harvests`).
    """
    row = database.fetch_one("SELECT max(seq) FROM change WHERE at < ?", (to_micros(before),))
    if row is None or row[0] is None:
        return 0
    lost = int(row[0]) - get_floor(database)
    database.execute(f"DELETE FROM change WHERE seq <= ? AND {_SUPERSEDED}", (row[0],))
    database.execute("UPDATE feed_head SET floor = ? WHERE id = 1 AND floor < ?", (row[0], row[0]))
    return max(lost, 0)


def _documents(database: Database, articles: set[str]) -> dict[tuple[str, int], bytes]:
    """The documents of the states of these articles, by id and version; deleted states have none."""
    if not articles:
        return {}
    marks = ", ".join("?" * len(articles))
    sql = (
        f"SELECT article_id, version, document FROM article_version WHERE article_id IN ({marks}) "
        f"UNION ALL SELECT id, version, document FROM article WHERE deleted_at IS NULL AND id IN ({marks})"
    )
    return {(str(id), version): document for id, version, document in database.fetch_all(sql, (*articles, *articles))}


def get_head(database: Database) -> int:
    """The number of the last change."""
    row = database.fetch_one("SELECT seq FROM feed_head WHERE id = 1")
    assert row is not None, "the migration makes the counter row"
    head: int = row[0]
    return head
