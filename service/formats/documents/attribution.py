"""A credit as its JSON document and as its bare views, and what an article lacks for one."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import orjson

from service.core.articles import AiTerms, Article
from service.core.attribution import RULE_SET, Credit, Element, PartCredit, missing_elements, work_of
from service.core.machine_terms import find_contradictions
from service.formats.documents.claims import render_claim

Document = dict[str, object]
_NOTHING_STATED = AiTerms()


def render_credit(credit: Credit, *, origin: str | None, as_of: date) -> bytes:
    """The document of `credit`: its views, its elements with their clauses, and the license as of a day."""
    return orjson.dumps(credit_document(credit, origin=origin, as_of=as_of))


def credit_document(credit: Credit, *, origin: str | None, as_of: date) -> Document:
    """The members of the document of `credit`."""
    return {
        "text": credit.text,
        "html": credit.html,
        "markdown": credit.markdown,
        "short": credit.short,
        "spoken": credit.spoken,
        "jsonld": credit.jsonld,
        "lang": credit.lang,
        "dir": credit.dir,
        "required": _elements(credit.required),
        "requested": _elements(credit.requested),
        "optional": _elements(credit.optional),
        "missing": _elements(credit.missing),
        "omitted": _elements(credit.omitted),
        "parts": [_part(part) for part in credit.parts],
        "license": render_claim(credit.license, origin),
        "rule_set": RULE_SET,
        "as_of": as_of,
    }


def render_view(credit: Credit, view: str) -> bytes:
    """One view bare, by its name in `VIEWS`."""
    return VIEWS[view](credit)


def render_warnings(article: Article, of_source: AiTerms = _NOTHING_STATED) -> bytes:
    """What a reuser of a new `article` would stumble over, as a JSON list; empty bytes for nothing.

    That is what lacks for a credit under its license, and what the article, or else its source, states about machines
    against its license.
    """
    missing = missing_elements(work_of(article))
    lacks = [{"pointer": item.pointer, "code": f"missing-{item.element}", "detail": item.text} for item in missing]
    return _dump([*lacks, *_contradictions(article, of_source)])


def render_contradictions(article: Article, of_source: AiTerms) -> bytes:
    """What the article, or else its source, states about machines against its license, in the same form."""
    return _dump(_contradictions(article, of_source))


def _contradictions(article: Article, of_source: AiTerms) -> list[dict[str, str]]:
    terms = article.content.ai_terms.or_else(of_source)
    return [
        {"pointer": f"/ai_terms/{item.member}", "code": "contradicts-license", "detail": item.text}
        for item in find_contradictions(article, terms)
    ]


def _dump(warnings: list[Any]) -> bytes:
    return orjson.dumps(warnings) if warnings else b""


def _linked_data(credit: Credit) -> bytes:
    """JSON-LD that may be pasted into a script element: no text in it can close the element (HTML s. 4.12.1.3)."""
    return orjson.dumps(credit.jsonld).replace(b"<", b"\\u003c")


def _elements(elements: Iterable[Element]) -> list[dict[str, str | None]]:
    return [{"element": item.element, "clause": item.clause, "text": item.text} for item in elements]


def _part(part: PartCredit) -> Document:
    return {
        "index": part.index,
        "text": part.text,
        "html": part.html,
        "markdown": part.markdown,
        "license": render_claim(part.license),
    }


VIEWS: dict[str, Callable[[Credit], bytes]] = {
    "text": lambda credit: credit.text.encode(),
    "html": lambda credit: credit.html.encode(),
    "markdown": lambda credit: credit.markdown.encode(),
    "short": lambda credit: credit.short.encode(),
    "spoken": lambda credit: credit.spoken.encode(),
    "jsonld": _linked_data,
}
