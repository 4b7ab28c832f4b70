"""One page beside one work: everything that the judges of its elements look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from service.core.attribution import Credit, Work
from service.core.audit.addresses import Addresses, find_bare, media_addresses
from service.core.audit.model import Basis, Finding, Quote, Severity, Status
from service.core.audit.named_licenses import PageLicenses
from service.core.audit.regions import Regions, credit_spans, line_spans, whole_lines
from service.core.audit.seen import Page
from service.core.audit.words import Place, Words, letters_of
from service.core.grants import Claim
from service.core.licenses import License

_SHORT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a license asks for, element by element, with its clauses."""

    clauses: Mapping[str, str | None]
    license: License | None

    def weigh(self, element: str) -> tuple[Severity, Basis, str | None, License | None]:
        """How much an element weighs, why, by which clause, and under which license."""
        if element in self.clauses:
            return "required", "license", self.clauses[element], self.license
        return "recommended", "advice", None, None

    def finding(
        self,
        element: str,
        status: Status,
        *,
        text: str,
        detail: str,
        evidence: Quote | None = None,
        lightly: bool = False,
    ) -> Finding:
        """The finding on an element; `lightly` where it is no more than a hint."""
        severity, basis, clause, under = self.weigh(element)
        return Finding(
            element=element,
            status=status,
            severity="recommended" if lightly else severity,
            basis=basis,
            clause=clause,
            text=text,
            detail=detail,
            evidence=evidence,
            under=under,
        )


@dataclass(frozen=True, kw_only=True)
class Case:
    """A page, read, beside a work under a claim and the credit that it should have.

    ``anchors`` are places of the visible text that only a credit has: licenses, and the address of the work.
    """

    page: Page
    words: Words
    addresses: Addresses
    licenses: PageLicenses
    work: Work
    claim: Claim
    alternatives: tuple[Claim, ...] = ()
    earlier: tuple[Claim, ...] = ()
    terms: Terms
    credit: Credit
    anchors: frozenset[int] = frozenset()

    @cached_property
    def credits(self) -> Regions:
        """The text about the anchors."""
        return Regions(self.page, credit_spans(self.page, self.anchors))

    @cached_property
    def openings(self) -> Regions:
        """The first words of short lines."""
        return Regions(self.page, line_spans(self.page))

    @cached_property
    def lines(self) -> Mapping[str, Place]:
        """Short lines by their letters."""
        return whole_lines(self.page)

    @cached_property
    def media(self) -> Addresses:
        """The addresses of what the page shows from elsewhere."""
        return media_addresses(self.page)

    def find_words(self, wanted: str) -> Quote | None:
        """Where words stand. Very short ones could stand anywhere: they count in a credit, or as a line alone."""
        letters = letters_of(wanted)
        if letters and _weight(letters) < _SHORT:
            place = self.credits.find(letters) or self.lines.get(letters)
        else:
            place = self.words.find(wanted)
        return self.page.quote(*place) if place else None

    def find_address(self, url: str) -> Quote | None:
        """Where an address is linked or printed."""
        span = self.addresses.find(url)
        if span:
            return self.page.quote_source(*span)
        place = find_bare(self.page.text, url)
        return self.page.quote(*place) if place else None


def _weight(letters: str) -> int:
    """How much there is to a name: an ideograph says more than a letter."""
    return sum(3 if letter > "\u2e80" else 1 for letter in letters)
