"""Every error is a problem document, and every type is explained where its address says."""

import pytest
from flask import Flask

from service.app import create_app
from service.config import Config
from service.core import errors
from service.web.problem_types import BY_EXCEPTION, BY_SLUG
from tests.api import Api, check_answer, expect_problem, faults_of
from tests.factories import moth
from tests.web.conftest import SETTINGS

# api.md section 4: every type and its status.
CONTRACT = {
    "malformed-json": 400, "malformed-header": 400, "invalid-parameter": 400, "unknown-parameter": 400,
    "invalid-cursor": 400, "invalid-encoding": 400, "unauthenticated": 401, "insufficient-scope": 403,
    "not-found": 404, "method-not-allowed": 405, "not-acceptable": 406, "conflict": 409,
    "idempotency-key-in-use": 409, "gone": 410, "cursor-expired": 410, "feed-reset": 410,
    "precondition-failed": 412, "content-too-large": 413, "uri-too-long": 414,
    "unsupported-media-type": 415, "validation-failed": 422,
    "idempotency-key-reused": 422, "failed-dependency": 424, "precondition-required": 428, "rate-limited": 429,
    "internal-error": 500, "overloaded": 503, "read-only": 503, "database-unavailable": 503,
}  # fmt: skip


def test_the_types_are_those_of_the_contract():
    assert {slug: kind.status for slug, kind in BY_SLUG.items()} == CONTRACT


def test_every_problem_that_can_be_raised_has_its_type():
    assert set(BY_EXCEPTION) == set(errors.Problem.__subclasses__())


@pytest.mark.parametrize("slug", CONTRACT)
def test_a_type_is_explained_at_its_address(shared_api, slug):
    explained = shared_api.read(f"/v1/problems/{slug}")
    assert explained["type"] == f"/v1/problems/{slug}"
    assert explained["status"] == CONTRACT[slug]
    assert explained["title"]
    assert len(explained["explanation"]) > 20


def test_all_types_are_listed(shared_api):
    response = shared_api.get("/v1/problems")
    assert [item["slug"] for item in response.json["data"]] == list(BY_SLUG)
    assert response.headers["Cache-Control"] == "public, max-age=3600"


def test_a_type_that_does_not_exist_is_not_found(shared_api):
    expect_problem(shared_api.get("/v1/problems/bad-hair-day"), 404, "not-found")


def test_a_fault_of_ours_is_500_without_a_word_about_why(app: Flask, capfd):
    @app.get("/broken")
    def broken() -> None:
        raise ValueError("SELECT secret FROM somewhere")

    response = app.test_client().get("/broken")
    assert response.status_code == 500
    assert response.json.keys() == {"type", "title", "status", "detail", "request_id"}
    assert response.json["request_id"] == response.headers["Request-Id"]
    assert "secret" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/v1", "/v1/", "/v1/articles/", "/v1//articles", "/V1/articles", "/v1/articles/x/y/z", "/%00",
        "/%ff", "/v1/articles/%2e%2e/", "/favicon.ico", "/livez/", "/v1//", "/v1/sources/a/", "/static/x", "/\u2603",
        "/" + "a" * 3000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])
def test_what_is_nowhere_is_not_found(shared_api, path, method):
    response = shared_api.send(method, path)
    assert response.status_code == 404
    assert "Location" not in response.headers


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/licenses", "/v1/keys", "/", "/livez", "/v1/problems"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "BREW"])
def test_a_method_that_is_not_there_is_405_with_allow(shared_api, path, method):
    response = shared_api.send(method, path)
    expect_problem(response, 405, "method-not-allowed")
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].split(", "))
    assert method not in response.headers["Allow"].split(", ")


def test_a_method_comes_before_a_header_and_a_key(shared_api):
    expect_problem(shared_api.put("/v1/articles", {}, authorization="x", if_match="1"), 405, "method-not-allowed")


def test_a_problem_of_head_has_no_body(shared_api):
    response = shared_api.head("/v1/articles/01900000-0000-7000-8000-000000000000")
    assert (response.status_code, response.data) == (404, b"")


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/json", "application/xml;q=0.1"])
def test_a_problem_is_a_problem_document_whatever_is_accepted(shared_api, accept):
    expect_problem(shared_api.get("/nowhere", accept=accept), 404, "not-found")


@pytest.mark.parametrize("accept", ["image/png", "application/xml", "image/*", "application/json;q=0", "*/*;q=0"])
@pytest.mark.parametrize("path", ["/v1/articles", "/v1/sources", "/v1/licenses", "/v1/licenses/CC0-1.0", "/v1/keys"])
def test_what_cannot_be_had_is_406_with_what_can(shared_api, path, accept):
    problem = expect_problem(shared_api.get(path, accept=accept), 406, "not-acceptable")
    assert "application/json" in problem["available"]


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "text/html, application/json;q=0.1", "", "rubbish, */*;q=0.1"]
)
def test_json_is_had_where_it_is_accepted(shared_api, accept):
    assert shared_api.get("/v1/articles", accept=accept).status_code == 200


def test_a_database_that_is_away_is_503_with_when_to_try_again(postgresql):
    with postgresql.database() as url:
        api = Api(create_app(Config(database_url=url, **SETTINGS)))
        assert api.get("/readyz").status_code == 200
    for response in (
        api.get("/readyz"),
        api.get("/v1/articles"),
        api.post("/v1/articles", moth()),
        api.post("/v1/articles", moth(), idempotency_key="k"),
        api.get("/v1/articles", authorization="Bearer ak_some-key-or-other"),
    ):
        expect_problem(response, 503, "database-unavailable")
    assert api.get("/livez").status_code == 200
    assert api.get("/v1/licenses/CC0-1.0").status_code == 200


def test_faults_name_a_place_a_code_and_a_sentence(shared_api):
    problem = expect_problem(shared_api.get("/v1/articles?limit=x"), 400, "invalid-parameter")
    assert faults_of(problem) == {("limit", "invalid")}
    check_answer(shared_api.get("/v1/articles?limit=x"))
