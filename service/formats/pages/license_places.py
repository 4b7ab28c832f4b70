"""Where in the tree of a page the words and links stand that detection found in its source.

Marks of two private characters about a number are put into the source before it is parsed, found in the tree, and taken
off again: so the one detector says what is a license, and the tree says where.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from service.core.detection import Detected, Detection, Evidence, detect
from service.formats.pages.tree import Element
from service.formats.pages.words import page_words

_OPEN, _SHUT = "\ue0f0", "\ue0f1"
_MARK = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_STRANGE = re.compile(f"[{_OPEN}{_SHUT}]")
_TEXTS = etree.XPath("//text()[contains(., $mark)]")
_VALUES = etree.XPath("//@*[contains(., $mark)]")
_MOST_MARKS = 200
# What every way to speak of such a license has in it, in the languages of the tables; plain words are quick to find.
_SIGNS = (
    b"licensebuttons",
    b"spdx.org",
    b"share alike",
    b"sharealike",
    b"share-alike",
    b"4.0 int",
    b"3.0 unported",
    b"krea komun",
)
_SIGNS_ELSEWHERE = tuple(word.encode() for word in page_words("commons"))
# The first bytes of letters from Greek to Hangul; 0xE2 begins quotes and dashes.
_OTHER_SCRIPTS = bytes({*range(0xCD, 0xEE)} - {0xE2})
_CODE = re.compile(
    rb"cc(?:[\s_-]|&nbsp;|\xc2\xa0){0,3}(?:by(?:sa|nc|nd)?(?![a-z])|0(?![a-z0-9])|zero|pd(?:m|dc)|[1-4]\.\d|attrib|[\xe4-\xe9])"
    rb"|by[-_ ](?:nc|sa|nd)(?![a-z])"
)
_CREATIVE = re.compile(rb"(?:creative|kreative|criative|public)[\s\-_&;a-z0-9]{0,14}$")
_LONGEST_SEARCHED = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Evidence of a license with the element it stands in; `attribute` is None for words.

    `blocks` is shared by all places of a page: the blocks that have been read, each with its words.
    """

    detected: Detected
    evidence: Evidence
    element: Element
    attribute: str | None
    blocks: dict[Element, Any]


def detect_in_page(text: str, url: str | None) -> tuple[Detection, bool]:
    """What detection finds in a page, and whether all of the page was searched."""
    if not may_name_license(text):
        return Detection(), True
    if len(text) <= _LONGEST_SEARCHED:
        return detect(text, media_type="text/html", base_url=url), True
    return detect(text[:_LONGEST_SEARCHED], media_type="text/html", base_url=url), False


def may_name_license(text: str) -> bool:
    """Whether a page may name a license at all: detection takes ten times as long as to see that it does not."""
    page = text.encode("utf-8", "replace").lower()
    if any(sign in page for sign in _SIGNS) or (has_other_scripts(page) and any(x in page for x in _SIGNS_ELSEWHERE)):
        return True
    commons = (at for word in (b"common", b"domain") for at in _find(word, page))
    if any(_CREATIVE.search(page, max(0, at - 30), at) for at in commons):
        return True
    codes = (at for word in (b"cc", b"by-", b"by_", b"by ") for at in _find(word, page))
    return any(_CODE.match(page, at) and not page[at - 1 : at].isalnum() for at in codes)


def has_other_scripts(page: bytes) -> bool:
    """Whether it has letters beyond Latin ones, by the first bytes of such in UTF-8."""
    return len(page.translate(None, _OTHER_SCRIPTS)) < len(page)


def _find(word: bytes, page: bytes) -> Iterator[int]:
    at = page.find(word)
    while at >= 0:
        yield at
        at = page.find(word, at + 1)


def mark_evidence(text: str, detection: Detection) -> str:
    """The page with a mark before each piece of evidence."""
    text = _STRANGE.sub(" ", text)
    pieces, last = [], 0
    for number, (_, evidence) in sorted(enumerate(_evidence_of(detection)), key=lambda item: item[1][1].start):
        pieces += [text[last : evidence.start], f"{_OPEN}{number}{_SHUT}"]
        last = max(last, evidence.start)
    return "".join([*pieces, text[last:]])


def take_marks_off(root: Element, detection: Detection) -> list[Place]:
    """The places of the evidence, in the order of the page; the tree is left without marks."""
    evidence = _evidence_of(detection)
    found: list[tuple[int, Element, str | None]] = []
    for text in _TEXTS(root, mark=_OPEN):
        parent = text.getparent()
        numbers, bare = _numbers(text)
        if text.is_tail:
            parent.tail = bare
            parent = parent.getparent()
        else:
            parent.text = bare
        found += [(number, parent, None) for number in numbers]
    for value in _VALUES(root, mark=_OPEN):
        parent, name = value.getparent(), value.attrname
        numbers, bare = _numbers(value)
        parent.set(name, bare)
        found += [(number, parent, name) for number in numbers]
    blocks: dict[Element, Any] = {}
    return [Place(*evidence[number], element, name, blocks) for number, element, name in sorted(found, key=_number)]


def _evidence_of(detection: Detection) -> list[tuple[Detected, Evidence]]:
    pairs = ((detected, evidence) for detected in detection.licenses for evidence in detected.evidence)
    return [pair for pair, _ in zip(pairs, range(_MOST_MARKS), strict=False)]


def _numbers(text: str) -> tuple[list[int], str]:
    return [int(number) for number in _MARK.findall(text)], _STRANGE.sub("", _MARK.sub("", text))


def _number(place: tuple[int, Element, str | None]) -> int:
    return place[0]
