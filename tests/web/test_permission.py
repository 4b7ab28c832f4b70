"""The permission of an article over HTTP."""

from datetime import UTC, datetime

import pytest

from service.core.permission import USES
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lighthouse

MEMBERS = {
    "article", "id", "use", "asked", "verdict", "duties", "reasons", "questions", "credit", "license",
    "earlier_grants", "rule_set", "as_of",
}  # fmt: skip


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


def add(api: Api, **members: object) -> str:
    """The path of the permission of a new article."""
    return str(api.created("/v1/articles", another_moth(**members))["links"]["self"]) + "/permission"


def ask(api: Api, path: str, **parameters: str) -> dict:
    response = api.get(path + "?" + "&".join(f"{name}={value}" for name, value in parameters.items()))
    assert response.status_code == 200, response.text
    answer: dict = response.json
    assert answer.keys() == MEMBERS
    assert answer["reasons"], "every verdict names a rule"
    return answer


def test_the_article_of_an_agency_may_be_translated_and_sold(api):
    """All its content is under one license, so the article says nothing of its own."""
    statement = (
        "All Content by Mehr News Agency is licensed under a Creative Commons Attribution 4.0 International License."
    )
    source = {
        "name": "Mehr News Agency",
        "policies": [{"license": statement, "statement_url": "https://mehr.example/"}],
    }
    api.created("/v1/sources", source)
    path = add(api, source="mehr-news-agency", published_at="2023-07-05")
    answer = ask(api, path, use="translate", commercial="true", into="de", changes="translated")
    assert answer["verdict"] == "allow_with_duties"
    assert {duty["kind"] for duty in answer["duties"]} >= {"attribution", "changes"}
    assert {duty["basis"] for duty in answer["duties"]} == {"license"}
    assert (answer["license"]["id"], answer["license"]["origin"]) == ("CC-BY-4.0", "source")
    assert answer["license"]["statement"] == statement
    assert "Mehr News Agency" in answer["credit"]["text"]
    assert "CC BY 4.0" in answer["credit"]["text"]
    assert 'rel="license"' in answer["credit"]["html"]
    assert (answer["use"], answer["rule_set"], answer["questions"]) == ("translate", "2026-11", [])
    assert answer["asked"]["commercial"] is True
    assert answer["as_of"] == datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("use", USES)
def test_every_use_is_answered(api, use):
    assert ask(api, add(api, license="CC-BY-SA-4.0"), use=use)["use"] == use


@pytest.mark.parametrize(
    ("license", "parameters", "verdict"),
    [
        ("CC-BY-NC-4.0", {"use": "republish", "commercial": "true"}, "deny"),
        ("CC-BY-NC-4.0", {"use": "republish"}, "unknown"),
        ("CC-BY-NC-4.0", {"use": "republish", "commercial": "false"}, "allow_with_duties"),
        ("CC-BY-ND-4.0", {"use": "translate"}, "deny"),
        ("CC-BY-ND-4.0", {"use": "translate", "share": "false"}, "allow"),
        ("CC0-1.0", {"use": "adapt", "commercial": "true"}, "allow"),
        ("CC BY", {"use": "republish"}, "allow_with_duties"),
        ("Creative Commons license", {"use": "republish"}, "unknown"),
        (None, {"use": "republish"}, "unknown"),
        (None, {"use": "index"}, "allow"),
        ("all-rights-reserved", {"use": "republish"}, "deny"),
        (["CC-BY-NC-4.0", "CC-BY-ND-4.0"], {"use": "republish", "commercial": "true"}, "allow_with_duties"),
        ("CC-DEVNATIONS-2.0", {"use": "republish", "territory": "de"}, "deny"),
        ("CC-BY-SA-4.0", {"use": "adapt", "outbound_license": "GPL-3.0-only"}, "allow_with_duties"),
        ("CC-BY-SA-4.0", {"use": "adapt", "outbound_license": "CC BY 4.0"}, "deny"),
    ],
)
def test_the_license_decides(api, license, parameters, verdict):
    assert ask(api, add(api, license=license), **parameters)["verdict"] == verdict


def test_whom_to_ask_makes_a_no_into_ask_and_may_stand_at_the_source(api):
    source = {"name": "Asked Press", "more_permissions_url": "https://asked.example/rights"}
    api.created("/v1/sources", source)
    answer = ask(api, add(api, source="asked-press", license="all-rights-reserved"), use="republish")
    assert answer["verdict"] == "ask"
    assert any("https://asked.example/rights" in reason["text"] for reason in answer["reasons"])


def test_requests_and_terms_for_machines_are_wishes_of_the_article_or_its_source(api):
    source = {
        "name": "Wishing Press",
        "requests": [{"kind": "logo", "text": "Show our logo."}, {"kind": "tracking-pixel", "text": "Keep the pixel."}],
        "ai_terms": {"train_ai": False},
    }
    api.created("/v1/sources", source)
    own = [{"kind": "tracking-pixel", "text": "Keep this other pixel."}]
    path = add(api, source="wishing-press", license="CC0-1.0", requests=own)
    answer = ask(api, path, use="republish")
    texts = " ".join(duty["text"] for duty in answer["duties"])
    assert "Show our logo." in texts
    assert "Keep this other pixel." in texts
    assert "Keep the pixel." not in texts
    assert {duty["basis"] for duty in answer["duties"]} == {"request"}
    training = ask(api, path, use="ai-train")
    assert training["verdict"] == "allow"
    assert "request" in {duty["basis"] for duty in training["duties"]}


def test_a_part_that_is_not_cleared_is_named(api):
    parts = [{"kind": "image", "url": "https://lantern.example/a.jpg", "license": "all-rights-reserved"}]
    answer = ask(api, add(api, license="CC0-1.0", parts=parts), use="republish")
    assert answer["verdict"] == "allow_with_duties"
    assert any("part:0" in duty["text"] for duty in answer["duties"])


def test_the_ledger_is_read_for_the_day_asked(api):
    article = api.created("/v1/articles", another_moth(license={"id": "CC-BY-4.0", "end": "2024-12-31"}))
    path = article["links"]["self"]
    response = api.post(f"{path}/grants", {"license": {"id": "CC-BY-NC-4.0", "start": "2025-01-01"}}, if_match='"1"')
    assert response.status_code == 201
    sold = {"use": "republish", "commercial": "true"}
    assert ask(api, f"{path}/permission", **sold, as_of="2024-12-31")["verdict"] == "allow_with_duties"
    later = ask(api, f"{path}/permission", **sold)
    assert later["verdict"] == "unknown"
    assert [question["question"] for question in later["questions"]] == ["obtained_on"]
    assert [(grant["n"], grant["license"]["id"]) for grant in later["earlier_grants"]] == [(1, "CC-BY-4.0")]
    assert ask(api, f"{path}/permission", **sold, obtained_on="2024-06-01")["verdict"] == "allow_with_duties"
    assert ask(api, f"{path}/permission", **sold, obtained_on="2025-06-01")["verdict"] == "deny"


def test_the_same_question_has_the_same_bytes(api):
    path = add(api, license="CC-BY-SA-4.0") + "?use=translate&commercial=true&lang=fa"
    assert api.get(path).data == api.get(path).data


def test_it_follows_the_article_and_its_source(api):
    api.created("/v1/sources", {"name": "Followed Press"})
    path = add(api, source="followed-press", license="CC-BY-4.0") + "?use=republish"
    first = api.get(path)
    tag = first.headers["ETag"]
    assert api.get(path, if_none_match=tag).status_code == 304
    wish = {"requests": [{"kind": "logo", "text": "Show our logo."}]}
    assert api.patch("/v1/sources/followed-press", wish, if_match='"1"').status_code == 200
    changed = api.get(path, if_none_match=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert api.get(path, if_match='"1"').status_code == 200
    assert api.get(path, if_match='"9"').status_code == 412


def test_the_credit_is_in_the_language_asked_for(api):
    path = str(api.created("/v1/articles", lighthouse(url="https://harbour.example/de"))["links"]["self"])
    answer = ask(api, f"{path}/permission", use="translate", commercial="true", lang="de")
    assert answer["credit"]["lang"] == "de"
    assert "lizenziert" in answer["credit"]["text"]


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("", {"use"}),
        ("use=steal", {"use"}),
        ("use=", {"use"}),
        ("use=republish&commercial=yes", {"commercial"}),
        ("use=republish&commercial=", {"commercial"}),
        ("use=republish&share=1", {"share"}),
        ("use=republish&territory=Germany", {"territory"}),
        ("use=republish&territory=ZZ", {"territory"}),
        ("use=adapt&outbound_license=MIT-is-best", {"outbound_license"}),
        ("use=republish&as_of=yesterday", {"as_of"}),
        ("use=republish&as_of=2024-02-30", {"as_of"}),
        ("use=republish&obtained_on=2024", {"obtained_on"}),
        ("use=republish&medium=stone", {"medium"}),
        ("use=x&commercial=x&as_of=x", {"use", "commercial", "as_of"}),
    ],
)
def test_a_parameter_that_is_wrong_is_named(api, query, parameters):
    response = api.get(add(api) + f"?{query}")
    assert {fault["parameter"] for fault in expect_problem(response, 400, "invalid-parameter")["errors"]} == parameters


def test_a_copy_is_not_obtained_after_the_day_asked(api):
    response = api.get(add(api) + "?use=republish&as_of=2024-01-01&obtained_on=2024-01-02")
    faults = expect_problem(response, 400, "invalid-parameter")["errors"]
    assert [fault["parameter"] for fault in faults] == ["obtained_on"]


def test_an_unknown_language_is_answered_with_the_list(api):
    problem = expect_problem(api.get(add(api) + "?use=republish&lang=tlh"), 422, "validation-failed")
    assert "fa" in problem["detail"]


def test_what_is_not_there_has_no_permission(api):
    missing = "/v1/articles/01900000-0000-7000-8000-000000000000/permission?use=index"
    expect_problem(api.get(missing), 404, "not-found")
    path = add(api)
    api.delete(path.removesuffix("/permission"), if_match='"1"')
    expect_problem(api.get(f"{path}?use=index"), 410, "gone")
    expect_problem(api.get(f"{path}?use=index&lease=1"), 400, "unknown-parameter")


def test_many_works_are_asked_at_once(api):
    free, closed = add(api, license="CC0-1.0"), api.created("/v1/articles", another_moth(license="all-rights-reserved"))
    free_id = free.split("/")[3]
    named = [closed["url"], free_id, "CC-BY-NC-4.0", "nothing", free_id, closed["id"]]
    response = api.post("/v1/permissions", {"articles": named, "use": "republish", "commercial": True})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    items = response.json["data"]
    assert [item["article"] for item in items] == [closed["url"], free_id, "CC-BY-NC-4.0", "nothing", closed["id"]]
    assert [item.get("verdict") for item in items] == ["deny", "allow", "deny", None, "deny"]
    assert items[3]["problem"]["status"] == 404
    assert items[1] == ask(api, free, use="republish", commercial="true")


def test_reading_is_public_and_a_wrong_key_is_told(api):
    path = add(api) + "?use=index"
    body = {"articles": ["CC0-1.0"], "use": "index"}
    assert api.with_key(None).get(path).status_code == 200
    assert api.with_key(None).post("/v1/permissions", body).status_code == 200
    expect_problem(api.with_key("ak_wrong").post("/v1/permissions", body), 401, "unauthenticated")


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {("/articles", "required"), ("/use", "required")}),
        ({"articles": [], "use": "index"}, {("/articles", "too-few")}),
        ({"articles": "a", "use": "index"}, {("/articles", "wrong-type")}),
        ({"articles": ["a"] * 201, "use": "index"}, {("/articles", "too-many")}),
        ({"articles": [1, ""], "use": "index"}, {("/articles/0", "wrong-type"), ("/articles/1", "empty")}),
        ({"articles": ["a"], "use": "index", "commercial": "true"}, {("/commercial", "wrong-type")}),
        ({"articles": ["a"], "use": "sell"}, {("/use", "not-allowed")}),
        ({"articles": ["a"], "use": "index", "lang": "tlh"}, {("/lang", "unknown-language")}),
        ({"articles": ["a"], "use": "index", "licence": 1}, {("/licence", "unknown-member")}),
        (
            {"articles": ["a"], "use": "index", "as_of": "2024-01-01", "obtained_on": "2024-01-02"},
            {("/obtained_on", "out-of-range")},
        ),
    ],
)
def test_a_body_that_is_wrong_is_told_with_every_fault(api, body, faults):
    problem = expect_problem(api.post("/v1/permissions", body), 422, "validation-failed")
    assert faults_of(problem) == faults


def test_a_copy_is_not_obtained_tomorrow(api):
    path = add(api, license="CC-BY-4.0")
    faults = expect_problem(api.get(path + "?use=republish&obtained_on=9999-01-01"), 400, "invalid-parameter")["errors"]
    assert [fault["parameter"] for fault in faults] == ["obtained_on"]
    body = {"articles": ["CC-BY-4.0"], "use": "republish", "obtained_on": "9999-01-01"}
    for as_of in ({}, {"as_of": None}):
        problem = expect_problem(api.post("/v1/permissions", {**body, **as_of}), 422, "validation-failed")
        assert faults_of(problem) == {("/obtained_on", "out-of-range")}


def test_the_index_of_a_disputed_article_claims_no_license(api):
    path = add(api, license="CC-BY-4.0")
    grants = path.removesuffix("/permission") + "/grants"
    api.created(grants, {"license": "CC-BY-NC-4.0"}, if_match="*")
    answer = ask(api, path, use="index")
    assert (answer["verdict"], answer["license"]["status"]) == ("allow", "disputed")
    assert "is licensed under" not in answer["credit"]["text"]


def test_the_credit_names_the_party_of_the_source(api):
    api.created("/v1/sources", {"name": "Dune Gazette", "credit": "Dune Pool"})
    assert (
        "Dune Pool" in ask(api, add(api, source="dune-gazette", license="CC-BY-4.0"), use="republish")["credit"]["text"]
    )
