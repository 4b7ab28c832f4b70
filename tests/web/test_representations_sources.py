"""The forms of an article over HTTP where its source speaks for it: whom to credit, what it asks and states."""

import json
from typing import Any

import pytest

from service.formats.representations import LIST_REPRESENTATIONS, REPRESENTATIONS
from tests.api import Api
from tests.factories import another_moth, courier

FORMS = list(REPRESENTATIONS.values())
PARTY, ASKED, POLICY = "The Harbour Trust", "Tell us.", "https://harbour.example/tdm.json"
SPEAKING: dict[str, Any] = courier(
    credit=PARTY, ai_terms={"tdm_reservation": True, "tdm_policy": POLICY}, policies=[{"license": "CC-BY-4.0"}]
)
SILENT = {"credit": None, "requests": [], "ai_terms": None, "more_permissions_url": None}

each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


def register(api: Api, **article: Any) -> str:
    """The path of an article of the source; nothing in its own words but what is given."""
    api.created("/v1/sources", SPEAKING)
    return api.created("/v1/articles", another_moth(source="harbour-courier", **article))["links"]["self"]


def change_source(api: Api, **members: Any) -> None:
    assert api.patch("/v1/sources/harbour-courier", members, if_match="*").status_code == 200


class TestContent:
    @each_form
    def test_every_form_names_the_party_of_the_source_as_the_credit_does(self, api, form):
        path = register(api)
        body = api.get(f"{path}?format={form.name}").text
        assert PARTY in api.get(f"{path}/attribution?format=text").text
        assert PARTY in body

    def test_linked_data_and_the_page_have_the_very_credit_that_the_credit_gives(self, api):
        path = register(api, creators=["Ines Albright"])
        line, markup = (api.get(f"{path}/attribution?format={view}").text for view in ("text", "html"))
        assert api.get(f"{path}?format=jsonld").json["creditText"] == line
        assert markup in api.get(f"{path}?format=html").text

    def test_the_article_is_asked_first(self, api):
        own = {"credit": "The Moth Society", "credit_url": "https://moths.example/"}
        path = register(api, attribution=own, more_permissions_url="https://moths.example/ask")
        body = api.get(f"{path}?format=jsonld").json
        assert body["sourceOrganization"] == {"@type": "Organization", "name": own["credit"], "url": own["credit_url"]}
        assert body["acquireLicensePage"] == "https://moths.example/ask"
        assert PARTY not in api.get(f"{path}?format=ris").text

    def test_what_the_source_asks_and_states_is_said_too(self, api):
        path = register(api)
        body = api.get(f"{path}?format=jsonld").json
        assert body["acquireLicensePage"] == SPEAKING["more_permissions_url"]
        assert POLICY in json.dumps(body["usageInfo"])
        assert ASKED in json.dumps(body["usageInfo"])
        assert ASKED in api.get(f"{path}?format=ninjs").json["usageTerms"]
        page = api.get(f"{path}?format=html").text
        assert ASKED in page
        assert POLICY in page

    def test_the_document_and_what_is_taken_in_again_keep_to_the_article(self, api):
        path = register(api)
        document = api.read(path)
        assert document["attribution"]["credit"] is None
        assert document["requests"] == []
        for name in ("csv", "ndjson"):
            assert PARTY not in api.get(f"/v1/articles?format={name}").text

    @pytest.mark.parametrize("name", [form.name for form in LIST_REPRESENTATIONS.values() if form.is_feed])
    def test_an_item_of_a_feed_names_the_party_too(self, api, name):
        register(api)
        assert f"Credit: {PARTY}" in api.get(f"/v1/articles?format={name}").text

    @pytest.mark.parametrize("form", ["jsonld", "dc"])
    def test_a_form_for_a_day_names_the_party_as_the_credit_for_that_day_does(self, api, form):
        path = register(api, published_at="2024-05-04")
        assert PARTY in api.get(f"{path}/attribution?format=text&as_of=2024-06-01").text
        assert PARTY in api.get(f"{path}?format={form}&as_of=2024-06-01").text


class TestTags:
    @each_form
    def test_the_tag_follows_the_source(self, api, form):
        path = register(api)
        address = f"{path}?format={form.name}"
        assert api.get(address).headers["ETag"] == f'"1-{form.name}-1"'
        assert api.get(address, if_none_match=f'"1-{form.name}-1"').status_code == 304
        change_source(api, credit="The Lamp Fund")
        changed = api.get(address, if_none_match=f'"1-{form.name}-1"')
        assert (changed.status_code, changed.headers["ETag"]) == (200, f'"1-{form.name}-2"')
        assert "The Lamp Fund" in changed.text

    @each_form
    def test_a_source_that_falls_silent_is_in_no_tag_any_more(self, api, form):
        path = register(api)
        change_source(api, **SILENT)
        address = f"{path}?format={form.name}"
        assert api.get(address, if_none_match=f'"1-{form.name}-1"').headers["ETag"] == f'"1-{form.name}"'
        change_source(api, country="IS")
        assert api.get(address, if_none_match=f'"1-{form.name}"').status_code == 304

    def test_a_day_asked_stands_behind_it(self, api):
        path = register(api, published_at="2024-05-04")
        tag = '"1-csl-1-as-of-20240601"'
        assert api.get(f"{path}?format=csl&as_of=2024-06-01").headers["ETag"] == tag
        assert api.get(f"{path}?format=csl&as_of=2024-06-01", if_none_match=tag).status_code == 304
        change_source(api, credit=None)
        assert api.get(f"{path}?format=csl&as_of=2024-06-01", if_none_match=tag).status_code == 200

    def test_a_write_takes_it_for_the_version_that_it_begins_with(self, api):
        path = register(api)
        tag = api.get(f"{path}?format=html").headers["ETag"]
        change_source(api, credit=None)
        assert api.patch(path, {"section": "Science"}, if_match=tag).status_code == 200
        assert api.patch(path, {"section": "Coast"}, if_match=tag).status_code == 412

    def test_the_document_has_the_version_alone(self, api):
        path = register(api)
        assert api.get(path).headers["ETag"] == '"1"'
        change_source(api, credit="The Lamp Fund")
        assert api.get(path, if_none_match='"1"').status_code == 304
