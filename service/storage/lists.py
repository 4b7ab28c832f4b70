"""Lists of articles: one SELECT of documents along an index, from a keyset position on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from service.core.listings import RELEVANCE, Filter, Listing
from service.storage.conditions import (
    ANY_LICENSE,
    TERMS,
    Condition,
    look_beside,
    shown_condition,
    term_key,
    terms_beside,
    values_with,
    where,
)
from service.storage.database import Database, Row
from service.storage.hits import hits_alone, is_ordered_by_words, list_hits, search_condition, spans_ahead
from service.storage.tables import UNDATED

COUNT_BOUND = 10_000
Position = list[Any]

_SORTED = {
    "title": "title_key",
    "created_at": "id",
    RELEVANCE: "published_at",
}
_IN_TITLE, _ELSEWHERE = 1, 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the order: what is behind a position, under a condition of its own.

    ``in_title`` says whether what is searched for is in the title there; None where that makes no difference.
    """

    behind: Condition
    position: Position | None = None
    in_title: bool | None = None


def list_articles(
    database: Database, listing: Listing, position: Position | None, limit: int
) -> tuple[list[bytes], Position | None]:
    """The documents of a page behind `position`, and the position of the next page if there is one.

    An article that is deleted at this very moment may be missing in a page, but the list goes on behind it.
    """
    rows: list[tuple[Segment, Row]] = []
    listing = look_beside(database, listing)
    by_words = is_ordered_by_words(database, listing)
    for segment in _segments(listing, position):
        left = limit + 1 - len(rows)
        found = list_hits(database, listing, segment, left) if by_words else _list(database, listing, segment, left)
        rows += [(segment, row) for row in found]
        if len(rows) > limit:
            break
    last = rows[limit - 1] if len(rows) > limit else None
    documents = [row[-1] for _, row in rows[:limit] if row[-1] is not None]
    return documents, _position(listing, *last) if last else None


def count_articles(database: Database, listing: Listing) -> tuple[int, str]:
    """How many articles the list has, and ``eq`` or, where a bounded count gave up, ``gte``."""
    table, (condition, params) = _counted(database, look_beside(database, listing))
    if listing.count == "exact":
        row = database.fetch_one(f"SELECT count(*) FROM {table} WHERE {condition}", params)
        return (row[0] if row else 0), "eq"
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT ?) AS bounded"
    row = database.fetch_one(sql, (*params, COUNT_BOUND + 1))
    found = row[0] if row else 0
    return (COUNT_BOUND, "gte") if found > COUNT_BOUND else (found, "eq")


def _counted(database: Database, listing: Listing) -> tuple[str, Condition]:
    """The table to count in, and what is counted: the index of words alone where nothing else is asked for."""
    if listing.search and listing.search.wanted and not listing.filters:
        return hits_alone(database, listing.search)
    return "article a", where(listing, listing.filters, search_condition(database, listing))


def _segments(listing: Listing, position: Position | None) -> Iterator[Segment]:
    """The stretches of the order to read one after the other.

    There are two where undated articles, which have the least key, must come last in a rising order, and two by
    relevance: what is met in the title, then what is met elsewhere.
    """
    column = f"a.{_SORTED.get(listing.sort, listing.sort)}"
    if listing.sort == "published_at" and not listing.descending:
        dated, undated = f"{column} > {UNDATED}", f"{column} = {UNDATED}"
        if position is None or position[0] != UNDATED:
            yield Segment(_behind(column, position, ">", dated), position)
        last = position if position and position[0] == UNDATED else None
        yield Segment(_behind(column, last, ">", undated), last)
    elif listing.sort == RELEVANCE and listing.search and listing.search.wanted:
        yield from _segments_by_relevance(column, position)
    else:
        keyset = position[1:] if position and listing.sort == RELEVANCE else position
        yield Segment(_behind(column, keyset, "<" if listing.descending else ">", ""), keyset)


def _segments_by_relevance(column: str, position: Position | None) -> Iterator[Segment]:
    if position is None or position[0] == _IN_TITLE:
        keyset = position[1:] if position else None
        yield Segment(_behind(column, keyset, "<", ""), keyset, in_title=True)
    keyset = position[1:] if position and position[0] == _ELSEWHERE else None
    yield Segment(_behind(column, keyset, "<", ""), keyset, in_title=False)


def _behind(column: str, position: Position | None, sign: str, only: str) -> Condition:
    if position is None:
        return only, []
    behind = f"a.id {sign} ?" if column == "a.id" else f"({column}, a.id) {sign} (?, ?)"
    key = bytes.fromhex(position[0]) if column == "a.title_key" else position[0]
    params = [position[-1]] if column == "a.id" else [key, position[1]]
    return " AND ".join(filter(None, (only, behind))), params


def _list(database: Database, listing: Listing, segment: Segment, limit: int) -> list[Row]:
    """The rows of a segment, met in as few places as there are enough in."""
    for places in spans_ahead(database, listing, segment, limit):
        searched = search_condition(database, listing, in_title=segment.in_title, places=places)
        rows = _read(database, listing, segment, limit, searched)
        if len(rows) == limit:
            break
    return rows


def _read(database: Database, listing: Listing, segment: Segment, limit: int, searched: list[Condition]) -> list[Row]:
    branches = _branches(listing, searched)
    if len(branches) == 1:
        sql, params = _select(listing, segment, database, "a.document", searched)
        return database.fetch_all(f"{sql} LIMIT ?", [*params, limit])
    selects = [_select(branch, segment, database, "1", conditions) for branch, conditions in branches]
    merged = " UNION ALL ".join(f"SELECT * FROM ({sql} LIMIT ?) AS branch" for sql, _ in selects)
    first = f"SELECT * FROM ({merged}) AS merged ORDER BY {_order('1', '2', listing)} LIMIT ?"
    order = _order("found.sorted", "found.id", listing)
    sql = f"SELECT found.sorted, found.id, a.document FROM ({first}) AS found JOIN article a ON a.id = found.id"
    params = [*(value for _, params in selects for value in (*params, limit)), limit]
    return database.fetch_all(f"{sql} ORDER BY {order}", params)


def _branches(listing: Listing, searched: list[Condition]) -> list[tuple[Listing, list[Condition]]]:
    """The parts of a list that have an index each, with what is asked for beside their filters; they are merged.

    What may be done with an article is several values. A license is the one that it shows, or one beside that.
    """
    if mask := _drives_may(listing):
        return [(listing, [*searched, ("a.may = ?", [value])]) for value in values_with(mask)]
    item = _license_in_two_places(listing)
    if item is None:
        return [(listing, searched)]
    others = replace(listing, filters=tuple(other for other in listing.filters if other is not item))
    terms, keys = terms_beside(item)
    is_beside = [shown_condition(replace(item, op="ne")), (f"a.id IN ({terms})", keys)]
    return [(others, [*searched, shown_condition(item)]), (others, [*searched, *is_beside])]


def _license_in_two_places(listing: Listing) -> Filter | None:
    """The filter by any license that leads to the articles, if one does."""
    if _driver(listing):
        return None
    return next((item for item in listing.filters if item.field in ANY_LICENSE and item.op in ("eq", "in")), None)


def _drives_may(listing: Listing) -> int:
    """The bits that are asked for, where no other filter leads to the articles more directly, else 0."""
    direct = any(item.field in ("source", "license", "license.unit", *ANY_LICENSE, *TERMS) for item in listing.filters)
    if direct or listing.sort != "published_at":
        return 0
    return next((int(item.values[0]) for item in listing.filters if item.field == "may"), 0)


def _select(
    listing: Listing, segment: Segment, database: Database, last: str, also: Iterable[Condition] = ()
) -> Condition:
    """The key of the order, the id and `last`. A single term drives it along its own index, for the newest."""
    filters, table = listing.filters, "article a"
    column = f"a.{_SORTED.get(listing.sort, listing.sort)}"
    conditions: list[Condition] = [*([segment.behind] if segment.behind[0] else []), *also]
    driver = _driver(listing)
    if driver:
        filters = tuple(item for item in filters if item is not driver)
        joined = "CROSS JOIN" if database.is_sqlite else "JOIN"
        table = f"article_term t {joined} article a ON a.id = t.article_id"
        conditions = [
            (sql.replace("a.published_at", "t.published_at").replace("a.id", "t.article_id"), params)
            for sql, params in conditions
        ]
        conditions.insert(0, ("t.field = ? AND t.key = ?", [driver.field, term_key(driver.field, driver.values[0])]))
    order = _order("t.published_at" if driver else column, "t.article_id" if driver else "a.id", listing)
    condition, params = where(listing, filters, conditions)
    return f"SELECT {column} AS sorted, a.id, {last} FROM {table} WHERE {condition} ORDER BY {order}", params


def _driver(listing: Listing) -> Filter | None:
    if listing.sort not in ("published_at", RELEVANCE):
        return None
    return next((item for item in listing.filters if item.field in TERMS and item.op == "eq"), None)


def _order(column: str, id: str, listing: Listing) -> str:
    direction = "DESC" if listing.descending else "ASC"
    return f"{id} {direction}" if column == id else f"{column} {direction}, {id} {direction}"


def _position(listing: Listing, segment: Segment, row: Row) -> Position:
    if listing.sort in ("id", "created_at"):
        return [str(row[1])]
    key = row[0].hex() if listing.sort == "title" else row[0]
    return [*([int(bool(segment.in_title))] if listing.sort == RELEVANCE else []), key, str(row[1])]
