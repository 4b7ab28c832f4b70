"""When the article was published and changed: metadata, marked times, dates in words, dates in the address."""

import re
from collections.abc import Iterator
from datetime import date

from service.core.dates import PartialDate
from service.core.errors import InvalidValue
from service.core.written_dates import FIRST_YEAR, find_first_date, find_url_date
from service.formats.pages.facts import Fact, one_line_of, quote_of
from service.formats.pages.linked_data import SOURCE, LinkedData
from service.formats.pages.regions import regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import Element, ancestors_of, names_of, text_of

_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "prism.publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "publication-date",
    "published_date",
    "ptime",
    "pdate",
    "date.created",
    "article.published",
    "article.created",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time",
    "rnews:datepublished",
    "dc.date",
    "dcterms.date",
    "date",
    "dc.date.publication",
    "timestamp",
    "displaydate",
    "last-modified-date",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "revised",
)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?([Zz]|[+-]\d\d:?\d\d)?)?")
_COMPACT = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)(?:T?\d{4,6})?(?!\d)")
_CHANGED = re.compile(r"modif|updat|aktualis|geändert|revised|edited|stand\b|mis à jour|actualiz", re.IGNORECASE)
_TELLING = re.compile(
    r"publi|entry-date|post-?date|pubdate|article-?date|dateline|posted|created|news-?date|dtstamp|datum|date\b"
)
_UNTELLING = re.compile(r"access-?date|last-?mod|retriev|copyright|event|birth|calendar|expire|reference|citation")
_ONLY_CHANGED = re.compile(
    r"^[^\d]{0,60}(?:last (?:modified|updated|edited|changed)|zuletzt (?:geändert|bearbeitet)|dernière m"
    r"|última (?:mod|act))",
    re.IGNORECASE,
)
_ASIDE = frozenset(("comments", "others", "embed", "figure", "navigation", "side"))
_LONGEST_LINE, _AFTER_HEADING = 250, 1500


def find_published(survey: Survey, linked: LinkedData, url: str | None, heading: Element | None) -> list[Fact]:
    """The days or instants that may be that of publication, the best first."""
    lang = survey.language
    facts = [
        *_of_linked_data(linked, "datePublished", "dateCreated", "uploadDate"),
        *_of_metas(survey, _PUBLISHED, lang),
        *_of_properties(survey, ("datepublished", "pubdate", "datecreated"), lang),
        *_of_times(survey, lang),
    ]
    if not facts:
        facts += _of_url(url, whole=True)
        facts += _of_lines(survey, lang)
    if not facts:
        facts += _behind(heading, lang)
    return _settled([*facts, *_of_url(url, whole=False)])


def _settled(facts: list[Fact]) -> list[Fact]:
    """The facts, the day in the address first where the best one has no offset and is the day before or after."""
    day = next((fact for fact in facts if fact.source == "url" and len(fact.value) == 10), None)
    if day is None or len(facts[0].value) != 10:
        return facts
    distance = abs(date.fromisoformat(day.value) - date.fromisoformat(facts[0].value)).days
    return [day, *(fact for fact in facts if fact is not day)] if distance == 1 else facts


def find_modified(survey: Survey, linked: LinkedData) -> list[Fact]:
    """The days or instants of the last change, the best first."""
    return [
        *_of_linked_data(linked, "dateModified"),
        *_of_metas(survey, _MODIFIED, survey.language),
        *_of_properties(survey, ("datemodified",), survey.language),
    ]


def read_time(text: str, language: str | None = None) -> str | None:
    """A date-time with its offset, or the day where there is none, as an article takes it; None for what is no date.

    A time without an offset is no point in time, so the day alone is kept.
    """
    text = one_line_of(text)[:100]
    stamp = _STAMP.search(text)
    if stamp:
        day, time, offset = stamp.groups()
        whole = f"{day}T{time if time.count(':') == 2 else time + ':00'}{_offset(offset)}" if time and offset else day
        return _checked(whole) or _checked(day)
    compact = _COMPACT.match(text)
    if compact and (found := _checked("-".join(compact.groups()))):
        return found
    words = find_first_date(text, language)
    return words.day.isoformat() if words else None


def _offset(text: str) -> str:
    return text if ":" in text or text in "Zz" else f"{text[:3]}:{text[3:]}"


def _checked(text: str) -> str | None:
    try:
        return text if PartialDate.parse(text).first.year >= FIRST_YEAR else None
    except InvalidValue:
        return None


def _of_linked_data(linked: LinkedData, *names: str) -> Iterator[Fact]:
    for fact in linked.texts(*names):
        if time := read_time(fact.value):
            yield Fact(time, SOURCE, fact.quote)


def _of_metas(survey: Survey, names: tuple[str, ...], lang: str) -> Iterator[Fact]:
    for name, content in survey.meta_values(*names):
        if time := read_time(content, lang):
            yield Fact(time, name, quote_of(content))


def _of_properties(survey: Survey, words: tuple[str, ...], lang: str) -> Iterator[Fact]:
    """Microdata and RDFa with such a property, those in comments apart."""
    for word, element in survey.properties:
        if word.rpartition(":")[2] in words and not regions_of(element) & _ASIDE:
            said = element.get("content") or element.get("datetime") or text_of(element, _LONGEST_LINE)
            if time := read_time(said, lang):
                yield Fact(time, f"itemprop={word}", quote_of(said))


def _of_times(survey: Survey, lang: str) -> Iterator[Fact]:
    """Elements for times, those that say that they are of the publication before others."""
    found: list[tuple[int, Fact]] = []
    for element in survey.times:
        said = (
            element.get("datetime") or (element.get("title") if element.tag == "abbr" else "") or text_of(element, 100)
        )
        regions = regions_of(element)
        if regions & _ASIDE or not (time := read_time(said, lang)):
            continue
        found.append((_time_rank(element), Fact(time, _source_of(element), quote_of(said))))
    found.sort(key=lambda item: item[0])
    yield from (fact for rank, fact in found if rank < 9)


def _time_rank(element: Element) -> int:
    names = names_of(element)
    if element.get("pubdate") is not None:
        return 0
    if "updated" in names and "published" not in names:
        return 5
    if _TELLING.search(names):
        return 1
    about = "".join(names_of(x) for x in ancestors_of(element)[1:3])
    if _CHANGED.search(about):
        return 5
    if element.tag == "abbr":
        return 9
    return 2 if _TELLING.search(about) else 3


def _source_of(element: Element) -> str:
    classes = (element.get("class") or "").split()
    return f"{element.tag}.{classes[0]}"[:60] if classes else element.tag


def _of_lines(survey: Survey, lang: str) -> Iterator[Fact]:
    """Dates in words, in elements whose class speaks of a date."""
    found: list[tuple[int, int, Fact]] = []
    for place, element in enumerate(survey.dated):
        if element.tag in ("html", "body", "meta", "script", "input") or regions_of(element) & _ASIDE:
            continue
        text = text_of(element, _LONGEST_LINE * 2)
        if len(text) > _LONGEST_LINE:
            continue
        written = (
            None if _UNTELLING.search(names_of(element)) or _ONLY_CHANGED.search(text) else _earliest_said(text, lang)
        )
        if written:
            rank = (0 if _TELLING.search(names_of(element)) else 1) + (2 if _CHANGED.search(text[:40]) else 0)
            found.append((rank, place, Fact(written, _source_of(element), quote_of(text))))
    found.sort(key=lambda item: item[:2])
    yield from (fact for _, _, fact in found)


def _earliest_said(text: str, lang: str) -> str | None:
    first = find_first_date(text, lang)
    return first.day.isoformat() if first else None


def _behind(heading: Element | None, lang: str) -> Iterator[Fact]:
    """The first date in the words about the heading."""
    for about in ancestors_of(heading)[1:5] if heading is not None else ():
        if about.tag in ("html",):
            return
        text = text_of(about, _AFTER_HEADING)
        own = text_of(heading, _LONGEST_LINE)
        begin = text.find(own) + len(own)
        near = text[begin : begin + _LONGEST_LINE], text[max(0, begin - len(own) - 80) : begin - len(own)]
        for words in near if begin >= len(own) else ():
            first = None if _ONLY_CHANGED.search(words) else find_first_date(words, lang)
            if first:
                yield Fact(first.day.isoformat(), "text", quote_of(words))
                return


def _of_url(url: str | None, *, whole: bool) -> Iterator[Fact]:
    """The day in the address; the month only where a `whole` day is not asked for."""
    found = find_url_date(url) if url else None
    if found and (len(found[0]) == 10 or not whole) and _plausible(found[0]):
        yield Fact(found[0], "url", found[1])


def _plausible(text: str) -> bool:
    return FIRST_YEAR <= int(text[:4]) <= date.max.year
