"""What a search meets: in the order of the index of words where that is the order of the list, else as a condition."""

from collections.abc import Sequence
from typing import Protocol

from service.core.listings import RELEVANCE, Listing
from service.core.search import Search
from service.storage.articles import find_documents
from service.storage.conditions import Condition, where
from service.storage.database import Database, Row
from service.storage.words import fts_query, fts_unwanted, last_place, places_beside, ts_query

FEW = 2_000
"""So many articles are looked at one by one rather than that the whole index of a common word is read."""

_IS_AMONG = "a.place IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"
_IS_HIT = "EXISTS (SELECT 1 FROM article_words WHERE article_words MATCH ? AND rowid = a.place)"
_NOTHING: Condition = ("1 = 0", [])


class Stretch(Protocol):
    """A stretch of a list, as `service.storage.lists` divides it."""

    @property
    def behind(self) -> Condition:
        """That an article is behind the position."""

    @property
    def position(self) -> list[object] | None:
        """The day and the id behind which it begins."""

    @property
    def in_title(self) -> bool | None:
        """Where what is searched for is to be met."""


def is_ordered_by_words(database: Database, listing: Listing) -> bool:
    """Whether the index of words leads through the list, rather than what else it is filtered by."""
    if not listing.search or not listing.search.wanted or listing.sort not in (RELEVANCE, "published_at"):
        return False
    return not listing.filters or not database.is_sqlite or not _are_few(database, listing)


def list_hits(database: Database, listing: Listing, stretch: Stretch, limit: int) -> list[Row]:
    """``(day, id, document)`` of up to `limit` articles of a stretch, in the order of the list."""
    if not database.is_sqlite:
        return _list_on_postgresql(database, listing, stretch, limit)
    return _list_on_sqlite(database, listing, stretch, limit)


def search_condition(database: Database, listing: Listing, *, in_title: bool | None = None) -> list[Condition]:
    """That an article is met by what is searched for, if anything is; `in_title` says where."""
    search = listing.search
    if search is None:
        return []
    if search.is_wordless:
        return [_NOTHING]
    if not database.is_sqlite:
        found, params = _ts_condition(search, in_title=in_title)
        return [(f"EXISTS (SELECT 1 FROM article_words w WHERE w.article_id = a.id AND {found})", params)]
    is_met = _IS_AMONG if _are_all_read(listing, search) else _IS_HIT
    if not search.wanted:
        return [(f"NOT {is_met}", [fts_unwanted(search)])]
    query = fts_query(search, in_title=in_title)
    return [(is_met if _has_many(database, query) else _IS_AMONG, [query])]


def _are_all_read(listing: Listing, search: Search) -> bool:
    """Whether all hits are read at once: where they are counted, or where FTS5 must collect them for each look."""
    return search.is_open or listing.count != "none" or bool(listing.facets)


def hits_alone(database: Database, search: Search) -> tuple[str, Condition]:
    """The index of words, and that a row of it is met: each is a living article."""
    if database.is_sqlite:
        return "article_words", ("article_words MATCH ?", [fts_query(search, in_title=None)])
    return "article_words w", _ts_condition(search, in_title=None)


def _are_few(database: Database, listing: Listing) -> bool:
    condition, params = where(listing, listing.filters)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM article a WHERE {condition} LIMIT ?) AS bounded"
    row = database.fetch_one(sql, (*params, FEW))
    return row is not None and row[0] < FEW


def _has_many(database: Database, query: str) -> bool:
    sql = "SELECT count(*) FROM (SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT ?) AS bounded"
    row = database.fetch_one(sql, (query, FEW))
    return row is not None and row[0] >= FEW


def _list_on_sqlite(database: Database, listing: Listing, stretch: Stretch, limit: int) -> list[Row]:
    """The hits of a stretch from its beginning, and those of the minute of the last one that come before it.

    Places rise with the minute; within one they say nothing, so that all of its hits are looked at, without their
    documents.
    """
    beginning = _beginning(listing, stretch)
    found = _read_hits(database, listing, stretch, [beginning] if beginning else [], limit)
    documents = {row[2]: row[3] for row in found}
    keys = [row[1:3] for row in found]
    if len(found) == limit:
        first, last = places_beside(found[-1][0])
        beside = _read_hits(database, listing, stretch, [("w.rowid BETWEEN ? AND ?", [first, last])], -1, last="NULL")
        keys = [row[1:3] for row in (*(row for row in found if not first <= row[0] <= last), *beside)]
    keys = sorted(keys, reverse=listing.descending)[:limit]
    documents |= find_documents(database, [id for _, id in keys if id not in documents])
    return [(day, id, documents[id]) for day, id in keys if id in documents]


def _beginning(listing: Listing, stretch: Stretch) -> Condition | None:
    if stretch.position is None:
        return None
    published, id = stretch.position
    assert isinstance(published, int), "a position is a day and an id"
    last = last_place(published, str(id))
    return ("w.rowid <= ?", [last]) if listing.descending else ("w.rowid >= ?", [places_beside(last)[0]])


def _read_hits(
    database: Database,
    listing: Listing,
    stretch: Stretch,
    places: Sequence[Condition],
    limit: int,
    *,
    last: str = "a.document",
) -> list[Row]:
    """``(place, day, id, last)`` of the hits in some places, in the order of their places."""
    assert listing.search is not None, "only what is searched for has hits"
    match: Condition = ("w.article_words MATCH ?", [fts_query(listing.search, in_title=stretch.in_title)])
    behind = [stretch.behind] if stretch.behind[0] else []
    condition, params = where(listing, listing.filters, (match, *places, *behind))
    direction = "DESC" if listing.descending else "ASC"
    sql = (
        f"SELECT w.rowid, a.published_at, a.id, {last} "
        "FROM article_words w CROSS JOIN article a ON a.place = w.rowid "
        f"WHERE {condition} ORDER BY w.rowid {direction} LIMIT ?"
    )
    return database.fetch_all(sql, (*params, limit))


def _list_on_postgresql(database: Database, listing: Listing, stretch: Stretch, limit: int) -> list[Row]:
    assert listing.search is not None, "only what is searched for has hits"
    behind = stretch.behind[0].replace("a.published_at", "w.published_at").replace("a.id", "w.article_id")
    keyset = [(behind, stretch.behind[1])] if behind else []
    found = _ts_condition(listing.search, in_title=stretch.in_title)
    condition, params = where(listing, listing.filters, (found, *keyset))
    direction = "DESC" if listing.descending else "ASC"
    sql = (
        "SELECT w.published_at, a.id, a.document FROM article_words w JOIN article a ON a.id = w.article_id "
        f"WHERE {condition} ORDER BY w.published_at {direction}, w.article_id {direction} LIMIT ?"
    )
    return database.fetch_all(sql, (*params, limit))


def _ts_condition(search: Search, *, in_title: bool | None) -> Condition:
    """That the row ``w`` of the index is met."""
    wanted, parts, params = ts_query(search.wanted), [], []
    if search.wanted and in_title is not True:
        parts.append("w.words @@ CAST(? AS tsquery)")
        params.append(wanted)
    if search.wanted and in_title is not None:
        parts.append(f"{'' if in_title else 'NOT '}w.title @@ CAST(? AS tsquery)")
        params.append(wanted)
    if search.unwanted:
        parts.append("NOT w.words @@ CAST(? AS tsquery)")
        params.append(ts_query(search.unwanted, joined="|"))
    return " AND ".join(parts), params
