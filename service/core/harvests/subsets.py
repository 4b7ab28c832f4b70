"""Sets of records (s. 2.6): the articles of a source, and those under a license."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.core.articles import Article, licenses_of
from service.core.catalogue import find_license

_SLUG = re.compile(r"[a-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Subset:
    """A set: the articles of one source or under one license; without a name, those of any."""

    kind: str
    name: str | None = None

    @property
    def spec(self) -> str:
        """Its ``setSpec``."""
        return f"{self.kind}:{self.name}" if self.name else self.kind


SOURCES, LICENSES = Subset("source"), Subset("license")


def find_subset(spec: str) -> Subset | None:
    """The set that a ``setSpec`` names; None where there can be no such set. A source need not exist."""
    kind, _, name = spec.partition(":")
    if spec in (SOURCES.kind, LICENSES.kind):
        return Subset(kind)
    if kind == SOURCES.kind:
        return Subset(kind, name) if _SLUG.fullmatch(name) else None
    license = find_license(name) if kind == LICENSES.kind else None
    return Subset(kind, name) if license and license.id == name else None


def subsets_of(article: Article) -> tuple[Subset, ...]:
    """The sets that name what an article has: its source, and each license that it is surely offered under.

    Alternatives are several; what is disputed or has no version is none.
    """
    licenses = (Subset(LICENSES.kind, license.id) for license in licenses_of(article))
    return (Subset(SOURCES.kind, article.source.id), *licenses)


def is_in(subset: Subset | None, subsets: Sequence[Subset]) -> bool:
    """Whether a record of these `subsets` belongs to `subset`, or to everything where that is None."""
    if subset is None or subset in subsets:
        return True
    return subset.name is None and any(other.kind == subset.kind for other in subsets)
