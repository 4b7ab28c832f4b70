"""Who made an entry, as each kind of feed says it."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from service.formats.feeds import PUBLISHER
from service.formats.intake.addresses import read_address
from service.formats.intake.feed_elements import Elements, resolve
from service.formats.intake.plain_text import cut_text, one_line
from service.formats.intake.xml_records import Element, local_name

_MAIL = r"[^\s()<>@]{1,100}@[^\s()<>@]{1,100}"
_MAIL_THEN_NAME = re.compile(rf"(?:mailto:)?{_MAIL}\s*\((.*)\)")
_NAME_THEN_MAIL = re.compile(rf"(.*?)\s*[<(]\s*(?:mailto:)?{_MAIL}\s*[>)]")
_ONLY_MAIL = re.compile(rf"(?:mailto:)?{_MAIL}|https?://\S*")
_NAME = 500
_MOST = 1000
_AUTHORS = ("author", "dc:creator", "atom:author", "dc:author")
_OTHERS = ("contributor", "dc:contributor", "atom:contributor")


Reader = Callable[[str], str | None]


def read_name(text: str) -> str | None:
    """The name of a person that is written alone, as ``mail (name)`` or as ``name <mail>``; None where none is."""
    text = one_line(text)
    if "@" in text:
        found = _MAIL_THEN_NAME.fullmatch(text) or _NAME_THEN_MAIL.fullmatch(text)
        text = found[1].strip(' "') if found else text
    return None if not text or _ONLY_MAIL.fullmatch(text) else cut_text(text, _NAME)


def creators_of(entry: Elements, base: str | None, read: Reader = read_name) -> list[dict[str, Any]]:
    """The ``creators`` of an entry, in order; `read` makes a name of a text."""
    people = list(_people(entry.in_order(*_AUTHORS, *_OTHERS), entry, base, read))
    return (people or list(_people(entry.all("itunes:author"), entry, base, read)))[:_MOST]


def _people(elements: Iterable[Element], entry: Elements, base: str | None, read: Reader) -> Iterator[dict[str, Any]]:
    """Who is named; the same person in the elements of two namespaces is one."""
    seen: dict[tuple[str, str | None], str] = {}
    for element in elements:
        person = _person(Elements(element, is_atom=entry.is_atom), base, read)
        if person and seen.setdefault((person["name"], person.get("role")), element.tag) == element.tag:
            yield person


def _person(element: Elements, base: str | None, read: Reader) -> dict[str, Any] | None:
    """A person, by a text or by elements of its own; a publisher who stands in for an author made nothing."""
    said = element.text("name", "atom:name") or element.element.text
    name = read(said or "")
    if not name or element.text("dc:type") == PUBLISHER:
        return None
    person: dict[str, Any] = {"name": name}
    if local_name(element.element) == "contributor":
        person["role"] = "contributor"
    address = next(element.texts("uri", "atom:uri", "url", "atom:url"), None)
    url = read_address(resolve(address, element.element, base)) if address else None
    return {**person, "url": url} if url else person
