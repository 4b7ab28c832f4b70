"""An audit as its JSON document: what was found, what lacks, until when it is to be mended, and the credit to paste."""

from datetime import date
from typing import Any

import orjson

from service.core.attribution import RULE_SET
from service.core.audit import SEVERITIES, STATUSES, Audit, Finding, Quote
from service.formats.documents.claims import render_claim
from service.formats.documents.permission import credit_views

Document = dict[str, Any]


def render_audit(audit: Audit, *, article: str, id: str, origin: str | None, as_of: date) -> bytes:
    """The document of an audit as of a day; `article` is how the work was named, `id` that of the article."""
    return orjson.dumps(
        {
            "article": article,
            "id": id,
            "summary": _summary(audit),
            "findings": [_finding(finding) for finding in audit.findings],
            "unjudged": [{"element": item.element, "detail": item.detail} for item in audit.unjudged],
            "cure_by": audit.cure.by,
            "cure": {"clause": audit.cure.clause, "reason": audit.cure.reason},
            "credit": credit_views(audit.credit),
            "license": render_claim(audit.claim, origin),
            "rule_set": RULE_SET,
            "as_of": as_of,
        }
    )


def _summary(audit: Audit) -> Document:
    summary: Document = {"verdict": audit.verdict}
    for severity in SEVERITIES:
        summary[severity] = {status: audit.count(severity, status) for status in STATUSES}
    return summary


def _finding(finding: Finding) -> Document:
    return {
        "element": finding.element,
        "status": finding.status,
        "severity": finding.severity,
        "basis": finding.basis,
        "clause": finding.clause,
        "text": finding.text,
        "detail": finding.detail,
        "evidence": _quote(finding.evidence) if finding.evidence else None,
    }


def _quote(quote: Quote) -> Document:
    return {"quote": quote.quote, "start": quote.start, "end": quote.end}
