"""API keys over HTTP, for the scope admin."""

from flask import Blueprint, Response

from service.actions.keys import make_key, revoke_key
from service.formats.documents.keys import render_key
from service.formats.schemas.keys import load_key
from service.storage.keys import get_key, list_keys
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, reading, writing
from service.web.conditional import not_found
from service.web.context import clock
from service.web.pages import Page, answer_page, read_limit, read_position
from service.web.responses import answer_json, require_json

keys = Blueprint("keys", __name__)
_PRIVATE = {"Cache-Control": "no-store"}
_FIRST = "00000000-0000-0000-0000-000000000000"


@keys.get("/v1/keys")
@reading("limit", "cursor", scope="admin")
def list_(call: Call) -> Response:
    """List the API keys; the keys themselves are kept nowhere."""
    require_json()
    limit, position = read_limit(call.parameters), read_position(call, "keys", "id")
    found = list_keys(call.context.database, after=position[0] if position else _FIRST, limit=limit + 1)
    more = [found[limit - 1].id] if len(found) > limit else None
    page = Page([render_key(key) for key in found[:limit]], more)
    return answer_page(page, "/v1/keys", call, limit=limit, query="keys", extra=_PRIVATE)


@keys.post("/v1/keys")
@writing(scope="admin", idempotent=False)
@accepting(JSON)
def create(call: Call) -> Response:
    """Make an API key; the answer is the only place that shows it."""
    new = load_key(parse_body(read_body(JSON)))
    key, secret = make_key(
        call.context.database,
        name=new.name,
        scopes=new.scopes,
        sources=new.sources,
        expires_at=new.expires_at.first if new.expires_at else None,
        now=clock(),
        dry_run=call.dry_run,
    )
    if call.dry_run:
        return answer_json(render_key(key), 200, {**_PRIVATE, "Preference-Applied": "dry-run"})
    return answer_json(render_key(key, secret), 201, {**_PRIVATE, "Location": f"/v1/keys/{key.id}"})


@keys.get("/v1/keys/<id:id>")
@reading(scope="admin")
def read(call: Call, id: str) -> Response:
    """Read what a key may do and when it was last used."""
    require_json()
    key = get_key(call.context.database, id)
    if key is None:
        raise not_found("key", id)
    return answer_json(render_key(key), headers=_PRIVATE)


@keys.delete("/v1/keys/<id:id>")
@writing(scope="admin", idempotent=False)
def delete(call: Call, id: str) -> Response:
    """Revoke a key at once."""
    if not call.dry_run:
        revoke_key(call.context.database, id)
    elif get_key(call.context.database, id) is None:
        raise not_found("key", id)
    return Response(status=204, headers=_PRIVATE)
