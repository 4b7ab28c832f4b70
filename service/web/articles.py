"""Articles over HTTP."""

from datetime import date

import orjson
from flask import Blueprint, Response

from service.actions.articles import add_article, replace_article, upsert_article
from service.actions.removals import delete_article, purge_article
from service.actions.tombstones import gone
from service.actions.transactions import Outcome
from service.core.articles import license_article, link_of
from service.core.listings import read_listing
from service.formats.documents.articles import MEMBERS, add_as_of, read_article, render_article
from service.formats.documents.fields import Tree, read_fields, trim_document
from service.formats.schemas.articles import load_article, load_patched_article
from service.storage import articles as stored
from service.storage.answers import Claim
from service.storage.changes import get_head
from service.storage.lists import count_articles, list_articles
from service.web.as_of import read_day, tag_of_day
from service.web.auth import require_scope
from service.web.bodies import JSON, PATCH, parse_body
from service.web.calls import Call, accepting, perform, reading, writing
from service.web.conditional import check_read, check_write, not_found, wants_new
from service.web.context import clock
from service.web.pages import Page, answer_page, read_limit, read_position
from service.web.parameters import Parameters, invalid_parameter, read_flag
from service.web.present import get_licensed, get_present
from service.web.representations import ALTERNATES, answer_in_form, unmodified_version, wanted_form
from service.web.responses import answer_document, answer_not_modified, answer_outcome, require_json, tag_of

articles = Blueprint("articles", __name__)
_ONE = "/v1/articles/<id:id>"
_PAGING = ("limit", "cursor", "fields")


@articles.get(_ONE)
@reading("as_of", "fields", "format")
def read(call: Call, id: str) -> Response:
    """Read an article: its source, attribution and license, as of a day or in another form if one is asked for."""
    form, day, wanted = wanted_form(call.parameters), read_day(call.parameters), _fields(call.parameters)
    if form is not None:
        return answer_in_form(call, id, form, day)
    if day is not None:
        return _read_as_of(call, id, day, wanted)
    if version := unmodified_version(call, id, tag_of):
        return answer_not_modified(call, version)
    row = stored.serve_article(call.context.database, id)
    if row is None:
        raise not_found("article", id)
    version, document, deleted_at, link = row
    if deleted_at is not None:
        raise gone("article", version=version, deleted_at=deleted_at)
    check_read(call.conditions, version, tag_of(version))
    body = trim_document(document, wanted) if wanted else document
    return answer_document(call, body, version, {"Link": f"{link}, {ALTERNATES}"})


@articles.get("/v1/articles")
@reading(*_PAGING, filters=True)
def list_(call: Call) -> Response:
    """List the articles that match, the newest first."""
    require_json()
    database = call.context.database
    limit, wanted = read_limit(call.parameters), _fields(call.parameters)
    filters = {name: value for name, value in call.parameters.items() if name not in _PAGING}
    listing = read_listing(filters, today=clock().date())
    position = read_position(call, listing.query, *listing.position)
    extra = {}
    if listing.sort == "id" and position is None:
        extra["Feed-Seq"] = str(get_head(database))
    documents, more = list_articles(database, listing, position, limit)
    if wanted:
        documents = [trim_document(document, wanted) for document in documents]
    count = None if listing.count == "none" else count_articles(database, listing)
    page = Page(documents, more, count)
    return answer_page(page, "/v1/articles", call, limit=limit, query=listing.query, extra=extra)


@articles.post("/v1/articles")
@writing("on_conflict")
@accepting(JSON)
def create(call: Call) -> Response:
    """Register an article with its source, attribution and license."""
    add = upsert_article if _updates(call.parameters) else add_article

    def work(body: bytes, claim: Claim | None) -> Outcome:
        new = load_article(parse_body(body), None)
        return add(call.context.database, call.order(claim), new)

    outcome = perform(call, JSON, work)
    return answer_outcome(call, outcome, f"/v1/articles/{outcome.id}")


@articles.put(_ONE)
@writing()
@accepting(JSON)
def replace(call: Call, id: str) -> Response:
    """Replace an article; with If-None-Match: * a deleted one is restored."""
    present = get_present(call, id, restoring=wants_new(call.conditions))

    def work(body: bytes, claim: Claim | None) -> Outcome:
        if present.deleted_at is None:
            check_write(call.conditions, present.version)
        new = load_article(parse_body(body), orjson.loads(present.document))
        return replace_article(call.context.database, call.order(claim), id, present, new)

    return answer_outcome(call, perform(call, JSON, work), f"/v1/articles/{id}")


@articles.patch(_ONE)
@writing()
@accepting(PATCH)
def patch(call: Call, id: str) -> Response:
    """Change members of an article by a merge patch."""
    present = get_present(call, id)

    def work(body: bytes, claim: Claim | None) -> Outcome:
        check_write(call.conditions, present.version)
        new = load_patched_article(parse_body(body), orjson.loads(present.document))
        return replace_article(call.context.database, call.order(claim), id, present, new)

    return answer_outcome(call, perform(call, PATCH, work), f"/v1/articles/{id}")


@articles.delete(_ONE)
@writing("purge")
def delete(call: Call, id: str) -> Response:
    """Delete an article; its address is free again, its versions stay readable unless it is purged."""
    if read_flag(call.parameters, "purge"):
        return _purge(call, id)
    present = get_present(call, id)
    check_write(call.conditions, present.version)
    outcome = delete_article(call.context.database, call.order(), id, present)
    return answer_outcome(call, outcome, f"/v1/articles/{id}")


def _read_as_of(call: Call, id: str, day: date, wanted: Tree | None) -> Response:
    """The article under what stood on `day`, as its ledger knows it now: a variant with a tag of its own."""
    found = get_licensed(call, id)
    tag = tag_of_day(found.version, day)
    if check_read(call.conditions, found.version, tag):
        response = answer_not_modified(call, found.version)
        response.headers["ETag"] = tag
        return response
    article = license_article(read_article(found.document), found.ledger, day)
    document = render_article(article)
    body = add_as_of(trim_document(document, wanted) if wanted else document, day)
    return answer_document(call, body, found.version, {"ETag": tag, "Link": f"{link_of(article)}, {ALTERNATES}"})


def _purge(call: Call, id: str) -> Response:
    """Wipe an article, a tombstone too; needs the scope admin."""
    require_scope(call.actor, "admin")
    present = get_present(call, id, restoring=True)
    check_write(call.conditions, present.version)
    outcome = purge_article(call.context.database, call.order(), id, present)
    return answer_outcome(call, outcome, f"/v1/articles/{id}")


def _updates(parameters: Parameters) -> bool:
    """Whether a POST of a URL that is there already replaces that article."""
    value = parameters.get("on_conflict", "fail")
    if value not in ("fail", "update"):
        raise invalid_parameter("on_conflict", "on_conflict takes update or fail.")
    return value == "update"


def _fields(parameters: Parameters) -> Tree | None:
    """The members that ``fields`` asks for; raises InvalidParameter for those that there are not."""
    text = parameters.get("fields")
    if text is None:
        return None
    wanted, unknown = read_fields(text, MEMBERS)
    if unknown:
        detail = f"There is no member {unknown[0][:100]!r}; fields takes members such as title or license.id."
        raise invalid_parameter("fields", detail)
    return wanted
