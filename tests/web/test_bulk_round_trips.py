"""What is exported in a form and taken in again: nothing changes where it is known, a copy has what the form has."""

import json
from typing import Any

import pytest

from tests.api import Api
from tests.factories import lighthouse, moth

MEDIA_TYPES = {
    "jsonld": "application/ld+json",
    "ninjs": "application/vnd.iptc.ninjs+json",
    "datacite": "application/vnd.datacite.datacite+json",
    "csl": "application/vnd.citationstyles.csl+json",
}
LICENSES = ["CC-BY-4.0", ["CC-BY-4.0", "CC-BY-NC-4.0"], "CC BY-ND", "all-rights-reserved", None]
CARRIED = ("url", "title", "language", "published_at", "summary", "section", "keywords", "identifiers", "status")
every_form = pytest.mark.parametrize("form", MEDIA_TYPES)


def send(api: Api, form: str, record: bytes) -> list[dict[str, Any]]:
    """The lines of the answer to a bulk of this record."""
    response = api.send("POST", "/v1/bulk/articles", record, **{"Content-Type": MEDIA_TYPES[form]})
    assert response.status_code == 207
    return [json.loads(line) for line in response.get_data().splitlines()]


@every_form
@pytest.mark.parametrize(
    "license", ["CC-BY-4.0", ["CC-BY-4.0", "CC-BY-NC-4.0"], "CC BY-ND", "all-rights-reserved", None]
)
def test_what_is_known_is_unchanged(api: Api, form: str, license: Any):
    made = api.created("/v1/articles", lighthouse(license=license))
    record = api.get(f"/v1/articles/{made['id']}?format={form}").get_data()
    _, summary = send(api, form, record)
    assert summary["summary"]["unchanged"] == 1
    assert api.read(f"/v1/articles/{made['id']}") == {key: made[key] for key in made if key != "warnings"}


@every_form
def test_a_dispute_is_not_settled_by_its_own_export(api: Api, form: str):
    made = api.created("/v1/articles", moth(license="CC-BY-4.0"))
    path = f"/v1/articles/{made['id']}"
    api.send("POST", f"{path}/grants", {"license": "CC-BY-NC-4.0"}, **{"If-Match": "*"})
    before = api.read(path)
    assert before["license"]["status"] == "disputed"
    _, summary = send(api, form, api.get(f"{path}?format={form}").get_data())
    assert summary["summary"]["unchanged"] == 1
    assert api.read(path) == before


@every_form
def test_a_copy_has_what_the_form_carries(api: Api, form: str):
    made = api.created("/v1/articles", lighthouse(license="CC-BY-4.0"))
    path = f"/v1/articles/{made['id']}"
    record = api.get(f"{path}?format={form}").get_data()
    api.delete(path, **{"If-Match": "*"})
    line, summary = send(api, form, record)
    assert summary["summary"]["created"] == 1
    copy = api.read(f"/v1/articles/{line['id']}")
    for member in (
        "url",
        "title",
        "language",
        "published_at",
        "summary",
        "section",
        "keywords",
        "identifiers",
        "status",
    ):
        assert copy[member] == made[member]
    assert copy["source"]["id"] == made["source"]["id"]
    assert copy["license"]["id"] == "CC-BY-4.0"


HEAD = "<title>The Lantern</title><link>https://lantern.example/</link>"
ITEM = "<title>Moths</title><link>https://lantern.example/moths</link>"
RSS = '<rss version="2.0"><channel>{}<item>{}<copyright>{}</copyright></item></channel></rss>'
URL = "https://lantern.example/moths"


def feed(words: str) -> bytes:
    return RSS.format(HEAD, ITEM, words).encode()


def doi(words: str) -> bytes:
    record = {"url": URL, "titles": [{"title": "Moths"}], "publisher": "The Lantern", "rightsList": [{"rights": words}]}
    return json.dumps(record).encode()


def node(words: str) -> bytes:
    return json.dumps({"@type": "Article", "url": URL, "headline": "Moths", "copyrightNotice": words}).encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/rss+xml", feed), (MEDIA_TYPES["datacite"], doi), (MEDIA_TYPES["jsonld"], node)],
    ids=["rss", "datacite", "jsonld"],
)
@pytest.mark.parametrize(
    ("words", "status", "origin"),
    [
        ("© The Lantern. Courtesy of AP. Not for republication.", "other", "article"),
        ("© 2020 The Lantern Ltd. All rights reserved.", "all-rights-reserved", "article"),
        ("© 2020 The Lantern Ltd.", "known", "source"),
    ],
    ids=["limiting", "reserved", "bare"],
)
def test_words_about_rights_keep_the_policy_of_the_source_away(
    api: Api, kind: str, body: Any, words: str, status: str, origin: str
):
    policy = {"name": "The Lantern", "policies": [{"license": "CC-BY-4.0"}]}
    api.send("PUT", "/v1/sources/the-lantern", policy, **{"If-None-Match": "*"})
    path = "/v1/bulk/articles?source=the-lantern"
    line, _ = map(json.loads, api.send("POST", path, body(words), **{"Content-Type": kind}).get_data().splitlines())
    license = api.read(f"/v1/articles/{line['id']}")["license"]
    assert (license["status"], license["origin"]) == (status, origin)


def test_what_is_no_xml_is_not_said_to_be_no_json(api: Api):
    response = api.send("POST", "/v1/bulk/articles", b"<rss", **{"Content-Type": "application/rss+xml"})
    assert response.status_code == 400
    assert response.get_json(force=True)["title"] == "The body cannot be parsed"
