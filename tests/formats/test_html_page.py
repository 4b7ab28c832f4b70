"""The page for people, read by html5lib as browsers read it, and by an RDFa processor (pyRdfa)."""

import io
import json
import re
from dataclasses import replace
from typing import Any

import html5lib
import pytest
from pyRdfa import pyRdfa
from rdflib import URIRef

from service.core.attribution import credit_work, work_of
from service.core.catalogue import LICENSES, find_license
from service.core.sources import Source
from service.formats.html_page import (
    CONTENT_SECURITY_POLICY,
    render_license_page,
    render_page,
    render_source_page,
)
from service.formats.representations import REPRESENTATIONS
from service.formats.schema_org import render_schema_org
from tests.factories import NOON, checked_source, courier
from tests.formats.cast import HOSTILE, ID, PROVIDER, STATED, hostile, least, whole

H = "{http://www.w3.org/1999/xhtml}"
CC = "http://creativecommons.org/ns#"
LEADING = {"canonical", "cite-as", "author", "type", "item", "describedby", "alternate"}
"""Relations of links that a browser does not load."""

LICENSE = URIRef("http://www.w3.org/1999/xhtml/vocab#license")


def read(body: bytes) -> Any:
    """The tree, of a page that a strict parser has nothing to say against."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(body, transport_encoding="utf-8")
    assert parser.errors == []
    return tree


def text(node: Any) -> str:
    return "".join(node.itertext())


def test_the_credit_stands_there_to_be_copied_as_text_and_as_html():
    tree, credit = read(render_page(whole(), PROVIDER)), credit_work(work_of(whole()))
    assert {area.get("id"): text(area) for area in tree.iter(f"{H}textarea")} == {
        "text": credit.text,
        "html": credit.html,
    }
    assert all(area.get("readonly") is not None for area in tree.iter(f"{H}textarea"))


def test_machines_read_the_license_and_the_credit_in_it():
    graph = pyRdfa(base="https://registry.example/page", media_type="text/html").graph_from_source(
        io.BytesIO(render_page(whole(), PROVIDER))
    )
    article = URIRef("https://harbour.example/2024/lighthouse")
    assert [str(url) for url in graph.objects(article, LICENSE)] == ["https://creativecommons.org/licenses/by-sa/3.0/"]
    names = [str(name) for name in graph.objects(article, URIRef(f"{CC}attributionName"))]
    assert sorted(names) == ["Ines Albright for The Harbour Trust", "Tomás Ferreira"]


def test_it_carries_the_article_in_terms_of_schema_org():
    (script,) = read(render_page(whole(), PROVIDER)).iter(f"{H}script")
    assert script.get("type") == "application/ld+json"
    assert json.loads(script.text) == json.loads(render_schema_org(whole(), PROVIDER))


def test_it_fits_a_phone_and_loads_nothing():
    tree = read(render_page(whole(), PROVIDER))
    (viewport,) = [meta for meta in tree.iter(f"{H}meta") if meta.get("name") == "viewport"]
    assert "width=device-width" in viewport.get("content")
    assert not [node for node in tree.iter() if node.get("src") or node.tag in (f"{H}img", f"{H}iframe", f"{H}form")]
    assert {link.get("rel") for link in tree.iter(f"{H}link")} <= LEADING
    assert not re.search(r"url\(|@import", text(next(tree.iter(f"{H}style"))))
    assert "script-src" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY


def test_it_shows_the_evidence_and_what_the_publisher_asks():
    page = text(read(render_page(whole(status="retracted"), PROVIDER)))
    for words in (
        *("This article is retracted.", "Text: CC BY-SA 3.0.", "https://harbour.example/terms", "2024-05-04 –"),
        *("Keep the pixel.", "Ask for more permissions", "It is the north tower.", "Photo: T. Ferreira"),
        *("Translation of ¿Quién pinta el faro?", "Lucía Mar", "ShareAlike", "reserved"),
    ):
        assert words in page, words


def test_every_field_to_copy_has_a_label():
    tree = read(render_page(whole(), PROVIDER))
    labels = {label.get("for") for label in tree.iter(f"{H}label")}
    assert {area.get("id") for area in tree.iter(f"{H}textarea")} == labels


def test_it_links_to_every_other_form():
    links = {link.get("href") for link in read(render_page(least(), PROVIDER)).iter(f"{H}a")}
    forms = {"json", *REPRESENTATIONS} - {"html"}
    assert {link for link in links if link.startswith("/v1/")} == {f"/v1/articles/{ID}?format={form}" for form in forms}


def test_it_links_to_the_pages_of_its_source_and_its_license():
    links = {link.get("href") for link in read(render_page(whole(), PROVIDER)).iter(f"{H}a")}
    assert {"/", "/sources/courier", "/licenses/CC-BY-SA-3.0"} <= links


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_is_linked(status: str):
    links = {link.get("href") for link in read(render_page(least(license=STATED[status]), PROVIDER)).iter(f"{H}a")}
    licenses = [link for link in links if "creativecommons.org" in link or link.endswith("/our-terms")]
    assert len(licenses) == {"known": 1, "alternatives": 2, "other": 1}.get(status, 0)


@pytest.mark.parametrize("status", STATED)
def test_of_several_licenses_any_is_said_to_be_enough(status: str):
    page = text(read(render_page(least(license=STATED[status]), PROVIDER)))
    assert ("Any one of these is enough" in page) == (status == "alternatives")


def test_a_dispute_about_a_part_or_a_basis_is_said_once():
    works = {"parts": [{"kind": "image"}], "based_on": [{"relation": "adaptation", "title": "The lamp"}]}
    disputed = {name: [{**works[name][0], "license": STATED["disputed"]}] for name in works}
    page = text(read(render_page(least(**disputed), PROVIDER)))
    assert page.count("License in dispute") == len(works)
    assert "License: License" not in page


def test_an_unknown_license_is_said_to_be_unknown():
    assert "The license is not known" in text(read(render_page(least(), PROVIDER)))


@pytest.mark.parametrize("hostile_text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_text(hostile_text: str):
    tree = read(render_page(hostile(hostile_text), PROVIDER))
    shown = hostile_text.replace("\r\n", "\n").replace("\r", "\n")  # as every parser of HTML reads line ends
    assert text(next(tree.iter(f"{H}h1"))) == shown
    assert shown in text(next(tree.iter(f"{H}title")))
    assert any(text(item) == shown for item in tree.iter(f"{H}p"))
    assert len(list(tree.iter(f"{H}script"))) == 1
    assert not [node for node in tree.iter() if node.tag == f"{H}b"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", 'https://ok.example/"onclick="x'])
def test_an_address_that_is_none_is_no_link(url: str):
    article = whole()
    parts = tuple(replace(part, url=url) for part in article.content.parts)
    tree = read(render_page(replace(article, content=replace(article.content, parts=parts)), PROVIDER))
    assert not [
        link
        for link in tree.iter(f"{H}a")
        if not re.match(r"https?://[^\"]*$|/(v1/|sources/|licenses/|$)", link.get("href"))
    ]
    assert not [node for node in tree.iter() if node.get("onclick")]


def source(**changes: Any) -> Source:
    content = checked_source(courier(**changes))
    return Source(id="harbour-courier", version=3, created_at=NOON, updated_at=NOON, content=content)


PAGES = {
    "article": lambda: render_page(whole(), PROVIDER),
    "license": lambda: render_license_page(find_license("CC-BY-SA-3.0")),
    "source": lambda: render_source_page(source()),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_no_page_loads_anything_or_is_wider_than_a_phone(page: Any):
    tree = read(page())
    assert not [node for node in tree.iter() if node.get("src") or node.tag in (f"{H}img", f"{H}iframe", f"{H}form")]
    assert {link.get("rel") for link in tree.iter(f"{H}link")} <= LEADING
    assert not [node for node in tree.iter() if node.tag in (f"{H}table", f"{H}pre") or node.get("width")]
    style = text(next(tree.iter(f"{H}style")))
    assert "overflow-wrap: anywhere" in style
    assert not re.search(r"url\(|@import|(?<!max-)(?<!min-)width: \d+(rem|px)", style)
    assert any("width=device-width" in (meta.get("content") or "") for meta in tree.iter(f"{H}meta"))


def test_a_title_says_its_language_and_finds_its_own_direction():
    heading = next(
        read(render_page(whole(language="ar", title="\u0645\u0646\u0627\u0631\u0629"), PROVIDER)).iter(f"{H}h1")
    )
    assert (heading.get("lang"), heading.get("dir")) == ("ar", "auto")
    assert next(read(render_page(least(), PROVIDER)).iter(f"{H}h1")).get("lang") is None


def test_a_license_says_what_each_of_its_terms_means():
    license = find_license("CC-BY-NC-SA-4.0")
    tree = read(render_license_page(license))
    terms = [text(node) for node in tree.iter(f"{H}dt")]
    assert {*license.permits, *license.requires, *license.prohibits} <= set(terms)
    assert all(text(node) for node in tree.iter(f"{H}dd"))
    links = {link.get("href") for link in tree.iter(f"{H}a")}
    assert {license.url, f"/v1/licenses/{license.id}", f"/v1/articles?license={license.id}"} <= links


def test_an_old_license_names_the_newer_one_and_what_is_under_it_stays_so():
    page = read(render_license_page(find_license("CC-BY-3.0")))
    assert "/licenses/CC-BY-4.0" in {link.get("href") for link in page.iter(f"{H}a")}
    assert "stays so" in text(page)
    assert "newer one" not in text(read(render_license_page(find_license("CC-BY-4.0"))))


def test_a_license_is_named_in_its_languages_each_in_its_direction():
    tree = read(render_license_page(find_license("CC-BY-4.0")))
    named = {node.get("lang"): (node.get("dir"), text(node)) for node in tree.iter(f"{H}dd") if node.get("lang")}
    assert named["en"] == ("ltr", "Attribution 4.0 International")
    assert named["ar"][0] == "rtl"
    assert named["de"][1] == "Namensnennung 4.0 International"


@pytest.mark.parametrize("license", LICENSES[::25], ids=lambda license: license.id)
def test_every_license_has_a_page_that_is_right(license: Any):
    assert license.name in text(next(read(render_license_page(license)).iter(f"{H}title")))


def test_a_source_shows_its_policies_with_what_says_so_and_what_it_asks():
    page = text(read(render_source_page(source())))
    for words in (
        *("All content of the Harbour Courier is licensed under CC BY 4.0.", "https://harbour.example/terms"),
        *("2020-01-01 – 2029-12-31", "Tell us.", "The Harbour Trust", "not reserved", "Ask for more permissions"),
    ):
        assert words in page, words


def test_a_source_without_policies_says_so():
    page = text(read(render_source_page(source(policies=[], requests=[], ai_terms=None, more_permissions_url=None))))
    assert "No policy is known" in page
    assert "about machines" not in page
    assert "asks beyond" not in page


@pytest.mark.parametrize("hostile_text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_of_a_source_is_text(hostile_text: str):
    asked = [{"kind": "other", "text": hostile_text}]
    policies = [{"license": "CC-BY-4.0", "statement": hostile_text}]
    tree = read(
        render_source_page(
            source(name=hostile_text[:200], credit=hostile_text[:200], requests=asked, policies=policies)
        )
    )
    shown = hostile_text.replace("\r\n", "\n").replace("\r", "\n")
    assert text(next(tree.iter(f"{H}h1"))) == shown[: len(shown) if len(hostile_text) <= 200 else 200]
    assert shown in text(next(tree.iter(f"{H}blockquote")))
    assert not list(tree.iter(f"{H}script"))
    assert not [node for node in tree.iter() if node.tag == f"{H}b"]
