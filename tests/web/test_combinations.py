"""Combinations of works over HTTP."""

from itertools import permutations

import pytest

from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth

MEMBERS = {
    "verdict", "outbound", "conflicts", "duties", "reasons", "questions", "credit", "works", "rule_set", "as_of",
}  # fmt: skip


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


def add(api: Api, **members: object) -> str:
    return str(api.created("/v1/articles", another_moth(**members))["id"])


def combine(api: Api, works: list[str], **members: object) -> dict:
    response = api.post("/v1/combinations", {"works": works, "as": "adaptation", **members})
    assert response.status_code == 200, response.text
    answer: dict = response.json
    assert answer.keys() == MEMBERS
    assert answer["reasons"], "every verdict names a rule"
    return answer


def test_works_that_go_together_name_the_licenses_of_the_result_and_the_credit(api):
    works = [add(api, license="CC-BY-4.0", creators=["Ines"]), add(api, license="CC-BY-SA-3.0", creators=["Tomás"])]
    answer = combine(api, works, commercial=True)
    assert answer["verdict"] == "allow_with_duties"
    assert "CC-BY-SA-4.0" in answer["outbound"]
    assert not {"CC-BY-4.0", "CC0-1.0"} & set(answer["outbound"])
    assert [work["license"]["id"] for work in answer["works"]] == ["CC-BY-4.0", "CC-BY-SA-3.0"]
    assert [work["id"] for work in answer["works"]] == works
    for name in ("Ines", "Tomás"):
        assert all(name in answer["credit"][view] for view in ("text", "html", "markdown"))


def test_works_that_do_not_are_named_in_pairs_with_the_rule(api):
    answer = combine(api, ["CC-BY-SA-4.0", "CC-BY-NC-SA-4.0"])
    assert (answer["verdict"], answer["outbound"]) == ("deny", [])
    (conflict,) = answer["conflicts"]
    assert sorted(conflict["works"]) == ["CC-BY-NC-SA-4.0", "CC-BY-SA-4.0"]
    assert conflict["rule"]


def test_no_derivatives_goes_into_a_collection_only(api):
    works = ["CC-BY-ND-4.0", "CC-BY-NC-4.0"]
    assert combine(api, works)["verdict"] == "deny"
    answer = combine(api, works, **{"as": "collection"})
    assert answer["verdict"] == "allow_with_duties"
    assert "noncommercial" in {duty["kind"] for duty in answer["duties"]}
    assert combine(api, works, **{"as": "collection", "commercial": True})["verdict"] == "deny"


@pytest.mark.parametrize(("outbound", "verdict"), [("GPL-3.0-only", "allow_with_duties"), ("CC-BY-4.0", "deny")])
def test_the_license_of_the_result_may_be_asked_for(api, outbound, verdict):
    assert combine(api, ["CC-BY-SA-4.0", "CC0-1.0"], outbound_license=outbound)["verdict"] == verdict


def test_the_order_of_the_works_changes_nothing(api):
    works = [add(api, license=license) for license in ("CC-BY-4.0", "CC-BY-NC-3.0", "CC-BY-SA-2.0")]
    answers = [combine(api, list(order)) for order in permutations(works)]
    for answer in answers:
        answer["works"].sort(key=lambda work: work["work"])
    assert all(answer == answers[0] for answer in answers)


def test_a_work_that_is_not_there_has_its_problem_and_makes_no_yes(api):
    answer = combine(api, ["nothing", "CC0-1.0"])
    assert answer["verdict"] == "unknown"
    assert answer["works"][0]["problem"]["status"] == 404
    assert "problem" not in answer["works"][1]


@pytest.mark.parametrize("license", [None, "Creative Commons license"])
def test_a_license_that_is_not_known_makes_no_yes(api, license):
    assert combine(api, [add(api, license=license), "CC0-1.0"])["verdict"] == "unknown"


def test_of_a_dual_license_the_one_that_fits_is_taken(api):
    answer = combine(api, [add(api, license=["CC-BY-NC-4.0", "CC-BY-4.0"]), "CC-BY-SA-4.0"], commercial=True)
    assert answer["verdict"] == "allow_with_duties"
    assert answer["works"][0]["license"]["id"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {("/works", "required"), ("/as", "required")}),
        ({"works": [], "as": "collection"}, {("/works", "too-few")}),
        ({"works": ["a"], "as": "mixture"}, {("/as", "not-allowed")}),
        ({"works": ["a"] * 201, "as": "collection"}, {("/works", "too-many")}),
        ({"works": ["a"], "as": "collection", "commercial": 1}, {("/commercial", "wrong-type")}),
        ({"works": ["a"], "as": "adaptation", "outbound_license": "x"}, {("/outbound_license", "unknown-license")}),
        ({"works": ["a"], "as": "adaptation", "lang": "tlh"}, {("/lang", "unknown-language")}),
        ({"works": [None], "as": "adaptation", "ways": 1}, {("/works/0", "required"), ("/ways", "unknown-member")}),
    ],
)
def test_a_body_that_is_wrong_is_told_with_every_fault(api, body, faults):
    problem = expect_problem(api.post("/v1/combinations", body), 422, "validation-failed")
    assert faults_of(problem) == faults


def test_it_takes_json_only(api):
    expect_problem(api.post("/v1/combinations", b"works", content_type="text/plain"), 415, "unsupported-media-type")


def test_a_collection_under_developing_nations_takes_a_territory(api):
    works, collection = ["CC-DEVNATIONS-2.0"], {"as": "collection"}
    unsaid = combine(api, works, **collection)
    assert [question["question"] for question in unsaid["questions"]] == ["territory"]
    assert combine(api, works, **collection, territory="ir")["verdict"] == "allow_with_duties"
    assert combine(api, works, **collection, territory="DE")["verdict"] == "deny"
    response = api.post("/v1/combinations", {"works": works, **collection, "territory": "Iran"})
    assert faults_of(expect_problem(response, 422, "validation-failed")) == {("/territory", "unknown-territory")}


def test_the_credit_names_the_party_of_a_source(api):
    api.created("/v1/sources", {"name": "Combined Press", "credit": "Combined Press Pool"})
    works = [add(api, license="CC-BY-4.0", source="combined-press")]
    assert "Combined Press Pool" in combine(api, works)["credit"]["text"]


def test_a_license_without_a_version_goes_in_with_the_duty_to_find_it(api):
    answer = combine(api, ["CC BY", "CC-BY-SA-4.0"])
    assert (answer["verdict"], answer["outbound"]) == ("allow_with_duties", ["CC-BY-SA-4.0"])
    assert "version" in {duty["kind"] for duty in answer["duties"]}
    assert combine(api, ["Creative Commons license", "CC-BY-4.0"])["verdict"] == "unknown"
