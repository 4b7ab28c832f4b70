"""What every request and answer has."""

import json
import re

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api import Api, expect_problem
from tests.factories import another_moth, courier, moth

ANSWERS = ("/", "/livez", "/readyz", "/v1/articles", "/v1/licenses/CC0-1.0", "/v1/problems/gone", "/nowhere",
           "/v1/articles?limit=0", "/v1/keys")  # fmt: skip


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("given_id", ["abc", "A.b_c-1", "x" * 64])
def test_the_id_of_the_client_comes_back(shared_api, path, given_id):
    assert shared_api.get(path, request_id=given_id).headers["Request-Id"] == given_id


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("given_id", ["", "a b", "x" * 65, "é", "a/b", '"a"', "a,b"])
def test_an_id_that_cannot_be_gets_a_new_one(shared_api, path, given_id):
    ids = {shared_api.get(path, request_id=given_id).headers["Request-Id"] for _ in range(2)}
    assert len(ids) == 2
    assert given_id not in ids


ALLOWED = {
    "/": "GET, HEAD, OPTIONS",
    "/v1/articles": "GET, HEAD, OPTIONS, POST",
    "/v1/articles/01900000-0000-7000-8000-000000000000": "DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
    "/v1/sources": "GET, HEAD, OPTIONS, POST",
    "/v1/sources/any": "DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
    "/v1/sources/any/reapply": "OPTIONS, POST",
    "/v1/licenses": "GET, HEAD, OPTIONS",
    "/v1/keys": "GET, HEAD, OPTIONS, POST",
    "/v1/keys/01900000-0000-7000-8000-000000000000": "DELETE, GET, HEAD, OPTIONS",
    "/livez": "GET, HEAD, OPTIONS",
}


@pytest.mark.parametrize("path", ALLOWED)
def test_options_is_204_with_what_may_be_sent(shared_api, path):
    response = shared_api.with_key(None).send("OPTIONS", path)
    assert (response.status_code, response.data) == (204, b"")
    assert response.headers["Allow"] == ALLOWED[path]
    posts = "application/json" if path in ("/v1/articles", "/v1/sources", "/v1/keys") else None
    patches = "application/merge-patch+json, application/json" if "PATCH" in ALLOWED[path] else None
    assert response.headers.get("Accept-Post") == posts
    assert response.headers.get("Accept-Patch") == patches


def test_options_of_nothing_is_not_found(shared_api):
    expect_problem(shared_api.send("OPTIONS", "/nowhere"), 404, "not-found")


def test_a_415_of_a_patch_may_be_mended_by_options(shared_api):
    path = shared_api.created("/v1/articles", another_moth())["links"]["self"]
    expect_problem(shared_api.patch(path, {}, if_match="*", content_type="text/plain"), 415, "unsupported-media-type")


def test_head_equals_get_without_the_body(app: Flask):
    api = Api(app)
    article = api.created("/v1/articles", moth())
    paths = [*ANSWERS, article["links"]["self"], article["links"]["attribution"], "/v1/sources/the-lantern",
             "/v1/resolve?license=CC0", f"/v1/resolve?url={article['url']}"]  # fmt: skip
    for path in paths:
        got, headed = api.get(path, request_id="same"), api.head(path, request_id="same")
        assert headed.status_code == got.status_code, path
        assert dict(headed.headers) == dict(got.headers), path
        assert headed.data == b""


def test_a_slash_at_the_end_is_another_place(shared_api):
    for path in ("/v1/articles", "/v1/sources", "/v1/licenses", "/v1/keys", "/livez", "/v1/resolve", "/v1/problems"):
        for method in ("GET", "POST", "OPTIONS"):
            assert shared_api.send(method, f"{path}/").status_code == 404


def test_a_request_is_logged_as_one_line_of_json(capfd, make_app):
    Api(make_app()).post("/v1/articles", {}, request_id="the-one")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if "the-one" in line]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [("POST", "/v1/articles", 422)]
    assert lines[0]["ms"] >= 0


def test_no_key_is_logged(capfd, make_app):
    api = Api(make_app(log_level="DEBUG"))
    secret = api.created("/v1/keys", {"name": "x", "scopes": ["write"]})["key"]
    api.with_key(secret).post("/v1/articles", moth())
    logged = capfd.readouterr().err
    assert "/v1/articles" in logged
    assert secret not in logged


class TestOtherOrigins:
    """Browsers may call from the origins that are configured."""

    ORIGIN = "https://partner.example"

    def test_none_may_unless_configured(self, shared_api):
        response = shared_api.get("/v1/articles", origin=self.ORIGIN)
        assert not [name for name, _ in response.headers if name.startswith("Access-Control")]

    def test_a_configured_one_may_and_sees_the_headers(self, make_app):
        api = Api(make_app(cors_origins=(self.ORIGIN,)))
        headers = api.get("/v1/articles", origin=self.ORIGIN).headers
        assert headers["Access-Control-Allow-Origin"] == self.ORIGIN
        exposed = headers["Access-Control-Expose-Headers"]
        assert all(name in exposed for name in ("ETag", "Location", "Request-Id", "Feed-Seq", "Retry-After", "Link"))
        assert "Access-Control-Allow-Origin" not in api.get("/v1/articles", origin="https://evil.example").headers

    @pytest.mark.parametrize("origin", [ORIGIN, "https://elsewhere.example", None])
    @pytest.mark.parametrize("path", ["/v1/articles", "/v1/licenses/CC-BY-4.0", "/v1/nothing"])
    def test_every_answer_varies_by_origin_whether_it_is_allowed_or_not(self, make_app, origin, path):
        api = Api(make_app(cors_origins=(self.ORIGIN,)))
        response = api.get(path, **({"origin": origin} if origin else {}))
        assert "Origin" in [name.strip() for name in ",".join(response.headers.getlist("Vary")).split(",")]

    def test_a_preflight_is_answered(self, make_app):
        api = Api(make_app(cors_origins=(self.ORIGIN,)), None)
        response = api.send(
            "OPTIONS",
            "/v1/articles",
            origin=self.ORIGIN,
            access_control_request_method="POST",
            access_control_request_headers="authorization, content-type, if-match, idempotency-key",
        )
        assert response.status_code == 204
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
        allowed = response.headers["Access-Control-Allow-Headers"].lower()
        assert all(name in allowed for name in ("authorization", "content-type", "if-match", "idempotency-key"))


def test_health_tells_where_the_feed_stands(app: Flask):
    api = Api(app)
    assert api.read("/livez") == {"status": "ok"}
    assert api.read("/readyz") == {"status": "ok", "feed_head": 0}
    api.created("/v1/sources", courier())
    response = api.get("/readyz")
    assert response.json["feed_head"] == 1
    assert response.headers["Cache-Control"] == "no-store"


def test_feed_numbers_are_dense_in_the_order_of_the_writes(app: Flask):
    api = Api(app)
    one = api.post("/v1/articles", moth())
    two = api.patch(one.headers["Location"], {"title": "New"}, if_match="*")
    three = api.patch(one.headers["Location"], {"title": "New"}, if_match="*")
    four = api.delete(one.headers["Location"], if_match="*")
    numbers = [response.headers.get("Feed-Seq") for response in (one, two, three, four)]
    assert numbers == ["2", "3", None, "4"], "the article of a new source makes two entries"


names = st.sampled_from(
    ["If-Match", "If-None-Match", "Prefer", "Accept", "Authorization", "Idempotency-Key", "Content-Type", "Request-Id",
     "Content-Encoding", "Accept-Language", "Host", "Origin", "X-Forwarded-For", "Cookie", "Range", "Expect"]
)  # fmt: skip
values = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)


@settings(max_examples=200)
@given(headers=st.dictionaries(names, values, max_size=4), method=st.sampled_from(["GET", "POST", "PATCH", "OPTIONS"]))
def test_no_headers_whatever_give_a_5xx(shared_api, headers, method):
    response = shared_api.app.test_client().open("/v1/articles", method=method, headers=headers, data=b"{}")
    assert response.status_code < 500
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,64}", response.headers["Request-Id"])
