"""The front door."""

import re

import html5lib
import pytest

from service.web.openapi.paths import template_of

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
H = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def page(shared_api) -> str:
    return shared_api.with_key(None).get("/", accept=BROWSER).text


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/json, text/html;q=0.5"])
def test_programs_get_an_index_of_links(shared_api, accept):
    response = shared_api.get("/", **({"accept": accept} if accept else {}))
    assert response.headers["Content-Type"] == "application/json"
    assert response.json["metadata_license"] == "CC0-1.0"
    assert {"articles", "sources", "licenses", "bulk", "export", "oai", "docs"} <= response.json["links"].keys()
    assert "Accept" in response.headers["Vary"]


def test_every_link_leads_somewhere(shared_api):
    for path in shared_api.read("/")["links"].values():
        response = shared_api.get(path)
        takes_posts = response.status_code == 405 and "POST" in response.headers["Allow"]
        assert takes_posts or response.status_code in (200, 400), path


def test_the_index_names_every_resource_that_there_is(shared_api):
    index = shared_api.read("/")
    named = {address.partition("?")[0] for address in (*index["links"].values(), *index["templates"].values())}
    routes = {template_of(rule) for rule in shared_api.app.url_map.iter_rules()}
    files = {path for path in routes if path.startswith("/docs/assets/")}
    assert named == routes - files - {"/"}


@pytest.mark.parametrize("accept", [BROWSER, "text/html", "text/*"])
def test_browsers_get_a_page(shared_api, accept):
    response = shared_api.with_key(None).get("/", accept=accept)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.text.lstrip().lower().startswith("<!doctype html>")
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("accept", [BROWSER, "*/*"])
def test_it_leads_to_the_descriptions_of_the_api(shared_api, accept):
    links = dict(re.findall(r'<([^>]+)>; rel="([^"]+)"', shared_api.get("/", accept=accept).headers["Link"]))
    assert set(links.values()) == {"api-catalog", "service-desc", "service-doc"}
    for address in links:
        assert shared_api.get(address).status_code == 200


def test_every_address_on_the_page_leads_somewhere(shared_api, page):
    tree = html5lib.parse(page)
    links = {link.get("href") for link in tree.iter(f"{H}a")} | {link.get("href") for link in tree.iter(f"{H}link")}
    ids = {node.get("id") for node in tree.iter()}
    assert len(links) > 20
    for link in links - {"data:,"}:
        if link.startswith("#"):
            assert link[1:] in ids
        else:
            assert shared_api.with_key(None).get(link).status_code == 200, link


def test_the_page_shows_all_that_one_may_do(shared_api, page):
    shown = re.sub(r"\s+", " ", "".join(html5lib.parse(page).itertext()))
    index = shared_api.read("/")
    paths = {path for name, path in index["links"].items() if name not in ("live", "ready", "reservations")}
    hidden = {path for path in paths if path not in shown and f'href="{path}"' not in page}
    assert not hidden
    for word in ("search", "facets", "/attribution", "/permission", "/grants", "OAI-PMH", "Atom", "BibTeX"):
        assert word in shown, word


def test_a_strict_parser_has_nothing_to_say_against_it(page):
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(page)
    assert parser.errors == []
    assert tree.get("lang") == "en"
    labels = {label.get("for") for label in tree.iter(f"{H}label")}
    assert {field.get("id") for field in tree.iter(f"{H}input")} == labels


def test_it_fits_a_phone_and_loads_nothing(page):
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert not re.search(r"<(script|img|iframe)|url\(|@import|(?<!max-)(?<!min-)width: \d+(rem|px)", page)


def test_whoever_pastes_the_address_of_an_article_gets_its_page(shared_api, page):
    article = shared_api.created(
        "/v1/articles", {"url": "https://lantern.example/pasted", "title": "Pasted", "source": {"name": "The Lantern"}}
    )
    (form,) = html5lib.parse(page).iter(f"{H}form")
    (field,) = form.iter(f"{H}input")
    response = shared_api.get(f"{form.get('action')}?{field.get('name')}={article['url']}", accept=BROWSER)
    assert response.status_code == 303
    found = shared_api.get(response.headers["Location"], accept=BROWSER)
    assert found.mimetype == "text/html"
    assert "The credit to copy" in found.text


def test_the_page_escapes_the_host_that_was_asked_for(shared_api):
    response = shared_api.app.test_client().get(
        "/", headers={"Accept": "text/html", "Host": 'x"><script>alert(1)</script>'}
    )
    assert "<script>alert(1)" not in response.text
