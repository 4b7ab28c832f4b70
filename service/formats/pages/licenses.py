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
from service.formats.pages.license_reservations import find_page_reservation
from service.formats.pages.linked_data import SOURCE
from service.formats.pages.regions import regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import Element, ancestors_of, names_of

_SHORT_BLOCK = 220
_PLATFORM = re.compile(
    r"flickr|commons\.wikimedia|wikimedia commons|unsplash|pixabay|pexels|picjumbo|youtube|vimeo|soundcloud|jamendo"
    r"|openstreetmap|freesound|sketchfab|thenounproject|deviantart|500px|stocksnap|photopin|photodune|compfight|wylio",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"theme|template|design(?:ed)? by|powered by|wordpress|drupal|icons?\b|fonts?\b|plugin|software"
    r"|source code|quellcode",
    re.IGNORECASE,
)
_OTHERS_WORDS = re.compile(
    r"\bcomment(?:s|ing|ary)?\b|kommentar|commentaires?|comentario|third[- ]part"
    r"|by (?:posting|submitting|uploading|contributing)"
    r"|you (?:agree|submit|post)|uses? (?:material|text|content) from|wikipedia article|adapted from"
    r"|based on (?:an?|the) "
    r"|aus (?:dem|der) (?:wikipedia|artikel)|auf dem artikel|your (?:submission|contribution|content|post)",
    re.IGNORECASE,
)
_PICTURE_LIST = re.compile(
    r"(?:bild|foto|photo|image|picture|illustration|photographie|titelbild|artikelbild|beitragsbild|headerbild"
    r"|aufmacherbild|cover|vorschaubild|music|musik|audio|video)[\w-]*[\s-]{0,2}"
    r"(?:nachweise?|quellen?|rechte|credits?|source|copyright|©|crédits?)?\s{0,2}[:(©/]"
    r"|(?:image|photo|picture|foto|art|video|music) (?:credits?|source|courtesy|by|von|via|©)"
    r"|crédits? (?:photos?|image)"
    r"|^\W*credits?\s?:"
    r"|(?:featured|header|cover|lead|top|title|hero|banner) (?:image|photo|picture)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?|•·](?:\s|$)")
_ADDRESS = re.compile(r"https?://\S+")
_LEADING_WORDS = 6
_LICENSING = re.compile(
    r"licen[sc]|lizen[zs]|licenc|licenz|lisens|under\b|unter\b|steht|available|some rights|©|\(c\)|copyright"
    r"|except|sofern|soweit"
    r"|许可|許可|协议|協議|授权|授權|採用|采用|лиценз|ліценз|مجوز|رخصة|ترخيص",
    re.IGNORECASE,
)
_LICENSE_BOX = re.compile(
    r"licen[sc]e|lizenz|licencia|licence|copyright|creative-?commons|\scc[\s_-]|rights|imprint|credits|legal"
)
_REPORTED = frozenset(("comments", "embed", "others"))
_PARTS_OF_OTHERS = frozenset(("figure",))
_METADATA = frozenset(("meta", "link", "head"))
_MOST_PARTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLicenses:
    """The licenses of the article, the surest first, those of its parts, and the words that reserve all rights."""

    found: tuple[Found, ...]
    parts: tuple[dict[str, Any], ...]
    reserved: Fact | None


def judge_licenses(
    survey: Survey,
    places: Sequence[Place],
    linked: Iterable[Iterable[str]],
    heading: Element | None,
    addresses: PageAddresses,
) -> PageLicenses:
    """Tell the article's license from those of other things; `linked` is what each node of JSON-LD says."""
    own = _article_about(heading) if heading is not None else None
    found = [*_of_linked_data(linked)]
    parts: list[dict[str, Any]] = []
    for place in places:
        level, source = (0, "other") if _is_in_other_article(place.element, own) else _judge(place, addresses)
        if level > 0:
            words = _quote(place)
            found.append(Found(claim=claim_of(place.detected), level=level, source=source, quote=words))
        elif source == "part" and len(parts) < _MOST_PARTS:
            parts += [part for part in (read_part(place),) if part and part not in parts]
    found.sort(key=lambda item: -item.level)
    reserved = find_page_reservation(survey, licensed=bool(found))
    return PageLicenses(found=tuple(found), parts=tuple(parts), reserved=reserved)


def _of_linked_data(nodes: Iterable[Iterable[str]]) -> list[Found]:
    """The licenses that the nodes name; none where one names only what is no license we know, so that they disagree."""
    found = [[item for text in texts for item in _read_license(text)] for texts in nodes]
    return [item for items in found for item in items] if all(found) else []


def _read_license(text: str) -> Iterator[Found]:
    resolution = resolve_url(text) or resolve_license(text)
    if isinstance(resolution, Known):
        yield Found(claim=resolution.license, level=SURE, source=SOURCE, quote=quote_of(f"license: {text}"))
    elif isinstance(resolution, Unversioned):
        yield Found(claim=resolution.unit, level=SURE, source=SOURCE, quote=quote_of(f"license: {text}"))


def _article_about(element: Element) -> Element | None:
    return next((about for about in ancestors_of(element) if about.tag == "article"), None)


def _is_in_other_article(element: Element, own: Element | None) -> bool:
    """Whether it stands in an article element that is neither the page's own, nor in it, nor about it."""
    other = _article_about(element)
    if own is None or other is None or other is own:
        return False
    return own not in ancestors_of(other) and other not in ancestors_of(own)


def _judge(place: Place, addresses: PageAddresses) -> tuple[int, str]:
    """How sure the license there is the article's, 0 for not, with what says so, or "part" for a part of it."""
    element, evidence = place.element, place.evidence
    if element.tag == "script":
        return 0, "script"
    if evidence.about is not None and addresses.judge([evidence.about]) is not Standing.OWN:
        return 0, "part"
    regions = regions_of(element)
    if element.tag in _METADATA and evidence.kind == "markup":
        return (
            SURE,
            f"{element.tag} {element.get('rel') or element.get('name') or element.get('property') or ''}".strip(),
        )
    if regions & _REPORTED:
        return 0, "other"
    if regions & _PARTS_OF_OTHERS:
        return 0, "part"
    return _judge_words(place, regions)


def _judge_words(place: Place, regions: frozenset[str]) -> tuple[int, str]:
    """The same for words and links in the page's text, by what their sentence and their block speak of."""
    block = block_of(place.element)
    text, at = words_about(block, place)
    source = "rel=license" if _is_marked(place) else block.tag
    lead = _CLAUSE_END.split(text[:at])[-1]
    scope = _scope_in(text, place.detected)
    if scope in ("part", "past"):
        return 0, scope
    if _PICTURE_LIST.search(text[:at]) and scope != "whole":
        return 0, "part"
    if _OTHERS_WORDS.search(lead) or (_SOFTWARE.search(lead) and scope != "whole"):
        return 0, "other"
    if scope == "whole":
        return SAID, source
    if _PLATFORM.search(text) or _shows_picture(block, text):
        return 0, "part"
    if _is_marked(place):
        return MARKED, source
    return (SHOWN, source) if _is_shown(place, block, text, lead, regions) else (0, "mention")


def _is_shown(place: Place, block: Element, text: str, lead: str, regions: frozenset[str]) -> bool:
    """Whether the place of words that name a license, and say nothing of what it is for, makes it the page's."""
    boxed = _LICENSE_BOX.search("".join(names_of(x) for x in ancestors_of(place.element)[:4])) is not None
    licensing = _LICENSING.search(_ADDRESS.sub("", text)) is not None
    if "prose" in regions and "footer" not in regions and not boxed:
        return licensing and len(lead.split()) <= _LEADING_WORDS and _LICENSING.search(lead) is not None
    return licensing or boxed or _is_bare(text) or has_badge(block)


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
    if place.element.tag in _METADATA:
        return quote_of(place.evidence.quote)
    return quote_of(words_about(block_of(place.element), place)[0]) or quote_of(place.evidence.quote)
