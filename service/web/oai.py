"""The OAI-PMH 2.0 provider: the records of all articles for harvesters, as Dublin Core.

What the protocol can say goes out as its own errors, with status 200. What never becomes a request of it, such as a bad
encoding or a missing key, is a problem document like everywhere else.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

import orjson
from flask import Blueprint, Response, request

from service.core.catalogue import LICENSES as CATALOGUE
from service.core.catalogue import find_license
from service.core.errors import InvalidEncoding
from service.core.harvests import (
    ARGUMENTS,
    LICENSES,
    SOURCES,
    Harvest,
    HarvestRequest,
    Refused,
    Subset,
    encode_harvest,
    encode_set_place,
    find_id,
    is_in,
    no_match,
    read_harvest,
    read_request,
    read_set_place,
    require_format,
    settled_at,
    subsets_of,
)
from service.formats import oai as xml
from service.formats.documents.articles import read_article
from service.formats.oai import Record, Repository, Token
from service.storage.harvests import Harvested, find_harvested, find_place, find_times, list_all_sources, list_harvested
from service.web.auth import authorize
from service.web.bodies import read_body
from service.web.calls import Declaration, View, accepting
from service.web.context import Context, clock, context
from service.web.headers import read_headers

oai = Blueprint("oai", __name__)
FORM = ("application/x-www-form-urlencoded",)
RECORDS, SETS = 100, 200
"""How many records and how many sets a page has."""

Pairs = Sequence[tuple[str, str]]
Named = tuple[Subset, str]


def _declaring(*parameters: str) -> Callable[[View], View]:
    """Note what a view takes, for the documentation; what it does not take, the protocol has errors of its own for."""

    def note(view: View) -> View:
        declaration = Declaration(scope="read", parameters=parameters, writes=False, idempotent=True)
        view.declared = declaration  # type: ignore[attr-defined]
        return view

    return note


@oai.get("/oai")
@_declaring(*ARGUMENTS)
def read() -> Response:
    """Give records to harvesters, by OAI-PMH 2.0."""
    return _answer(_begin())


@oai.post("/oai")
@_declaring()
@accepting(FORM)
def submit() -> Response:
    """Give records to harvesters that send their arguments as a form."""
    pairs = _begin()
    return _answer([*pairs, *_decode(read_body(FORM))])


def _begin() -> Pairs:
    """The arguments in the query of a request whose headers and key are in order."""
    read_headers(request.environ)
    pairs = _decode(request.environ.get("QUERY_STRING", "").encode("latin-1"))
    authorize(context(), request.environ, "read")
    return pairs


def _decode(raw: bytes) -> Pairs:
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, errors="strict")
    except UnicodeError as error:
        raise InvalidEncoding("The arguments are not percent-encoded UTF-8.") from error
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise InvalidEncoding("The arguments hold a NUL.")
    return pairs


def _answer(pairs: Pairs) -> Response:
    parts = context()
    repository, asked = _repository(parts), None
    times = find_times(parts.database)  # before anything else is read: what this sees, the rest sees too
    at = settled_at(clock(), times[1] if times else None)
    try:
        asked = read_request(pairs)
        if asked.verb == "Identify":
            inside = xml.identify(repository, earliest=times[0] if times else at)
        else:
            inside = _VERBS[asked.verb](parts, repository, asked)
        body = xml.render_answer(repository, asked, inside, at=at)
    except Refused as refused:
        body = xml.render_refusal(repository, asked, refused, at=at)
    return Response(body, content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-store"})


def _repository(parts: Context) -> Repository:
    license = find_license(parts.metadata_license)
    assert license is not None, "the application does not start without it"
    return Repository(
        name=parts.oai_repository,
        base_url=f"{request.host_url}oai",
        email=parts.oai_email or f"admin@{parts.oai_repository}",
        license=license,
    )


def _list_formats(parts: Context, repository: Repository, asked: HarvestRequest) -> str:
    identifier = asked.arguments.get("identifier")
    if identifier is not None and _get_record(parts, repository, identifier).is_deleted:
        raise Refused("noMetadataFormats", "The record is deleted: only its header is left.")
    return xml.list_formats()


def _list_sets(parts: Context, repository: Repository, asked: HarvestRequest) -> str:
    place = read_set_place(asked)
    sets = [*_source_sets(parts, place), *_license_sets(place)]
    shown, more = sets[:SETS], len(sets) > SETS
    token = Token(text=encode_set_place(shown[-1][0])) if more else Token(text="") if place else None
    return xml.list_sets(shown, token)


def _source_sets(parts: Context, place: Subset | None) -> list[Named]:
    """The sets of sources behind a place, one more than fit on a page if there are."""
    if place and place.kind != SOURCES.kind:
        return []
    rows = list_all_sources(parts.database, after=(place and place.name) or "", limit=SETS + 1)
    named = [(Subset(SOURCES.kind, slug), str(orjson.loads(document)["name"])) for slug, document in rows]
    return named if place else [(SOURCES, "All sources"), *named]


def _license_sets(place: Subset | None) -> list[Named]:
    """The sets of licenses behind a place."""
    named = [(LICENSES, "All licenses"), *((Subset(LICENSES.kind, item.id), item.name) for item in CATALOGUE)]
    known = [subset for subset, _ in named]
    return named[known.index(place) + 1 :] if place in known else named


def _read_one(parts: Context, repository: Repository, asked: HarvestRequest) -> str:
    require_format(asked)
    return xml.list_records(repository, [_get_record(parts, repository, asked.arguments["identifier"])])


def _get_record(parts: Context, repository: Repository, identifier: str) -> Record:
    id = find_id(repository.name, identifier)
    found = find_harvested(parts.database, id) if id else None
    if found is None:
        raise Refused("idDoesNotExist", "This repository has no such item.")
    return _record(found)


def _list_headers(parts: Context, repository: Repository, asked: HarvestRequest) -> str:
    return xml.list_headers(repository, *_page(parts, asked))


def _list_records(parts: Context, repository: Repository, asked: HarvestRequest) -> str:
    return xml.list_records(repository, *_page(parts, asked))


def _page(parts: Context, asked: HarvestRequest) -> tuple[list[Record], Token | None]:
    """The records of a page, and how to go on."""
    harvest = read_harvest(asked)
    records, place = _read_page(parts, harvest)
    if not records:
        raise no_match()
    if place is None:
        return records, Token(text="", cursor=harvest.given) if harvest.given else None
    following = replace(harvest, since=None, after=place, given=harvest.given + len(records))
    return records, Token(text=encode_harvest(asked.verb, following), cursor=harvest.given)


def _read_page(parts: Context, harvest: Harvest) -> tuple[list[Record], int | None]:
    """The records of a page, and the place behind them if there may be more."""
    database, today = parts.database, clock().date()
    after = find_place(database, harvest.since) if harvest.since is not None else harvest.after or 0
    last = find_place(database, harvest.until) if harvest.until is not None else None
    while True:
        found = list_harvested(database, harvest.subset, after=after, last=last, today=today, limit=RECORDS + 1)
        records = [item for item in map(_record, found[:RECORDS]) if is_in(harvest.subset, subsets_of(item.article))]
        more = len(found) > RECORDS
        if records or not more:
            return records, found[RECORDS - 1].seq if more else None
        after = found[RECORDS - 1].seq


def _record(found: Harvested) -> Record:
    return Record(article=read_article(found.document), at=found.at, is_deleted=found.is_deleted)


_VERBS: dict[str, Callable[[Context, Repository, HarvestRequest], str]] = {
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _read_one,
    "ListIdentifiers": _list_headers,
    "ListRecords": _list_records,
}
