"""Answers as the document describes them: problems in named groups, and the headers of every answer."""

from collections.abc import Iterable

from service.web.openapi.shapes import Json, ref
from service.web.problem_types import BY_SLUG
from service.web.problems import MEDIA_TYPE

GROUPS: dict[str, tuple[str, ...]] = {
    "BadRequest": ("malformed-header", "invalid-parameter", "unknown-parameter", "invalid-encoding"),
    "BadPage": ("malformed-header", "invalid-parameter", "unknown-parameter", "invalid-encoding", "invalid-cursor"),
    "BadBody": ("malformed-header", "invalid-parameter", "unknown-parameter", "invalid-encoding", "malformed-json"),
    "Unauthenticated": ("unauthenticated",),
    "Forbidden": ("insufficient-scope",),
    "NotFound": ("not-found",),
    "MethodNotAllowed": ("method-not-allowed",),
    "NotAcceptable": ("not-acceptable",),
    "Conflict": ("conflict",),
    "ConflictOrInUse": ("conflict", "idempotency-key-in-use"),
    "KeyInUse": ("idempotency-key-in-use",),
    "Gone": ("gone",),
    "FeedGone": ("cursor-expired", "feed-reset"),
    "PreconditionFailed": ("precondition-failed",),
    "ContentTooLarge": ("content-too-large",),
    "UriTooLong": ("uri-too-long",),
    "UnsupportedMediaType": ("unsupported-media-type",),
    "Invalid": ("validation-failed",),
    "InvalidOrReused": ("validation-failed", "idempotency-key-reused"),
    "PreconditionRequired": ("precondition-required",),
    "InternalError": ("internal-error",),
    "Unavailable": ("overloaded", "database-unavailable"),
    "WriteUnavailable": ("overloaded", "read-only", "database-unavailable"),
}
"""The problems that may come together, each group of one status."""

HEADERS: dict[str, Json] = {
    "Request-Id": {"description": "The id of the request.", "schema": {"type": "string", "maxLength": 64}},
    "X-Content-Type-Options": {"description": "Always nosniff.", "schema": {"type": "string", "const": "nosniff"}},
    "Cache-Control": {"description": "How long the answer may be kept.", "schema": {"type": "string"}},
    "Vary": {"description": "The request headers that the answer depends on.", "schema": {"type": "string"}},
    "ETag": {"description": "The entity tag of this state.", "schema": {"type": "string", "pattern": '^"[^"]+"$'}},
    "Location": {"description": "The address of the record.", "schema": {"type": "string", "format": "uri-reference"}},
    "Link": {"description": "Related addresses (RFC 8288).", "schema": {"type": "string"}},
    "Feed-Seq": {"description": "A place in the change feed.", "schema": {"type": "string", "pattern": "^[0-9]+$"}},
    "Idempotency-Replayed": {"description": "The stored answer.", "schema": {"type": "string", "const": "true"}},
    "Preference-Applied": {"description": "The preferences that were applied.", "schema": {"type": "string"}},
    "Allow": {"description": "The methods that the resource has.", "schema": {"type": "string"}},
    "Accept-Post": {"description": "The media types that POST takes.", "schema": {"type": "string"}},
    "Accept-Patch": {"description": "The media types that PATCH takes.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": "^[0-9]+$"}},
    "WWW-Authenticate": {"description": "The scheme to use.", "schema": {"type": "string", "const": "Bearer"}},
    "Connection": {"description": "The connection is closed.", "schema": {"type": "string"}},
    "Content-Security-Policy": {"description": "What the page may load.", "schema": {"type": "string"}},
    "Content-Disposition": {"description": "A name for the file.", "schema": {"type": "string"}},
    "Content-Usage": {
        "description": "What the publisher wishes of AI (draft-ietf-aipref-vocab-07).",
        "schema": {"type": "string", "pattern": "^(train-ai|search)=[yn](, search=[yn])?$"},
    },
    "tdm-reservation": {
        "description": "Whether text and data mining is reserved, 1 or 0 (TDMRep of 2024-02-02).",
        "schema": {"type": "string", "enum": ["0", "1"]},
    },
    "tdm-policy": {
        "description": "Where terms for text and data mining stand (TDMRep of 2024-02-02).",
        "schema": {"type": "string", "pattern": "^https?://[!-~]+$"},
    },
}
LINE_TOO_LONG = "RequestLineTooLong"
LIST_TOO_LONG = "ListAddressTooLong"
_LINE_TOO_LONG: Json = {
    "description": "The request line is longer than the server reads; the application has not seen the request.",
    "content": {"text/html": {"schema": {"type": "string"}}},
}
_ALWAYS = ("Request-Id", "X-Content-Type-Options")
_BY_ORIGIN = "Vary"  # on every answer where pages of other origins may call
_BY_STATUS = {401: ("WWW-Authenticate",), 405: ("Allow",), 503: ("Retry-After",)}
_MAYBE_BY_STATUS = {409: ("Retry-After",), 412: ("ETag",), 413: ("Connection",)}


def status_of(group: str) -> int:
    """The status of a group of problems."""
    return BY_SLUG[GROUPS[group][0]].status


def headers_of(required: Iterable[str], optional: Iterable[str] = ()) -> Json:
    """The headers of an answer, those of every answer included."""
    made: Json = {name: {"$ref": f"#/components/headers/{name}"} for name in (_BY_ORIGIN, *optional)}
    return made | {name: {"$ref": f"#/components/headers/{name}.required"} for name in (*_ALWAYS, *required)}


def header_components() -> dict[str, Json]:
    """Every header twice: as it may stand there, and as it must."""
    return {**HEADERS, **{f"{name}.required": {**about, "required": True} for name, about in HEADERS.items()}}


def response_components() -> dict[str, Json]:
    """The groups of problems as components, and what the server answers before the application is asked."""
    groups = {group: _problem_response(group) for group in GROUPS}
    return {**groups, LIST_TOO_LONG: _list_too_long(), LINE_TOO_LONG: _LINE_TOO_LONG}


def _list_too_long() -> Json:
    """What the application and the server before it say of an address that is too long, under the same status."""
    problem = _problem_response("UriTooLong")
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in problem["headers"]}
    description = f"{problem['description']} Or: {_LINE_TOO_LONG['description']}"
    return {
        "description": description,
        "headers": headers,
        "content": {**problem["content"], **_LINE_TOO_LONG["content"]},
    }


def bare_problem(group: str) -> Json:
    """A group of problems as HEAD has it: the headers alone."""
    response = _problem_response(group)
    del response["content"]
    return response


def _problem_response(group: str) -> Json:
    slugs, status = GROUPS[group], status_of(group)
    required = ("Cache-Control", *_BY_STATUS.get(status, ()))
    examples = {slug: {"$ref": f"#/components/examples/problem.{slug}"} for slug in slugs}
    return {
        "description": "; or: ".join(f"{BY_SLUG[slug].title} ({slug})" for slug in slugs) + ".",
        "headers": headers_of(required, (*_MAYBE_BY_STATUS.get(status, ()), "Vary")),
        "content": {MEDIA_TYPE: {"schema": ref("Problem"), "examples": examples}},
    }
