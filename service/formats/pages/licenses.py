"""The license of the article, apart from those of its images, of other articles, of comments and of software.

Detection says which licenses the page grants at all; where each stands, and of what its sentence speaks, says whose it
is. What cannot be told to be the article's is left out: no license is made of a mere mention.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from service.core.catalogue import resolve_license, resolve_url
from service.core.detection import Detected, detect, find_reservation, find_scopes, reserves_all
from service.core.grants import ALL_RIGHTS_RESERVED
from service.core.licenses import Known, License, Unversioned, unit_family
from service.formats.pages.facts import Fact, clean_text, quote_of
from service.formats.pages.license_places import Place
from service.formats.pages.linked_data import SOURCE
from service.formats.pages.regions import regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import BLOCKS, UNSEEN, Element, ancestors_of, names_of, text_of

Claim = License | str

_AROUND, _SHORT_BLOCK = 600, 220
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
_CHOICE = re.compile(r"\b(?:or|oder|ou|dual\w*|wahlweise|either|entweder)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_LICENSE_LINK = re.compile(r"creativecommons\.org|licen[sc]e", re.IGNORECASE)
_LEADING_WORDS, _MOST_EVENTS = 6, 20_000
_BADGE = re.compile(
    r"creativecommons|licensebuttons|cc[-_]?by|by[-_](?:sa|nc|nd)|/cc[-_/.]|88x31|80x15|somerights|license|lizenz", re.I
)
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
_MOST_PARTS, _MOST_FOOTERS, _LONGEST_FOOTER = 50, 20, 3000

SURE, SAID, MARKED, SHOWN = 4, 3, 2, 1
"""How sure a license is the article's: in metadata, in so many words, in markup, by its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A license of the article, how sure that is, and the words."""

    claim: Claim
    level: int
    source: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLicenses:
    """The licenses of the article, the surest first, those of its parts, and the words that reserve all rights."""

    found: tuple[Found, ...]
    parts: tuple[dict[str, Any], ...]
    reserved: Fact | None


def judge_licenses(
    survey: Survey, places: Sequence[Place], linked: Iterable[str], heading: Element | None
) -> PageLicenses:
    """Tell the article's license from those of other things; `linked` is what JSON-LD says of the article."""
    own = _article_about(heading) if heading is not None else None
    found = [*_of_linked_data(linked)]
    parts: list[dict[str, Any]] = []
    for place in places:
        level, source = (0, "other") if _is_in_other_article(place.element, own) else _judge(place)
        if level > 0:
            words = _quote(place)
            found.append(Found(claim=_claim_of(place.detected), level=level, source=source, quote=words))
        elif source == "part" and len(parts) < _MOST_PARTS:
            parts += [part for part in (_part(place),) if part and part not in parts]
    found.sort(key=lambda item: -item.level)
    return PageLicenses(found=tuple(found), parts=tuple(parts), reserved=_reservation(survey, licensed=bool(found)))


def weigh_claims(found: Sequence[Found]) -> tuple[Claim, ...]:
    """The claims of the article's license that count: what is said more surely beats what only stands there, and a
    type without its version goes up in a license of that type. Several that are left disagree.
    """
    best = max((item.level for item in found), default=0)
    weights = [item for item in found if item.level >= min(best, SAID)] if best >= SAID else list(found)
    claims = list(dict.fromkeys(item.claim for item in weights))
    licenses = [claim for claim in claims if isinstance(claim, License)]
    families = {unit_family(license.unit) for license in licenses}
    units = [
        x for x in claims if isinstance(x, str) and not (licenses and x == "cc") and unit_family(x) not in families
    ]
    if len(units) > 1:
        units = [unit for unit in units if unit != "cc"]
    return (*_without_unported(licenses), *units)


def is_choice(found: Sequence[Found], claims: Sequence[Claim]) -> bool:
    """Whether one sentence offers all of the licenses to choose from."""
    offers = [
        {item.claim for item in found if item.quote == quote}
        for quote in {x.quote for x in found if _CHOICE.search(x.quote)}
    ]
    return any(offer >= set(claims) for offer in offers)


def _without_unported(licenses: list[License]) -> list[License]:
    """The licenses but those of which a port of the same type and version is there too: names often leave it out."""
    ported = {(license.unit, license.version) for license in licenses if license.jurisdiction}
    return [x for x in licenses if x.jurisdiction or (x.unit, x.version) not in ported]


def _of_linked_data(texts: Iterable[str]) -> Iterable[Found]:
    for text in texts:
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


def _claim_of(detected: Detected) -> Claim:
    return detected.license if detected.license else detected.unit or "cc"


def _judge(place: Place) -> tuple[int, str]:
    """How sure the license there is the article's, 0 for not, with what says so, or "part" for a part of it."""
    element, evidence = place.element, place.evidence
    if element.tag == "script":
        return 0, "script"
    if evidence.about is not None:
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
    block = _block_of(place.element)
    text, at = _words_of(block, place)
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
    if _PLATFORM.search(text) or _has_picture(block, text):
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
    return licensing or boxed or _is_bare(text) or _is_badge(block)


def _is_marked(place: Place) -> bool:
    return place.evidence.kind == "markup" or any(
        "license" in (x.get("rel") or "").lower().split() for x in ancestors_of(place.element)[:3]
    )


def _is_bare(text: str) -> bool:
    """Whether a block says hardly more than the license."""
    return len(_ADDRESS.sub("", text)) < 80


def _is_badge(block: Element) -> bool:
    return any(_BADGE.search(image.get("src") or "") for image in block.iter("img"))


def _has_picture(block: Element, text: str) -> bool:
    """Whether a short block shows a picture that is no badge of a license."""
    if len(text) > _SHORT_BLOCK * 2:
        return False
    return any(
        not _BADGE.search(f"{x.get('src')} {x.get('alt')}") for x in block.iter("img")
    ) and not _LICENSING.search(text)


def _block_of(element: Element) -> Element:
    """The innermost block about an element; a cell, an item or a bare link in a row takes the row."""
    for about in ancestors_of(element):
        if about.tag in BLOCKS:
            return about
    return element


def _words_of(block: Element, place: Place) -> tuple[str, int]:
    """The words of a block about a place, with the targets of its links to licenses; and where the license is named."""
    if block not in place.blocks:
        place.blocks[block] = _read_block(block)
    text, places = place.blocks[block]
    at = places.get(place.element, 0)
    before = clean_text(text[max(0, at - _AROUND) : at])
    words = clean_text(f"{before} {text[at : at + _AROUND]}")
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
    found = words.find(clean_text(place.evidence.quote), at)
    return found if found >= 0 else at


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
    return quote_of(_words_of(_block_of(place.element), place)[0]) or quote_of(place.evidence.quote)


def _part(place: Place) -> dict[str, Any] | None:
    """The part of the article that the license at a place is for: an image near it, where there is one."""
    block = _block_of(place.element)
    text, _ = _words_of(block, place)
    image = _image_near(place.element, block)
    about = place.evidence.about
    if image is None and not about:
        return None
    part: dict[str, Any] = {"kind": "image", "license": _claim_text(_claim_of(place.detected))}
    address = (image.get("src") or image.get("data-src") if image is not None else None) or about
    if address and not address.startswith("data:"):
        part["url"] = address
    if image is not None and (title := clean_text(image.get("title") or image.get("alt"))[:200]):
        part["title"] = title
    credit = detect(text).credit
    return {**part, **({"creator": credit} if credit else {})}


def _claim_text(claim: Claim) -> str:
    return claim.url if isinstance(claim, License) else "Creative Commons" if claim == "cc" else f"CC {claim.upper()}"


def _image_near(element: Element, block: Element) -> Element | None:
    """The picture in the figure, or in the block, that an element stands in."""
    for about in ancestors_of(element)[:6]:
        if about.tag in ("body", "article", "main"):
            break
        images = [x for x in about.iter("img") if not _BADGE.search(f"{x.get('src')}")]
        if images:
            return images[0] if len(images) == 1 or about is block or about.tag == "figure" else None
    return None


def _reservation(survey: Survey, *, licensed: bool) -> Fact | None:
    """Words that reserve all rights in the metadata or in a footer; beside a license they need not stand alone."""
    for name, content in survey.meta_values("dc.rights", "dcterms.rights", "copyright", "rights"):
        if find_reservation(content):
            return Fact(ALL_RIGHTS_RESERVED, name, quote_of(content))
    for element in reversed(list(islice(survey.root.iter("footer"), _MOST_FOOTERS))):
        text = text_of(element, _LONGEST_FOOTER)
        found = find_reservation(text)
        if found or (licensed and reserves_all(text)):
            words = text[max(0, found.start - 80) : found.end + 20] if found else text
            return Fact(ALL_RIGHTS_RESERVED, "footer", quote_of(words))
    return None
