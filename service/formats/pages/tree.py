"""A page as a tree of elements, whatever its markup is like; nothing is loaded and no entity is declared."""

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from service.formats.pages.facts import one_line_of
from service.formats.pages.words import page_words

Element = Any
"""An element of lxml, which has no types."""

MAX_ELEMENTS = 60_000
"""How many elements of a page are looked at: fifteen times what a long page has."""

BLOCKS = page_words("block element")
UNSEEN = frozenset(("script", "style", "template", "noscript", "textarea", "select", "svg", "iframe", "object"))
_DEEPEST = 60
# libxml2 takes quadratic time for the attributes of one element: 40,000 of them 13 s, 500 nothing that counts.
_MOST_ATTRIBUTES, _LONG_TAG = 500, 4000
_TAG_START = re.compile(r"<[a-zA-Z]")
_QUOTED_END = re.compile(r"""=\s{0,9}(?:"[^">]*+>|'[^'>]*+>)""")


def parse_page(text: str) -> Element | None:
    """The root of a page; None where it has no element, or one with hundreds of attributes."""
    if _is_crowded(text):
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    source = text.encode("utf-8", "replace")
    try:
        return etree.fromstring(source, parser) if source.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        return None


class _Crowded(Exception):
    """An element has too many attributes."""


class _AttributeCounter:
    """Takes the elements of a page one by one, and keeps none."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Raise _Crowded for an element with too many attributes."""
        if len(attributes) > _MOST_ATTRIBUTES:
            raise _Crowded

    def close(self) -> None:
        """There is nothing to give."""


def _is_crowded(text: str) -> bool:
    """Whether an element has too many attributes; they are counted only where a tag seems long enough for that."""
    if not _may_be_crowded(text):
        return False
    try:
        etree.fromstring(
            text.encode("utf-8", "replace"),
            etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_AttributeCounter()),
        )
    except _Crowded:
        return True
    except (etree.XMLSyntaxError, ValueError):
        return False
    return False


def _may_be_crowded(text: str) -> bool:
    """Whether much stands behind the beginning of a tag with no ">" but in quotes."""
    for piece in text.split(">"):
        if len(piece) > _LONG_TAG:
            start = _TAG_START.search(piece)
            if start and len(piece) - start.start() > _LONG_TAG // 2:
                return True
    begin, end = 0, -1
    for match in _QUOTED_END.finditer(text):
        sign = match.end() - 1
        if sign != end:
            begin = text.rfind(">", 0, sign) + 1
        end = text.find(">", sign + 1)
        if end < 0 or end - begin > _LONG_TAG:
            return True
    return False


def text_of(element: Element, most: int = 2000, *, joint: str = " ") -> str:
    """The words that an element shows, in one line, up to about so many characters; `joint` stands between lines."""
    if not len(element):
        return "" if element.tag in UNSEEN else one_line_of(element.text)
    pieces: list[str] = []
    length = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            text = None if inner.tag in UNSEEN else inner.text
        else:
            text = None if inner is element else inner.tail
        if inner.tag in BLOCKS or inner.tag == "br":
            pieces.append(joint)
        if text:
            pieces.append(text)
            length += len(text)
            if length > most:
                break
    return one_line_of("".join(pieces))


def ancestors_of(element: Element) -> list[Element]:
    """The element and what it stands in, from within, up to a limit."""
    found: list[Element] = []
    while element is not None and len(found) < _DEEPEST:
        found.append(element)
        element = element.getparent()
    return found


def names_of(element: Element) -> str:
    """The classes and the id of an element, in lower case with a space about each."""
    return spaced(element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=4096)
def spaced(classes: str, id: str) -> str:
    """Classes and an id in lower case, with a space about each."""
    return f" {classes} {id} ".lower()[:400] if classes or id else ""
