"""Audits over HTTP: a republished page in, what its credit lacks out."""

from typing import Any

import orjson
import pytest

from service.core.attribution import LANGUAGES
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lighthouse

PATH = "/v1/audits"
NOBODY = "01900000-0000-7000-8000-000000000000"
BY = "https://creativecommons.org/licenses/by/4.0/"
LIMIT = 5 * 1024 * 1024
STATEMENT = "All that the Tide Table publishes is under a Creative Commons Attribution 4.0 International License."


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


@pytest.fixture(scope="module")
def moth(shared_api: Api) -> dict[str, Any]:
    """An article with two creators under CC BY 4.0."""
    creators = [{"name": "Ines Albright"}, {"name": "Tomás Ferreira", "role": "photographer"}]
    return shared_api.created("/v1/articles", another_moth(license="CC-BY-4.0", creators=creators, language="en"))


@pytest.fixture(scope="module")
def lamp(shared_api: Api) -> dict[str, Any]:
    """An article with everything in it."""
    return shared_api.created("/v1/articles", lighthouse())


def audit(api: Api, article: str, html: str, **members: Any) -> dict[str, Any]:
    response = api.post(PATH, {"article": article, "html": html, **members})
    assert response.status_code == 200, response.text
    assert response.headers["Cache-Control"] == "no-store"
    return dict(response.json)


def of(answer: dict[str, Any], element: str) -> list[dict[str, Any]]:
    return [finding for finding in answer["findings"] if finding["element"] == element]


def lacking(answer: dict[str, Any]) -> list[str]:
    return [x["element"] for x in answer["findings"] if x["severity"] == "required" and x["status"] != "found"]


def page_of(article: dict[str, Any]) -> str:
    return (
        f"<h1>{article['title']}</h1><p>By Ines Albright, photographs by Tomas Ferreira, from "
        f'<a href="{article["url"]}">The Lantern</a>, <a rel="license" href="{BY}">CC BY 4.0</a></p>'
    )


def test_a_page_that_forgot_the_link_to_the_license_is_told_so_and_has_30_days(api, moth):
    html = page_of(moth).replace(f'<a rel="license" href="{BY}">', "")
    answer = audit(api, moth["id"], html, discovered_on="2026-11-01")
    (finding,) = of(answer, "license_url")
    assert (finding["status"], finding["severity"]) == ("missing", "required")
    assert (finding["basis"], finding["clause"], finding["evidence"]) == ("license", "s. 3(a)(1)(C)", None)
    assert (answer["cure_by"], answer["cure"]["clause"]) == ("2026-12-01", "s. 6(b)(1)")
    assert answer["summary"]["verdict"] == "incomplete"
    assert answer["summary"]["required"] == {"found": 4, "missing": 1, "wrong": 0}
    mended = audit(api, moth["id"], html + answer["credit"]["html"], discovered_on="2026-11-01")
    assert (lacking(mended), mended["summary"]["verdict"], mended["cure_by"]) == ([], "complete", None)
    assert mended["cure"]["reason"]


def test_the_license_may_come_from_the_source(api):
    source = {"name": "The Tide Table", "url": "https://tide.example/"}
    policy = {"license": "CC-BY-4.0", "statement": STATEMENT, "statement_url": "https://tide.example/terms"}
    api.created("/v1/sources", {**source, "policies": [policy]})
    article = api.created("/v1/articles", {"url": "https://tide.example/1", "title": "High tide", "source": source})
    answer = audit(api, article["url"], "<h1>High tide</h1><p>Under CC BY 4.0</p>", discovered_on="2026-11-01")
    assert (answer["license"]["id"], answer["license"]["origin"]) == ("CC-BY-4.0", "source")
    assert lacking(answer) == ["url", "license_url"]
    assert answer["cure_by"] == "2026-12-01"


def test_an_answer_says_of_what_and_when_it_speaks(api, moth):
    answer = audit(api, moth["url"] + "?utm_source=x", page_of(moth), as_of="2030-01-31")
    assert (answer["article"], answer["id"]) == (moth["url"] + "?utm_source=x", moth["id"])
    assert (answer["as_of"], answer["rule_set"], answer["license"]["id"]) == ("2030-01-31", "2026-11", "CC-BY-4.0")
    assert answer["unjudged"] == []
    assert answer["cure"] == {"clause": None, "reason": answer["cure"]["reason"]}


def test_evidence_is_what_stands_in_the_page(api, moth):
    html = "\x00\x0c𝔄 " + page_of(moth)
    quotes = [finding["evidence"] for finding in audit(api, moth["id"], html)["findings"]]
    assert all(html[quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)
    assert "Tomas Ferreira" in [quote["quote"] for quote in quotes]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_own_credit_in_any_language_and_form_lacks_nothing(api, lamp, lang):
    credit = api.read(f"/v1/articles/{lamp['id']}/attribution?lang={lang}&changes=translated")
    for view in ("html", "text"):
        html = credit[view] if view == "html" else f"<p>{credit[view].replace('<', '&lt;')}</p>"
        answer = audit(api, lamp["id"], html, changes="translated", lang=lang)
        assert lacking(answer) == []
        assert answer["credit"]["html"] == credit["html"]
        assert (answer["credit"]["lang"], answer["credit"]["dir"]) == (credit["lang"], credit["dir"])


def test_parts_earlier_marks_and_requests_are_findings_too(api, lamp):
    html = '<img src="/copies/lamp-800x600.jpg"><link rel="canonical" href="/">'
    answer = audit(api, lamp["id"], html, changes="abridged", discovered_on="2026-11-01")
    (part,), (pixel,) = of(answer, "part:0"), of(answer, "tracking-pixel")
    assert (part["status"], part["severity"], part["clause"]) == ("missing", "required", "s. 3(a)(1)(A)(i)")
    assert (pixel["status"], pixel["severity"], pixel["basis"]) == ("missing", "recommended", "request")
    assert [x["clause"] for x in of(answer, "changes")] == ["s. 4(c)(iv)", "s. 4(c)(iv)"]
    assert answer["cure_by"] == "2026-12-01", "the part is under 4.0"


def test_what_the_source_asks_counts_as_well(api):
    source = {"name": "The Echo", "url": "https://echo.example/"}
    api.created("/v1/sources", {**source, "requests": [{"kind": "canonical-link"}, {"kind": "notify"}]})
    article = api.created("/v1/articles", {"url": "https://echo.example/1", "title": "An echo", "source": source})
    answer = audit(api, article["id"], "<p>An echo</p>")
    assert of(answer, "canonical-link")[0]["status"] == "missing"
    assert (
        {"license", "notify", "creators"} >= {item["element"] for item in answer["unjudged"]} >= {"license", "notify"}
    )
    assert answer["summary"]["verdict"] == "unclear"


def test_the_license_is_that_of_the_day_asked(api):
    license = {"id": "CC-BY-SA-3.0", "start": "2020-01-01", "end": "2024-12-31"}
    article = api.created("/v1/articles", another_moth(license=license))
    grants = f"/v1/articles/{article['id']}/grants"
    api.created(grants, {"license": "CC-BY-4.0", "start": "2025-01-01"}, if_match='"1"')
    page = page_of(article).replace(BY, "https://creativecommons.org/licenses/by-sa/3.0/").replace("BY 4", "BY-SA 3")
    then, now = (audit(api, article["id"], page, as_of=day) for day in ("2024-06-01", "2025-06-01"))
    assert (then["license"]["id"], lacking(then)) == ("CC-BY-SA-3.0", [])
    assert (now["license"]["id"], lacking(now)) == ("CC-BY-4.0", [])
    assert {(x["status"], x["severity"]) for x in of(now, "license_url")} == {("wrong", "recommended")}
    assert "2024-12-31" in of(now, "license_url")[0]["detail"]


@pytest.mark.parametrize("named", [NOBODY, "https://lantern.example/nowhere", "nothing at all", "CC-BY-4.0", "CC BY"])
def test_an_article_that_is_not_there_is_404(api, named):
    expect_problem(api.post(PATH, {"article": named, "html": "<p>x</p>"}), 404, "not-found")


def test_a_deleted_article_is_410(api):
    gone = api.created("/v1/articles", another_moth())
    api.delete(gone["links"]["self"], if_match="*")
    problem = expect_problem(api.post(PATH, {"article": gone["id"], "html": ""}), 410, "gone")
    assert problem["version"] == 2
    expect_problem(api.post(PATH, {"article": gone["url"], "html": ""}), 404, "not-found")


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {("/article", "required"), ("/html", "required")}),
        ({"article": None, "html": None}, {("/article", "required"), ("/html", "required")}),
        ({"article": " ", "html": 7}, {("/article", "empty"), ("/html", "wrong-type")}),
        (
            {"article": "x", "html": "", "discovered_on": "yesterday", "as_of": "2026-02-30", "lang": "tlh"},
            {("/discovered_on", "invalid-date"), ("/as_of", "invalid-date"), ("/lang", "unknown-language")},
        ),
        ({"article": "x", "html": "", "changes": ""}, {("/changes", "empty")}),
        ({"article": "x", "html": "", "changes": "x" * 501}, {("/changes", "too-long")}),
        ({"article": "\x00", "html": "\x00"}, {("/article", "control-character")}),
        ({"article": "x", "html": "", "htlm": ""}, {("/htlm", "unknown-member")}),
    ],
)
def test_all_faults_of_a_body_are_told(api, body, faults):
    assert faults_of(expect_problem(api.post(PATH, body), 422, "validation-failed")) == faults


@pytest.mark.parametrize(
    "piece",
    [
        "",
        "<div>",
        "<p hidden>",
        "<a href='",
        "<!--",
        "<table><tr><td>",
        "&#99999999999;",
        "<svg><title>",
        "</p>",
        "\x00",
    ],
)
def test_any_page_is_read_somehow(api, moth, piece):
    answer = audit(api, moth["id"], piece * 20_000, changes="translated")
    assert lacking(answer) == ["creators", "creators", "url", "license", "license_url", "changes"]


def test_a_body_may_have_5_mib_and_no_more(api, moth):
    body = orjson.dumps({"article": moth["id"], "html": page_of(moth)})
    answer = api.post(PATH, body.ljust(LIMIT))
    assert answer.json["summary"]["verdict"] == "complete"
    problem = expect_problem(api.post(PATH, body.ljust(LIMIT + 1)), 413, "content-too-large")
    assert problem["limit"] == LIMIT


def test_the_day_may_be_the_last_of_the_calendar(api, moth):
    answer = audit(api, moth["id"], "", discovered_on="9999-12-31", as_of="9999-12-31")
    assert answer["cure_by"] is None


def test_reading_needs_no_key_where_it_is_public_and_a_wrong_one_is_401(api, moth):
    assert audit(api.with_key(None), moth["id"], page_of(moth))["summary"]["verdict"] == "complete"
    response = api.with_key("ak_wrong").post(PATH, {"article": moth["id"], "html": ""})
    expect_problem(response, 401, "unauthenticated")


def test_it_takes_json_alone_and_gives_json_alone(api, moth):
    expect_problem(api.post(PATH, b"<p>x</p>", content_type="text/html"), 415, "unsupported-media-type")
    body = {"article": moth["id"], "html": ""}
    expect_problem(api.post(PATH, body, accept="text/html"), 406, "not-acceptable")
    expect_problem(api.post(f"{PATH}?lang=de", body), 400, "unknown-parameter")
    response = api.get(PATH)
    expect_problem(response, 405, "method-not-allowed")
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
