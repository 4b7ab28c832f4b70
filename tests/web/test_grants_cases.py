"""What becomes of licenses over the years, as a client sees it: no right is lost, and nothing reaches back."""

from typing import Any

import pytest
from flask import Flask

from service.web.context import clock
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lantern

Document = dict[str, Any]
BY, SA, NC = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"
RESERVED = "all-rights-reserved"
SELL = "permission?use=republish&commercial=true"


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The ledger of one article does not concern another."""
    return shared_api


@pytest.fixture
def own(app: Flask) -> Api:
    """An application of the test's own."""
    return Api(app)


def made(api: Api, **members: object) -> str:
    """The address of a new article."""
    address: str = api.created("/v1/articles", another_moth(**members))["links"]["self"]
    return address


def relicense(api: Api, article: str, license: object) -> Document:
    response = api.patch(article, {"license": license}, if_match="*")
    assert response.status_code == 200, response.text
    document: Document = response.json
    return document


def end(api: Api, article: str, n: int, day: str | None) -> None:
    body = {"end": day, "reason": "They wrote to us."}
    assert api.patch(f"{article}/grants/{n}", body, if_match="*").status_code == 200


def spans(api: Api, article: str) -> list[tuple[str | None, str | None]]:
    return [(grant["start"], grant["end"]) for grant in api.walk(f"{article}/grants")]


def shown(api: Api, article: str, day: str) -> str:
    license = api.read(f"{article}?as_of={day}")["license"]
    name: str = license["id"] or license["status"]
    return name


class TestNoRightIsLost:
    """A license that is offered no longer stands for its time, whatever follows."""

    @pytest.mark.parametrize("later", [NC, RESERVED])
    def test_what_follows_an_offer_that_was_ended_begins_today(self, api, later):
        article = made(api, license=BY)
        end(api, article, 1, "2025-12-31")
        today = clock().date().isoformat()
        relicense(api, article, later)
        assert spans(api, article) == [(None, "2025-12-31"), (today, None)]
        assert shown(api, article, "2024-01-01") == BY
        assert api.read(f"{article}/{SELL}&obtained_on=2024-01-01")["verdict"] == "allow_with_duties"
        assert api.read(f"{article}/{SELL}")["verdict"] == "unknown"

    def test_so_does_what_follows_an_offer_that_came_with_its_end(self, api):
        article = made(api, license={"id": BY, "end": "2022-12-31"})
        relicense(api, article, NC)
        assert shown(api, article, "2022-12-31") == BY
        assert shown(api, article, "2023-06-01") == "unknown"

    def test_a_start_that_is_past_ends_the_old_offer_the_day_before(self, api):
        article = made(api, license=BY)
        relicense(api, article, {"id": NC, "start": "2024-05-01"})
        assert spans(api, article) == [(None, "2024-04-30"), ("2024-05-01", None)]
        assert [shown(api, article, day) for day in ("2024-04-30", "2024-05-01")] == [BY, NC]

    def test_a_copy_from_a_day_with_two_offers_is_open(self, api):
        article = made(api, license={"id": BY, "start": "2024-01-01"})
        relicense(api, article, {"id": NC, "start": "2023-01-01"})
        permission = api.read(f"{article}/{SELL}&obtained_on=2024-06-01")
        assert permission["verdict"] == "unknown"
        assert [item["question"] for item in permission["questions"]] == ["dispute"]
        assert api.read(f"{article}/{SELL}")["verdict"] == "unknown"

    def test_a_change_takes_back_what_was_scheduled(self, api):
        article = made(api, license=BY)
        relicense(api, article, {"id": "CC0-1.0", "start": "2999-03-01"})
        relicense(api, article, SA)
        assert shown(api, article, "2999-03-01") == SA
        (_, scheduled, _) = api.walk(f"{article}/grants")
        assert (scheduled["state"], scheduled["start"], scheduled["end"]) == ("asserted", "2999-03-01", "2999-02-28")

    def test_saying_again_what_stands_leaves_what_is_scheduled(self, api):
        article = made(api, license=BY)
        scheduled = relicense(api, article, {"id": "CC0-1.0", "start": "2999-03-01"})
        assert relicense(api, article, BY) == scheduled
        assert shown(api, article, "2999-03-01") == "CC0-1.0"


class TestAnotherSpelling:
    """A license by another of its names is the same license."""

    @pytest.mark.parametrize(
        "again",
        [
            "cc-by-4.0",
            "CC BY 4.0",
            "http://creativecommons.org/licenses/by/4.0",
            "https://creativecommons.org/licenses/by/4.0/legalcode.fr",
            "Creative Commons Attribution 4.0 International",
            {"url": "http://www.creativecommons.org/licenses/by/4.0/deed.de"},
            {"statement": "CC BY 4.0"},
            [BY, BY],
        ],
    )
    def test_it_is_no_new_statement(self, api, again):
        article = made(api, license=BY)
        response = api.patch(article, {"license": again}, if_match='"1"')
        assert (response.status_code, response.headers["ETag"]) == (200, '"1"')
        assert "Feed-Seq" not in response.headers
        assert len(spans(api, article)) == 1

    @pytest.mark.parametrize("again", ["Licensed under CC BY 4.0.", {"id": BY, "statement": "See the footer."}])
    def test_a_sentence_is_new_evidence(self, api, again):
        article = made(api, license=BY)
        assert relicense(api, article, again)["version"] == 2

    def test_a_list_has_each_license_once(self, api):
        for license in ([BY, BY], [BY, "https://creativecommons.org/licenses/by/4.0/"]):
            assert len(spans(api, made(api, license=license))) == 1
        assert len(spans(api, made(api, license=[BY, SA]))) == 2


class TestFaults:
    """Every fault stands at its own place, and all are told at once."""

    @pytest.mark.parametrize(
        ("license", "faults"),
        [
            ("", {("/license", "empty")}),
            ("  ", {("/license", "empty")}),
            ([BY, " "], {("/license/1", "empty")}),
            ({"id": " "}, {("/license/id", "empty")}),
            ({"statement": ""}, {("/license/statement", "empty")}),
            ({"id": BY, "url": "https://creativecommons.org/licenses/by-sa/4.0/"}, {("/license/url", "contradictory")}),
            (
                {"id": "CC-BY-9.0", "start": "x"},
                {("/license/id", "unknown-license"), ("/license/start", "invalid-date")},
            ),
            ({"id": BY, "start": "2024-02-01", "end": "2024-01-01"}, {("/license/end", "out-of-range")}),
            ({"id": BY, "status": "other"}, {("/license/status", "not-allowed")}),
            ({"id": BY, "status": "fine"}, {("/license/status", "not-allowed")}),
            ({"status": "fine"}, {("/license/status", "not-allowed")}),
            ({"status": "known", "id": "CC-BY-9.0"}, {("/license/id", "unknown-license")}),
            ({"status": "known", "id": BY, "unit": "by-sa"}, {("/license/unit", "read-only")}),
            (
                {"status": "known", "id": BY, "unit": "by-sa", "start": "x"},
                {("/license/unit", "read-only"), ("/license/start", "invalid-date")},
            ),
            ({"status": "unversioned", "unit": "zz"}, {("/license/unit", "unknown-license")}),
            ({"status": "unversioned", "unit": "zero"}, {("/license/unit", "unknown-license")}),
            (
                {"status": "other", "url": "https://creativecommons.org/licenses/by/4.0/"},
                {("/license/status", "not-allowed")},
            ),
            ({"status": RESERVED, "unit": "by"}, {("/license/unit", "read-only")}),
            ({"status": "disputed", "candidates": [BY, 1]}, {("/license/candidates/1", "wrong-type")}),
            ({"status": "unknown", "cost": 1}, {("/license/cost", "unknown-member")}),
        ],
    )  # fmt: skip
    def test_of_a_license(self, api, license, faults):
        problem = expect_problem(api.post("/v1/articles", another_moth(license=license)), 422, "validation-failed")
        assert faults_of(problem) == faults

    def test_of_a_license_that_is_empty_elsewhere(self, api):
        parts = another_moth(parts=[{"kind": "image", "license": " "}])
        problem = expect_problem(api.post("/v1/articles", parts), 422, "validation-failed")
        assert faults_of(problem) == {("/parts/0/license", "empty")}
        policies = lantern(name="Empty Lantern", policies=[{"license": ""}, {"statement": " "}])
        problem = expect_problem(api.post("/v1/sources", policies), 422, "validation-failed")
        assert faults_of(problem) == {("/policies/0/license", "empty"), ("/policies/1/statement", "empty")}
        body = {"license": "", "statement": ""}
        problem = expect_problem(api.post(f"{made(api)}/grants", body, if_match="*"), 422, "validation-failed")
        assert faults_of(problem) == {("/license", "empty"), ("/statement", "empty")}

    def test_an_address_without_version_fits_an_id_of_its_type(self, api):
        license = {"id": BY, "url": "https://creativecommons.org/licenses/by/"}
        assert api.read(made(api, license=license))["license"]["id"] == BY

    @pytest.mark.parametrize(
        "license", ["CC BY", "Creative Commons", [BY, SA], RESERVED, "Ask us.", "https://a.example/b"]
    )
    def test_what_one_article_shows_another_may_be_sent(self, api, license):
        first = api.read(made(api, license=license))
        sent = first["licenses"] if isinstance(license, list) else first["license"]
        second = api.read(made(api, license=sent))
        assert second["licenses"] == first["licenses"]


class TestPurgingAgain:
    """What was purged already is purged."""

    def test_it_changes_nothing(self, own):
        article = made(own, license=BY)
        first = own.delete(f"{article}?purge=true", if_match="*")
        entries = own.read("/v1/changes")["data"]
        again = own.delete(f"{article}?purge=true", if_match="*")
        assert (first.status_code, again.status_code) == (204, 204)
        assert "Feed-Seq" in first.headers
        assert "Feed-Seq" not in again.headers
        assert own.read("/v1/changes")["data"] == entries
        expect_problem(own.delete(f"{article}?purge=true", if_match='"1"'), 412, "precondition-failed")


class TestUpsertUnderACondition:
    """``If-Match`` of an upsert is about the article that is there."""

    PATH = "/v1/articles?on_conflict=update"

    def test_a_version_that_is_past_is_refused(self, api):
        sent = another_moth(license=BY)
        made_first = api.created("/v1/articles", sent)
        changed = {**sent, "title": "Another title"}
        problem = expect_problem(api.post(self.PATH, changed, if_match='"7"'), 412, "precondition-failed")
        assert problem["current_version"] == 1
        assert api.read(made_first["links"]["self"])["title"] == sent["title"]

    @pytest.mark.parametrize("condition", ['"1"', "*"])
    def test_the_present_version_is_replaced(self, api, condition):
        sent = another_moth(license=BY)
        api.created("/v1/articles", sent)
        response = api.post(self.PATH, {**sent, "title": "Another title"}, if_match=condition)
        assert (response.status_code, response.json["version"], response.json["title"]) == (200, 2, "Another title")

    @pytest.mark.parametrize("condition", ['"1"', "*"])
    def test_nothing_there_meets_no_condition(self, api, condition):
        expect_problem(api.post(self.PATH, another_moth(), if_match=condition), 404, "not-found")

    def test_without_one_it_is_as_ever(self, api):
        sent = another_moth()
        assert [api.post(self.PATH, sent).status_code for _ in range(2)] == [201, 200]
