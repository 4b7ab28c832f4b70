"""Who may do what."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.api import ADMIN_KEY, Api, expect_problem
from tests.factories import another_moth, courier, lantern, moth


@pytest.fixture
def api(app: Flask) -> Api:
    """An application of the test's own."""
    return Api(app)


def key(api: Api, *scopes: str, **members: object) -> Api:
    """A client with a key of these scopes."""
    return api.with_key(api.created("/v1/keys", {"name": "Test", "scopes": scopes, **members})["key"])


def test_reading_is_public(api):
    path = api.created("/v1/articles", moth())["links"]["self"]
    anybody = api.with_key(None)
    for readable in (path, "/v1/articles", "/v1/sources/the-lantern", "/v1/licenses", f"{path}/attribution", "/"):
        assert anybody.get(readable).status_code == 200


def test_writing_needs_a_key(api):
    path = api.created("/v1/articles", moth())["links"]["self"]
    anybody = api.with_key(None)
    for response in (
        anybody.post("/v1/articles", another_moth()),
        anybody.put(path, moth(), if_match="*"),
        anybody.patch(path, {}, if_match="*"),
        anybody.delete(path, if_match="*"),
        anybody.post("/v1/sources", courier()),
        anybody.post("/v1/sources/the-lantern/reapply"),
    ):
        expect_problem(response, 401, "unauthenticated")


@pytest.mark.parametrize(
    "value",
    [
        "Bearer wrong",
        "Bearer ak_wrong-but-long-enough-to-look-right",
        "Bearer ",
        "Bearer",
        "",
        "Basic YTpi",
        ADMIN_KEY,
        f"Token {ADMIN_KEY}",
        f"Bearer {ADMIN_KEY}x",
        f"Bearer {ADMIN_KEY[:-1]}",
        f"Bearer {ADMIN_KEY} {ADMIN_KEY}",
        "Bearer é",
        "Bearer \x80",
    ],
)
@pytest.mark.parametrize("path", ["/v1/articles", "/", "/v1/licenses", "/v1/problems", "/v1/resolve?license=CC0-1.0"])
def test_a_wrong_key_is_401_even_where_reading_is_public(shared_api, path, value):
    expect_problem(shared_api.get(path, authorization=value), 401, "unauthenticated")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(shared_api, scheme):
    assert shared_api.get("/v1/keys", authorization=f"{scheme} {ADMIN_KEY}").status_code == 200


@pytest.mark.parametrize("name", ["key", "api_key", "access_token", "authorization"])
def test_a_key_in_the_query_is_400(shared_api, name):
    expect_problem(shared_api.with_key(None).get(f"/v1/articles?{name}={ADMIN_KEY}"), 400, "unknown-parameter")


@pytest.mark.parametrize(("scope", "reads", "writes", "rules"), [
    ("read", 200, 403, 403),
    ("write", 200, 201, 403),
    ("admin", 200, 201, 200),
    ("webhooks", 403, 403, 403),
])  # fmt: skip
def test_a_scope_allows_what_it_says(api, scope, reads, writes, rules):
    client = key(api, scope)
    assert client.get("/v1/articles").status_code == reads
    assert client.post("/v1/articles", another_moth()).status_code == writes
    assert client.get("/v1/keys").status_code == rules


@pytest.mark.parametrize(("days", "status"), [(-1, 401), (1, 200)])
def test_a_key_expires(api, days, status):
    when = (datetime.now(UTC) + timedelta(days=days)).isoformat()
    assert key(api, "read", expires_at=when).get("/v1/articles").status_code == status


class TestTiedKeys:
    """A key that is tied to sources."""

    @pytest.fixture(autouse=True)
    def _records(self, api: Api) -> None:
        api.created("/v1/sources", courier())
        api.created("/v1/sources", lantern())
        self.own = api.created("/v1/articles", another_moth(source="the-lantern"))["links"]["self"]
        self.other = api.created("/v1/articles", another_moth(source="harbour-courier"))["links"]["self"]
        self.tied = key(api, "write", sources=["the-lantern"])

    def test_it_writes_what_belongs_to_them(self):
        made = self.tied.created("/v1/articles", another_moth(source="the-lantern"))
        assert self.tied.patch(made["links"]["self"], {"title": "New"}, if_match="*").status_code == 200
        assert self.tied.created("/v1/articles", another_moth())["source"]["id"] == "the-lantern"
        assert self.tied.patch("/v1/sources/the-lantern", {"credit": "Us"}, if_match="*").status_code == 200
        assert self.tied.post("/v1/sources/the-lantern/reapply").status_code == 200
        assert self.tied.delete(self.own, if_match="*").status_code == 204

    def test_it_reads_everything(self):
        assert self.tied.get(self.other).status_code == 200

    def test_it_writes_nothing_else(self, api):
        attempts = [
            self.tied.patch(self.other, {"title": "Mine"}, if_match="*"),
            self.tied.put(self.other, another_moth(source="the-lantern"), if_match="*"),
            self.tied.delete(self.other, if_match="*"),
            self.tied.post("/v1/articles", another_moth(source="harbour-courier")),
            self.tied.post("/v1/articles", another_moth(source={"name": "Harbour Courier"})),
            self.tied.patch("/v1/sources/harbour-courier", {"credit": "Us"}, if_match="*"),
            self.tied.delete("/v1/sources/harbour-courier", if_match="*"),
            self.tied.post("/v1/sources/harbour-courier/reapply"),
        ]
        for response in attempts:
            expect_problem(response, 403, "insufficient-scope")
        assert api.get(self.other).headers["ETag"] == '"1"'

    def test_it_moves_nothing_in_or_out(self):
        expect_problem(
            self.tied.patch(self.own, {"source": "harbour-courier"}, if_match="*"), 403, "insufficient-scope"
        )
        expect_problem(self.tied.patch(self.other, {"source": "the-lantern"}, if_match="*"), 403, "insufficient-scope")

    def test_it_makes_no_sources(self, api):
        attempts = [
            self.tied.post("/v1/sources", {"name": "Mine"}),
            self.tied.put("/v1/sources/mine", {"name": "Mine"}, if_none_match="*"),
            self.tied.post("/v1/articles", another_moth(source={"name": "Mine"})),
            self.tied.post("/v1/articles", another_moth(source={"name": "Mine", "url": "https://mine.example/"})),
        ]
        for response in attempts:
            expect_problem(response, 403, "insufficient-scope")
        assert len(api.walk("/v1/sources")) == 2

    def test_it_cannot_tell_whether_another_source_exists(self):
        there = self.tied.post("/v1/articles", another_moth(source="harbour-courier")).json
        nowhere = self.tied.post("/v1/articles", another_moth(source="nobody-at-all")).json
        assert {**there, "request_id": ""} == {**nowhere, "request_id": ""}

    def test_the_body_is_checked_before_its_source(self):
        expect_problem(self.tied.post("/v1/articles", {"source": "harbour-courier"}), 422, "validation-failed")

    def test_the_stored_source_is_checked_before_the_condition(self):
        expect_problem(self.tied.patch(self.other, {}, if_match='"99"'), 403, "insufficient-scope")


class TestPrivateReading:
    """``PUBLIC_READ=false``: no record without a key."""

    @pytest.fixture
    def private(self, make_app) -> Api:
        return Api(make_app(public_read=False))

    @pytest.mark.parametrize("path", ["/v1/articles", "/v1/sources", "/v1/licenses", "/v1/resolve?license=CC0"])
    def test_reading_needs_a_key(self, private, path):
        expect_problem(private.with_key(None).get(path), 401, "unauthenticated")
        assert private.get(path).status_code == 200
        assert key(private, "read").get(path).status_code == 200

    @pytest.mark.parametrize("path", ["/livez", "/readyz"])
    def test_health_needs_none(self, private, path):
        assert private.with_key(None).get(path).status_code == 200

    def test_the_type_of_an_error_explains_itself_to_whoever_got_it(self, private):
        nobody = private.with_key(None)
        explained = nobody.read(expect_problem(nobody.get("/v1/articles"), 401, "unauthenticated")["type"])
        assert "creditline keys" in explained["explanation"]

    @pytest.mark.parametrize("path", ["/", "/v1/problems", "/docs", "/v1/openapi.json", "/.well-known/api-catalog"])
    def test_what_explains_the_service_needs_none(self, private, path):
        assert private.with_key(None).get(path).status_code == 200

    @pytest.mark.parametrize("path", ["/", "/v1/problems", "/v1/problems/gone"])
    def test_a_wrong_key_is_refused_there_as_everywhere(self, private, path):
        expect_problem(private.get(path, authorization="Bearer ak_wrong"), 401, "unauthenticated")

    def test_the_description_says_where_no_key_is_needed(self, private):
        paths = private.read("/v1/openapi.json")["paths"]
        assert {} in paths["/v1/problems/{slug}"]["get"]["security"]
        assert {} not in paths["/v1/articles"]["get"]["security"]

    def test_no_cache_may_share_what_it_answers(self, private):
        path = private.created("/v1/articles", moth())["links"]["self"]
        headers = private.get(path).headers
        assert headers["Cache-Control"] == "private, no-cache"
        assert "Authorization" in headers["Vary"]


def test_read_only_refuses_every_write_and_reads_on(make_app):
    path = Api(make_app()).created("/v1/articles", moth())["links"]["self"]
    api = Api(make_app(read_only=True))
    assert api.get(path).status_code == 200
    for response in (
        api.post("/v1/articles", another_moth()),
        api.patch(path, {}, if_match="*"),
        api.delete(path, if_match="*"),
        api.post("/v1/keys", {"name": "x", "scopes": ["read"]}),
    ):
        assert int(response.headers["Retry-After"]) > 0
        expect_problem(response, 503, "read-only")


def test_without_a_configured_admin_key_the_database_knows_the_keys(make_app):
    made = Api(make_app()).created("/v1/keys", {"name": "x", "scopes": ["admin"]})["key"]
    app = make_app(admin_key=None)
    assert Api(app, made).get("/v1/keys").status_code == 200
    expect_problem(Api(app).get("/v1/keys"), 401, "unauthenticated")


@pytest.mark.parametrize("path", ["/v1/articles?foo=1", "/v1/articles?published_at[gte]=x", "/v1/export/articles?a=1"])
def test_what_is_wrong_with_the_query_comes_before_what_is_wrong_with_the_key(shared_api, path):
    response = shared_api.with_key("ak_wrong").get(path)
    assert response.status_code == 400
    expect_problem(shared_api.with_key("ak_wrong").get(path.partition("?")[0]), 401, "unauthenticated")
