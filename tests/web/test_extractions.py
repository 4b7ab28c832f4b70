"""Extractions over HTTP: a page in, a draft with its evidence out, and with save=true an article."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api import Api, expect_problem, faults_of
from tests.formats.pages_cast import URL, page

PATH = "/v1/extractions"
BY = "https://creativecommons.org/licenses/by/4.0/"
LIMIT = 5 * 1024 * 1024
PAGE = page(
    top='<p class="byline">By Jane Doe</p>', foot=f'<p>All texts are under <a rel="license" href="{BY}">CC BY</a>.</p>'
)
HTML = "text/html"


def drafted(response: Any) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    assert response.json.keys() == {"article", "evidence", "detections", "warnings"}
    return dict(response.json["article"])


def send(api: Api, query: str = "", body: str = PAGE, **headers: str) -> Any:
    return api.post(f"{PATH}?url={URL}{query}", body.encode(), content_type=HTML, **headers)


def test_a_page_is_drafted_with_evidence_and_nothing_is_kept(api):
    response = send(api)
    assert response.headers["Cache-Control"] == "no-store"
    article = drafted(response)
    assert (article["url"], article["title"]) == (URL, "The Salt Road")
    assert article["creators"] == [{"name": "Jane Doe"}]
    assert article["license"]["id"] == "CC-BY-4.0"
    (fact, *_) = response.json["evidence"]["creators"]
    assert fact == {"value": [{"name": "Jane Doe"}], "from": "class=byline", "quote": "By Jane Doe"}
    assert [item["id"] for item in response.json["detections"]["licenses"]] == ["CC-BY-4.0"]
    assert response.json["detections"]["charset"] == "utf-8"
    assert api.walk("/v1/articles") == []


def test_the_draft_is_what_a_new_article_takes(api):
    made = api.created("/v1/articles", drafted(send(api)))
    assert (made["license"]["id"], made["license"]["status"]) == ("CC-BY-4.0", "known")


@pytest.mark.parametrize("media_type", ["text/html", "application/xhtml+xml"])
def test_a_page_may_be_the_body_or_a_member_of_json(api, media_type):
    raw = api.post(f"{PATH}?url={URL}", PAGE.encode(), content_type=media_type)
    assert drafted(raw) == drafted(api.post(PATH, {"html": PAGE, "url": URL}))


def test_a_page_without_an_address_is_drafted_all_the_same(api):
    response = api.post(PATH, {"html": PAGE})
    assert "url" not in drafted(response)
    assert ("missing", "/article/url") in {(x["code"], x["pointer"]) for x in response.json["warnings"]}


def test_save_registers_the_article(api):
    response = send(api, "&save=true")
    assert response.status_code == 201, response.text
    article = response.json["article"]
    assert response.headers["Location"] == f"/v1/articles/{article['id']}"
    assert (response.headers["ETag"], response.headers["Feed-Seq"]) == ('"1"', "2")
    assert api.read(f"/v1/articles/{article['id']}") == article
    assert (article["license"]["id"], article["license"]["statement_url"]) == ("CC-BY-4.0", URL)
    assert response.json["evidence"]["title"][0]["from"] == "h1"


def test_the_same_page_again_is_a_conflict_unless_it_is_to_update(api):
    id = send(api, "&save=true").json["article"]["id"]
    problem = expect_problem(send(api, "&save=true"), 409, "conflict")
    assert problem["conflicting_url"] == f"/v1/articles/{id}"
    again = send(api, "&save=true&on_conflict=update")
    assert (again.status_code, again.json["article"]["version"]) == (200, 1)
    changed = send(api, "&save=true&on_conflict=update", PAGE.replace("Jane Doe", "Ali Rezaei"))
    assert (changed.status_code, changed.json["article"]["version"]) == (200, 2)
    assert changed.json["article"]["creators"][0]["name"] == "Ali Rezaei"
    expect_problem(send(api, "&save=true&on_conflict=update", if_match='"1"'), 412, "precondition-failed")


def test_the_ledger_keeps_what_the_page_says_as_found_in_it(api):
    id = send(api, "&save=true").json["article"]["id"]
    (grant,) = api.walk(f"/v1/articles/{id}/grants")
    assert (grant["origin"], grant["license"]["id"]) == ("extraction", "CC-BY-4.0")
    assert grant["statement"].startswith("All texts are under CC BY")
    assert grant["statement_url"] == URL


def test_a_dispute_is_kept_with_the_words_of_the_page(api):
    body = PAGE.replace("</h1>", "</h1><p>This article: all rights reserved.</p>")
    id = send(api, "&save=true", body).json["article"]["id"]
    (grant,) = api.walk(f"/v1/articles/{id}/grants")
    assert grant["license"]["status"] == "disputed"
    assert grant["license"]["candidates"] == ["CC-BY-4.0", "all-rights-reserved"]
    assert (grant["origin"], grant["statement_url"]) == ("extraction", URL)
    assert grant["statement"].startswith("All texts are under CC BY")


def test_another_license_on_the_page_closes_the_one_that_was_found_before(api):
    id = send(api, "&save=true").json["article"]["id"]
    send(api, "&save=true&on_conflict=update", PAGE.replace("/by/", "/by-nc/").replace("CC BY", "CC BY-NC"))
    first, second = api.walk(f"/v1/articles/{id}/grants")
    assert first["end"] is not None
    assert (second["license"]["id"], second["origin"]) == ("CC-BY-NC-4.0", "extraction")


def test_terms_that_are_not_known_leave_no_room_for_the_policy_of_the_source(api):
    api.created("/v1/sources", {"id": "salt", "name": "Tehran Times", "policies": [{"license": "CC-BY-4.0"}]})
    foot = '<p>Text under <a rel="license" href="https://www.gnu.org/licenses/fdl-1.3.html">the GFDL</a></p>'
    license = send(api, "&save=true", page(foot=foot)).json["article"]["license"]
    assert (license["status"], license["origin"]) == ("other", "extraction")
    assert license["url"] == "https://www.gnu.org/licenses/fdl-1.3.html"


def test_a_dry_run_for_a_page_that_is_known_tells_what_would_happen(api):
    id = send(api, "&save=true").json["article"]["id"]
    problem = expect_problem(send(api, "&save=true&dry_run=true", PAGE.replace("Jane", "Ann")), 409, "conflict")
    assert problem["conflicting_url"] == f"/v1/articles/{id}"
    assert "on_conflict=update" in problem["detail"]
    assert problem["extraction"]["article"]["creators"] == [{"name": "Ann Doe"}]
    updated = send(api, "&save=true&dry_run=true&on_conflict=update", PAGE.replace("Jane", "Ann"))
    assert (updated.status_code, updated.json["article"]["version"]) == (200, 2)
    assert api.read(f"/v1/articles/{id}")["creators"][0]["name"] == "Jane Doe"
    assert "extraction" not in send(api, "&save=true").json


def test_a_dry_run_keeps_nothing(api):
    response = send(api, "&save=true&dry_run=true")
    assert (response.status_code, response.headers["Preference-Applied"]) == (200, "dry-run")
    assert response.json["article"]["title"] == "The Salt Road"
    assert api.walk("/v1/articles") == []


def test_a_minimal_answer_has_no_body(api):
    response = send(api, "&save=true", prefer="return=minimal")
    assert (response.status_code, response.data) == (201, b"")


def test_a_repeated_key_replays_the_answer_byte_for_byte(api):
    first, again = (send(api, "&save=true", idempotency_key="salt") for _ in range(2))
    assert (again.status_code, again.data) == (201, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = send(api, "&save=true", PAGE + " ", idempotency_key="salt")
    expect_problem(other, 422, "idempotency-key-reused")


def test_what_an_article_lacks_is_told_when_it_is_to_be_saved(api):
    response = api.post(f"{PATH}?save=true", b"<p>x", content_type=HTML)
    faults = faults_of(expect_problem(response, 422, "validation-failed"))
    assert faults == {("/url", "required"), ("/title", "required"), ("/source", "required")}


def test_reading_is_enough_for_a_draft_and_not_for_saving(api, make_app):
    key = api.created("/v1/keys", {"name": "Reader", "scopes": ["read"]})["key"]
    reader = api.with_key(key)
    assert send(reader).status_code == 200
    expect_problem(send(reader, "&save=true"), 403, "insufficient-scope")
    expect_problem(send(api.with_key(None), "&save=true"), 401, "unauthenticated")


def test_a_service_that_takes_no_writes_drafts_and_does_not_save(make_app):
    api = Api(make_app(read_only=True))
    assert send(api).status_code == 200
    expect_problem(send(api, "&save=true"), 503, "read-only")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("url=nowhere", "url"), ("save=yes", "save"), ("on_conflict=merge", "on_conflict"), ("dry_run=1", "dry_run")],
)
def test_a_bad_parameter_is_400(api, query, parameter):
    response = api.post(f"{PATH}?{query}", b"<p>x", content_type=HTML)
    assert {at for at, _ in faults_of(expect_problem(response, 400, "invalid-parameter"))} == {parameter}


def test_json_has_a_member_for_the_address(api):
    response = api.post(f"{PATH}?url={URL}", {"html": PAGE})
    assert faults_of(expect_problem(response, 400, "invalid-parameter")) == {("url", "invalid")}


def test_all_faults_of_a_body_are_told(api):
    problem = expect_problem(api.post(PATH, {"url": "ftp://a.example/", "htlm": "x"}), 422, "validation-failed")
    assert faults_of(problem) == {("/html", "required"), ("/url", "invalid-url"), ("/htlm", "unknown-member")}


@pytest.mark.parametrize("content_type", ["text/plain", "application/json; charset=latin-1", ""])
def test_other_media_types_are_415(api, content_type):
    expect_problem(api.post(PATH, b"{}", content_type=content_type), 415, "unsupported-media-type")


def test_a_charset_that_there_is_not_is_415(api):
    response = api.post(PATH, b"<p>x", content_type="text/html; charset=martian")
    expect_problem(response, 415, "unsupported-media-type")


def test_a_page_of_five_mebibytes_is_taken_and_no_larger_one(api):
    assert api.post(PATH, b"x" * LIMIT, content_type=HTML).status_code == 200
    problem = expect_problem(api.post(PATH, b"x" * (LIMIT + 1), content_type=HTML), 413, "content-too-large")
    assert problem["limit"] == LIMIT


def test_pages_may_hold_control_characters(api):
    assert drafted(api.post(PATH, {"html": "\x00<h1>Salt\x07</h1><title>Salt</title>", "url": URL}))["title"] == "Salt"


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_answered(api, body):
    assert api.post(PATH, body, content_type=HTML).status_code == 200
