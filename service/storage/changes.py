"""The change feed: dense numbers in the order of the commits, because the counter row is locked last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.core.changes import Change
from service.core.dates import to_micros
from service.storage.database import Database


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the feed as it is stored; ``at`` in microseconds, no document where the state has none."""

    seq: int
    type: str
    record: str
    version: int
    at: int
    document: bytes | None


_ENTRY = "INSERT INTO change (seq, type, record, version, at, document) VALUES (?, ?, ?, ?, ?, ?)"


def append_changes(database: Database, changes: Sequence[Change]) -> int:
    """Enter `changes` at the end of the feed and return the number of the last one.

    Call it as the last thing in a transaction: the counter row stays locked until the commit.
    """
    if not changes:
        return 0
    row = database.fetch_one("UPDATE feed_head SET seq = seq + ? WHERE id = 1 RETURNING seq", (len(changes),))
    assert row is not None, "the migration makes the counter row"
    head: int = row[0]
    for seq, change in enumerate(changes, start=head - len(changes) + 1):
        entry = (seq, change.type, change.record, change.version, to_micros(change.at), change.document)
        database.execute(_ENTRY, entry)
    return head


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
    """When the entry `seq` was made, in microseconds; None where there is no such entry."""
    row = database.fetch_one("SELECT at FROM change WHERE seq = ?", (seq,))
    return row[0] if row else None


def get_floor(database: Database) -> int:
    """The number up to which entries have been deleted."""
    row = database.fetch_one("SELECT floor FROM feed_head WHERE id = 1")
    assert row is not None, "the migration makes the counter row"
    floor: int = row[0]
    return floor


def delete_changes(database: Database, before: datetime) -> int:
    """Delete the entries made before an instant and raise the floor; returns how many there were."""
    row = database.fetch_one("SELECT max(seq) FROM change WHERE at < ?", (to_micros(before),))
    if row is None or row[0] is None:
        return 0
    deleted = int(database.execute("DELETE FROM change WHERE seq <= ?", (row[0],)).rowcount)
    database.execute("UPDATE feed_head SET floor = ? WHERE id = 1 AND floor < ?", (row[0], row[0]))
    return deleted


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
