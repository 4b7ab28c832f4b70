"""The catalogue over HTTP, and what an id, a URL or a name resolves to."""

from urllib.parse import quote

import pytest

from service.core.catalogue import LICENSES
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth

MEMBERS = {
    "id", "url", "title", "unit", "version", "jurisdiction", "spdx", "permits", "requires", "prohibits",
    "deprecated_on", "replaced_by", "languages", "links",
}  # fmt: skip


@pytest.fixture
def api(shared_api: Api) -> Api:
    """Nothing here is written."""
    return shared_api


def resolve(api: Api, text: str):
    return api.get(f"/v1/resolve?license={quote(text, safe='')}")


def test_the_whole_catalogue_is_listed(api):
    licenses = api.walk("/v1/licenses?limit=200")
    assert [license["id"] for license in licenses] == [license.id for license in LICENSES]
    assert len(licenses) == 639
    assert all(license.keys() >= MEMBERS for license in licenses)


def test_a_page_is_50_unless_asked_otherwise(api):
    assert len(api.read("/v1/licenses")["data"]) == 50
    assert len(api.read("/v1/licenses?limit=1000")["data"]) == 200


def test_every_license_is_read_by_its_id_in_any_case(api):
    for license in LICENSES:
        for id in (license.id, license.id.lower()):
            document = api.read(f"/v1/licenses/{id}")
            assert (document["id"], document["url"]) == (license.id, license.url)


def test_a_license_may_be_kept_for_an_hour(api):
    headers = api.get("/v1/licenses/CC-BY-4.0").headers
    assert headers["Cache-Control"] == "public, max-age=3600"
    assert headers["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="canonical"'


@pytest.mark.parametrize("id", ["CC-BY-5.0", "MIT", "CC-0-1.0", "%00", "%FF", "a" * 3000, "CC-BY-4.0%20"])
def test_what_is_no_license_is_not_found(api, id):
    expect_problem(api.get(f"/v1/licenses/{id}"), 404, "not-found")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("cc0-1.0", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/1.0/", "CC-BY-NC-ND-1.0"),
        ("http://i.creativecommons.org/l/by/3.0/88x31.png", "CC-BY-3.0"),
        ("https://creativecommons.org/licenses/publicdomain/", "CC-PDDC"),
        ("Creative Commons Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"),
        ("CC0", "CC0-1.0"),
    ],
)
def test_a_license_resolves(api, text, id):
    answer = resolve(api, text).json
    assert answer == {"status": "known", "license": api.read(f"/v1/licenses/{id}")}


@pytest.mark.parametrize(
    ("text", "unit", "some"), [("CC BY", "by", "CC-BY-4.0"), ("Creative Commons license", "cc", "CC0-1.0")]
)
def test_a_license_without_version_leaves_candidates(api, text, unit, some):
    answer = resolve(api, text).json
    assert (answer["status"], answer["unit"]) == ("unversioned", unit)
    assert some in answer["candidates"] or unit == "cc"


def test_what_does_not_exist_is_not_found_and_near_ones_are_named(api):
    for text in ("https://creativecommons.org/licenses/by/4.0/us/", "CC BY 9.9"):
        assert "CC-BY-4.0" in expect_problem(resolve(api, text), 404, "not-found")["detail"]
    expect_problem(resolve(api, "WTFPL"), 404, "not-found")


@pytest.mark.parametrize(
    "query", ["", "?license=", "?license=%20", "?license=CC0&url=https://x.example/", "?url=", "?url=x"]
)
def test_one_good_parameter_is_needed(api, query):
    assert faults_of(expect_problem(api.get(f"/v1/resolve{query}"), 400, "invalid-parameter"))


def test_an_article_is_found_by_any_spelling_of_its_url(api):
    article = api.created("/v1/articles", another_moth(url="https://lantern.example/resolve?a=1"))
    for url in (article["url"], "HTTPS://lantern.example:443/resolve?utm_source=x&a=1#y"):
        response = api.get(f"/v1/resolve?url={quote(url, safe='')}")
        assert (response.status_code, response.headers["Location"]) == (303, article["links"]["self"])
    api.delete(article["links"]["self"], if_match="*")
    expect_problem(api.get(f"/v1/resolve?url={quote(article['url'], safe='')}"), 404, "not-found")
