"""A credit as its JSON document, and what an article lacks for one."""

from collections.abc import Iterable
from datetime import date

import orjson

from service.core.articles import Article
from service.core.attribution import RULE_SET, Credit, Element, missing_elements, work_of
from service.formats.documents.claims import render_claim


def render_credit(credit: Credit, *, origin: str | None, as_of: date) -> bytes:
    """The document of `credit`: its views, its elements with their clauses, and the license as of a day."""
    return orjson.dumps(
        {
            "text": credit.text,
            "html": credit.html,
            "markdown": credit.markdown,
            "lang": credit.lang,
            "dir": credit.dir,
            "required": _elements(credit.required),
            "requested": _elements(credit.requested),
            "optional": _elements(credit.optional),
            "missing": _elements(credit.missing),
            "omitted": _elements(credit.omitted),
            "license": render_claim(credit.license, origin),
            "rule_set": RULE_SET,
            "as_of": as_of,
        }
    )


def render_warnings(article: Article) -> bytes:
    """What a reuser would lack to credit `article` under its license, as a JSON list; empty bytes for nothing."""
    missing = missing_elements(work_of(article))
    warnings = [{"pointer": item.pointer, "code": f"missing-{item.element}", "detail": item.text} for item in missing]
    return orjson.dumps(warnings) if warnings else b""


def _elements(elements: Iterable[Element]) -> list[dict[str, str | None]]:
    return [{"element": item.element, "clause": item.clause, "text": item.text} for item in elements]
