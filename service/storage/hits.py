"""What a search meets: in the order of the index of words where that is the order of the list, else as a condition."""

from collections.abc import Iterator
from typing import Protocol

from service.core.listings import RELEVANCE, Listing
from service.core.search import Search
from service.storage.articles import find_documents
from service.storage.conditions import Condition, where
from service.storage.database import Database, Row
from service.storage.words import (
    ANYWHERE,
    Span,
    fts_query,
    fts_unwanted,
    minute_of,
    places_beside,
    places_of,
    ts_query,
)

FEW = 2_000
"""So many articles are looked at one by one rather than that the whole index of a common word is read."""

_FEW_WORDS = 3

_IS_AMONG = "a.place IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"
_IS_UNMET = "a.place NOT IN (SELECT rowid FROM article_words WHERE article_words MATCH ? AND rowid BETWEEN ? AND ?)"
_IS_HIT = "EXISTS (SELECT 1 FROM article_words WHERE article_words MATCH ? AND rowid = a.place)"
_BY_DAY = (RELEVANCE, "published_at")
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
    if not listing.search or not listing.search.wanted or listing.sort not in _BY_DAY:
        return False
    return not listing.filters or not database.is_sqlite or not _are_few(database, listing)


def list_hits(database: Database, listing: Listing, stretch: Stretch, limit: int) -> list[Row]:
    """``(day, id, document)`` of up to `limit` articles of a stretch, in the order of the list.

    There is no document where an article was deleted after its place was read.
    """
    if not database.is_sqlite:
        return _list_on_postgresql(database, listing, stretch, limit)
    return _list_on_sqlite(database, listing, stretch, limit)


def search_condition(
    database: Database, listing: Listing, *, in_title: bool | None = None, places: Span = ANYWHERE
) -> list[Condition]:
    """That an article is met by what is searched for, if anything is; `in_title` says where.

    `places` are those to look at where what is not wanted is all that is asked for.
    """
    search = listing.search
    if search is None:
        return []
    if search.is_wordless:
        return [_NOTHING]
    if not database.is_sqlite:
        found, params = _ts_condition(search, in_title=in_title)
        return [(f"EXISTS (SELECT 1 FROM article_words w WHERE w.article_id = a.id AND {found})", params)]
    if not search.wanted:
        return [("+a.place BETWEEN ? AND ?", [*places]), (_IS_UNMET, [fts_unwanted(search), *places])]
    query = fts_query(search, in_title=in_title)
    is_met = _IS_HIT if not _are_all_read(listing, search) and _has_many(database, query) else _IS_AMONG
    return [(is_met, [query])]


def spans_ahead(database: Database, listing: Listing, stretch: Stretch, limit: int) -> Iterator[Span]:
    """The places to look at for a page, ever more of them until there is enough, and at last all.

    The hits of what is not wanted are collected before the page is read, and with words that many articles have that
    takes long. So it is done for the next articles alone where these stand one behind the other.
    """
    search = listing.search
    if database.is_sqlite and search and search.unwanted and not search.wanted and listing.sort in _BY_DAY:
        for ahead in (4 * limit, 64 * limit):
            last = _place_ahead(database, listing, stretch, ahead)
            if last is None:
                break
            first, behind = places_beside(last)
            yield (first, ANYWHERE[1]) if listing.descending else (ANYWHERE[0], behind)
    yield ANYWHERE


def _place_ahead(database: Database, listing: Listing, stretch: Stretch, ahead: int) -> int | None:
    """The place of the article that so many come before on the way from the position."""
    condition, params = where(listing, listing.filters, [stretch.behind] if stretch.behind[0] else [])
    direction = "DESC" if listing.descending else "ASC"
    order = f"a.published_at {direction}, a.id {direction}"
    sql = f"SELECT a.place FROM article a WHERE {condition} ORDER BY {order} LIMIT 1 OFFSET ?"
    row = database.fetch_one(sql, (*params, ahead))
    return row[0] if row else None


def _are_all_read(listing: Listing, search: Search) -> bool:
    """Whether all hits are read at once: where they are counted, or where looking for a single one costs too much.

    FTS5 looks up every word for each look, and where a beginning is searched for it collects all hits.
    """
    return search.is_open or search.size > _FEW_WORDS or listing.count != "none" or bool(listing.facets)


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
    """The hits in the order of their places, which rise with the minute; those of a minute in the order of the list."""
    hits = _Hits(database, listing, stretch)
    keys: list[Row] = []
    bounds = hits.bounds
    beside = hits.beside_position
    if beside and hits.are_a_crowd(beside):
        keys = hits.walk(beside, limit)
        bounds = hits.bounds_behind(beside)
    left = limit - len(keys)
    found = hits.read(bounds, left) if left else []
    if left and len(found) == left:
        last = places_beside(found[-1][0])
        found = [row for row in found if not last[0] <= row[0] <= last[1]]
        keys += hits.walk(last, left) if hits.are_a_crowd(last) else [row[1:] for row in hits.read(last)]
    keys = sorted([*keys, *(row[1:] for row in found)], reverse=listing.descending)[:limit]
    documents = find_documents(database, [id for _, id in keys])
    return [(day, id, documents.get(id)) for day, id in keys]


class _Hits:
    """The hits of a stretch on SQLite, by the places of their articles."""

    def __init__(self, database: Database, listing: Listing, stretch: Stretch) -> None:
        assert listing.search is not None, "only what is searched for has hits"
        self._database, self._listing, self._stretch = database, listing, stretch
        self._query = fts_query(listing.search, in_title=stretch.in_title)
        self._direction = "DESC" if listing.descending else "ASC"

    @property
    def beside_position(self) -> Span | None:
        """The places of the minute in which the stretch begins."""
        if self._stretch.position is None:
            return None
        published, id = self._stretch.position
        assert isinstance(published, int), "a position is a day and an id"
        return places_of(published, str(id))

    @property
    def bounds(self) -> Span:
        """The places of the stretch."""
        beside = self.beside_position
        if beside is None:
            return ANYWHERE
        return (ANYWHERE[0], beside[1]) if self._listing.descending else (beside[0], ANYWHERE[1])

    def bounds_behind(self, places: Span) -> Span:
        """The places of the stretch behind these."""
        return (ANYWHERE[0], places[0] - 1) if self._listing.descending else (places[1] + 1, ANYWHERE[1])

    def are_a_crowd(self, places: Span) -> bool:
        """Whether a minute has so many that they are not all looked at, as where most dates are no more than a year."""
        if minute_of(places) is None:
            return False
        met, params = self._is_met_within("rowid", places)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM article_words WHERE {met} LIMIT ?) AS bounded"
        row = self._database.fetch_one(sql, (*params, FEW))
        return row is not None and row[0] >= FEW

    def read(self, places: Span, limit: int = -1) -> list[Row]:
        """``(place, day, id)`` of those in some places, in the order of these; -1 is no limit."""
        condition, params = self._where(self._is_met_within("w.rowid", places, "w."))
        sql = (
            "SELECT w.rowid, a.published_at, a.id FROM article_words w CROSS JOIN article a ON a.place = w.rowid "
            f"WHERE {condition} ORDER BY w.rowid {self._direction} LIMIT ?"
        )
        return self._database.fetch_all(sql, (*params, limit))

    def walk(self, places: Span, limit: int) -> list[Row]:
        """``(day, id)`` of the first of those of a minute, along the list of the articles that were published in it."""
        met, params = self._is_met_within("rowid", places)
        is_met: Condition = (f"+a.place IN (SELECT rowid FROM article_words WHERE {met})", params)
        minute: Condition = ("a.published_at BETWEEN ? AND ?", [*(minute_of(places) or ())])
        condition, params = self._where(minute, is_met)
        order = f"a.published_at {self._direction}, a.id {self._direction}"
        sql = f"SELECT a.published_at, a.id FROM article a WHERE {condition} ORDER BY {order} LIMIT ?"
        return self._database.fetch_all(sql, (*params, limit))

    def _is_met_within(self, column: str, places: Span, table: str = "") -> Condition:
        return f"{table}article_words MATCH ? AND {column} BETWEEN ? AND ?", [self._query, *places]

    def _where(self, *conditions: Condition) -> Condition:
        behind = [self._stretch.behind] if self._stretch.behind[0] else []
        return where(self._listing, self._listing.filters, (*conditions, *behind))


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
