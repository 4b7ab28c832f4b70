"""The license ledger of an article over HTTP. Grants are part of their article, and have its entity tag."""

import orjson
from flask import Blueprint, Response
from werkzeug.routing import IntegerConverter

from service.actions.grants import change_grant, record_grant
from service.actions.transactions import Outcome
from service.core.errors import NotFound
from service.core.grants import Grant, Ledger
from service.formats.documents.grants import render_grant
from service.formats.schemas.grants import load_grant, load_grant_change
from service.storage.answers import Claim
from service.storage.grants import list_grants
from service.web.bodies import JSON, PATCH, parse_body
from service.web.calls import Call, accepting, perform, reading, writing
from service.web.conditional import check_read, check_write
from service.web.pages import Page, answer_page, read_limit, read_position
from service.web.present import get_licensed, get_present
from service.web.responses import answer_document, answer_not_modified, answer_outcome, require_json, tag_of

grants = Blueprint("grants", __name__)
_ALL = "/v1/articles/<id:id>/grants"
_ONE = f"{_ALL}/<number:n>"


class NumberConverter(IntegerConverter):
    """The number of a grant. Digits that Python would refuse to read are no number, whatever the method."""

    regex = "[0-9]{1,9}"


@grants.get(_ALL)
@reading("limit", "cursor")
def list_(call: Call, id: str) -> Response:
    """List the license ledger of an article: every grant in the order of its number, mistaken ones too."""
    require_json()
    query = f"grants {id}"
    limit, position = read_limit(call.parameters), read_position(call, query, "integer")
    article = get_licensed(call, id)
    if check_read(call.conditions, article.version, tag_of(article.version)):
        return answer_not_modified(call, article.version)
    following = [grant for grant in article.ledger if position is None or grant.n > position[0]]
    documents = [render_grant(id, grant) for grant in following[:limit]]
    page = Page(documents, [following[limit - 1].n] if len(following) > limit else None)
    extra = {"ETag": tag_of(article.version)}
    return answer_page(page, f"/v1/articles/{id}/grants", call, limit=limit, query=query, extra=extra)


@grants.post(_ALL)
@writing()
@accepting(JSON)
def create(call: Call, id: str) -> Response:
    """Record a grant beside the others; one that differs from what stands makes a dispute."""
    present = get_present(call, id)

    def work(body: bytes, claim: Claim | None) -> Outcome:
        check_write(call.conditions, present.version)
        new = load_grant(parse_body(body))
        return record_grant(call.context.database, call.order(claim), id, present, new)

    outcome = perform(call, JSON, work)
    return answer_outcome(call, outcome, orjson.loads(outcome.document)["links"]["self"])


@grants.get(_ONE)
@reading()
def read(call: Call, id: str, n: int) -> Response:
    """Read a grant: a license with its evidence, its days, and who recorded it."""
    require_json()
    article = get_licensed(call, id)
    grant = _get_grant(article.ledger, id, n)
    if check_read(call.conditions, article.version, tag_of(article.version)):
        return answer_not_modified(call, article.version)
    return answer_document(call, render_grant(id, grant), article.version)


@grants.patch(_ONE)
@writing()
@accepting(PATCH)
def patch(call: Call, id: str, n: int) -> Response:
    """End a grant, or mark it as mistaken, with the reason; nothing else of it changes."""
    present = get_present(call, id)
    document = orjson.loads(render_grant(id, _get_grant(list_grants(call.context.database, id), id, n)))

    def work(body: bytes, claim: Claim | None) -> Outcome:
        check_write(call.conditions, present.version)
        change = load_grant_change(parse_body(body), document)
        return change_grant(call.context.database, call.order(claim), id, present, n, change)

    outcome = perform(call, PATCH, work)
    return answer_outcome(call, outcome, document["links"]["self"])


def _get_grant(ledger: Ledger, article: str, n: int) -> Grant:
    if not 0 < n <= len(ledger):
        raise NotFound(f"There is no grant {n} of an article {article}.")
    return ledger[n - 1]
