"""The credits of many works over HTTP."""

import pytest

from service.core.attribution import LANGUAGES
from service.formats.schemas.attributions import MAX_WORKS
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lighthouse

PATH = "/v1/attributions"
NOBODY = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


@pytest.fixture(scope="module")
def lamp(shared_api: Api) -> dict:
    """An article with everything in it."""
    return shared_api.created("/v1/articles", lighthouse())


@pytest.fixture
def moth(api: Api) -> dict:
    """An article with little in it."""
    return api.created("/v1/articles", another_moth(license="CC-BY-4.0"))


def credits(api: Api, articles: list[str], **members: str) -> dict:
    response = api.post(PATH, {"articles": articles, **members})
    assert response.status_code == 200, response.text
    return dict(response.json)


def test_a_block_holds_the_credit_of_each_work_in_their_order(api, lamp, moth):
    answer = credits(api, [moth["id"], lamp["id"]])
    assert [item["id"] for item in answer["items"]] == [moth["id"], lamp["id"]]
    for item in answer["items"]:
        alone = api.read(f"/v1/articles/{item['id']}/attribution")
        assert {name: item[name] for name in alone} == alone
    for view in ("text", "html", "markdown"):
        one, two = (item[view] for item in answer["items"])
        assert 0 <= answer[view].index(one) < answer[view].index(two)
    assert (answer["lang"], answer["dir"], answer["rule_set"]) == ("en", "ltr", "2026-11")


def test_what_is_named_twice_is_credited_once(api, moth):
    other = moth["url"].replace("https://lantern.example", "https://LANTERN.example:443") + "?utm_source=x"
    answer = credits(api, [moth["id"], moth["url"], moth["id"].upper(), other, moth["id"]])
    (item,) = answer["items"]
    assert item["given"] == [moth["id"], moth["url"], moth["id"].upper(), other]
    assert item["article"] == moth["id"]
    assert answer["text"] == item["text"]


def test_what_is_not_found_is_an_item_of_its_own(api, moth):
    gone = api.created("/v1/articles", another_moth())
    api.delete(gone["links"]["self"], if_match="*")
    named = [NOBODY, gone["id"], "https://lantern.example/nowhere", "nothing at all", moth["id"], "CC BY 9.0"]
    answer = credits(api, named)
    assert [item["article"] for item in answer["items"]] == named
    problems = [item.get("problem", {}).get("status") for item in answer["items"]]
    assert problems == [404, 410, 404, 404, None, 404]
    assert answer["items"][1]["problem"]["version"] == 2
    assert "CC-BY-4.0" in answer["items"][-1]["problem"]["detail"]
    assert answer["text"] == answer["items"][4]["text"]


@pytest.mark.parametrize(
    ("license", "words"),
    [
        ("CC-BY-4.0", "This article is licensed under CC BY 4.0"),
        ("http://creativecommons.org/licenses/by-sa/3.0/deed.fr", "This article is licensed under CC BY-SA 3.0"),
        ("CC0", "This article is dedicated to the public domain under CC0 1.0"),
        ("CC BY-NC", "This article is licensed under CC BY-NC (version not stated)."),
        ("all-rights-reserved", "This article. Rights as stated by the source: all rights reserved."),
    ],
)
def test_a_license_stands_for_a_work_without_a_title(api, license, words):
    (item,) = credits(api, [license])["items"]
    assert item["text"].startswith(words)
    assert item["id"] is None


def test_spellings_of_one_license_are_one_work(api):
    answer = credits(api, ["CC-BY-4.0", "cc by 4.0", "https://creativecommons.org/licenses/by/4.0"])
    assert len(answer["items"]) == 1


def test_the_language_the_changes_and_the_style_are_those_of_all(api, lamp, moth):
    answer = credits(api, [moth["id"], lamp["id"]], lang="de-AT", changes="abridged", changed_by="Mia", style="news")
    assert answer["lang"] == "de"
    assert [item["lang"] for item in answer["items"]] == ["de", "de"]
    assert answer["text"].count("Gekürzt von Mia.") == 2
    assert answer["text"].count("Zum Original:") == 2
    assert answer["html"].startswith('<div class="credits" lang="de" dir="ltr">')


def test_a_block_of_nothing_that_is_there_is_empty(api):
    answer = credits(api, [NOBODY])
    assert (answer["text"], answer["markdown"]) == ("", "")


def test_three_queries_find_all_works_however_many_are_named(api, moth):
    made = [moth, *(api.created("/v1/articles", another_moth()) for _ in range(20))]
    database = api.app.extensions["creditline"].database
    ran: list[str] = []

    def note(*args: object, **kwargs: object) -> None:
        ran.append(str(args or kwargs))

    database.peewee.query_hooks.append(note)
    try:
        answer = credits(api, [name for article in made for name in (article["url"], article["id"])] * 4)
    finally:
        database.peewee.query_hooks.remove(note)
    assert [item["id"] for item in answer["items"]] == [article["id"] for article in made]
    assert len([sql for sql in ran if "FROM article" in sql or "JOIN article" in sql]) == 3


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {("/articles", "required")}),
        ({"articles": []}, {("/articles", "too-few")}),
        ({"articles": None}, {("/articles", "required")}),
        ({"articles": "CC0"}, {("/articles", "wrong-type")}),
        ({"articles": ["CC0", "", 3]}, {("/articles/1", "empty"), ("/articles/2", "wrong-type")}),
        ({"articles": ["CC0"] * (MAX_WORKS + 1)}, {("/articles", "too-many")}),
        ({"articles": ["CC0"], "lang": "xx"}, {("/lang", "unknown-language")}),
        ({"articles": ["CC0"], "style": "poem", "medium": 1}, {("/style", "not-allowed"), ("/medium", "wrong-type")}),
        ({"articles": ["CC0"], "changes": " ", "into": "x"}, {("/changes", "empty"), ("/into", "invalid-language")}),
        ({"articles": ["CC0"], "langs": "de"}, {("/langs", "unknown-member")}),
    ],
)
def test_all_faults_of_a_body_are_told(api, body, faults):
    problem = expect_problem(api.post(PATH, body), 422, "validation-failed")
    assert faults_of(problem) == faults


def test_an_unknown_language_is_answered_with_the_list(api):
    problem = expect_problem(api.post(PATH, {"articles": ["CC0"], "lang": "tlh"}), 422, "validation-failed")
    assert ", ".join(LANGUAGES) in problem["errors"][0]["detail"]


def test_as_many_works_as_are_taken_are_credited(api):
    named = [f"nothing {number}" for number in range(MAX_WORKS - 1)]
    assert len(credits(api, [*named, "CC0"])["items"]) == MAX_WORKS


def test_reading_needs_no_key_where_it_is_public(api, moth):
    assert len(credits(api.with_key(None), [moth["id"]])["items"]) == 1


def test_a_wrong_key_is_401_all_the_same(api):
    expect_problem(api.with_key("ak_wrong").post(PATH, {"articles": ["CC0"]}), 401, "unauthenticated")


def test_it_takes_json_alone_and_gives_json_alone(api):
    text = api.post(PATH, b"CC0", content_type="text/plain")
    expect_problem(text, 415, "unsupported-media-type")
    expect_problem(api.post(PATH, {"articles": ["CC0"]}, accept="text/html"), 406, "not-acceptable")
    expect_problem(api.get(PATH), 405, "method-not-allowed")


def test_the_party_of_a_source_is_credited(api):
    api.created("/v1/sources", {"name": "Reef Bulletin", "credit": "Reef Pool"})
    id = api.created("/v1/articles", another_moth(source="reef-bulletin", license="CC-BY-4.0"))["id"]
    response = api.post("/v1/attributions", {"articles": [id]})
    assert "Reef Pool" in response.json["text"]
