"""Terms that a page names as its license and that are none we know, by their addresses."""

import re
from collections.abc import Iterable, Iterator

from service.core.catalogue import resolve_url
from service.core.detection.folding import fold
from service.core.detection.subjects import PART, subject_of
from service.formats.pages.facts import Fact, one_line_of, quote_of
from service.formats.pages.license_blocks import block_of
from service.formats.pages.license_subjects import OTHERS_WORDS, PICTURE_LIST, SOFTWARE
from service.formats.pages.linked_data import SOURCE
from service.formats.pages.regions import is_in_other_article, regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import Element, text_of

_METAS = ("dc.rights", "dcterms.rights", "dc.rights.license", "dcterms.license")
_BESIDE = frozenset(("comments", "others", "embed", "figure"))
_WHOLE = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_BLOCK = 400


def find_terms(survey: Survey, linked: Iterable[Iterable[str]], own: Element | None) -> list[Fact]:
    """The addresses of unknown terms, as they are written: of JSON-LD, of the head, and of links about the page.

    `linked` is what each node of JSON-LD says, `own` the element of the article.
    """
    return [*filter(_is_unknown, _stated(survey, linked)), *_marked(survey, own)]


def _stated(survey: Survey, linked: Iterable[Iterable[str]]) -> Iterator[Fact]:
    said = [(SOURCE, text) for texts in linked for text in texts] + survey.meta_values(*_METAS)
    yield from (Fact(text.strip(), name, quote_of(text)) for name, text in said if _WHOLE.fullmatch(text.strip()))
    for rel, href in survey.links:
        if "license" in rel.split():
            yield Fact(one_line_of(href), "link license", quote_of(href))


def _marked(survey: Survey, own: Element | None) -> Iterator[Fact]:
    """The targets of links with rel=license, or the property license, that speak of no part and of nothing else."""
    marked = [("rel=license", x) for rel, x in survey.relations if "license" in rel.split()]
    marked += [("itemprop=license", x) for word, x in survey.properties if word.rpartition(":")[2] == "license"]
    texts: dict[Element, str] = {}
    for source, element in marked:
        block, address = block_of(element), one_line_of(element.get("href"))
        fact = Fact(address, source, quote_of(address))
        if not _is_unknown(fact) or regions_of(element) & _BESIDE or is_in_other_article(element, own):
            continue
        if block not in texts:
            texts[block] = text_of(block, _LONGEST_BLOCK)
        if _is_of_page(texts[block]):
            yield Fact(address, source, quote_of(texts[block]) or fact.quote)


def _is_of_page(text: str) -> bool:
    others = any(pattern.search(text) for pattern in (OTHERS_WORDS, PICTURE_LIST, SOFTWARE))
    return not others and subject_of(fold(text)) != PART


def _is_unknown(fact: Fact) -> bool:
    """Whether it names an address, of another page or thing, and none of Creative Commons."""
    return bool(fact.value) and not fact.value.startswith("#") and resolve_url(fact.value) is None
