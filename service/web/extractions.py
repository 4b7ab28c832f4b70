"""Extractions over HTTP: a page in, a draft of an article out, registered if that is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import orjson
from flask import Blueprint, Response, request

from service.actions.articles import add_article, upsert_article
from service.actions.transactions import Outcome
from service.core.errors import Conflict, InvalidValue, UnsupportedMediaType
from service.core.urls import check_url
from service.formats.pages import Draft, read_page
from service.formats.pages.extractions import render_extraction
from service.formats.schemas.articles import load_article
from service.formats.schemas.extractions import FREE_TEXT, PAGE_LIMIT, WebPage, load_page
from service.storage.answers import Claim
from service.web.articles import condition_of, wants_update
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, perform_on, writing
from service.web.parameters import Parameters, invalid_parameter, read_flag
from service.web.responses import answer_json, answer_outcome, require_json

extractions = Blueprint("extractions", __name__)
PAGES = ("text/html", "application/xhtml+xml")


@extractions.post("/v1/extractions")
@writing("url", "save", "on_conflict", when="save")
@accepting((*JSON, *PAGES))
def create(call: Call) -> Response:
    """Draft an article from an HTML page, each member with what on the page says so; register it with save=true."""
    require_json()
    url, updates = _url(call.parameters), wants_update(call.parameters)
    body = read_body((*JSON, *PAGES), PAGE_LIMIT, any_charset=PAGES)
    draft = _read_draft(body, url)
    if not read_flag(call.parameters, "save"):
        return answer_json(render_extraction(draft), headers={"Cache-Control": "no-store"})

    def work(_: bytes, claim: Claim | None) -> Outcome:
        new, database = replace(load_article(draft.members, None), origin="extraction"), call.context.database
        if updates:
            return upsert_article(database, call.order(claim), new, admit=condition_of(call))
        return add_article(database, call.order(claim), new)

    with _previewed(call, draft):
        outcome = perform_on(call, body, work)
    response = answer_outcome(call, outcome, f"/v1/articles/{outcome.id}")
    if response.get_data():
        response.set_data(render_extraction(draft, registered=outcome.document, warnings=outcome.warnings))
    return response


@contextmanager
def _previewed(call: Call, draft: Draft) -> Iterator[None]:
    """Give what a dry run would be refused with the draft all the same, for that is what it was made for."""
    try:
        yield
    except Conflict as conflict:
        if not call.dry_run:
            raise
        conflict.detail += " Nothing would be saved; on_conflict=update would replace that article."
        conflict.members["extraction"] = orjson.loads(render_extraction(draft))
        raise


def _url(parameters: Parameters) -> str | None:
    url = parameters.get("url")
    try:
        return None if url is None else check_url(url)
    except InvalidValue as error:
        raise invalid_parameter("url", error.detail) from error


def _read_draft(body: bytes, url: str | None) -> Draft:
    """The draft that the body makes, which is a page or has one in a member."""
    page = _page_in(body, url)
    try:
        return read_page(page.html, url=page.url, charset=page.charset)
    except InvalidValue as error:
        raise UnsupportedMediaType(error.detail) from error


def _page_in(body: bytes, url: str | None) -> WebPage:
    if request.mimetype not in JSON:
        return WebPage(html=body, url=url, charset=request.mimetype_params.get("charset"))
    if url is not None:
        raise invalid_parameter("url", "A JSON body has a member url; leave the parameter out.")
    return load_page(parse_body(body, FREE_TEXT))
