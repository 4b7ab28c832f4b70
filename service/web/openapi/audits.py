"""Audits as JSON Schema, with an example made of a page that forgot the link to the license."""

from datetime import date
from typing import Any, get_args

import orjson

from service.core.articles import Article
from service.core.audit import SEVERITIES, STATUSES, Republication, audit_page, subject_of
from service.core.audit.model import Basis, Verdict
from service.core.grants import Grant
from service.core.sources import SourceContent
from service.formats.documents.audits import render_audit
from service.web.openapi.shapes import MAYBE, MAYBE_DAY, TEXT, UUID, WHOLE, Json, many, record, ref

_AS_OF = date(2026, 11, 24)
_PAGE = (
    "<h1>{title}</h1><p>By Ines Albright, first published by "
    '<a href="{url}">The Lantern</a>, © 2026 The Lantern. CC BY-ND 4.0</p>'
)


def audit_schemas() -> dict[str, Json]:
    """The schemas of what audits answer."""
    counts = record("How many findings there are of each status.", **dict.fromkeys(STATUSES, WHOLE))
    return {
        "AuditQuote": record(
            "Words of the page, at [start, end) in Unicode characters; long ones are cut.",
            quote=TEXT,
            start=WHOLE,
            end=WHOLE,
        ),
        "AuditFinding": record(
            "What became of one element of the credit; text is what should stand, detail what was seen.",
            element={**TEXT, "description": "An element, part:<index>, or the kind of a request."},
            status=_words(STATUSES),
            severity=_words(SEVERITIES),
            basis=_words(get_args(Basis)),
            clause=MAYBE,
            text=TEXT,
            detail=TEXT,
            evidence={"anyOf": [ref("AuditQuote"), {"type": "null"}]},
        ),
        "Unjudged": record("What cannot be told, and why.", element=TEXT, detail=TEXT),
        "Audit": record(
            "What a page that republishes an article lacks of its credit.",
            article={**TEXT, "description": "The article as it was named."},
            id=UUID,
            summary=record(
                "The findings counted; unclear is what has nothing lacking and a license that is not exactly known.",
                verdict=_words(get_args(Verdict)),
                **dict.fromkeys(SEVERITIES, counts),
            ),
            findings=many(ref("AuditFinding")),
            unjudged=many(ref("Unjudged")),
            cure_by=MAYBE_DAY,
            cure=record(
                "The clause that gives days of grace, and why there is a day or none.", clause=MAYBE, reason=TEXT
            ),
            credit=ref("CreditViews"),
            license=ref("LicenseClaim"),
            rule_set=TEXT,
            as_of={"type": "string", "format": "date"},
        ),
    }


def audit_examples(article: Article, grant: Grant) -> Json:
    """An example of the body and of the answer."""
    html = _PAGE.format(title=article.content.title, url=article.content.url)
    subject = subject_of(article, SourceContent(name="The Lantern"), (grant,), day=_AS_OF)
    audit = audit_page(subject, Republication(html=html, discovered_on=_AS_OF))
    document = render_audit(audit, article=article.id, id=article.id, origin="article", as_of=_AS_OF)
    return {
        "AuditInput": {"article": article.id, "html": html, "discovered_on": _AS_OF.isoformat()},
        "Audit": _read(document),
    }


def _words(words: tuple[str, ...]) -> Json:
    return {"type": "string", "enum": list(words)}


def _read(document: bytes) -> Any:
    return orjson.loads(document)
