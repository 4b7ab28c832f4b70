"""Records as they are harvested: in the order of their last change, which the feed keeps of every article for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.core.harvests import Subset
from service.storage.database import Database, Row

FEW, SHORT = 5000, 5000
"""A set of so many records or fewer is looked up by its members, unless the rest of the feed is as short as that."""

# The last entry of an article is that of the version it has now.
_COLUMNS = "c.seq, c.at, a.id, a.deleted_at IS NOT NULL, a.document"
_ARTICLE = "CASE WHEN c.type LIKE 'article.%' THEN CAST(c.record AS uuid) END"
_LAST = {
    True: "change c CROSS JOIN article a ON c.type LIKE 'article.%' AND a.id = c.record AND a.version = c.version",
    False: f"change c JOIN article a ON a.id = {_ARTICLE} AND a.version = c.version",
}
_PLACE = (
    "SELECT seq FROM change WHERE record = CAST(member.id AS text) AND type LIKE 'article.%' "
    "ORDER BY version DESC LIMIT 1"
)
_LIVING, _GONE = "a.deleted_at IS NULL", "a.deleted_at IS NOT NULL"  # as the indexes of both have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """A record: the number and time of its last entry in the feed, and its document, which a purged one has no more of.

    ``at`` is in microseconds.
    """

    seq: int
    at: int
    id: str
    is_deleted: bool
    document: bytes


@dataclass(frozen=True, slots=True)
class _Sql:
    """A piece of SQL with its parameters."""

    text: str
    params: tuple[Any, ...] = ()


def list_harvested(
    database: Database, subset: Subset | None, *, after: int, last: int | None, today: date, limit: int
) -> list[Harvested]:
    """The records whose last entry stands behind the number `after`, up to `last` if there is one.

    Among those of a license are a few that only began or ceased to be under it by `today`: look at the document.
    """
    place = _Sql("c.seq > ?", (after,)) if last is None else _Sql("c.seq > ? AND c.seq <= ?", (after, last))
    if subset is None or subset.spec == "source":
        found = _along_the_feed(database, _Sql("1 = 1"), place)
    elif _is_few(database, parts := _members(subset, today), after):
        found = _by_members(parts, place, limit)
    else:
        found = _along_the_feed(database, _in_subset(subset, today), place)
    rows = database.fetch_all(f"{found.text} ORDER BY c.seq LIMIT ?", (*found.params, limit))
    return [_harvested(row) for row in rows]


def find_harvested(database: Database, id: str) -> Harvested | None:
    """The record `id`, a deleted one included."""
    sql = (
        f"SELECT {_COLUMNS} FROM article a JOIN change c ON c.record = ? AND c.version = a.version "
        "AND c.type LIKE 'article.%' WHERE a.id = ?"
    )
    row = database.fetch_one(sql, (id, id))
    return _harvested(row) if row else None


def find_place(database: Database, before: int) -> int:
    """A number behind all entries made before an instant, in microseconds, and before all others; 0 where none was.

    Times never fall along the numbers, so that the place is found by halving.
    """
    middle = "(low + high + 1) / 2"
    earlier = f"coalesce((SELECT at FROM change WHERE seq <= {middle} ORDER BY seq DESC LIMIT 1) < ?, TRUE)"
    sql = (
        "WITH RECURSIVE search(low, high) AS (SELECT CAST(0 AS BIGINT), seq FROM feed_head WHERE id = 1 UNION ALL "
        f"SELECT CASE WHEN {earlier} THEN {middle} ELSE low END, CASE WHEN {earlier} THEN high ELSE {middle} - 1 END "
        "FROM search WHERE low < high) SELECT low FROM search WHERE low = high"
    )
    row = database.fetch_one(sql, (before, before))
    return int(row[0]) if row else 0


def find_times(database: Database) -> tuple[int, int] | None:
    """When the first and the last entry were made that are still kept, in microseconds; None where there are none."""
    first, last = (f"(SELECT at FROM change ORDER BY seq {order} LIMIT 1)" for order in ("ASC", "DESC"))
    row = database.fetch_one(f"SELECT {first}, {last}")
    return (row[0], row[1]) if row and row[0] is not None else None


def list_all_sources(database: Database, *, after: str, limit: int) -> list[tuple[str, bytes]]:
    """The slugs and documents of sources, deleted ones included, behind the slug `after` in their order."""
    rows: list[tuple[str, bytes]] = database.fetch_all(
        "SELECT slug, document FROM source WHERE slug > ? ORDER BY slug LIMIT ?", (after, limit)
    )
    return rows


def _along_the_feed(database: Database, condition: _Sql, place: _Sql) -> _Sql:
    """The records of a large set: the entries one after the other, each looked at."""
    sql = f"SELECT {_COLUMNS} FROM {_LAST[database.is_sqlite]} WHERE {place.text} AND {condition.text}"
    return _Sql(sql, (*place.params, *condition.params))


def _by_members(parts: Sequence[_Sql], place: _Sql, limit: int) -> _Sql:
    """The records of a small set: the last entry of each member, and the documents of those that the page has."""
    members = _Sql(" UNION ".join(part.text for part in parts), tuple(param for part in parts for param in part.params))
    places = f"SELECT id, ({_PLACE}) AS seq FROM member"
    page = f"SELECT c.id, c.seq FROM placed c WHERE {place.text} ORDER BY c.seq LIMIT ?"
    sql = (
        f"WITH member(id) AS ({members.text}), placed AS MATERIALIZED ({places}), page AS MATERIALIZED ({page}) "
        f"SELECT {_COLUMNS} FROM page CROSS JOIN change c CROSS JOIN article a "
        "WHERE c.seq = page.seq AND a.id = page.id"
    )
    return _Sql(sql, (*members.params, *place.params, limit))


def _is_few(database: Database, parts: Sequence[_Sql], after: int) -> bool:
    """Whether a set is small beside what is left of the feed; its members are counted no further than that."""
    members = (f"SELECT 1 FROM ({part.text} LIMIT {FEW + 1}) part" for part in parts)
    count = f"SELECT count(*) FROM ({' UNION ALL '.join(members)} LIMIT {FEW + 1}) members"
    sql = f"SELECT CASE WHEN seq - ? > {SHORT} THEN ({count}) END FROM feed_head WHERE id = 1"
    row = database.fetch_one(sql, [after, *(param for part in parts for param in part.params)])
    return row is not None and row[0] is not None and row[0] <= FEW


def _members(subset: Subset, today: date) -> Sequence[_Sql]:
    """The ids of the records in a set, as far as rows and ledgers tell: living ones, tombstones, and those beside."""
    if subset.kind == "source":
        of_source = "SELECT a.id FROM article a WHERE a.source_id = (SELECT id FROM source WHERE slug = ?)"
        return [_Sql(f"{of_source} AND {state}", (subset.name,)) for state in (_LIVING, _GONE)]
    named, name = _named(subset)
    shown = f"SELECT a.id FROM article a WHERE a.license_id {named}"
    open_grant, params = _open_grant(named, name, today)
    # Of the grants that stand the first is what the article shows, so that only later ones are looked for.
    beside = (
        f"SELECT a.id FROM article_grant g JOIN article a ON a.id = g.article_id WHERE {open_grant} AND g.n > 1 "
        "AND a.license_status <> 'disputed'"
    )
    return [*(_Sql(f"{shown} AND {state}", name) for state in (_LIVING, _GONE)), _Sql(beside, params)]


def _in_subset(subset: Subset, today: date) -> _Sql:
    """That an article is in a set."""
    if subset.kind == "source":
        return _Sql("a.source_id = (SELECT id FROM source WHERE slug = ?)", (subset.name,))
    named, name = _named(subset)
    open_grant, params = _open_grant(named, name, today)
    grant = f"EXISTS (SELECT 1 FROM article_grant g WHERE g.article_id = a.id AND {open_grant})"
    return _Sql(f"a.license_status <> 'disputed' AND (a.license_id {named} OR {grant})", (*name, *params))


def _named(subset: Subset) -> tuple[str, tuple[str, ...]]:
    """What the column of a license is compared with."""
    return ("= ?", (subset.name,)) if subset.name else ("IS NOT NULL", ())


def _open_grant(named: str, name: tuple[str, ...], today: date) -> tuple[str, tuple[str, ...]]:
    """That a grant ``g`` of an article ``a`` stands, or may have until its article was turned."""
    day = today.isoformat()
    sql = (
        f"g.license_id {named} AND g.state = 'asserted' AND g.scope = 'article' AND (a.due_on <= ? OR "
        '((g.start IS NULL OR g.start <= ?) AND (g."end" IS NULL OR g."end" >= ?)))'
    )
    return sql, (*name, day, day, day)


def _harvested(row: Row) -> Harvested:
    seq, at, id, is_deleted, document = row
    return Harvested(seq=seq, at=at, id=str(id), is_deleted=bool(is_deleted), document=document)
