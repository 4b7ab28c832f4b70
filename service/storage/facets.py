"""Counting articles by the values of their members: an index from end to end, or all articles of a list once."""

from collections import Counter

from service.core.facets import Facet, make_facet
from service.core.listings import Listing
from service.storage.conditions import look_beside, where
from service.storage.database import Database
from service.storage.hits import search_condition

_COLUMNS = {
    "source": "a.source_id",
    "license": "a.license_id",
    "license.unit": "a.license_unit",
    "language": "a.language",
}
_BESIDE = ("license", "license.unit")
Counts = Counter[str | None]


def count_facets(database: Database, listing: Listing) -> dict[str, Facet]:
    """The facets that a list asks for, by their names; the value of a source is its slug.

    An article that is offered under several licenses is counted with each.
    """
    if not listing.facets:
        return {}
    listing = look_beside(database, listing)
    is_whole = not listing.filters and not listing.search
    counts = _count_all(database, listing) if is_whole else _count_together(database, listing)
    for field in listing.facets:
        if field in _BESIDE and _are_beside(database, field):
            counts[field] += _count_beside(database, listing, field)
    if "source" in counts:
        counts["source"] = _with_slugs(database, counts["source"])
    return {field: make_facet(found) for field, found in counts.items()}


def _count_all(database: Database, listing: Listing) -> dict[str, Counts]:
    """Of all articles, each facet along an index of its own."""
    counts: dict[str, Counts] = {}
    for field in listing.facets:
        column = _COLUMNS[field]
        sql = f"SELECT {column}, count(*) FROM article a WHERE a.deleted_at IS NULL GROUP BY {column}"
        counts[field] = Counter(dict(database.fetch_all(sql)))
    return counts


def _count_together(database: Database, listing: Listing) -> dict[str, Counts]:
    """Of the articles of a list, which are read once for all facets."""
    columns = ", ".join(_COLUMNS[field] for field in listing.facets)
    condition, params = where(listing, listing.filters, search_condition(database, listing))
    sql = f"SELECT {columns}, count(*) FROM article a WHERE {condition} GROUP BY {columns}"
    counts: dict[str, Counts] = {field: Counter() for field in listing.facets}
    for *values, count in database.fetch_all(sql, params):
        for field, value in zip(listing.facets, values, strict=True):
            counts[field][value] += count
    return counts


def _are_beside(database: Database, field: str) -> bool:
    return database.fetch_one("SELECT 1 FROM article_term WHERE field = ? LIMIT 1", (field,)) is not None


def _count_beside(database: Database, listing: Listing, field: str) -> Counts:
    """Of the articles of a list, what they offer beside the license that was counted; less those that showed none."""
    condition, params = where(listing, listing.filters, search_condition(database, listing))
    joined = "CROSS JOIN" if database.is_sqlite else "JOIN"
    sql = (
        f"SELECT t.key, a.id, {_COLUMNS[field]} IS NULL FROM article_term t {joined} article a ON a.id = t.article_id "
        f"WHERE t.field = ? AND {condition}"
    )
    rows = database.fetch_all(sql, (field, *params))
    counts: Counts = Counter(bytes(key).decode() for key, _, _ in rows)
    counts[None] = -len({id for _, id, shows_none in rows if shows_none})
    return counts


def _with_slugs(database: Database, counts: Counts) -> Counts:
    """The counts by the slugs of sources instead of their row numbers."""
    slugs: dict[str | None, str] = dict(database.fetch_all("SELECT id, slug FROM source"))
    return Counter({slugs[row]: count for row, count in counts.items()})
