"""A client of the API that checks the shape of every answer: what all have, and what all problems have."""

import re
from typing import Any

import orjson
from flask import Flask
from werkzeug.test import TestResponse

from service.web.problem_types import BY_SLUG
from tests.web.conformance import check_described

ADMIN_KEY = "ak_the-lamp-is-lit-for-tests"
REQUIRED = {"type", "title", "status", "detail", "request_id"}
OPTIONAL = {
    "errors",
    "available",
    "formats",
    "conflicting_url",
    "extraction",
    "current_version",
    "deleted_at",
    "version",
    "limit",
    "line",
    "column",
    "head",
    "floor",
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


class Api:
    """Sends JSON with a key; keyword arguments are headers, ``if_match='"1"'`` being If-Match."""

    def __init__(self, app: Flask, key: str | None = ADMIN_KEY) -> None:
        self.app = app
        self._key = key

    def with_key(self, key: str | None) -> "Api":
        """The same client with another key, or without one."""
        return Api(self.app, key)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.send("GET", path, **headers)

    def head(self, path: str, **headers: str) -> TestResponse:
        return self.send("HEAD", path, **headers)

    def post(self, path: str, document: Any = None, **headers: str) -> TestResponse:
        return self.send("POST", path, document, **headers)

    def put(self, path: str, document: Any, **headers: str) -> TestResponse:
        return self.send("PUT", path, document, **headers)

    def patch(self, path: str, document: Any, **headers: str) -> TestResponse:
        return self.send("PATCH", path, document, **{"content_type": "application/merge-patch+json", **headers})

    def delete(self, path: str, **headers: str) -> TestResponse:
        return self.send("DELETE", path, **headers)

    def send(self, method: str, path: str, document: Any = None, **headers: str) -> TestResponse:
        """Send `document` (bytes as they are, anything else as JSON) and check the answer."""
        given = {name.replace("_", "-").title(): value for name, value in headers.items()}
        if self._key is not None:
            given.setdefault("Authorization", f"Bearer {self._key}")
        body = document if isinstance(document, bytes) or document is None else orjson.dumps(document)
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        response = self.app.test_client().open(path, method=method, data=body, headers=given)
        check_answer(response, method)
        check_described(response, self.app)
        database = self.app.extensions["creditline"].database
        assert not database.in_transaction, "the request left a transaction open"
        return response

    def created(self, path: str, document: Any, **headers: str) -> dict[str, Any]:
        """POST something that is taken; gives the document back."""
        response = self.post(path, document, **headers)
        assert response.status_code == 201, response.text
        made: dict[str, Any] = response.json
        return made

    def read(self, path: str) -> dict[str, Any]:
        """The document at `path`."""
        response = self.get(path)
        assert response.status_code == 200, response.text
        document: dict[str, Any] = response.json
        return document

    def walk(self, path: str) -> list[dict[str, Any]]:
        """All items of a list, page by page."""
        items: list[dict[str, Any]] = []
        following: str | None = path
        while following:
            page = self.read(following)
            items += page["data"]
            following = page["page"]["next"]
        return items


def check_answer(response: TestResponse, method: str = "GET") -> None:
    """Fail where an answer lacks what every answer has, or is an error without a problem document."""
    headers = response.headers
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,64}", headers["Request-Id"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert response.status_code < 500 or response.status_code == 503, response.text
    if response.status_code >= 400:
        _check_problem(response, method)
    if response.status_code in (204, 304) or method == "HEAD":
        assert response.data == b""


def _check_problem(response: TestResponse, method: str) -> None:
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    if method == "HEAD":
        return
    problem = orjson.loads(response.data)
    assert REQUIRED <= problem.keys() <= REQUIRED | OPTIONAL, problem
    slug = problem["type"].removeprefix("/v1/problems/")
    kind = BY_SLUG[slug]
    assert (problem["status"], problem["title"]) == (response.status_code, kind.title)
    assert kind.status == response.status_code
    assert problem["request_id"] == response.headers["Request-Id"]
    assert isinstance(problem["detail"], str)
    assert problem["detail"]
    for word in ("Traceback", "SELECT ", "INSERT ", "UPDATE ", "psycopg", "peewee", "sqlite3"):
        assert word not in response.text
    _check_faults(problem.get("errors"))
    _check_members(response, problem)


def _check_faults(faults: Any) -> None:
    if faults is None:
        return
    assert 1 <= len(faults) <= 100
    for fault in faults:
        (place,) = fault.keys() - {"code", "detail"}
        assert place in ("pointer", "parameter", "header")
        assert all(isinstance(value, str) for value in fault.values())
        assert fault["code"]
        assert fault["detail"]
        if place == "pointer":
            assert re.fullmatch(r"(/([^~/]|~[01])*)*", fault["pointer"], re.DOTALL), fault


def _check_members(response: TestResponse, problem: dict[str, Any]) -> None:
    headers = response.headers
    match response.status_code:
        case 401:
            assert headers["WWW-Authenticate"] == "Bearer"
        case 405:
            assert headers["Allow"]
        case 406:
            assert problem["available"]
        case 410 if problem["type"].endswith("/gone"):
            assert isinstance(problem["version"], int)
            assert _INSTANT.fullmatch(problem["deleted_at"]), problem
        case 412:
            assert headers["ETag"] == f'"{problem["current_version"]}"'
        case 413 | 414:
            assert isinstance(problem["limit"], int)
        case 422 if problem["type"].endswith("/validation-failed"):
            assert problem["errors"]
        case 429 | 503:
            assert int(headers["Retry-After"]) > 0


def expect_problem(response: TestResponse, status: int, slug: str) -> dict[str, Any]:
    """The problem document of an answer that must be this problem."""
    assert response.status_code == status, response.text
    problem: dict[str, Any] = response.json
    assert problem["type"] == f"/v1/problems/{slug}", problem
    return problem


def faults_of(problem: dict[str, Any]) -> set[tuple[str, str]]:
    """Where and what the faults of a problem are: ``{("/title", "required")}``."""
    places = ("pointer", "parameter", "header")
    return {
        (next(fault[place] for place in places if place in fault), fault["code"]) for fault in problem.get("errors", [])
    }
