"""The blocks of a page in which licenses are named, with their words."""

import re
from itertools import islice

from lxml import etree

from service.formats.pages.facts import one_line_of
from service.formats.pages.license_places import Place
from service.formats.pages.tree import BLOCKS, UNSEEN, Element, ancestors_of

_AROUND, _MOST_EVENTS = 600, 20_000
_LICENSE_LINK = re.compile(r"creativecommons\.org|licen[sc]e", re.IGNORECASE)


def block_of(element: Element) -> Element:
    """The innermost block about an element; a cell, an item or a bare link in a row takes the row."""
    for about in ancestors_of(element):
        if about.tag in BLOCKS:
            return about
    return element


def words_about(block: Element, place: Place) -> tuple[str, int]:
    """The words of a block about a place, with the targets of its links to licenses; and where the license is named."""
    if block not in place.blocks:
        place.blocks[block] = _read_block(block)
    text, places = place.blocks[block]
    at = places.get(place.element, 0)
    before = one_line_of(text[max(0, at - _AROUND) : at])
    words = one_line_of(f"{before} {text[at : at + _AROUND]}")
    return words, _mention_at(words, len(before), place)


def _read_block(block: Element) -> tuple[str, dict[Element, int]]:
    """The words of a block, and where each of its elements begins."""
    pieces: list[str] = []
    places: dict[Element, int] = {}
    length = 0
    for event, inner in islice(etree.iterwalk(block, events=("start", "end")), _MOST_EVENTS):
        if event == "start":
            places[inner] = length
            text = _opening(inner)
        else:
            text = _closing(inner) + ("" if inner is block else inner.tail or "")
        pieces.append(text)
        length += len(text)
    return "".join(pieces), places


def _opening(element: Element) -> str:
    """What a reader sees at the beginning of an element; what stands for a picture ends a clause."""
    if element.tag == "img":
        return f" | {element.get('alt') or ''} | "
    space = " " if element.tag in BLOCKS or element.tag == "br" else ""
    return space + ("" if element.tag in UNSEEN else element.text or "")


def _closing(element: Element) -> str:
    """The address of a link to a license."""
    href = element.get("href") if element.tag == "a" else None
    return f" ({href}) " if href and _LICENSE_LINK.search(href) else ""


def _mention_at(words: str, at: int, place: Place) -> int:
    """Where the license is named, from the beginning of its element on."""
    if place.attribute is not None:
        return at
    found = words.find(one_line_of(place.evidence.quote), at)
    return found if found >= 0 else at
