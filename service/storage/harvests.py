"""Records as they are harvested: in the order of their last change, which the feed keeps of every article for good."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from service.core.harvests import Subset
from service.storage.database import Database, Row

# The last entry of an article is that of the version it has now.
_COLUMNS = "c.seq, c.at, a.id, a.deleted_at IS NOT NULL, a.document"
_ARTICLE = "CASE WHEN c.type LIKE 'article.%' THEN CAST(c.record AS uuid) END"
_LAST = {
    True: "change c CROSS JOIN article a ON c.type LIKE 'article.%' AND a.id = c.record AND a.version = c.version",
    False: f"change c JOIN article a ON a.id = {_ARTICLE} AND a.version = c.version",
}


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


def list_harvested(
    database: Database, subset: Subset | None, *, after: int, last: int | None, today: date, limit: int
) -> list[Harvested]:
    """The records whose last entry stands behind the number `after`, up to `last` if there is one.

    Among those of a license are a few that only began or ceased to be under it by `today`: look at the document.
    """
    conditions = [("c.seq > ?", [after]), _in_subset(subset, today)]
    if last is not None:
        conditions.append(("c.seq <= ?", [last]))
    where = " AND ".join(sql for sql, _ in conditions)
    sql = f"SELECT {_COLUMNS} FROM {_LAST[database.is_sqlite]} WHERE {where} ORDER BY c.seq LIMIT ?"
    return [_harvested(row) for row in database.fetch_all(sql, [*(v for _, vs in conditions for v in vs), limit])]


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


def _in_subset(subset: Subset | None, today: date) -> tuple[str, list[Any]]:
    if subset is None or (subset.kind, subset.name) == ("source", None):
        return "1 = 1", []
    if subset.kind == "source":
        return "a.source_id = (SELECT id FROM source WHERE slug = ?)", [subset.name]
    named, name = ("= ?", [subset.name]) if subset.name else ("IS NOT NULL", [])
    day = today.isoformat()
    open_grant = (
        f"SELECT 1 FROM article_grant g WHERE g.article_id = a.id AND g.license_id {named} AND g.state = 'asserted' "
        "AND g.scope = 'article' AND (a.due_on <= ? OR ((g.start IS NULL OR g.start <= ?) AND "
        '(g."end" IS NULL OR g."end" >= ?)))'
    )
    sql = f"a.license_status <> 'disputed' AND (a.license_id {named} OR EXISTS ({open_grant}))"
    return sql, [*name, *name, day, day, day]


def _harvested(row: Row) -> Harvested:
    seq, at, id, is_deleted, document = row
    return Harvested(seq=seq, at=at, id=str(id), is_deleted=bool(is_deleted), document=document)
