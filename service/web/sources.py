"""Sources over HTTP."""

import orjson
from flask import Blueprint, Response

from service.actions.ownership import require_source
from service.actions.policies import reapply_policies
from service.actions.sources import add_source, delete_source, replace_source
from service.actions.tombstones import gone
from service.actions.transactions import Outcome
from service.formats.schemas.sources import load_new_source, load_patched_source, load_source
from service.storage import sources as stored
from service.storage.answers import Claim
from service.storage.sources import StoredSource
from service.web.bodies import JSON, PATCH, parse_body
from service.web.calls import Call, accepting, perform, reading, writing
from service.web.conditional import check_read, check_write, not_found, wants_new
from service.web.pages import Page, answer_page, read_limit, read_position
from service.web.responses import (
    answer_document,
    answer_json,
    answer_not_modified,
    answer_outcome,
    require_json,
    tag_of,
)

sources = Blueprint("sources", __name__)
_ONE = "/v1/sources/<slug:slug>"


@sources.get("/v1/sources")
@reading("limit", "cursor")
def list_(call: Call) -> Response:
    """List the sources in the order of their slugs."""
    require_json()
    limit, position = read_limit(call.parameters), read_position(call, "sources", "slug")
    after = position[0] if position else ""
    rows = stored.list_documents(call.context.database, after=after, limit=limit + 1)
    more = [rows[limit - 1][0]] if len(rows) > limit else None
    page = Page([document for _, document in rows[:limit]], more)
    return answer_page(page, "/v1/sources", call, limit=limit, query="sources")


@sources.post("/v1/sources")
@writing()
@accepting(JSON)
def create(call: Call) -> Response:
    """Make a source, under the slug in id or one made of its name."""

    def work(body: bytes, claim: Claim | None) -> Outcome:
        slug, content = load_new_source(parse_body(body))
        return add_source(call.context.database, call.order(claim), content, slug=slug)

    outcome = perform(call, JSON, work)
    return answer_outcome(call, outcome, f"/v1/sources/{outcome.id}")


@sources.get(_ONE)
@reading()
def read(call: Call, slug: str) -> Response:
    """Read a source with its policies."""
    require_json()
    found = stored.find_source(call.context.database, slug)
    if found is None:
        raise not_found("source", slug)
    if found.deleted_at is not None:
        raise gone("source", version=found.version, deleted_at=found.deleted_at)
    if check_read(call.conditions, found.version, tag_of(found.version)):
        return answer_not_modified(call, found.version)
    return answer_document(call, found.document, found.version)


@sources.put(_ONE)
@writing()
@accepting(JSON)
def replace(call: Call, slug: str) -> Response:
    """Replace a source; with If-None-Match: * it is made, or restored."""
    fresh = wants_new(call.conditions)
    present = _find_present(call, slug, fresh=fresh)

    def work(body: bytes, claim: Claim | None) -> Outcome:
        if present and present.deleted_at is None:
            check_write(call.conditions, present.version)
        document = orjson.loads(present.document) if present else None
        content = load_source(parse_body(body), slug, document)
        if present is None:
            return add_source(call.context.database, call.order(claim), content, slug=slug)
        return replace_source(call.context.database, call.order(claim), present, content)

    return answer_outcome(call, perform(call, JSON, work), f"/v1/sources/{slug}")


@sources.patch(_ONE)
@writing()
@accepting(PATCH)
def patch(call: Call, slug: str) -> Response:
    """Change members of a source by a merge patch."""
    present = _get_present(call, slug)

    def work(body: bytes, claim: Claim | None) -> Outcome:
        check_write(call.conditions, present.version)
        content = load_patched_source(parse_body(body), slug, orjson.loads(present.document))
        return replace_source(call.context.database, call.order(claim), present, content)

    return answer_outcome(call, perform(call, PATCH, work), f"/v1/sources/{slug}")


@sources.delete(_ONE)
@writing()
def delete(call: Call, slug: str) -> Response:
    """Delete a source that has no articles."""
    present = _get_present(call, slug)
    check_write(call.conditions, present.version)
    outcome = delete_source(call.context.database, call.order(), present)
    return answer_outcome(call, outcome, f"/v1/sources/{slug}")


@sources.post(f"{_ONE}/reapply")
@writing(idempotent=False)
def reapply(call: Call, slug: str) -> Response:
    """Resolve the inherited licenses of a source's articles anew."""
    _get_present(call, slug)
    counts, last = {"articles": 0, "updated": 0, "unchanged": 0}, 0
    for outcome in reapply_policies(call.context.database, call.order(), slug):
        counts["articles"] += 1
        counts[outcome.effect] += 1
        last = max(last, outcome.seq)
    headers = {"Cache-Control": "no-store"}
    if call.dry_run:
        headers["Preference-Applied"] = "dry-run"
    elif last:
        headers["Feed-Seq"] = str(last)
    return answer_json(orjson.dumps(counts), headers=headers)


def _get_present(call: Call, slug: str) -> StoredSource:
    """The source as it stands, for a change of it; raises NotFound, Gone or Forbidden."""
    present = _find_present(call, slug, fresh=False)
    if present is None:
        raise not_found("source", slug)
    return present


def _find_present(call: Call, slug: str, *, fresh: bool) -> StoredSource | None:
    """The source as it stands; where a `fresh` one is wanted, a tombstone or nothing will do."""
    require_source(call.actor, slug)
    present = stored.find_source(call.context.database, slug)
    if present is None and not fresh:
        raise not_found("source", slug)
    if present and present.deleted_at is not None and not fresh:
        raise gone("source", version=present.version, deleted_at=present.deleted_at)
    return present
