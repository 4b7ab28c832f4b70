"""Pages for people over HTTP: an article, a license, a source."""

import re

import html5lib
import pytest

from service.core.catalogue import LICENSES
from service.formats.html_page import CONTENT_SECURITY_POLICY
from tests.api import Api, expect_problem
from tests.factories import another_moth, courier, lighthouse

H = "{http://www.w3.org/1999/xhtml}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def pages(shared_api: Api) -> dict[str, str]:
    """The addresses of a page of each kind."""
    shared_api.created("/v1/sources", courier())
    article = shared_api.created("/v1/articles", lighthouse(source="harbour-courier"))
    return {
        "article": f"/articles/{article['id']}",
        "license": "/licenses/CC-BY-SA-3.0",
        "source": "/sources/harbour-courier",
    }


SIGNPOSTS = {"cite-as", "author", "type", "item", "describedby"}
KINDS = pytest.mark.parametrize("kind", ["article", "license", "source"])


@KINDS
@pytest.mark.parametrize("accept", [BROWSER, "*/*", "application/json", "image/png"])
def test_a_page_is_html_whatever_is_accepted(shared_api, pages, kind, accept):
    response = shared_api.with_key(None).get(pages[kind], accept=accept)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "Vary" not in response.headers


@KINDS
def test_a_strict_parser_has_nothing_to_say_against_it(shared_api, pages, kind):
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(shared_api.get(pages[kind]).data, transport_encoding="utf-8")
    assert parser.errors == []
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
    assert next(tree.iter(f"{H}title")).text.strip()


@KINDS
def test_every_link_to_this_service_leads_somewhere(shared_api, pages, kind):
    tree = html5lib.parse(shared_api.get(pages[kind]).data, transport_encoding="utf-8")
    links = {link.get("href") for link in tree.iter(f"{H}a") if link.get("href").startswith("/")}
    assert len(links) > 2
    for link in links:
        assert shared_api.get(link).status_code == 200, link


@pytest.mark.parametrize(("kind", "tag"), [("article", '"1-html-1"'), ("source", '"1-html"')])
def test_a_page_of_a_record_has_a_tag_and_a_copy_that_is_present_is_304(shared_api, pages, kind, tag):
    response = shared_api.get(pages[kind])
    assert response.headers["ETag"] == tag
    assert response.headers["Cache-Control"] == "public, no-cache"
    again = shared_api.get(pages[kind], if_none_match=tag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    expect_problem(shared_api.get(pages[kind], if_match='"9"'), 412, "precondition-failed")


def test_the_page_of_an_article_is_its_html_form_and_names_the_other_forms(shared_api, pages):
    address = f"/v1{pages['article']}"
    response = shared_api.get(pages["article"])
    assert response.data == shared_api.get(f"{address}?format=html").data
    assert f'<{address}?format=jsonld>; rel="alternate"; type="application/ld+json"' in response.headers["Link"]
    assert response.headers["Content-Usage"] == "train-ai=n, search=y"


def test_signposts_stand_in_the_header_of_get_and_head_and_in_the_page_alike(shared_api, pages):
    response, head = shared_api.get(pages["article"]), shared_api.head(pages["article"])
    assert head.headers["Link"] == response.headers["Link"]
    links = re.findall(r'<([^>]+)>; rel="([^"]+)"(?:; type="([^"]+)")?', response.headers["Link"])
    in_header = {(rel, target, type) for target, rel, type in links if rel in SIGNPOSTS}
    assert {rel for rel, _, _ in in_header} == SIGNPOSTS
    tree = html5lib.parse(response.data, transport_encoding="utf-8")
    elements = [(link.get("rel"), link.get("href"), link.get("type") or "") for link in tree.iter(f"{H}link")]
    assert {link for link in elements if link[0] in SIGNPOSTS} == in_header
    assert ("https://creativecommons.org/licenses/by-sa/3.0/", "license", "") in links


def test_what_describes_an_article_is_there_and_leads_back(shared_api, pages):
    links = re.findall(
        r'<([^>]+)>; rel="describedby"; type="([^"]+)"', shared_api.get(pages["article"]).headers["Link"]
    )
    assert len(links) > 8
    for address, type in links:
        response = shared_api.get(address)
        assert response.mimetype == type
        assert f'<{pages["article"]}>; rel="describes"' in response.headers["Link"]
        assert "describedby" not in response.headers["Link"]
    assert f'<{pages["article"]}>; rel="describes"' in shared_api.get(f"/v1{pages['article']}").headers["Link"]


def test_a_license_has_the_same_page_at_both_addresses(shared_api):
    page, document = "/licenses/CC-BY-4.0", "/v1/licenses/CC-BY-4.0"
    by_accept = shared_api.get(document, accept=BROWSER)
    assert by_accept.headers["Content-Type"] == "text/html; charset=utf-8"
    assert by_accept.data == shared_api.get(page).data
    assert by_accept.headers["Vary"] == "Accept"
    assert by_accept.headers["Cache-Control"] == "public, max-age=3600"
    for accept in ("*/*", "application/json", "application/json, text/html;q=0.9"):
        assert shared_api.get(document, accept=accept).headers["Content-Type"] == "application/json"
    problem = expect_problem(shared_api.get(document, accept="text/csv"), 406, "not-acceptable")
    assert problem["available"] == ["application/json", "text/html"]


@pytest.mark.parametrize("license", LICENSES[::40], ids=lambda license: license.id)
def test_every_license_has_a_page_in_whatever_case_its_id_is(shared_api, license):
    assert shared_api.get(f"/licenses/{license.id.lower()}").data == shared_api.get(f"/licenses/{license.id}").data


@pytest.mark.parametrize(
    "path", ["/articles/01900000-0000-7000-8000-000000000000", "/articles/x", "/licenses/CC-BY-9", "/sources/nobody"]
)
def test_what_is_not_there_is_a_problem_document_for_browsers_too(shared_api, path):
    expect_problem(shared_api.get(path, accept=BROWSER), 404, "not-found")


def test_what_has_been_deleted_is_410(api):
    article = api.created("/v1/articles", another_moth())
    assert api.delete(article["links"]["self"], if_match="*").status_code == 204
    expect_problem(api.get(f"/articles/{article['id']}"), 410, "gone")
    api.created("/v1/sources", courier())
    assert api.delete("/v1/sources/harbour-courier", if_match="*").status_code == 204
    expect_problem(api.get("/sources/harbour-courier"), 410, "gone")


@KINDS
def test_where_reading_needs_a_key_so_do_pages(make_app, kind):
    app = make_app(public_read=False)
    key, nobody = Api(app), Api(app, None)
    key.created("/v1/sources", courier())
    id = key.created("/v1/articles", another_moth())["id"]
    path = {"article": f"/articles/{id}", "license": "/licenses/CC0-1.0", "source": "/sources/harbour-courier"}[kind]
    expect_problem(nobody.get(path), 401, "unauthenticated")
    assert key.get(path).headers["Vary"] == "Authorization"


@KINDS
def test_a_page_takes_no_parameters(shared_api, pages, kind):
    expect_problem(shared_api.get(f"{pages[kind]}?format=json"), 400, "unknown-parameter")
