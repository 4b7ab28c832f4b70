"""Every error as a problem document (RFC 9457)."""

import logging
from typing import Any

import orjson
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from service.core.errors import Fault, Problem
from service.web.problem_types import BY_EXCEPTION, BY_SLUG, INTERNAL_ERROR, METHOD_NOT_ALLOWED, ProblemType

log = logging.getLogger("creditline")
MEDIA_TYPE = "application/problem+json"


def install(app: Flask) -> None:
    """Answer every exception with a problem document."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault_of_ours)


def answer_problem(problem: Problem) -> Response:
    """The answer to a request that raised `problem`."""
    kind = BY_EXCEPTION[type(problem)]
    response = _render(kind, problem.detail, problem.faults, problem.members)
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    if kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if kind.status == 412 and "current_version" in problem.members:
        response.headers["ETag"] = f'"{problem.members["current_version"]}"'
    return response


def _answer_http(error: HTTPException) -> Response:
    if isinstance(error, MethodNotAllowed):
        response = _render(METHOD_NOT_ALLOWED, f"{request.path} does not have the method {request.method}.")
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
        return response
    kinds = {404: "not-found", 413: "content-too-large", 415: "unsupported-media-type", 400: "malformed-header"}
    slug = kinds.get(error.code or 500)
    if slug is None:
        return _answer_fault_of_ours(error)
    detail = f"There is nothing at {request.path}." if slug == "not-found" else str(error.description)
    return _render(BY_SLUG[slug], detail)


def _answer_fault_of_ours(error: Exception) -> Response:
    log.exception("unhandled", extra={"request_id": g.get("request_id")}, exc_info=error)
    return _render(INTERNAL_ERROR, "The fault is ours; it is logged under the request_id.")


def problem_document(problem: Problem, request_id: str) -> dict[str, Any]:
    """The problem of one line of a request: the document that it would be of a request by itself."""
    return _document(BY_EXCEPTION[type(problem)], problem.detail, request_id, problem.faults, problem.members)


def _render(
    kind: ProblemType, detail: str, faults: tuple[Fault, ...] = (), members: dict[str, Any] | None = None
) -> Response:
    body = orjson.dumps(_document(kind, detail, g.get("request_id"), faults, members or {}), default=str)
    response = Response(body, kind.status, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def _document(
    kind: ProblemType, detail: str, request_id: str | None, faults: tuple[Fault, ...], members: dict[str, Any]
) -> dict[str, Any]:
    document: dict[str, Any] = {
        "type": f"/v1/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "request_id": request_id,
        **members,
    }
    if faults:
        document["errors"] = [{fault.kind: fault.at, "code": fault.code, "detail": fault.detail} for fault in faults]
    return document
