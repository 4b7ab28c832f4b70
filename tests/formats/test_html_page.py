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
from service.formats.html_page import CONTENT_SECURITY_POLICY, render_page
from service.formats.representations import REPRESENTATIONS
from service.formats.schema_org import render_schema_org
from tests.formats.cast import HOSTILE, ID, PROVIDER, STATED, hostile, least, whole

H = "{http://www.w3.org/1999/xhtml}"
CC = "http://creativecommons.org/ns#"
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
    assert names == ["Ines Albright for The Harbour Trust"]


def test_it_carries_the_article_in_terms_of_schema_org():
    (script,) = read(render_page(whole(), PROVIDER)).iter(f"{H}script")
    assert script.get("type") == "application/ld+json"
    assert json.loads(script.text) == json.loads(render_schema_org(whole(), PROVIDER))


def test_it_fits_a_phone_and_loads_nothing():
    tree = read(render_page(whole(), PROVIDER))
    (viewport,) = [meta for meta in tree.iter(f"{H}meta") if meta.get("name") == "viewport"]
    assert "width=device-width" in viewport.get("content")
    assert not [node for node in tree.iter() if node.get("src") or node.tag in (f"{H}img", f"{H}iframe", f"{H}form")]
    assert [link.get("rel") for link in tree.iter(f"{H}link")] == ["canonical"]
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
    assert {link for link in links if link.startswith("/")} == {f"/v1/articles/{ID}?format={form}" for form in forms}


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_is_linked(status: str):
    links = {link.get("href") for link in read(render_page(least(license=STATED[status]), PROVIDER)).iter(f"{H}a")}
    licenses = [link for link in links if "creativecommons.org" in link or link.endswith("/our-terms")]
    assert len(licenses) == {"known": 1, "alternatives": 2, "other": 1}.get(status, 0)


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
    assert not [link for link in tree.iter(f"{H}a") if not re.match(r"https?://[^\"]*$|/v1/", link.get("href"))]
    assert not [node for node in tree.iter() if node.get("onclick")]
