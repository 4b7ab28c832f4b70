"""Answers: documents with their entity tags, and what a write came to."""

from collections.abc import Mapping

from flask import Response

from service.actions.transactions import Outcome
from service.web.accept import get_best_type
from service.web.calls import Call

JSON_TYPE = "application/json"
CATALOGUE_CACHE = "public, max-age=3600"


def tag_of(version: int) -> str:
    """The entity tag of the JSON document of a version."""
    return f'"{version}"'


def require_json() -> None:
    """Raise NotAcceptable where the client takes no JSON."""
    get_best_type((JSON_TYPE,))


def answer_json(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer; `headers` are added."""
    return Response(body, status, headers, content_type=JSON_TYPE)


def answer_document(call: Call, body: bytes, version: int, extra: Mapping[str, str] | None = None) -> Response:
    """A record's document with its entity tag."""
    headers = {
        "ETag": tag_of(version),
        "Cache-Control": call.context.document_cache,
        "Vary": call.context.vary,
        **(extra or {}),
    }
    return answer_json(body, headers=headers)


def answer_not_modified(call: Call, version: int) -> Response:
    """304: the client's copy is the present one."""
    headers = {"ETag": tag_of(version), "Cache-Control": call.context.document_cache, "Vary": call.context.vary}
    response = Response(status=304, headers=headers)
    response.headers.remove("Content-Type")
    return response


def answer_outcome(call: Call, outcome: Outcome, location: str) -> Response:
    """What a write came to: 201, 200 or 204, with its place in the change feed."""
    headers = {"Cache-Control": call.context.document_cache, "Vary": call.context.vary}
    if outcome.effect != "deleted":
        headers["ETag"] = tag_of(outcome.version)
    if outcome.seq and not call.dry_run:
        headers["Feed-Seq"] = str(outcome.seq)
    if outcome.replayed:
        headers["Idempotency-Replayed"] = "true"
    created = outcome.effect in ("created", "restored") and not call.dry_run
    if created:
        headers["Location"] = location
    if preferences := _applied(call):
        headers["Preference-Applied"] = preferences
    status = 204 if outcome.effect == "deleted" else 201 if created else 200
    body = b"" if call.minimal or status == 204 else _with_warnings(outcome)
    response = answer_json(body, status, headers)
    if not body:
        response.headers.remove("Content-Type")
    return response


def _applied(call: Call) -> str:
    applied = ["dry-run"] if call.dry_run else []
    return ", ".join([*applied, *(["return=minimal"] if call.minimal else [])])


def _with_warnings(outcome: Outcome) -> bytes:
    if outcome.warnings in (b"", b"[]"):
        return outcome.document
    return outcome.document[:-1] + b',"warnings":' + outcome.warnings + b"}"
