"""Everything that matches, streamed: page after page from the database, with no transaction held open between them."""

import threading
from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, request

from service.core.errors import Overloaded
from service.core.listings import Listing, read_listing
from service.core.paging import MAX_LIMIT
from service.formats.documents.fields import Tree, trim_document
from service.formats.feeds import Channel
from service.formats.representations import LIST_REPRESENTATIONS, ListRepresentation
from service.storage.changes import get_head
from service.storage.database import Database
from service.storage.lists import Position, list_articles
from service.web.calls import Call, reading
from service.web.context import clock
from service.web.list_forms import check_fields, read_trimming
from service.web.pages import record_license_link
from service.web.parameters import Parameters, invalid_parameter
from service.web.representations import choose_form
from service.web.streams import ended, limit_patience, once

export = Blueprint("export", __name__)
EXPORTS: dict[str, ListRepresentation | None] = {name: LIST_REPRESENTATIONS[name] for name in ("ndjson", "csv")}
"""The forms of an export by their names, the usual one first."""

_PIECE = 65536
_RETRY = 10
_SETTINGS = ("format", "fields")
_BESIDE_FILTERS = ("q", "sort", *_SETTINGS)
_OF_PAGES = ("count", "facet", "cursor", "limit")
_turn = threading.Lock()


def read_export(parameters: Parameters) -> Listing:
    """What is exported: what a list with these filters has, by id where no other order is asked for."""
    for name in _OF_PAGES:
        if name in parameters:
            raise invalid_parameter(name, f"An export has no pages and takes no {name}; a list at /v1/articles does.")
    filters = {name: value for name, value in parameters.items() if name not in _SETTINGS}
    return read_listing({"sort": "id", **filters}, today=clock().date(), settings=_BESIDE_FILTERS)


@export.get("/v1/export/articles")
@reading(filters=read_export)
def articles(call: Call) -> Response:
    """Export all articles that match, in the order of their ids."""
    form = choose_form(call.parameters, EXPORTS)
    assert form is not None, "no export is a JSON document"
    check_fields(call.parameters, form)
    wanted, listing = read_trimming(call.parameters), read_export(call.parameters)
    if request.method == "HEAD":
        return Response(iter(()), headers=_headers(call, form), content_type=form.content_type)
    if not _turn.acquire(blocking=False):
        raise _busy()
    try:
        return _answer(call, form, listing, wanted)
    except BaseException:
        _turn.release()
        raise


def _answer(call: Call, form: ListRepresentation, listing: Listing, wanted: Tree | None) -> Response:
    """The stream, after its first piece was made: what fails until then is a problem like any other."""
    database = call.context.database
    headers = _headers(call, form)  # with the head of the feed, which must be read before the articles
    documents = _trimmed(stream_documents(database, listing), wanted)
    pieces = _pieces(form.stream(documents, Channel(title="", address="", updated=clock())))
    first = next(pieces, b"")
    end = once(database.release, limit_patience(), _turn.release)
    response = Response(ended(first, pieces, end), headers=headers, content_type=form.content_type)
    response.call_on_close(end)
    return response


def _headers(call: Call, form: ListRepresentation) -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "Vary": call.context.vary,
        "Feed-Seq": str(get_head(call.context.database)),
        "Content-Disposition": f'attachment; filename="articles.{form.name}"',
        "Link": record_license_link(call),
    }


def stream_documents(database: Database, listing: Listing) -> Iterator[bytes]:
    """The documents of all articles in a list, read page after page."""
    position: Position | None = None
    while True:
        documents, position = list_articles(database, listing, position, MAX_LIMIT)
        yield from documents
        if position is None:
            return


def _trimmed(documents: Iterable[bytes], wanted: Tree | None) -> Iterable[bytes]:
    return (trim_document(document, wanted) for document in documents) if wanted else documents


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, joined into pieces that are worth a system call."""
    kept, size = [], 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)


def _busy() -> Overloaded:
    problem = Overloaded("This process has an export under way, and makes one at a time; try again shortly.")
    problem.retry_after = _RETRY
    return problem
