"""Things inside a work that have rights of their own: their credit lines, and which of them are not cleared."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.core.articles import Creator, Part
from service.core.attribution.grant_wording import Style, word_grant
from service.core.attribution.messages import Messages
from service.core.attribution.model import Element, Work
from service.core.attribution.requested_wording import beside_wording, has_wording
from service.core.attribution.spans import Line, address, clean, linkable, plain, value
from service.core.attribution.terms import terms_of
from service.core.attribution.wording import word_lead, word_place


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLines:
    """The lines of one part in each style, with its place among the parts and its address."""

    index: int
    part: Part
    lines: dict[Style, Line]

    @property
    def url(self) -> str | None:
        """Where the part stands, if that can be linked."""
        return linkable(self.part.url)


def word_parts(work: Work, messages: Messages) -> list[PartLines]:
    """A line for each part of which something is known that a credit says."""
    styles: tuple[Style, ...] = ("printed", "linked", "spoken")
    return [
        PartLines(index=index, part=part, lines={style: _word_part(part, style, messages) for style in styles})
        for index, part in enumerate(work.parts)
        if _says_something(part)
    ]


def missing_parts(work: Work, messages: Messages) -> Iterable[Element]:
    """The parts that may not be taken along yet, since no license of theirs is known exactly."""
    for index, part in enumerate(work.parts):
        if part.license.license is None:
            key = messages.choose("missing_part", part.license.status, "other")
            line = messages.fill(key, part=_label(part, index, messages))
            clause = terms_of(part.license).clauses.get("license")
            yield Element(element="license", clause=clause, text=plain(line), part=index)


def _says_something(part: Part) -> bool:
    named = clean(part.creator) or clean(part.credit)
    return bool(named) or part.license.license is not None or part.license.status == "unversioned"


def _word_part(part: Part, style: Style, messages: Messages) -> Line:
    work = _work_of(part)
    grant = word_grant(part.license, style, messages)
    lead = word_lead(work, style, messages, untitled=_kind_key(part, messages))
    place = word_place(work, lead, style, "printed", messages)
    if not clean(part.title) and (beside_wording(work) or not has_wording(work)):
        return messages.fill("part.untitled", work=place, grant=grant) if grant else place
    key = "part.credited" if grant else "part.cited"
    return messages.fill(key, kind=_kind(part, messages), work=place, grant=grant)


def _work_of(part: Part) -> Work:
    """A part as a work, which goes by its kind where it has no title: its credit is the line that is asked for."""
    creators = (Creator(name=part.creator),) if clean(part.creator) and part.creator else ()
    return Work(title=part.title, url=part.url, creators=creators, requested=part.credit, claim=part.license)


def _label(part: Part, index: int, messages: Messages) -> Line:
    """The part in a word: its kind with its title, its address or its number."""
    kind, url = _kind(part, messages), linkable(part.url)
    if clean(part.title):
        title = messages.fill("work.title", title=value(part.title))
        return messages.fill("part.titled", kind=kind, title=title)
    if url:
        return messages.fill("part.titled", kind=kind, title=address(url))
    return messages.fill("part.titled", kind=kind, title=value(str(index + 1)))


def _kind(part: Part, messages: Messages) -> Line:
    return messages.fill(_kind_key(part, messages))


def _kind_key(part: Part, messages: Messages) -> str:
    return messages.choose("kinds", part.kind, "other")
