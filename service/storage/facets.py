"""Counting articles by the values of their members: an index from end to end, or all articles of a list once."""

from collections import Counter

from service.core.facets import Facet, make_facet
from service.core.listings import Listing
from service.storage.conditions import where
from service.storage.database import Database
from service.storage.hits import search_condition

_COLUMNS = {
    "source": "a.source_id",
    "license": "a.license_id",
    "license.unit": "a.license_unit",
    "language": "a.language",
}
Counts = Counter[str | None]


def count_facets(database: Database, listing: Listing) -> dict[str, Facet]:
    """The facets that a list asks for, by their names; the value of a source is its slug."""
    if not listing.facets:
        return {}
    counts = _count_together(database, listing) if listing.filters or listing.search else _count_all(database, listing)
    return {field: make_facet(_with_slugs(database, found) if field == "source" else found)
            for field, found in counts.items()}  # fmt: skip


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


def _with_slugs(database: Database, counts: Counts) -> Counts:
    """The counts by the slugs of sources instead of their row numbers."""
    slugs: dict[str | None, str] = dict(database.fetch_all("SELECT id, slug FROM source"))
    return Counter({slugs[row]: count for row, count in counts.items()})
