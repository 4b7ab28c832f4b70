"""Lists as they are given away, taken in again over HTTP: CSV, feeds, Dublin Core and OAI-PMH."""

import json
from typing import Any

import pytest

from tests.api import Api
from tests.factories import lighthouse, moth

FORMS = {
    "csv": ("/v1/articles?format=csv", "text/csv"),
    "export": ("/v1/export/articles?format=csv", "text/csv"),
    "atom": ("/v1/articles?format=atom", "application/atom+xml"),
    "rss": ("/v1/articles?format=rss", "application/rss+xml"),
    "xml": ("/v1/articles?format=rss", "application/xml"),
    "oai": ("/oai?verb=ListRecords&metadataPrefix=oai_dc", "application/xml"),
}
LICENSES = ["CC-BY-4.0", ["CC-BY-4.0", "CC-BY-NC-4.0"], "CC BY-ND", "all-rights-reserved", None]
every_form = pytest.mark.parametrize("form", FORMS)


def taken_in(api: Api, form: str, body: bytes) -> dict[str, Any]:
    """The summary of a bulk of a list."""
    response = api.send("POST", "/v1/bulk/articles", body, **{"Content-Type": FORMS[form][1]})
    assert response.status_code == 207, response.text
    *lines, end = [json.loads(line) for line in response.get_data().splitlines()]
    assert [line for line in lines if "problem" in line] == []
    summary: dict[str, Any] = end["summary"]
    return summary


@every_form
@pytest.mark.parametrize("license", LICENSES)
def test_a_list_changes_nothing(api: Api, form: str, license: Any):
    made = [api.created("/v1/articles", document) for document in (lighthouse(license=license), moth(license=license))]
    before = [api.read(f"/v1/articles/{article['id']}") for article in made]
    assert taken_in(api, form, api.get(FORMS[form][0]).get_data())["unchanged"] == 2
    assert [api.read(f"/v1/articles/{article['id']}") for article in made] == before


@every_form
def test_a_license_that_the_source_gives_stays_the_sources(api: Api, form: str):
    policies = [{"license": "CC-BY-4.0", "statement": "All content is under CC BY 4.0."}]
    api.created("/v1/sources", {"name": "The Lantern", "url": "https://lantern.example/", "policies": policies})
    made = api.created("/v1/articles", moth())
    assert made["license"]["origin"] == "source"
    assert taken_in(api, form, api.get(FORMS[form][0]).get_data())["unchanged"] == 1


@every_form
def test_a_copy_has_what_the_list_carries(api: Api, form: str):
    made = api.created("/v1/articles", lighthouse(license="CC-BY-4.0"))
    body = api.get(FORMS[form][0]).get_data()
    api.delete(f"/v1/articles/{made['id']}", **{"If-Match": "*"})
    assert taken_in(api, form, body)["created"] == 1
    (copy,) = api.read("/v1/articles")["data"]
    for member in ("url", "title", "language", "published_at", "summary", "status"):
        assert copy[member] == made[member]
    assert [creator["name"] for creator in copy["creators"]] == ["Ines Albright", "Tomás Ferreira"]
    assert (copy["license"]["id"], copy["source"]["id"]) == ("CC-BY-4.0", made["source"]["id"])


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("text/csv", b"url,titel\n", 422),
        ("text/csv", b"", 422),
        ("text/csv; charset=klingon", b"url\n", 415),
        ("application/rss+xml", b"<html/>", 422),
        ("application/rss+xml", b"no xml", 400),
        ("application/feed+json", b"{}", 422),
        ("application/xml", b"<svg/>", 422),
    ],
)
def test_what_is_no_such_list_is_refused_as_a_whole(api: Api, media_type: str, body: bytes, status: int):
    response = api.send("POST", "/v1/bulk/articles", body, **{"Content-Type": media_type})
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
