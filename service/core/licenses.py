"""A Creative Commons license as a value, and what the naming of one can come to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class License:
    """One legal tool of Creative Commons: licensing facts of creativecommons.org, ids of the SPDX list."""

    id: str
    url: str
    unit: str
    version: str
    jurisdiction: str | None
    jurisdiction_name: str
    title: str
    name: str
    spdx: str | None
    permits: tuple[str, ...]
    requires: tuple[str, ...]
    prohibits: tuple[str, ...]
    deprecated_on: str | None
    replaced_by: str | None
    languages: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Known:
    """Exactly one license is meant."""

    license: License


@dataclass(frozen=True, slots=True)
class Unversioned:
    """A type is named and leaves several licenses open: their ids in catalogue order."""

    unit: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """No license is meant that exists: the ids of real ones worth naming, none of them chosen."""

    near: tuple[str, ...]


Resolution = Known | Unversioned | Unresolved


def unit_family(unit: str) -> str:
    """The unit's elements in one order: `by-nd-nc` of version 1.0 and `by-nc-nd` since are one type."""
    return "-".join(sorted(unit.split("-")))
