"""The facets of a list as its answer gives them."""

from typing import Any

from service.core.facets import Facet, label_of
from service.core.listings import Listing
from service.formats.documents.sources import read_source
from service.storage.database import Database
from service.storage.facets import count_facets
from service.storage.sources import find_documents


def facet_members(database: Database, listing: Listing) -> dict[str, Any]:
    """The facets that a list asks for, each with its buckets and how many articles are in none of them."""
    return {field: _members(database, field, facet) for field, facet in count_facets(database, listing).items()}


def _members(database: Database, field: str, facet: Facet) -> dict[str, Any]:
    values = [value for value, _ in facet.buckets]
    names = _names_of_sources(database, values) if field == "source" else {}
    buckets = [
        {"value": value, "label": names.get(value) or label_of(field, value), "count": count}
        for value, count in facet.buckets
    ]
    return {"buckets": buckets, "missing": facet.missing, "other": facet.other}


def _names_of_sources(database: Database, slugs: list[str]) -> dict[str, str]:
    found = find_documents(database, slugs)
    return {slug: read_source(document).content.name for slug, document in found.items()}
