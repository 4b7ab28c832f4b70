"""Sources over HTTP."""

import re

import pytest
from flask import Flask

from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, courier, lantern, moth

MEMBERS = {
    "id", "version", "created_at", "updated_at", "links", "name", "url", "country", "language", "credit", "policies",
    "requests", "ai_terms", "more_permissions_url",
}  # fmt: skip
BLANKET = (
    "All Content by the Harbour Courier is licensed under a Creative Commons Attribution 4.0 International License."
)


@pytest.fixture
def api(app: Flask) -> Api:
    """An application of the test's own."""
    return Api(app)


def refused(api: Api, document: object) -> set[tuple[str, str]]:
    return faults_of(expect_problem(api.post("/v1/sources", document), 422, "validation-failed"))


def test_the_least_source_has_every_member(api):
    source = api.created("/v1/sources", {"name": "The Lantern"})
    assert source.keys() == MEMBERS
    assert (source["id"], source["version"], source["url"]) == ("the-lantern", 1, None)
    assert (source["policies"], source["requests"]) == ([], [])
    assert set(source["ai_terms"].values()) == {None}


def test_everything_that_was_sent_comes_back(api):
    sent = courier()
    source = api.read(api.created("/v1/sources", sent)["links"]["self"])
    for name in sent.keys() - {"policies"}:
        assert source[name] == sent[name], name
    (policy,) = source["policies"]
    assert policy["license"]["id"] == "CC-BY-4.0"
    for name in ("statement", "statement_url", "valid_from", "valid_to"):
        assert policy[name] == sent["policies"][0][name]


def test_a_policy_may_be_its_statement_alone(api):
    (policy,) = api.created("/v1/sources", courier(policies=[{"statement": BLANKET}]))["policies"]
    assert (policy["license"]["id"], policy["statement"]) == ("CC-BY-4.0", BLANKET)


@pytest.mark.parametrize(
    "document", [lantern(), courier(), courier(policies=[{"statement": BLANKET}, {"license": "CC BY"}])]
)
def test_put_of_what_was_got_changes_nothing(api, document):
    path = api.created("/v1/sources", document)["links"]["self"]
    got = api.get(path)
    for send in (api.put, api.patch):
        response = send(path, got.json, if_match=got.headers["ETag"])
        assert (response.status_code, response.data) == (200, got.data)


def test_a_creation_answers_201_with_its_address(api):
    response = api.post("/v1/sources", courier())
    assert (response.status_code, response.headers["Location"]) == (201, "/v1/sources/harbour-courier")
    assert (response.headers["ETag"], response.headers["Feed-Seq"]) == ('"1"', "1")


def test_the_slug_may_be_chosen(api):
    assert api.created("/v1/sources", courier(id="hc"))["id"] == "hc"
    response = api.put("/v1/sources/night-desk", lantern(), if_none_match="*")
    assert (response.status_code, response.json["id"]) == (201, "night-desk")


@pytest.mark.parametrize(
    ("name", "slug"), [("Le Métro", "le-metro"), ("  A & B  ", "a-b"), ("X" * 100, "x" * 64), ("Ünïcode!", "unicode")]
)
def test_else_it_is_made_of_the_name(api, name, slug):
    assert api.created("/v1/sources", {"name": name})["id"] == slug


def test_a_name_that_is_taken_or_has_no_letters_gets_hex_digits(api):
    api.created("/v1/sources", {"name": "The Lantern"})
    for name in ("The Lantern", "the lantern!", "灯火"):
        assert re.fullmatch(r"source-[0-9a-f]{8}", api.created("/v1/sources", {"name": name})["id"])


@pytest.mark.parametrize(
    "document", [lantern(id="the-lantern", url=None), lantern(id="other"), lantern(url="HTTPS://LANTERN.example:443")]
)
def test_a_slug_or_address_that_is_taken_is_a_conflict(api, document):
    api.created("/v1/sources", lantern())
    expect_problem(api.post("/v1/sources", document), 409, "conflict")
    api.created("/v1/sources", {"name": "Other", "id": "second"})
    if document["url"]:
        expect_problem(api.patch("/v1/sources/second", {"url": document["url"]}, if_match="*"), 409, "conflict")


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({}, ("/name", "required")),
        ({"name": ""}, ("/name", "empty")),
        ({"name": 1}, ("/name", "wrong-type")),
        (lantern(nmae="x"), ("/nmae", "unknown-member")),
        (lantern(id="No Slug"), ("/id", "invalid-slug")),
        (lantern(id="a" * 65), ("/id", "invalid-slug")),
        (lantern(version=1), ("/version", "read-only")),
        (lantern(country="Ireland"), ("/country", "invalid-country")),
        (lantern(url="ftp://x.example/"), ("/url", "invalid-url")),
        (lantern(language="x y"), ("/language", "invalid-language")),
        (lantern(policies={}), ("/policies", "wrong-type")),
        (lantern(policies=[{}]), ("/policies/0/license", "required")),
        (lantern(policies=[{"license": "CC BY 9.9"}]), ("/policies/0/license", "unknown-license")),
        (lantern(policies=[{"license": "CC0-1.0", "valid_from": "2024"}]), ("/policies/0/valid_from", "invalid-date")),
        (lantern(policies=[{"license": "CC0-1.0", "valid_from": "2024-02-01", "valid_to": "2024-01-01"}]),
         ("/policies/0/valid_to", "out-of-range")),
        (lantern(policies=[{"license": "CC0-1.0", "from": "2024-02-01"}]), ("/policies/0/from", "unknown-member")),
        (lantern(ai_terms={"search": "yes"}), ("/ai_terms/search", "wrong-type")),
        (lantern(requests=[{"text": "x"}]), ("/requests/0/kind", "required")),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_its_place(api, document, fault):
    assert refused(api, document) == {fault}


def test_all_faults_are_told_at_once(api):
    document = {"url": 1, "country": "x", "policies": [{"license": 1}, {"valid_to": "x"}], "links": {}, "foo": 1}
    assert {at for at, _ in refused(api, document)} >= {
        "/name", "/url", "/country", "/policies/0/license", "/policies/1/valid_to", "/links", "/foo",
    }  # fmt: skip


def test_a_put_may_not_name_another_slug(api):
    api.created("/v1/sources", lantern())
    response = api.put("/v1/sources/the-lantern", lantern(id="other"), if_match="*")
    assert faults_of(expect_problem(response, 422, "validation-failed")) == {("/id", "read-only")}


@pytest.mark.parametrize("slug", ["The-Lantern", "a_b", "a" * 65, "a.b", "%20", "é"])
def test_what_is_no_slug_is_not_found(api, slug):
    expect_problem(api.get(f"/v1/sources/{slug}"), 404, "not-found")


def test_a_source_with_articles_is_not_deleted(api):
    article = api.created("/v1/articles", moth())
    expect_problem(api.delete("/v1/sources/the-lantern", if_match="*"), 409, "conflict")
    api.delete(article["links"]["self"], if_match="*")
    assert api.delete("/v1/sources/the-lantern", if_match="*").status_code == 204
    problem = expect_problem(api.get("/v1/sources/the-lantern"), 410, "gone")
    assert problem["version"] == 2
    response = api.put(article["links"]["self"], moth(source="the-lantern"), if_none_match="*")
    assert faults_of(expect_problem(response, 422, "validation-failed")) == {("/source", "unknown-source")}


def test_a_deleted_source_leaves_the_list_and_frees_its_address(api):
    api.created("/v1/sources", lantern())
    api.delete("/v1/sources/the-lantern", if_match="*")
    assert api.walk("/v1/sources") == []
    assert api.created("/v1/sources", lantern(id="new-lantern"))["url"] == "https://lantern.example/"
    expect_problem(api.put("/v1/sources/the-lantern", lantern(), if_none_match="*"), 409, "conflict")


def test_they_are_listed_by_slug(api):
    for name in ("C", "A", "D", "B"):
        api.created("/v1/sources", {"name": name})
    assert [source["id"] for source in api.walk("/v1/sources?limit=2")] == ["a", "b", "c", "d"]


class TestReapply:
    """``POST …/reapply`` resolves what articles inherited anew."""

    @pytest.fixture(autouse=True)
    def _inherit(self, api: Api) -> None:
        api.created("/v1/sources", courier())
        dates = ("2024-05", "2024-06", "2035")
        self.paths = [
            api.created("/v1/articles", another_moth(source="harbour-courier", published_at=date))["links"]["self"]
            for date in dates
        ]
        own = another_moth(source="harbour-courier", published_at="2024", license="CC-BY-SA-4.0")
        self.paths.append(api.created("/v1/articles", own)["links"]["self"])
        policies = [{"license": "CC-BY-ND-4.0"}]
        assert api.patch("/v1/sources/harbour-courier", {"policies": policies}, if_match="*").status_code == 200

    def licenses(self, api: Api) -> list[tuple[str | None, int]]:
        articles = [api.read(path) for path in self.paths]
        return [(article["license"]["id"], article["version"]) for article in articles]

    def test_a_changed_policy_alone_changes_no_article(self, api):
        assert self.licenses(api) == [("CC-BY-4.0", 1), ("CC-BY-4.0", 1), (None, 1), ("CC-BY-SA-4.0", 1)]

    def test_it_changes_what_is_inherited_and_nothing_stated(self, api):
        assert api.post("/v1/sources/harbour-courier/reapply").json == {"articles": 4, "updated": 3, "unchanged": 1}
        assert self.licenses(api) == [("CC-BY-ND-4.0", 2)] * 3 + [("CC-BY-SA-4.0", 1)]
        assert api.post("/v1/sources/harbour-courier/reapply").json == {"articles": 4, "updated": 0, "unchanged": 4}

    def test_a_dry_run_only_tells(self, api):
        response = api.post("/v1/sources/harbour-courier/reapply?dry_run=true")
        assert response.json == {"articles": 4, "updated": 3, "unchanged": 1}
        assert response.headers["Preference-Applied"] == "dry-run"
        assert self.licenses(api)[0] == ("CC-BY-4.0", 1)

    def test_of_nobody_is_not_found(self, api):
        expect_problem(api.post("/v1/sources/nobody/reapply"), 404, "not-found")


class TestWhatStandsInTheWay:
    """A conflict names the source that has the slug or the address, and no other."""

    def test_of_a_slug(self, api):
        api.created("/v1/sources", lantern())
        problem = expect_problem(api.post("/v1/sources", {"id": "the-lantern", "name": "Another"}), 409, "conflict")
        assert problem["conflicting_url"] == "/v1/sources/the-lantern"

    def test_of_an_address(self, api):
        held = api.created("/v1/sources", lantern(id="first"))
        for send in (
            lambda body: api.post("/v1/sources", body),
            lambda body: api.post("/v1/sources", {**body, "id": "x"}),
        ):
            problem = expect_problem(send({"name": "Another", "url": held["url"]}), 409, "conflict")
            assert problem["conflicting_url"] == "/v1/sources/first"
            assert "another" not in problem["detail"]
        api.created("/v1/sources", {"name": "Second"})
        response = api.patch("/v1/sources/second", {"url": held["url"]}, if_match="*")
        assert expect_problem(response, 409, "conflict")["conflicting_url"] == "/v1/sources/first"

    def test_of_a_slug_that_a_deleted_source_had(self, api):
        api.created("/v1/sources", lantern(id="first"))
        api.delete("/v1/sources/first", if_match="*")
        problem = expect_problem(api.post("/v1/sources", {"id": "first", "name": "Another"}), 409, "conflict")
        assert problem["conflicting_url"] == "/v1/sources/first"
        assert "deleted" in problem["detail"]


def test_resolving_anew_tells_its_last_place_in_the_feed(api):
    api.created("/v1/sources", lantern(id="one", policies=[{"license": "CC-BY-4.0"}]))
    for _ in range(2):
        api.created("/v1/articles", another_moth(source="one"))
    api.patch("/v1/sources/one", {"policies": [{"license": "CC-BY-SA-4.0"}]}, if_match="*")
    rehearsed = api.post("/v1/sources/one/reapply?dry_run=true")
    done = api.post("/v1/sources/one/reapply")
    idle = api.post("/v1/sources/one/reapply")
    assert int(done.headers["Feed-Seq"]) == api.read("/v1/changes")["data"][-1]["seq"]
    assert "Feed-Seq" not in rehearsed.headers
    assert "Feed-Seq" not in idle.headers
