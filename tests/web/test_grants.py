"""The license ledger of an article over HTTP: every grant is a change of the article."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from service.web.context import clock
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lantern

Document = dict[str, Any]
MEMBERS = {
    "n", "offer", "license", "scope", "start", "end", "statement", "statement_url", "origin", "recorded_at",
    "recorded_by", "state", "reason", "links",
}  # fmt: skip
BY, SA, NC = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"
NOWHERE = "/v1/articles/01900000-0000-7000-8000-000000000000"


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


def ledger(api: Api, article: str) -> list[Document]:
    return api.walk(f"{article}/grants")


def grant(api: Api, article: str, license: object = SA, **members: object) -> Document:
    return api.created(f"{article}/grants", {"license": license, **members}, if_match="*")


def change(api: Api, article: str, n: int, **members: object) -> Document:
    response = api.patch(f"{article}/grants/{n}", members, if_match="*")
    assert response.status_code == 200, response.text
    document: Document = response.json
    return document


class TestRepresentation:
    """A grant has every member, null where nothing is known."""

    def test_everything_that_was_sent_comes_back(self, api):
        article = made(api)
        sent = {
            "license": BY,
            "scope": "tdm",
            "start": "2024-05-04",
            "end": "2030-12-31",
            "statement": "Mining: CC BY 4.0.",
            "statement_url": "https://lantern.example/terms",
            "origin": "extraction",
        }
        document = api.created(f"{article}/grants", sent, if_match='"1"')
        assert document.keys() == MEMBERS
        assert {name: document[name] for name in sent if name != "license"} == {
            name: value for name, value in sent.items() if name != "license"
        }
        assert (document["n"], document["offer"], document["state"], document["reason"]) == (1, 1, "asserted", None)
        assert document["links"] == {"self": f"{article}/grants/1", "article": article}
        license = document["license"]
        assert (license["id"], license["status"], license["origin"]) == (BY, "known", "extraction")
        for name in ("start", "end", "statement", "statement_url"):
            assert license[name] == sent[name]
        assert api.read(f"{article}/grants/1") == document

    def test_the_license_of_an_article_is_its_first_grant(self, api):
        article = made(api, license={"id": BY, "statement": "CC BY 4.0"})
        (first,) = ledger(api, article)
        assert first["license"] == api.read(article)["license"]
        assert (first["n"], first["scope"], first["origin"], first["start"]) == (1, "article", "article", None)

    def test_who_recorded_it_is_the_id_of_a_key_and_no_secret(self, api):
        key = api.created("/v1/keys", {"name": "Desk", "scopes": ["write"]})
        article = made(api)
        grant(api.with_key(key["key"]), article)
        public = api.with_key(None).get(f"{article}/grants")
        assert public.json["data"][0]["recorded_by"] == key["id"]
        assert key["key"] not in public.text
        assert key["prefix"] not in public.text

    @pytest.mark.parametrize(
        ("given", "status", "id"),
        [
            ("cc by-sa 4.0", "known", SA),
            ("https://creativecommons.org/licenses/by/4.0/deed.fr", "known", BY),
            ({"url": "https://creativecommons.org/licenses/by/4.0/"}, "known", BY),
            ({"statement": "Licensed under CC BY 4.0."}, "known", BY),
            ("CC BY", "unversioned", None),
            ("all-rights-reserved", "all-rights-reserved", None),
            ("https://terms.example/", "other", None),
            ({"id": BY, "statement": "Licensed under CC BY 3.0."}, "disputed", None),
        ],
    )
    def test_a_license_is_read_in_any_form(self, api, given, status, id):
        license = grant(api, made(api), given)["license"]
        assert (license["status"], license["id"]) == (status, id)

    def test_the_license_that_a_document_shows_is_taken(self, api):
        shown = api.read(made(api, license={"id": BY, "start": "2024-01-01", "statement": "CC BY 4.0"}))["license"]
        taken = grant(api, made(api), shown)
        assert taken["license"] == shown

    @pytest.mark.parametrize("words", ["CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.de"])
    def test_the_words_are_kept_beside_the_normal_form(self, api, words):
        for body in ({"license": words}, {"statement": words}, {"license": BY, "statement": words}):
            document = api.created(f"{made(api)}/grants", body, if_match="*")
            assert (document["statement"], document["license"]["id"]) == (words, BY)

    def test_the_words_of_an_address_are_kept_beside_an_id(self, api):
        address = "http://creativecommons.org/licenses/by/4.0/deed.de"
        assert grant(api, made(api), {"id": BY, "url": address})["statement"] == address

    def test_a_statement_that_contradicts_the_license_is_a_dispute(self, api):
        document = grant(api, made(api), BY, statement="All texts are under CC BY-NC 4.0.")
        assert (document["license"]["status"], document["license"]["candidates"]) == ("disputed", [BY, NC])
        assert document["statement"] == "All texts are under CC BY-NC 4.0."


class TestList:
    """The ledger is read in the order of its numbers, page by page."""

    def test_every_grant_is_listed_mistaken_ones_too(self, api):
        article = made(api, license=BY)
        grant(api, article, SA)
        change(api, article, 1, state="mistaken", reason="Misread.")
        assert [(item["n"], item["state"]) for item in ledger(api, article)] == [(1, "mistaken"), (2, "asserted")]

    def test_an_article_without_a_license_has_an_empty_one(self, api):
        response = api.get(f"{made(api)}/grants")
        assert response.json["data"] == []
        assert response.json["page"] == {"limit": 50, "next": None}

    def test_it_is_walked_by_cursors_that_belong_to_the_article(self, api):
        article = made(api, license=[BY, SA, NC])
        items = api.walk(f"{article}/grants?limit=2")
        assert [item["n"] for item in items] == [1, 2, 3]
        cursor = api.get(f"{article}/grants?limit=2").json["page"]["next"].rpartition("cursor=")[2]
        expect_problem(api.get(f"{made(api)}/grants?cursor={cursor}"), 400, "invalid-cursor")

    def test_it_has_the_tag_of_the_article(self, api):
        article = made(api, license=BY)
        grant(api, article)
        for address in (f"{article}/grants", f"{article}/grants/1"):
            response = api.get(address)
            assert response.headers["ETag"] == '"2"' == api.get(article).headers["ETag"]
            unmodified = api.get(address, if_none_match='"2"')
            assert (unmodified.status_code, unmodified.data) == (304, b"")
            assert api.get(address, if_none_match='"1"').status_code == 200
            expect_problem(api.get(address, if_match='"1"'), 412, "precondition-failed")

    def test_a_hundred_grants_are_one_ledger(self, api):
        article = made(api, license=[{"id": BY, "start": f"{2000 + n}-01-01"} for n in range(100)])
        items = ledger(api, article)
        assert [item["n"] for item in items] == list(range(1, 101))
        assert {item["offer"] for item in items} == {1}
        assert grant(api, article, BY)["n"] == 101
        assert len(api.read(article)["licenses"]) < 101, "those that begin later are not open yet"

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
    def test_it_takes_no_other_method(self, api, method):
        response = api.send(method, f"{made(api)}/grants", {})
        expect_problem(response, 405, "method-not-allowed")
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
    def test_a_grant_is_neither_replaced_nor_deleted(self, api, method):
        response = api.send(method, f"{made(api, license=BY)}/grants/1", {})
        expect_problem(response, 405, "method-not-allowed")
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS, PATCH"

    def test_options_say_what_is_taken(self, api):
        article = made(api, license=BY)
        options = api.send("OPTIONS", f"{article}/grants")
        assert (options.status_code, options.headers["Accept-Post"]) == (204, "application/json")
        one = api.send("OPTIONS", f"{article}/grants/1")
        assert one.headers["Accept-Patch"] == "application/merge-patch+json, application/json"

    def test_head_is_get_without_the_body(self, api):
        article = made(api, license=BY)
        for address in (f"{article}/grants", f"{article}/grants/1"):
            got, headed = api.get(address), api.head(address)
            assert (headed.status_code, headed.data) == (200, b"")
            assert headed.headers["Content-Length"] == got.headers["Content-Length"]


class TestRecording:
    """``POST …/grants`` adds one, and the article follows."""

    def test_it_is_a_change_of_the_article(self, own):
        article = made(own, license=BY)
        response = own.post(f"{article}/grants", {"license": BY}, if_match='"1"')
        assert response.status_code == 201
        assert response.headers["Location"] == f"{article}/grants/2" == response.json["links"]["self"]
        assert response.headers["ETag"] == '"2"' == own.get(article).headers["ETag"]
        entry = own.get("/v1/changes").json["data"][-1]
        assert entry["seq"] == int(response.headers["Feed-Seq"])
        assert (entry["type"], entry["version"], entry["data"]) == ("article.updated", 2, own.read(article))
        assert own.read(f"{article}/versions/1")["licenses"] == [ledger(own, article)[0]["license"]]

    def test_one_that_agrees_makes_no_dispute(self, api):
        article = made(api, license=BY)
        grant(api, article, BY, statement="Text: CC BY 4.0")
        document = api.read(article)
        assert (document["license"]["status"], document["license"]["id"]) == ("known", BY)
        assert len(document["licenses"]) == 2

    def test_one_that_differs_makes_a_dispute_that_names_both(self, api):
        article = made(api, license=BY)
        grant(api, article, NC)
        license = api.read(article)["license"]
        assert (license["status"], license["candidates"]) == ("disputed", [BY, NC])

    def test_one_that_differs_from_what_is_inherited_makes_a_dispute_too(self, own):
        own.created("/v1/sources", lantern(policies=[{"license": BY}]))
        article = made(own)
        grant(own, article, NC)
        assert own.read(article)["license"]["candidates"] == [BY, NC]
        assert [item["origin"] for item in ledger(own, article)] == ["source", "article"]

    def test_an_article_in_dispute_may_be_put_as_it_was_got(self, api):
        article = made(api, license=BY)
        grant(api, article, NC)
        got = api.get(article)
        response = api.put(article, got.json, if_match='"2"')
        assert (response.status_code, response.data) == (200, got.data)

    def test_an_article_may_be_found_by_its_dispute(self, api):
        article = made(api, license=BY, title="Disputed moth")
        grant(api, article, NC)
        found = api.walk("/v1/articles?license.status=disputed&title=Disputed%20moth")
        assert [item["links"]["self"] for item in found] == [article]

    @pytest.mark.parametrize("scope", ["tdm", "manuscript"])
    def test_one_for_another_use_is_never_shown_in_the_article(self, api, scope):
        article = made(api)
        grant(api, article, BY, scope=scope)
        document = api.read(article)
        assert (document["license"]["status"], document["licenses"], document["version"]) == ("unknown", [], 2)

    def test_one_that_begins_later_is_not_shown_yet(self, api):
        article = made(api, license=BY)
        grant(api, article, NC, start="2999-01-01")
        assert api.read(article)["license"]["id"] == BY
        assert api.read(f"{article}?as_of=2999-01-01")["license"]["status"] == "disputed"

    def test_one_that_has_ended_is_recorded_for_its_time(self, api):
        article = made(api, license=BY)
        grant(api, article, NC, start="2010-01-01", end="2012-12-31")
        assert api.read(article)["license"]["id"] == BY
        assert len(ledger(api, article)) == 2

    def test_a_license_that_is_patched_closes_all_offers_and_opens_one(self, api):
        article = made(api, license=BY)
        grant(api, article, NC)
        document = api.patch(article, {"license": SA}, if_match='"2"').json
        assert (document["license"]["id"], len(document["licenses"])) == (SA, 1)
        today = clock().date().isoformat()
        assert [item["end"] is None for item in ledger(api, article)] == [False, False, True]
        assert ledger(api, article)[2]["start"] <= today

    @pytest.mark.parametrize(
        ("members", "faults"),
        [
            ({"license": None}, {("/license", "required")}),
            ({"license": {"status": "unknown"}}, {("/license", "required")}),
            ({"license": [BY, SA]}, {("/license", "wrong-type")}),
            ({"license": 4}, {("/license", "wrong-type")}),
            ({"license": {}}, {("/license", "required")}),
            ({"license": "CC BY 9.9"}, {("/license", "unknown-license")}),
            ({"license": {"id": "CC-BY-5.0"}}, {("/license/id", "unknown-license")}),
            ({"license": "https://creativecommons.org/licenses/by/4.0/us/"}, {("/license", "unknown-license")}),
            ({"scope": "print"}, {("/scope", "not-allowed")}),
            ({"scope": 1}, {("/scope", "wrong-type")}),
            ({"origin": "source"}, {("/origin", "not-allowed")}),
            ({"start": "2024-02-30"}, {("/start", "invalid-date")}),
            ({"start": "2024"}, {("/start", "invalid-date")}),
            ({"end": 2024}, {("/end", "wrong-type")}),
            ({"start": "2024-02-01", "end": "2024-01-31"}, {("/end", "out-of-range")}),
            ({"license": {"id": BY, "start": "2024-02-01"}, "end": "2024-01-31"}, {("/end", "out-of-range")}),
            ({"license": {"id": BY, "start": "2024-02-01"}, "start": "2024-02-02"}, {("/start", "contradictory")}),
            ({"license": {"id": BY, "statement": "a"}, "statement": "b"}, {("/statement", "contradictory")}),
            ({"statement": "x" * 10_001}, {("/statement", "too-long")}),
            ({"statement_url": "ftp://x.example/"}, {("/statement_url", "invalid-url")}),
            ({"n": 1, "state": "asserted"}, {("/n", "read-only"), ("/state", "read-only")}),
            ({"reason": "x", "recorded_by": "me"}, {("/reason", "read-only"), ("/recorded_by", "read-only")}),
            ({"licence": BY}, {("/licence", "unknown-member")}),
            ({"licence": BY, "end": "soon", "n": 2},
             {("/licence", "unknown-member"), ("/end", "invalid-date"), ("/n", "read-only")}),
        ],
    )  # fmt: skip
    def test_a_value_that_cannot_be_is_refused_with_its_place(self, api, members, faults):
        article = made(api)
        response = api.post(f"{article}/grants", {"license": BY, **members}, if_match="*")
        assert faults_of(expect_problem(response, 422, "validation-failed")) == faults
        assert ledger(api, article) == []

    def test_a_license_that_does_not_exist_is_refused_with_near_ones(self, api):
        response = api.post(f"{made(api)}/grants", {"license": "CC BY 4.1"}, if_match="*")
        assert "CC-BY-4.0" in expect_problem(response, 422, "validation-failed")["errors"][0]["detail"]

    def test_days_may_stand_in_the_license(self, api):
        document = grant(api, made(api), {"id": BY, "start": "2024-02-01"}, end="2024-03-01")
        assert (document["start"], document["end"]) == ("2024-02-01", "2024-03-01")


class TestEnding:
    """A publisher may stop offering a license; the ledger says until when it did."""

    def test_it_ends_the_offer_and_keeps_the_rest(self, api):
        article = made(api, license={"id": BY, "start": "2020-01-01", "statement": "CC BY 4.0"})
        (before,) = ledger(api, article)
        response = api.patch(f"{article}/grants/1", {"end": "2023-12-31", "reason": "They stopped."}, if_match='"1"')
        assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
        assert response.headers["Feed-Seq"]
        license = {**before["license"], "end": "2023-12-31"}
        assert response.json == {**before, "license": license, "end": "2023-12-31", "reason": "They stopped."}
        document = api.read(article)
        assert (document["version"], document["license"]["status"], document["licenses"]) == (2, "unknown", [])

    def test_an_end_that_is_yet_to_come_leaves_the_offer(self, api):
        article = made(api, license=BY)
        change(api, article, 1, end="2999-12-31", reason="They said so.")
        assert (api.read(article)["license"]["id"], api.read(article)["license"]["end"]) == (BY, "2999-12-31")

    def test_an_end_may_be_mended_and_taken_back(self, api):
        article = made(api, license=BY)
        change(api, article, 1, end="2020-12-31", reason="They stopped.")
        assert change(api, article, 1, end="2021-12-31", reason="A slip.")["end"] == "2021-12-31"
        assert change(api, article, 1, end=None, reason="It was another page.")["end"] is None
        assert api.read(article)["license"]["id"] == BY

    def test_ending_one_side_of_a_dispute_settles_it(self, api):
        article = made(api, license=BY)
        grant(api, article, NC)
        change(api, article, 1, end="2020-12-31", reason="They stopped.")
        assert api.read(article)["license"]["id"] == NC


class TestMistake:
    """What had been recorded wrongly was never given."""

    def test_it_is_out_of_the_answers_and_stays_in_the_ledger(self, api):
        article = made(api, license=BY)
        grant(api, article, NC)
        marked = change(api, article, 2, state="mistaken", reason="The line was about the photographs.")
        assert (marked["state"], marked["reason"]) == ("mistaken", "The line was about the photographs.")
        assert (api.read(article)["license"]["id"], len(api.read(article)["licenses"])) == (BY, 1)
        assert api.read(f"{article}?as_of=2020-01-01")["license"]["id"] == BY
        assert len(ledger(api, article)) == 2

    def test_without_a_word_of_its_own_the_article_inherits_again(self, own):
        own.created("/v1/sources", lantern(policies=[{"license": BY, "statement": "All is CC BY 4.0."}]))
        article = made(own, license=NC)
        change(own, article, 1, state="mistaken", reason="Misread.")
        license = own.read(article)["license"]
        assert (license["id"], license["origin"], license["statement"]) == (BY, "source", "All is CC BY 4.0.")
        assert [item["state"] for item in ledger(own, article)] == ["mistaken", "asserted"]

    def test_with_another_word_of_its_own_it_does_not(self, own):
        own.created("/v1/sources", lantern(policies=[{"license": BY}]))
        article = made(own, license={"id": NC, "end": "2020-12-31"})
        grant(own, article, SA)
        change(own, article, 2, state="mistaken", reason="Misread.")
        assert own.read(article)["license"]["status"] == "unknown"

    def test_what_was_inherited_by_mistake_is_not_inherited_at_once_again(self, own):
        own.created("/v1/sources", lantern(policies=[{"license": BY}]))
        article = made(own)
        change(own, article, 1, state="mistaken", reason="This one is by an agency.")
        assert own.read(article)["license"]["status"] == "unknown"

    def test_marking_it_again_with_the_same_reason_changes_nothing(self, api):
        article = made(api, license=BY)
        change(api, article, 1, state="mistaken", reason="Misread.")
        response = api.patch(f"{article}/grants/1", {"state": "mistaken", "reason": "Misread."}, if_match='"2"')
        assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
        assert "Feed-Seq" not in response.headers


class TestChange:
    """An end or a mistake, with a reason, is all that changes."""

    @pytest.mark.parametrize(
        ("members", "faults"),
        [
            ({"license": NC}, {("/license", "read-only")}),
            ({"license": {"id": NC}}, {("/license", "read-only")}),
            ({"license": None}, {("/license", "read-only")}),
            ({"scope": "tdm"}, {("/scope", "read-only")}),
            ({"start": "2020-01-01"}, {("/start", "read-only")}),
            ({"start": None}, {("/start", "read-only")}),
            ({"statement": "Other words."}, {("/statement", "read-only")}),
            ({"n": 2}, {("/n", "read-only")}),
            ({"n": True}, {("/n", "read-only")}),
            ({"recorded_by": "me"}, {("/recorded_by", "read-only")}),
            ({"links": {"self": "/"}}, {("/links", "read-only")}),
            ({"end": "2030-12-31"}, {("/reason", "required")}),
            ({"state": "mistaken"}, {("/reason", "required")}),
            ({"state": "mistaken", "reason": None}, {("/reason", "required")}),
            ({"state": "mistaken", "reason": " "}, {("/reason", "empty")}),
            ({"state": "mistaken", "reason": "x" * 2001}, {("/reason", "too-long")}),
            ({"state": "withdrawn", "reason": "x"}, {("/state", "not-allowed")}),
            ({"state": None, "reason": "x"}, {("/state", "read-only")}),
            ({"state": True, "reason": "x"}, {("/state", "wrong-type")}),
            ({"reason": "x"}, {("/reason", "read-only")}),
            ({"end": "2023-12-31", "reason": "x"}, {("/end", "out-of-range")}),
            ({"end": "31.12.2030", "reason": "x"}, {("/end", "invalid-date")}),
            ({"end": 2030, "reason": "x"}, {("/end", "wrong-type")}),
            ({"end": "2030-12-31", "state": "mistaken", "reason": "x"}, {("/end", "not-allowed")}),
            ({"ends": "2030-12-31"}, {("/ends", "unknown-member")}),
            ({"scope": "tdm", "end": "soon", "x": 1},
             {("/scope", "read-only"), ("/end", "invalid-date"), ("/reason", "required"), ("/x", "unknown-member")}),
        ],
    )  # fmt: skip
    def test_anything_else_is_refused_with_its_place(self, api, members, faults):
        article = made(api, license={"id": BY, "start": "2024-01-01"})
        response = api.patch(f"{article}/grants/1", members, if_match="*")
        assert faults_of(expect_problem(response, 422, "validation-failed")) == faults
        assert api.read(article)["version"] == 1

    @pytest.mark.parametrize(
        ("members", "faults"),
        [
            ({"state": "asserted", "reason": "x"}, {("/state", "read-only")}),
            ({"end": "2030-12-31", "reason": "x"}, {("/end", "not-allowed")}),
            ({"reason": "Other words."}, {("/reason", "read-only")}),
        ],
    )
    def test_what_was_mistaken_stays_so(self, api, members, faults):
        article = made(api, license=BY)
        change(api, article, 1, state="mistaken", reason="Misread.")
        response = api.patch(f"{article}/grants/1", members, if_match="*")
        assert faults_of(expect_problem(response, 422, "validation-failed")) == faults

    def test_what_was_got_may_be_sent_back_with_the_change_in_it(self, api):
        article = made(api, license={"id": BY, "statement": "CC BY 4.0"})
        (got,) = ledger(api, article)
        for body in ({}, got, {"license": {"id": BY}}):
            unchanged = api.patch(f"{article}/grants/1", body, if_match='"1"')
            assert (unchanged.status_code, unchanged.json, unchanged.headers["ETag"]) == (200, got, '"1"')
        changed = api.patch(f"{article}/grants/1", {**got, "end": "2030-12-31", "reason": "x"}, if_match='"1"')
        assert (changed.json["end"], changed.headers["ETag"]) == ("2030-12-31", '"2"')

    def test_a_body_that_is_no_object_is_refused(self, api):
        article = made(api, license=BY)
        for body in (b"[]", b'"x"', b"null"):
            expect_problem(api.patch(f"{article}/grants/1", body, if_match="*"), 422, "validation-failed")
            expect_problem(api.post(f"{article}/grants", body, if_match="*"), 422, "validation-failed")


Write = Callable[..., Any]


def post(api: Api, article: str, query: str = "", **headers: str) -> Any:
    return api.post(f"{article}/grants{query}", {"license": SA}, **headers)


def patch(api: Api, article: str, query: str = "", **headers: str) -> Any:
    return api.patch(f"{article}/grants/1{query}", {"state": "mistaken", "reason": "Misread."}, **headers)


@pytest.mark.parametrize("write", [post, patch])
class TestWrites:
    """Writes of grants follow the rules of every write of an article."""

    def test_a_condition_is_needed_and_heeded(self, api, write: Write):
        article = made(api, license=BY)
        expect_problem(write(api, article), 428, "precondition-required")
        expect_problem(write(api, article, if_match='"2"'), 412, "precondition-failed")
        expect_problem(write(api, article, if_match='W/"1"'), 412, "precondition-failed")
        expect_problem(write(api, article, if_none_match="*"), 412, "precondition-failed")
        expect_problem(write(api, article, if_match="1"), 400, "malformed-header")
        assert write(api, article, if_match='"1"').headers["ETag"] == '"2"'
        expect_problem(write(api, article, if_match='"1"'), 412, "precondition-failed")

    def test_a_dry_run_does_everything_but_commit(self, api, write: Write):
        article = made(api, license=BY)
        before = ledger(api, article)
        response = write(api, article, "?dry_run=true", if_match='"1"')
        assert (response.status_code, response.headers["Preference-Applied"]) == (200, "dry-run")
        assert response.json["links"]["article"] == article
        assert not {"Location", "Feed-Seq"} & set(response.headers.keys())
        assert (ledger(api, article), api.read(article)["version"]) == (before, 1)

    def test_a_minimal_answer_has_no_body(self, api, write: Write):
        article = made(api, license=BY)
        response = write(api, article, if_match='"1"', prefer="return=minimal")
        assert (response.data, response.headers["Preference-Applied"]) == (b"", "return=minimal")
        assert response.headers["ETag"] == '"2"'

    def test_a_repetition_under_a_key_is_replayed(self, api, write: Write):
        article = made(api, license=BY)
        key = f"again{article}"
        first, second = (write(api, article, if_match='"1"', idempotency_key=key) for _ in range(2))
        assert (second.status_code, second.data) == (first.status_code, first.data)
        assert second.headers["Idempotency-Replayed"] == "true"
        for name in ("ETag", "Feed-Seq"):
            assert second.headers[name] == first.headers[name]
        assert second.headers.get("Location") == first.headers.get("Location")
        assert api.read(article)["version"] == 2

    def test_a_scope_and_the_source_are_needed(self, own, write: Write):
        article = made(own, license=BY)
        expect_problem(write(own.with_key(None), article, if_match="*"), 401, "unauthenticated")
        for members in ({"scopes": ["read"]}, {"scopes": ["write"], "sources": ["harbour"]}):
            key = own.created("/v1/keys", {"name": "x", **members})["key"]
            expect_problem(write(own.with_key(key), article, if_match="*"), 403, "insufficient-scope")
        tied = own.created("/v1/keys", {"name": "x", "scopes": ["write"], "sources": ["the-lantern"]})["key"]
        assert write(own.with_key(tied), article, if_match="*").status_code in (200, 201)

    def test_what_is_not_there_or_deleted_is_told(self, api, write: Write):
        expect_problem(write(api, NOWHERE, if_match="*"), 404, "not-found")
        article = made(api, license=BY)
        api.delete(article, if_match="*")
        expect_problem(write(api, article, if_match="*"), 410, "gone")
        expect_problem(write(api, article), 410, "gone")

    def test_another_media_type_is_refused(self, api, write: Write):
        response = write(api, made(api, license=BY), if_match="*", content_type="text/plain")
        expect_problem(response, 415, "unsupported-media-type")


class TestNotThere:
    """What there is not is 404, what was deleted is 410."""

    @pytest.mark.parametrize("n", ["0", "2", "-1", "x", "1.0", "9" * 30, "9" * 5000, "%00", "1/"])
    @pytest.mark.parametrize("method", ["GET", "PATCH"])
    def test_a_number_that_no_grant_has_is_not_found(self, api, method, n):
        body = None if method == "GET" else {"end": "2030-01-01", "reason": "x"}
        expect_problem(api.send(method, f"{made(api, license=BY)}/grants/{n}", body, if_match="*"), 404, "not-found")

    def test_the_ledger_goes_with_its_article(self, api):
        article = made(api, license=BY)
        expect_problem(api.get(f"{NOWHERE}/grants"), 404, "not-found")
        expect_problem(api.get(f"{NOWHERE}/grants/1"), 404, "not-found")
        api.delete(article, if_match="*")
        for address in (f"{article}/grants", f"{article}/grants/1"):
            assert expect_problem(api.get(address), 410, "gone")["version"] == 2

    def test_a_restored_article_has_its_ledger_and_a_purged_one_none(self, api):
        article = made(api, license=BY)
        api.delete(article, if_match="*")
        assert api.put(article, another_moth(), if_none_match="*").status_code == 201
        assert [item["license"]["id"] for item in ledger(api, article)] == [BY]
        api.delete(f"{article}?purge=true", if_match="*")
        expect_problem(api.get(f"{article}/grants"), 410, "gone")

    def test_an_unknown_parameter_is_refused(self, api):
        article = made(api, license=BY)
        for address in (f"{article}/grants?offset=1", f"{article}/grants/1?limit=1"):
            expect_problem(api.get(address), 400, "unknown-parameter")


def test_a_ledger_and_a_grant_are_one_statement_each(own, statements):
    article = made(own, license=BY)
    for address in (f"{article}/grants", f"{article}/grants/1", f"{article}?as_of=2024-01-01"):
        statements.clear()
        assert own.with_key(None).get(address).status_code == 200
        assert len(statements) == 1, address
