"""The credit of an article over HTTP."""

import re

import pytest

from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lighthouse

MEMBERS = {
    "text", "html", "markdown", "lang", "dir", "required", "requested", "optional", "missing", "omitted", "license",
    "rule_set", "as_of",
}  # fmt: skip


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


@pytest.fixture(scope="module")
def credit(shared_api: Api) -> str:
    """The path of the credit of an article with everything in it."""
    return str(shared_api.created("/v1/articles", lighthouse())["links"]["attribution"])


def test_it_has_every_view_and_every_list(api, credit):
    response = api.get(credit)
    answer = response.json
    assert response.headers["Content-Type"] == "application/json"
    assert answer.keys() >= MEMBERS
    assert (answer["lang"], answer["dir"], answer["rule_set"]) == ("en", "ltr", "2026-11")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", answer["as_of"])
    for name in ("required", "requested", "optional", "missing", "omitted"):
        assert all(item.keys() == {"element", "clause", "text"} for item in answer[name])
    for words in ("Ines Albright", "The Harbour Trust", "CC BY-SA 3.0"):
        assert words in answer["text"]
        assert words in answer["html"]
    assert 'rel="license"' in answer["html"]
    assert answer["license"]["id"] == "CC-BY-SA-3.0"


@pytest.mark.parametrize(
    ("format", "media_type"),
    [
        ("text", "text/plain; charset=utf-8"),
        ("html", "text/html; charset=utf-8"),
        ("markdown", "text/markdown; charset=utf-8"),
    ],
)
def test_one_view_is_given_bare(api, credit, format, media_type):
    whole = api.read(credit)
    for response in (api.get(f"{credit}?format={format}"), api.get(credit, accept=media_type.partition(";")[0])):
        assert response.headers["Content-Type"] == media_type
        assert response.text == whole[format]
        assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/*", "text/html;q=0.1, application/json"])
def test_json_is_the_default(api, credit, accept):
    assert api.get(credit, accept=accept).is_json


def test_what_is_not_there_is_406_with_the_list(api, credit):
    problem = expect_problem(api.get(credit, accept="image/png"), 406, "not-acceptable")
    assert "text/plain" in " ".join(problem["available"])


@pytest.mark.parametrize(
    ("query", "parameter"), [("format=pdf", "format"), ("lang=xx", "lang"), ("changes=", "changes"),
                             ("changed_by=%20", "changed_by"), (f"changes={'x' * 501}", "changes")]
)  # fmt: skip
def test_a_bad_parameter_is_400(api, credit, query, parameter):
    problem = expect_problem(api.get(f"{credit}?{query}"), 400, "invalid-parameter")
    assert faults_of(problem) == {(parameter, "invalid")}


def test_what_the_reuser_changed_is_said(api, credit):
    assert "abridg" in api.read(f"{credit}?changes=abridged")["text"].lower()


def test_the_etag_is_of_this_view(api, credit):
    tags = {api.get(f"{credit}?format={name}").headers["ETag"] for name in ("json", "text", "html", "markdown")}
    assert len(tags) == 4
    assert all(tag.startswith('"1-') for tag in tags)
    for name in ("json", "text"):
        tag = api.get(f"{credit}?format={name}").headers["ETag"]
        assert api.get(f"{credit}?format={name}", if_none_match=tag).status_code == 304
        assert api.get(f"{credit}?format=html", if_none_match=tag).status_code == 200


@pytest.mark.parametrize("name", ["json", "text"])
def test_if_match_compares_the_version_alone(api, credit, name):
    tag = api.get(f"{credit}?format={name}").headers["ETag"]
    assert api.get(credit, if_match=tag).status_code == 200
    assert api.get(credit, if_match='"1"').status_code == 200
    expect_problem(api.get(credit, if_match='"2"'), 412, "precondition-failed")


def test_it_is_gone_with_its_article(api):
    article = api.created("/v1/articles", another_moth())
    api.delete(article["links"]["self"], if_match="*")
    expect_problem(api.get(article["links"]["attribution"]), 410, "gone")


def test_of_no_article_it_is_not_found(api):
    expect_problem(api.get("/v1/articles/01900000-0000-7000-8000-000000000000/attribution"), 404, "not-found")


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "](x)", "{creators}", "two\nlines", "\u2067x\u2069", "&amp;"]
)
def test_no_title_breaks_a_view(api, title):
    path = api.created("/v1/articles", another_moth(title=title, license="CC-BY-4.0"))["links"]["attribution"]
    answer = api.read(path)
    assert "<script>" not in answer["html"]
    assert "\n" not in answer["text"]


def test_head_is_get_without_the_body(api, credit):
    one, two = api.get(f"{credit}?format=text"), api.head(f"{credit}?format=text")
    assert two.status_code == 200
    for name in ("ETag", "Content-Type", "Content-Length", "Vary"):
        assert one.headers[name] == two.headers[name]
