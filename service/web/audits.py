"""Audits over HTTP: does a page that republishes an article give the credit that it owes?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response

from service.core.audit import audit_page, subject_of
from service.core.errors import Gone, NotFound
from service.formats.documents.audits import render_audit
from service.formats.schemas.audits import FREE_TEXT, PAGE_LIMIT, load_audit
from service.storage.database import Database
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, reading
from service.web.context import clock
from service.web.responses import answer_json, require_json
from service.web.subjects import sources_of
from service.web.works import NamedWork, find_works

audits = Blueprint("audits", __name__)


@audits.post("/v1/audits")
@reading()
@accepting(JSON)
def create(call: Call) -> Response:
    """Say what a page that republishes an article lacks of its credit, and until when that can be mended."""
    require_json()
    order = load_audit(parse_body(read_body(JSON, PAGE_LIMIT), FREE_TEXT))
    day, database = order.as_of or clock().date(), call.context.database
    work = _get_article(database, order.article, day)
    assert work.article is not None, "anything else was raised"
    source = sources_of(database, [work.article])[work.article.source.id]
    subject = subject_of(work.article, source.content, work.ledger, day=day)
    audit = audit_page(subject, order.page, lang=order.lang)
    origin = next((grant.origin for grant in work.ledger if grant.claim == audit.claim), None)
    body = render_audit(audit, article=order.article, id=work.article.id, origin=origin, as_of=day)
    return answer_json(body, headers={"Cache-Control": "no-store"})


def _get_article(database: Database, named: str, day: date) -> NamedWork:
    """The article that a text names; raises NotFound or Gone."""
    (work,) = find_works(database, [named], day=day)
    if work.problem is not None:
        raise _problem(work.problem)
    if work.article is None:
        raise NotFound("A license by itself has no page to be audited; name an article by its id or original URL.")
    return work


def _problem(found: Mapping[str, Any]) -> NotFound | Gone:
    """The problem of the one work as the problem of the request."""
    about = {"type", "title", "status", "detail"}
    members = {name: value for name, value in found.items() if name not in about}
    return (Gone if found["status"] == 410 else NotFound)(found["detail"], **members)
