"""Articles over HTTP."""

from collections.abc import Callable
from datetime import date

import orjson
from flask import Blueprint, Response

from service.actions.articles import add_article, replace_article, upsert_article
from service.actions.removals import delete_article, purge_article
from service.actions.tombstones import gone
from service.actions.transactions import Outcome
from service.core.articles import license_article
from service.core.errors import NotFound
from service.core.listings import Listing, read_listing
from service.core.terms import link_of
from service.formats.documents.articles import add_as_of, read_article, render_article
from service.formats.documents.fields import Tree, trim_document
from service.formats.schemas.articles import load_article, load_patched_article
from service.formats.signposts import description_of
from service.storage.answers import Claim
from service.storage.changes import get_head
from service.storage.lists import count_articles, list_articles
from service.storage.machine_terms import serve_article_with_source
from service.web.as_of import read_day, tag_of_day
from service.web.auth import require_scope
from service.web.bodies import JSON, PATCH, parse_body
from service.web.calls import Call, accepting, perform, reading, writing
from service.web.conditional import check_read, check_write, not_found, wants_new
from service.web.context import clock
from service.web.facets import facet_members
from service.web.list_forms import answer_page_in_form, list_alternates, read_trimming, wanted_list_form
from service.web.machine_terms import terms_headers
from service.web.pages import Page, answer_page, read_limit, read_position
from service.web.parameters import Parameters, invalid_parameter, read_flag
from service.web.present import get_licensed, get_present
from service.web.representations import (
    ALTERNATES,
    alternates,
    answer_in_form,
    unmodified_version,
    wanted_form,
)
from service.web.responses import answer_document, answer_not_modified, answer_outcome, tag_of

articles = Blueprint("articles", __name__)
_ALL = "/v1/articles"
_ONE = "/v1/articles/<id:id>"
_PAGING = ("limit", "cursor", "fields", "format")


@articles.get(_ONE)
@reading("as_of", "fields", "format")
def read(call: Call, id: str) -> Response:
    """Read an article: its source, attribution and license, as of a day or in another form if one is asked for."""
    form, day, wanted = wanted_form(call.parameters), read_day(call.parameters), read_trimming(call.parameters)
    if form is not None:
        return answer_in_form(call, id, form, day)
    if day is not None:
        return _read_as_of(call, id, day, wanted)
    if version := unmodified_version(call, id):
        return answer_not_modified(call, version)
    row = serve_article_with_source(call.context.database, id)
    if row is None:
        raise not_found("article", id)
    version, document, deleted_at, link, source = row
    if deleted_at is not None:
        raise gone("article", version=version, deleted_at=deleted_at)
    check_read(call.conditions, version, tag_of(version))
    body = trim_document(document, wanted) if wanted else document
    headers = {"Link": f"{link}, {ALTERNATES}, {description_of(id)}", **terms_headers(document, source)}
    return answer_document(call, body, version, headers)


def _read_listing(parameters: Parameters) -> Listing:
    """The list that is asked for."""
    filters = {name: value for name, value in parameters.items() if name not in _PAGING}
    return read_listing(filters, today=clock().date())


@articles.get(_ALL)
@reading(filters=_read_listing)
def list_(call: Call) -> Response:
    """List the articles that match, the newest first."""
    form = wanted_list_form(call.parameters)
    database = call.context.database
    limit, wanted = read_limit(call.parameters), read_trimming(call.parameters)
    listing = _read_listing(call.parameters)
    position = read_position(call, listing.query, *listing.position)
    extra = {}
    if listing.sort == "id" and position is None:
        extra["Feed-Seq"] = str(get_head(database))
    documents, more = list_articles(database, listing, position, limit)
    if wanted:
        documents = [trim_document(document, wanted) for document in documents]
    count = None if listing.count == "none" else count_articles(database, listing)
    page = Page(documents, more, count, facet_members(database, listing))
    if form is not None:
        return answer_page_in_form(page, form, call, query=listing.query, extra=extra)
    links = list_alternates(call.parameters)
    return answer_page(page, _ALL, call, limit=limit, query=listing.query, extra=extra, links=links)


@articles.post(_ALL)
@writing("on_conflict")
@accepting(JSON)
def create(call: Call) -> Response:
    """Register an article with its source, attribution and license."""
    updates = wants_update(call.parameters)

    def work(body: bytes, claim: Claim | None) -> Outcome:
        new = load_article(parse_body(body), None)
        database, order = call.context.database, call.order(claim)
        return (
            upsert_article(database, order, new, admit=condition_of(call))
            if updates
            else add_article(database, order, new)
        )

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
    links = f"{link_of(article)}, {alternates(day=day)}, {description_of(id, day)}"
    return answer_document(call, body, found.version, {"ETag": tag, "Link": links})


def _purge(call: Call, id: str) -> Response:
    """Wipe an article, a tombstone too; needs the scope admin."""
    require_scope(call.actor, "admin")
    present = get_present(call, id, restoring=True)
    check_write(call.conditions, present.version)
    outcome = purge_article(call.context.database, call.order(), id, present)
    return answer_outcome(call, outcome, f"/v1/articles/{id}")


def condition_of(call: Call) -> Callable[[int | None], None] | None:
    """The condition of an upsert, if it has one, on the version that is there; None for that is NotFound."""
    if call.conditions.if_match is None:
        return None

    def admit(version: int | None) -> None:
        if version is None:
            raise NotFound("There is no article at this URL for If-Match to mean; leave it out to make one.")
        check_write(call.conditions, version)

    return admit


def wants_update(parameters: Parameters) -> bool:
    """Whether a POST of a URL that is there already replaces that article."""
    value = parameters.get("on_conflict", "fail")
    if value not in ("fail", "update"):
        raise invalid_parameter("on_conflict", "on_conflict takes update or fail.")
    return value == "update"
