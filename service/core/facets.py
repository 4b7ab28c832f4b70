"""Facets: how the articles of a list divide among the values of a member, the most frequent values first."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.core.attribution.cldr import language_name
from service.core.catalogue import LICENSES, find_license

MAX_BUCKETS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many articles have each of the most frequent values, how many have none, and how many have any other."""

    buckets: tuple[tuple[str, int], ...]
    missing: int
    other: int


def make_facet(counts: Mapping[str | None, int]) -> Facet:
    """The facet of the values that were counted; None stands for no value."""
    valued = [(value, count) for value, count in counts.items() if value is not None]
    valued.sort(key=lambda bucket: (-bucket[1], bucket[0]))
    buckets, others = valued[:MAX_BUCKETS], valued[MAX_BUCKETS:]
    return Facet(buckets=tuple(buckets), missing=counts.get(None, 0), other=sum(count for _, count in others))


def label_of(field: str, value: str) -> str:
    """What people call a value: the name of a license or of its unit, and of a language in English; else the value."""
    if field == "license":
        license = find_license(value)
        return license.name if license else value
    if field == "license.unit":
        return _UNITS.get(value, value)
    return (language_name(value, "en") if field == "language" else None) or value


_UNITS = {license.unit: license.name.partition(f" {license.version}")[0] for license in LICENSES}
