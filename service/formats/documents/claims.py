"""A claim as the ``license`` object of a document."""

from typing import Any

from service.core.catalogue import find_license
from service.core.dates import parse_day
from service.core.grants import UNKNOWN, Claim

Document = dict[str, Any]


def render_claim(claim: Claim, origin: str | None = None) -> Document:
    """The object that stands for `claim`; every member is present."""
    license = claim.license
    return {
        "status": claim.status,
        "id": license.id if license else None,
        "url": license.url if license else claim.url,
        "title": license.title if license else None,
        "unit": claim.license_unit,
        "version": license.version if license else None,
        "jurisdiction": license.jurisdiction if license else None,
        "spdx": license.spdx if license else None,
        "permits": license.permits if license else (),
        "requires": license.requires if license else (),
        "prohibits": license.prohibits if license else (),
        "candidates": claim.candidates,
        "statement": claim.statement,
        "statement_url": claim.statement_url,
        "origin": origin,
        "start": claim.start.isoformat() if claim.start else None,
        "end": claim.end.isoformat() if claim.end else None,
    }


def read_claim_document(document: Document | None) -> Claim:
    """The claim that `render_claim` made `document` from."""
    if document is None:
        return UNKNOWN
    license = find_license(document["id"]) if document["id"] else None
    start, end = document["start"], document["end"]
    return Claim(
        status=document["status"],
        license=license,
        unit=None if license else document["unit"],
        candidates=tuple(document["candidates"]),
        url=None if license else document["url"],
        statement=document["statement"],
        statement_url=document["statement_url"],
        start=parse_day(start) if start else None,
        end=parse_day(end) if end else None,
    )
