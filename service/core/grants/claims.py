"""Claims: what somebody says the license of a work is, and what several of them come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from service.core.catalogue import resolve_license
from service.core.licenses import Known, License, Unversioned

ALL_RIGHTS_RESERVED = "all-rights-reserved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says the license of a work is, beside the words it was said in.

    ``status`` is ``known`` (then ``license`` is set), ``other`` (terms that are no Creative Commons tool: ``url`` or
    ``statement``), ``all-rights-reserved``, ``unknown`` (nothing was said), ``unversioned`` (``unit`` and the ids in
    ``candidates``) or ``disputed`` (``candidates`` names what the claims say). ``start`` and ``end`` are the first and
    the last day on offer.
    """

    status: str
    license: License | None = None
    unit: str | None = None
    candidates: tuple[str, ...] = ()
    url: str | None = None
    statement: str | None = None
    statement_url: str | None = None
    start: date | None = None
    end: date | None = None

    @property
    def says(self) -> tuple[str, str | None, tuple[str, ...]]:
        """What the claim asserts, apart from its evidence and dates: equal values agree."""
        if self.license:
            return "known", self.license.id, ()
        return (
            self.status,
            self.unit or self.url or (self.statement if self.status == "other" else None),
            self.candidates,
        )

    @property
    def license_unit(self) -> str | None:
        """The unit of the license, be its version known or not."""
        return self.license.unit if self.license else self.unit

    def is_over(self, day: date) -> bool:
        """Whether the last day on offer lies before `day`."""
        return self.end is not None and self.end < day

    @property
    def name(self) -> str:
        """The claim in a word, as ``candidates`` of a dispute lists it."""
        if self.license:
            return self.license.id
        return self.url or self.unit or (self.statement if self.status == "other" else None) or self.status


UNKNOWN = Claim(status="unknown")


def disputed_claim(claims: Sequence[Claim]) -> Claim:
    """One claim that says that `claims` disagree; it keeps the words of the first."""
    names = tuple(dict.fromkeys(name for claim in claims for name in (claim.candidates or (claim.name,))))
    first = claims[0]
    return Claim(status="disputed", candidates=names, statement=first.statement, statement_url=first.statement_url)


def distinct_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims of a list, each once: another name or address of the same license is no other claim."""
    distinct: dict[Claim, Claim] = {}
    for claim in claims:
        distinct.setdefault(replace(claim, statement=None) if is_spelling(claim) else claim, claim)
    return tuple(distinct.values())


def is_spelling(claim: Claim) -> bool:
    """Whether the words of `claim` are nothing but another name or address of its license."""
    match resolve_license(claim.statement or ""):
        case Known(license=license):
            return license == claim.license
        case Unversioned(candidates=candidates):
            return candidates == claim.candidates
    return False
