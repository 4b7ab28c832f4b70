"""The license of the article, apart from those of its images, of other articles, of comments and of software.

Detection says which licenses the page grants at all; where each stands, and of what its sentence speaks, says whose it
is. What cannot be told to be the article's is left out: no license is made of a mere mention.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.core.catalogue import resolve_license, resolve_url
from service.core.detection import Detected, detect, find_scopes
from service.core.licenses import Known, Unversioned, unit_family
from service.formats.pages.addresses import PageAddresses, Standing
from service.formats.pages.claims import MARKED, SAID, SHOWN, SURE, Found, claim_of
from service.formats.pages.facts import Fact, quote_of
from service.formats.pages.license_blocks import block_of, words_about
from service.formats.pages.license_parts import has_badge, has_picture, read_part
from service.formats.pages.license_places import Place
from service.formats.pages.license_reservations import (
    find_own_reservation,
    find_page_reservation,
    find_restriction,
)
from service.formats.pages.license_sentences import (
    PageNames,
    Sentence,
    is_bare_grant,
    is_of_others,
    is_of_page,
    is_short,
)
from service.formats.pages.license_standing import is_boxed, is_followed, last_line_about, stands_apart
from service.formats.pages.license_subjects import OTHERS_WORDS, PICTURE_LIST, PLATFORM, SOFTWARE
from service.formats.pages.license_terms import find_terms
from service.formats.pages.linked_data import SOURCE
from service.formats.pages.regions import article_about, is_in_other_article, regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import Element, ancestors_of

_SHORT_BLOCK = 220
_CLAUSE_END = re.compile(r"[.!?|•·](?:\s|$)")
_RIGHTS_NAME = re.compile(r"rights|licen[sc]e|copyright", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_LEADING_WORDS = 6
_LICENSING = re.compile(
    r"licen[sc]|lizen[zs]|licenc|licenz|lisens|under\b|unter\b|steht|available|some rights|©|\(c\)|copyright"
    r"|except|sofern|soweit"
    r"|许可|許可|协议|協議|授权|授權|採用|采用|лиценз|ліценз|مجوز|رخصة|ترخيص",
    re.IGNORECASE,
)
_REPORTED = frozenset(("comments", "embed", "others"))
_PARTS_OF_OTHERS = frozenset(("figure",))
_METADATA = frozenset(("meta", "link", "head"))
_MOST_PARTS = 50
_QUOTED_BEFORE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLicenses:
    """The licenses of the article, the surest first, those of its parts, and what stands against them.

    ``terms`` are the addresses of terms that are no license we know. The words that reserve all rights are those of the
    site (``reserved``) or of the article itself; a ``restriction`` is against commercial use alone.
    """

    found: tuple[Found, ...]
    parts: tuple[dict[str, Any], ...]
    terms: tuple[Fact, ...]
    reserved: Fact | None
    own_reservation: Fact | None
    restriction: Fact | None


def judge_licenses(
    survey: Survey,
    places: Sequence[Place],
    linked: Iterable[Iterable[str]],
    heading: Element | None,
    addresses: PageAddresses,
    names: PageNames,
) -> PageLicenses:
    """Tell the article's license from those of other things; `linked` is what each node of JSON-LD says.

    `names` are those of the page, its publisher and its authors.
    """
    own = article_about(heading) if heading is not None else None
    linked = [[*texts] for texts in linked]
    found = [*_of_linked_data(linked)]
    parts: list[dict[str, Any]] = []
    for place in places:
        level, source = (0, "other") if is_in_other_article(place.element, own) else _judge(place, addresses, names)
        if level > 0:
            words = _quote(place)
            found.append(Found(claim=claim_of(place.detected), level=level, source=source, quote=words))
        elif source == "part" and len(parts) < _MOST_PARTS:
            parts += [part for part in (read_part(place),) if part and part not in parts]
    found.sort(key=lambda item: -item.level)
    terms = find_terms(survey, linked, own)
    return PageLicenses(
        found=tuple(found),
        parts=tuple(parts),
        terms=tuple(terms),
        reserved=find_page_reservation(survey, own, licensed=bool(found or terms)),
        own_reservation=find_own_reservation(survey, own),
        restriction=find_restriction(survey, [item.claim for item in found]),
    )


def _of_linked_data(nodes: Iterable[Iterable[str]]) -> list[Found]:
    """The licenses that the nodes name; none where one names only what is no license we know, so that they disagree."""
    found = [[item for text in texts for item in _read_license(text)] for texts in nodes]
    return [item for items in found for item in items] if all(found) else []


def _read_license(text: str) -> Iterator[Found]:
    resolution = resolve_url(text) or resolve_license(text)
    if isinstance(resolution, Known):
        yield Found(claim=resolution.license, level=SURE, source=SOURCE, quote=quote_of(text))
    elif isinstance(resolution, Unversioned):
        yield Found(claim=resolution.unit, level=SURE, source=SOURCE, quote=quote_of(text))


def _judge(place: Place, addresses: PageAddresses, names: PageNames) -> tuple[int, str]:
    """How sure the license there is the article's, 0 for not, with what says so, or "part" for a part of it."""
    element, evidence = place.element, place.evidence
    if element.tag == "script":
        return 0, "script"
    if evidence.about is not None and addresses.judge([evidence.about]) is not Standing.OWN:
        return 0, "part"
    if element.tag in _METADATA:
        return _judge_metadata(place)
    regions = regions_of(element)
    if regions & _REPORTED:
        return 0, "other"
    if regions & _PARTS_OF_OTHERS:
        return 0, "part"
    return _judge_words(place, regions, names)


def _judge_metadata(place: Place) -> tuple[int, str]:
    """The same for an element of the head: what it says of rights counts, in words or by an address."""
    element = place.element
    name = element.get("rel") or element.get("name") or element.get("property") or ""
    named = name or element.get("itemprop") or ""
    if place.evidence.kind == "markup" or (place.attribute is not None and _RIGHTS_NAME.search(named)):
        return SURE, f"{element.tag} {name}".strip()
    return 0, "mention"


def _judge_words(place: Place, regions: frozenset[str], names: PageNames) -> tuple[int, str]:
    """The same for words and links in the page's text, by what their sentence and their block speak of."""
    block = block_of(place.element)
    text, at = words_about(block, place)
    source = "rel=license" if _is_marked(place) else block.tag
    lead = _CLAUSE_END.split(text[:at])[-1]
    scope = _scope_in(text, place.detected)
    if scope not in ("whole", ""):
        return 0, scope
    if PICTURE_LIST.search(text[:at]) and scope != "whole":
        return 0, "part"
    if OTHERS_WORDS.search(lead) or (SOFTWARE.search(lead) and scope != "whole"):
        return 0, "other"
    is_apart = _is_marked(place) or stands_apart(place.element, block, regions)
    if not is_apart and not _is_said_of_page(block, text, at, names):
        return 0, "mention"
    if scope == "whole":
        return SAID, source
    if PLATFORM.search(text) or _shows_picture(block, text):
        return 0, "part"
    if _is_marked(place):
        return MARKED, source
    is_shown = _is_shown(place, block, text, lead, regions) or _is_last_line(place, block, text, at)
    return (SHOWN, source) if is_shown else (0, "mention")


def _is_said_of_page(block: Element, text: str, at: int, names: PageNames) -> bool:
    """Whether words that do not stand apart are about this page.

    In running text they must say so, or be little but the license. A line at the end may say less.
    """
    sentence = Sentence.at(text, at)
    if is_of_page(sentence, names) or (is_short(text) and is_bare_grant(sentence)):
        return True
    return not (is_of_others(sentence) or is_followed(block))


def _is_shown(place: Place, block: Element, text: str, lead: str, regions: frozenset[str]) -> bool:
    """Whether the place of words that name a license, and say nothing of what it is for, makes it the page's."""
    boxed = is_boxed(place.element)
    licensing = _LICENSING.search(_ADDRESS.sub("", text)) is not None
    if "prose" in regions and "footer" not in regions and not boxed:
        return licensing and len(lead.split()) <= _LEADING_WORDS and _LICENSING.search(lead) is not None
    return licensing or boxed or _is_bare(text) or has_badge(block)


def _is_last_line(place: Place, block: Element, text: str, at: int) -> bool:
    """Whether a badge, or a line with little but the license, ends the article, and is no caption or credit."""
    line = last_line_about(place.element, block)
    if line is None:
        return False
    return (has_badge(line) and _is_bare(text[at:])) or (_is_bare(text) and is_bare_grant(Sentence.at(text, at)))


def _is_marked(place: Place) -> bool:
    return place.evidence.kind == "markup" or any(
        "license" in (x.get("rel") or "").lower().split() for x in ancestors_of(place.element)[:3]
    )


def _is_bare(text: str) -> bool:
    """Whether a block says hardly more than the license."""
    return len(_ADDRESS.sub("", text)) < 80


def _shows_picture(block: Element, text: str) -> bool:
    """Whether a short block is of a picture, and does not speak of licensing."""
    return len(text) <= _SHORT_BLOCK * 2 and not _LICENSING.search(text) and has_picture(block)


def _scope_in(text: str, detected: Detected) -> str:
    """What the license is for by the words: whole, part, past or nothing."""
    return _scopes_of(text).get(_family(detected), "")


@lru_cache(maxsize=256)
def _scopes_of(text: str) -> dict[str, str]:
    """The scope of each type of license that a text names, the strongest of each."""
    detection = detect(text)
    found: dict[str, str] = {}
    for detected, scope in zip(detection.licenses, find_scopes(text, detection), strict=True):
        family = _family(detected)
        if not found.get(family) or scope == "whole":
            found[family] = scope
    return found


def _family(detected: Detected) -> str:
    return unit_family(detected.license.unit if detected.license else detected.unit or "cc")


def _quote(place: Place) -> str:
    """The words of a place: its block, or of a long one what begins with the sentence."""
    if place.element.tag in _METADATA:
        return quote_of(place.evidence.quote)
    text, at = words_about(block_of(place.element), place)
    if at > _QUOTED_BEFORE:
        text = text[at - len(_CLAUSE_END.split(text[:at])[-1]) :]
    return quote_of(text) or quote_of(place.evidence.quote)
