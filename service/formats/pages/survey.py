"""What of a page may tell of the article: gathered in one pass, to be weighed afterwards."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from service.formats.pages.tree import MAX_ELEMENTS, UNSEEN, Element, spaced, text_of
from service.formats.pages.words import page_words

_MOST = 400
_MOST_METAS, _LONGEST_META, _LONGEST_TITLE = 1000, 20_000, 2000
_SAMPLE, _PARAGRAPH, _PIECES = 1500, 40, 30
_LONGEST_FIRST = 24
_BYLINE = re.compile(
    r"[\s_-](?:by-?line|author|autor|autoren|auteur|autore|verfasser|writer|postedby|posted-by|post-by|entry-by|creator"
    r"|fn|contributor|redakteur)(?:s|name|_name)?[\s_-]|(?:author|autor|byline)(?:name|link)?\s|\s(?:author|byline)"
)
_DATED = re.compile(
    r"date|datum|time(?!line)|publi|posted|pubdate|meta\b|created|submitted|fecha|zeit|stamp|byline|info"
)
_HEADED = re.compile(r"(?:title|headline|heading|ueberschrift|titel|titre)")
_BY_WORDS = re.compile(
    r"\s*(?:by|von|par|por|di|da|door|av|af|od|autor|author|auteur|autore|autorin|text(?=\s*:)|written by|posted by"
    r"|geschrieben von|verfasst von|veröffentlicht von|erstellt von|gepostet von|publié par|publicado por|escrito por"
    r"|от|автор|بقلم|نویسنده|作者|文)\s*(?:$|[:：]|\s(?=[^\W\d_]))",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"/(?:authors?|autore?n?|auteurs?|profiles?|writers?|contributors?|columnists?|reporters?|staff|journalist"
    r"|redakteure?|bio|users?|members?|blogger)/[^/?#]|[?&]author=",
    re.IGNORECASE,
)
_FIRST_WORDS = page_words("byline")
_LINE_TAGS = page_words("line element")
_HEADINGS = frozenset(("h1", "h2", "h3"))


@dataclass(slots=True)
class Survey:
    """Elements and values of a page in the order in which they stand there; ``text`` is its text in lower case."""

    root: Element
    text: bytes = b""
    language: str = ""
    address: str | None = None
    base: str | None = None
    title: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)
    headings: list[Element] = field(default_factory=list)
    bylines: list[Element] = field(default_factory=list)
    profiles: list[Element] = field(default_factory=list)
    phrased: list[Element] = field(default_factory=list)
    times: list[Element] = field(default_factory=list)
    dated: list[Element] = field(default_factory=list)
    properties: list[tuple[str, Element]] = field(default_factory=list)
    relations: list[tuple[str, Element]] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    elements: int = 0
    order: dict[Element, int] = field(default_factory=dict)
    sampled: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether the page has more elements than are looked at."""
        return self.elements >= MAX_ELEMENTS

    def meta_values(self, *names: str) -> list[tuple[str, str]]:
        """Name and content of the meta elements with any of the names, in the order of the names."""
        return [(said, content) for name in names for said, content in self.metas if said == name and content.strip()]


def survey_page(root: Element) -> Survey:
    """Gather what may tell of the article."""
    found = Survey(root, language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    found.language = found.language or root.get("xml:lang") or ""
    for element in islice(root.iter("*"), MAX_ELEMENTS):
        found.elements += 1
        tag = element.tag
        take = _TAKERS.get(tag)
        if take is not None:
            take(found, element)
        elif tag in _HEADINGS and len(found.headings) < _MOST:
            found.order[element] = found.elements
            found.headings.append(element)
        _take_attributes(found, element, tag)
    return found


def _take_attributes(found: Survey, element: Element, tag: str) -> None:
    """Note what the attributes of an element, or its first words, say it is."""
    said = dict(element.items())
    classes, id = said.get("class"), said.get("id")
    if classes or id:
        byline, dated, headed = _kinds(classes or "", id or "")
        if byline:
            _note(found, found.bylines, element)
        if dated and len(found.dated) < _MOST:
            found.dated.append(element)
        if headed and tag not in _HEADINGS and tag not in UNSEEN and len(found.headings) < _MOST:
            found.headings.append(element)
    word = said.get("itemprop") or said.get("property")
    if word and tag not in ("meta", "link"):
        _note(found, found.properties, element, word)
    if tag == "a":
        _take_anchor(found, element, said)
    text = element.text
    if text and tag in _LINE_TAGS and _begins_byline(text) and len(found.phrased) < _MOST:
        found.phrased.append(element)


def _begins_byline(text: str) -> bool:
    """Whether a line begins with "by"; most lines do not, which their first word tells."""
    first = text[:_LONGEST_FIRST].split(None, 1)
    return bool(first) and first[0].rstrip(":：").lower() in _FIRST_WORDS and _BY_WORDS.match(text) is not None


def _take_anchor(found: Survey, element: Element, said: dict[str, str]) -> None:
    if rel := said.get("rel"):
        _note(found, found.relations, element, rel)
    if _PROFILE.search(said.get("href") or ""):
        _note(found, found.profiles, element)


def _note(found: Survey, group: list[Any], element: Element, word: str | None = None) -> None:
    """Keep an element, with the word that says what it is if there is one, and its place on the page."""
    if len(group) < _MOST:
        found.order[element] = found.elements
        group.append(element if word is None else (word.lower(), element))


@lru_cache(maxsize=8192)
def _kinds(classes: str, id: str) -> tuple[bool, bool, bool]:
    """Whether classes and id speak of a byline, of a date, of a title."""
    names = spaced(classes, id)
    return bool(_BYLINE.search(names)), bool(_DATED.search(names)), bool(_HEADED.search(names))


def _take_meta(found: Survey, element: Element) -> None:
    content = element.get("content")
    if content is None:
        charset_or_nothing = element.get("value")
        if charset_or_nothing is None:
            return
        content = charset_or_nothing
    names = {element.get(key) for key in ("name", "property", "itemprop", "http-equiv")} - {None}
    for name in names if len(found.metas) < _MOST_METAS else ():
        found.metas.append((name.strip().lower(), content[:_LONGEST_META]))
        if element.get("itemprop") == name:
            found.properties.append((name.lower(), element))


def _take_link(found: Survey, element: Element) -> None:
    rel, href = element.get("rel"), element.get("href")
    if href and len(found.links) < _MOST_METAS:
        found.links.append(((rel or "").lower(), href))
        if word := element.get("itemprop"):
            found.properties.append((word.lower(), element))


def _take_title(found: Survey, element: Element) -> None:
    parent = element.getparent()
    if not found.title and (parent is None or parent.tag != "svg"):
        found.title = text_of(element)[:_LONGEST_TITLE]


def _take_script(found: Survey, element: Element) -> None:
    if "ld+json" in (element.get("type") or "").lower() and element.text:
        found.linked_data.append(element.text)


def _take_time(found: Survey, element: Element) -> None:
    if len(found.times) < _MOST:
        found.times.append(element)


def _take_base(found: Survey, element: Element) -> None:
    found.base = found.base or element.get("href")


def _take_paragraph(found: Survey, element: Element) -> None:
    """Keep some running text, to tell its language."""
    if found.sampled < _SAMPLE:
        text = " ".join(islice(element.itertext(), _PIECES))
        if len(text) >= _PARAGRAPH:
            found.samples.append(text)
            found.sampled += len(text)


_TAKERS = {
    "meta": _take_meta,
    "link": _take_link,
    "title": _take_title,
    "script": _take_script,
    "time": _take_time,
    "abbr": _take_time,
    "base": _take_base,
    "p": _take_paragraph,
}
