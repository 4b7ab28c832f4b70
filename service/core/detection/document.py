"""A text as it is read: its words without markup, and where each of them stands in the source."""

from bisect import bisect_right
from dataclasses import dataclass, field

PAGE, OBJECT = "", "object "
"""Subjects: the page itself, and what stands before the name of an object in it."""


@dataclass(slots=True)
class Attribute:
    """A value in the markup: an attribute, or what a metadata element or script says.

    [start, end) is the value in the source, [scope_start, scope_end) the element, [at, until) what it holds of the
    readable text.
    """

    element: str
    name: str
    value: str
    start: int
    end: int
    at: int
    until: int
    scope_start: int
    scope_end: int
    subject: str
    rel: str = ""
    metadata: bool = False


@dataclass(slots=True)
class MarkedCredit:
    """Whom the markup names as creator at [start, end) of the source; the lowest rank is the strongest."""

    rank: int
    value: str
    start: int
    end: int


@dataclass(slots=True)
class Document:
    """Readable text and the attributes beside it; `places` and `origins` map the one onto the source."""

    source: str
    text: str
    folded: str = ""
    places: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    subjects: list[tuple[int, str]] = field(default_factory=list)
    credits: list[MarkedCredit] = field(default_factory=list)

    def origin(self, place: int) -> int:
        """Where a place of the readable text stands in the source."""
        if not self.places:
            return place
        index = bisect_right(self.places, place) - 1
        return self.origins[index] + place - self.places[index]

    def origin_end(self, place: int) -> int:
        """Where what ends before that place of the readable text ends in the source."""
        return self.origin(place - 1) + 1 if place else 0

    def subject(self, place: int) -> str:
        """Which item of a feed, or which work, the readable text there speaks of."""
        index = bisect_right(self.subjects, (place, "\U0010ffff")) - 1
        return self.subjects[index][1] if index >= 0 else ""
