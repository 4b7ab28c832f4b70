"""The states of an article over HTTP."""

from typing import Any

import orjson
from flask import Blueprint, Response

from service.actions.tombstones import gone
from service.core.dates import format_instant, from_micros
from service.core.errors import NotFound
from service.storage import versions as stored
from service.storage.articles import serve_version
from service.web.calls import Call, reading
from service.web.conditional import check_read, not_found
from service.web.pages import Page, answer_page, read_limit, read_position
from service.web.responses import answer_document, answer_not_modified, require_json, tag_of

versions = Blueprint("versions", __name__)
_ALL = "/v1/articles/<id:id>/versions"


@versions.get(_ALL)
@reading("limit", "cursor")
def list_(call: Call, id: str) -> Response:
    """List every state that an article ever had, the newest first."""
    require_json()
    query = f"versions {id}"
    limit, position = read_limit(call.parameters), read_position(call, query, "integer")
    present = serve_version(call.context.database, id)
    if present is None:
        raise not_found("article", id)
    before = position[0] if position else None
    rows = stored.list_versions(call.context.database, id, before=before, limit=limit + 1)
    documents = [_state(id, row, present[0]) for row in rows[:limit]]
    more = [rows[limit - 1][0]] if len(rows) > limit else None
    return answer_page(Page(documents, more), f"/v1/articles/{id}/versions", call, limit=limit, query=query)


@versions.get(f"{_ALL}/<int:n>")
@reading()
def read(call: Call, id: str, n: int) -> Response:
    """Read one state of an article; 410 where it was deleted then, or has been purged."""
    require_json()
    row = stored.find_version(call.context.database, id, n) if n < 2**31 else None
    if row is None:
        raise NotFound(f"There is no version {n} of an article {id}.")
    at, deleted, document = row
    if deleted:
        raise gone("article", version=n, deleted_at=at)
    if check_read(call.conditions, n, tag_of(n)):
        return answer_not_modified(call, n)
    return answer_document(call, document, n)


def _state(id: str, row: Any, present: int) -> bytes:
    version, at, deleted = row
    state = "deleted" if deleted else "current" if version == present else "superseded"
    links = {"self": f"/v1/articles/{id}/versions/{version}"}
    return orjson.dumps({"version": version, "at": format_instant(from_micros(at)), "state": state, "links": links})
