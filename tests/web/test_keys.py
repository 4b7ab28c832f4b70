"""API keys over HTTP."""

import pytest
from flask import Flask

from tests.api import Api, expect_problem, faults_of

DESK = {"name": "Night desk", "scopes": ["read", "write"]}
MEMBERS = {"id", "name", "scopes", "sources", "prefix", "created_at", "expires_at", "last_used_at", "links"}


@pytest.fixture
def api(app: Flask) -> Api:
    """An application of the test's own."""
    return Api(app)


def test_the_key_is_shown_once(api):
    response = api.post("/v1/keys", DESK)
    made = response.json
    assert response.status_code == 201
    assert made.keys() == MEMBERS | {"key"}
    assert response.headers["Location"] == f"/v1/keys/{made['id']}"
    assert response.headers["Cache-Control"] == "no-store"
    assert made["key"].startswith(made["prefix"])
    assert made["prefix"].startswith("ak_")
    read = api.read(response.headers["Location"])
    assert read == {name: value for name, value in made.items() if name != "key"}
    assert api.read("/v1/keys")["data"] == [read]


def test_only_a_hash_is_stored(api, stored):
    made = api.created("/v1/keys", DESK)
    rows = repr(stored.fetch_all("SELECT * FROM api_key"))
    assert made["prefix"] in rows
    assert made["key"][len(made["prefix"]) :] not in rows


def test_every_key_is_another(api):
    assert len({api.created("/v1/keys", DESK)["key"] for _ in range(5)}) == 5
    assert len(api.walk("/v1/keys?limit=2")) == 5


def test_the_minute_of_the_last_use_is_kept(api):
    made = api.created("/v1/keys", DESK)
    assert made["last_used_at"] is None
    api.with_key(made["key"]).get("/v1/articles")
    used = api.read(made["links"]["self"])["last_used_at"]
    assert used.endswith(":00Z")


def test_a_revoked_key_opens_nothing(api):
    made = api.created("/v1/keys", DESK)
    assert api.with_key(made["key"]).get("/v1/articles").status_code == 200
    assert api.delete(made["links"]["self"]).status_code == 204
    expect_problem(api.with_key(made["key"]).get("/v1/articles"), 401, "unauthenticated")
    for send in (api.get, api.delete):
        expect_problem(send(made["links"]["self"]), 404, "not-found")


def test_a_dry_run_revokes_nothing(api):
    made = api.created("/v1/keys", DESK)
    assert api.delete(f"{made['links']['self']}?dry_run=true").status_code == 204
    assert api.read(made["links"]["self"])
    expect_problem(api.delete("/v1/keys/01900000-0000-7000-8000-000000000000?dry_run=true"), 404, "not-found")


@pytest.mark.parametrize(
    ("document", "faults"),
    [
        ({}, {("/name", "required"), ("/scopes", "required")}),
        ({**DESK, "scopes": []}, {("/scopes", "too-few")}),
        ({**DESK, "scopes": None}, {("/scopes", "required")}),
        ({**DESK, "scopes": ["read", "root"]}, {("/scopes/1", "not-allowed")}),
        ({**DESK, "scopes": "read"}, {("/scopes", "wrong-type")}),
        ({**DESK, "sources": ["No Slug"]}, {("/sources/0", "invalid-slug")}),
        ({**DESK, "expires_at": "soon"}, {("/expires_at", "invalid-date")}),
        ({**DESK, "expires": "2030"}, {("/expires", "unknown-member")}),
        ({**DESK, "name": "x" * 201}, {("/name", "too-long")}),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_its_place(api, document, faults):
    assert faults_of(expect_problem(api.post("/v1/keys", document), 422, "validation-failed")) == faults


def test_keys_need_no_precondition(api):
    made = api.created("/v1/keys", DESK)
    assert api.delete(made["links"]["self"]).status_code == 204


@pytest.mark.parametrize("scope", ["read", "write", "webhooks"])
def test_only_an_admin_sees_keys(api, scope):
    weak = api.with_key(api.created("/v1/keys", {"name": "x", "scopes": [scope]})["key"])
    for response in (weak.get("/v1/keys"), weak.post("/v1/keys", DESK)):
        expect_problem(response, 403, "insufficient-scope")
    for response in (api.with_key(None).get("/v1/keys"), api.with_key(None).post("/v1/keys", DESK)):
        expect_problem(response, 401, "unauthenticated")
