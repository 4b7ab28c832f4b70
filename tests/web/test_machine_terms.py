"""Terms for machines over HTTP: headers of an article, warnings where they contradict its license, and tdmrep.json."""

import pytest

from service.formats.representations import REPRESENTATIONS
from tests.api import Api, expect_problem
from tests.factories import another_moth, courier

STATED = {"train_ai": False, "search": True, "tdm_reservation": True, "tdm_policy": "https://lantern.example/tdm.json"}
FIELDS = ("Content-Usage", "tdm-reservation", "tdm-policy")
SAID = ("train-ai=n, search=y", "1", "https://lantern.example/tdm.json")
SILENT = (None, None, None)


def terms_of(response) -> tuple[str | None, ...]:
    assert response.status_code == 200, response.text
    return tuple(response.headers.get(name) for name in FIELDS)


def address(api: Api, **members) -> str:
    return api.created("/v1/articles", another_moth(**members))["links"]["self"]


class TestHeaders:
    @pytest.mark.parametrize("form", ["json", *REPRESENTATIONS])
    def test_every_form_of_an_article_says_what_is_stated(self, shared_api, form):
        stated, silent = address(shared_api, ai_terms=STATED), address(shared_api)
        assert terms_of(shared_api.get(f"{stated}?format={form}")) == SAID
        assert terms_of(shared_api.head(f"{stated}?format={form}")) == SAID
        assert terms_of(shared_api.get(f"{silent}?format={form}")) == SILENT

    def test_trimming_the_document_trims_no_terms(self, shared_api):
        assert terms_of(shared_api.get(f"{address(shared_api, ai_terms=STATED)}?fields=title")) == SAID

    def test_the_source_speaks_where_the_article_says_nothing(self, api):
        api.created("/v1/sources", courier(ai_terms={"train_ai": False, "tdm_reservation": True}))
        inherits = address(api, source="harbour-courier")
        differs = address(api, source="harbour-courier", ai_terms={"train_ai": True})
        assert terms_of(api.get(inherits)) == ("train-ai=n", "1", None)
        assert terms_of(api.get(differs)) == ("train-ai=y", "1", None)
        changed = api.patch("/v1/sources/harbour-courier", {"ai_terms": None}, if_match="*")
        assert changed.status_code == 200
        assert terms_of(api.get(inherits)) == SILENT
        assert terms_of(api.get(differs)) == ("train-ai=y", None, None)

    def test_a_day_of_the_past_has_no_terms_of_today(self, shared_api):
        path = address(shared_api, ai_terms=STATED)
        assert terms_of(shared_api.get(f"{path}?as_of=2024-01-01")) == SILENT
        assert terms_of(shared_api.get(f"{path}?as_of=2024-01-01&format=html")) == SILENT

    def test_the_document_still_costs_one_query(self, api, statements):
        path = address(api, ai_terms=STATED)
        reader = api.with_key(None)
        statements.clear()
        assert terms_of(reader.get(path)) == SAID
        assert len(statements) == 1

    def test_a_policy_beyond_ascii_is_a_header_all_the_same(self, shared_api):
        path = address(shared_api, ai_terms={"tdm_reservation": True, "tdm_policy": "https://lantern.example/règles"})
        assert terms_of(shared_api.get(path)) == (None, "1", "https://lantern.example/r%C3%A8gles")


class TestWarnings:
    def contradictions(self, answer) -> set[str]:
        warnings = answer.json.get("warnings", [])
        return {item["pointer"] for item in warnings if item["code"] == "contradicts-license"}

    def test_a_reservation_under_a_license_that_allows_mining_is_warned_of_and_kept(self, shared_api):
        response = shared_api.post("/v1/articles", another_moth(license="CC-BY-4.0", ai_terms=STATED))
        assert self.contradictions(response) == {"/ai_terms/train_ai", "/ai_terms/tdm_reservation"}
        path = response.json["links"]["self"]
        assert shared_api.read(path)["ai_terms"] == STATED

    def test_it_turns_no_yes_into_a_no(self, shared_api):
        path = address(shared_api, license="CC-BY-4.0", ai_terms=STATED)
        plain = address(shared_api, license="CC-BY-4.0")
        for use in ("tdm", "ai-train"):
            verdicts = [shared_api.read(f"{one}/permission?use={use}&commercial=true") for one in (path, plain)]
            duties = [duty for duty in verdicts[0]["duties"] if duty["basis"] == "request"]
            assert duties, "the request stands beside the verdict"
            assert all(verdict["verdict"].startswith("allow") for verdict in verdicts)

    @pytest.mark.parametrize("license", ["CC-BY-NC-4.0", "all-rights-reserved", None])
    def test_where_the_license_does_not_say_yes_there_is_nothing_to_warn_of(self, shared_api, license):
        response = shared_api.post("/v1/articles", another_moth(license=license, ai_terms=STATED))
        assert (response.status_code, self.contradictions(response)) == (201, set())

    def test_what_a_source_reserves_is_warned_of_as_well(self, api):
        api.created("/v1/sources", courier(ai_terms={"tdm_reservation": True}))
        response = api.post("/v1/articles", another_moth(source="harbour-courier", published_at="2024-05-04"))
        assert response.json["license"]["id"] == "CC-BY-4.0"
        assert self.contradictions(response) == {"/ai_terms/tdm_reservation"}

    def test_a_change_that_brings_a_contradiction_is_warned_of_and_others_are_bare(self, shared_api):
        path = address(shared_api, license="CC-BY-4.0")
        bare = shared_api.patch(path, {"section": "Science"}, if_match="*")
        assert "warnings" not in bare.json
        patched = shared_api.patch(path, {"ai_terms": {"tdm_reservation": True}}, if_match="*")
        assert self.contradictions(patched) == {"/ai_terms/tdm_reservation"}
        document = shared_api.read(path)
        replaced = shared_api.put(path, {**document, "title": "Another"}, if_match="*")
        assert self.contradictions(replaced) == {"/ai_terms/tdm_reservation"}


class TestReservations:
    def test_own_pages_are_not_reserved_and_articles_are_not_spoken_for(self, shared_api):
        response = shared_api.with_key(None).get("/.well-known/tdmrep.json")
        assert response.headers["Content-Type"] == "application/json"
        rules = response.json
        assert rules
        assert {rule["tdm-reservation"] for rule in rules} == {0}
        for path in ("/", "/v1/articles/x", "/articles/x", "/sources/x", "/v1/sources/x", "/v1/export/articles"):
            assert not [rule for rule in rules if path.startswith(rule["location"])]

    def test_records_under_a_license_that_keeps_something_back_leave_it_open(self, make_app):
        assert Api(make_app(metadata_license="CC-BY-NC-4.0")).get("/.well-known/tdmrep.json").json == []

    def test_it_is_open_where_reading_is_not(self, make_app):
        assert Api(make_app(public_read=False), None).get("/.well-known/tdmrep.json").status_code == 200

    def test_it_takes_no_parameters(self, shared_api):
        expect_problem(shared_api.get("/.well-known/tdmrep.json?x=1"), 400, "unknown-parameter")
