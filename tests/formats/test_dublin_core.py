"""Dublin Core as OAI-PMH has it, read by lxml."""

import pytest
from lxml import etree

from service.formats.dublin_core import dublin_core_record, render_dublin_core
from service.formats.xml_text import element
from tests.formats.cast import HOSTILE, ID, STATED, URN, hostile, least, whole

DC = "{http://purl.org/dc/elements/1.1/}"
ELEMENTS = {
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format"),
    *("identifier", "source", "language", "relation", "coverage", "rights"),
}


def read(body: bytes) -> dict[str, list[str]]:
    """The values of each element; there are no others than those of Dublin Core."""
    root = etree.fromstring(body)
    assert root.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    found: dict[str, list[str]] = {}
    for child in root:
        found.setdefault(child.tag.removeprefix(DC), []).append(child.text)
    assert found.keys() <= ELEMENTS
    return found


def test_every_element_that_an_article_has_something_for_is_there():
    record = read(render_dublin_core(whole()))
    assert record["title"] == ["Who paints the lighthouse?"]
    assert (record["creator"], record["contributor"]) == (["Ines Albright"], ["Tomás Ferreira"])
    assert record["subject"] == ["Coast", "lighthouses", "paint"]
    assert (record["publisher"], record["date"]) == (["Harbour Courier"], ["2024-05-04T10:30:00Z"])
    assert record["identifier"] == [
        "https://harbour.example/2024/lighthouse",
        "doi:10.1000/182",
        "partner:desk:HC-0042",
        URN,
        f"Creditline:{ID}",
    ]
    assert (record["source"], record["relation"]) == (
        ["https://faro.example/pintura"],
        ["https://harbour.example/lamp.jpg"],
    )


def test_rights_are_a_name_then_an_address_then_the_notice_and_the_credit():
    assert read(render_dublin_core(whole()))["rights"] == [
        "Attribution-ShareAlike 3.0 Unported (CC BY-SA 3.0)",
        "https://creativecommons.org/licenses/by-sa/3.0/",
        "© 2024 The Harbour Trust",
        "Credit: Ines Albright for The Harbour Trust",
    ]


def test_a_urn_is_an_identifier_as_it_stands():
    record = read(render_dublin_core(least(identifiers=[{"scheme": "urn", "value": "urn:isbn:0451450523"}])))
    assert "urn:isbn:0451450523" in record["identifier"]


def test_title_and_description_say_their_language():
    root = etree.fromstring(render_dublin_core(whole()))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {child.tag.removeprefix(DC): child.get(lang) for child in root if child.get(lang)} == {
        "title": "en-GB",
        "description": "en-GB",
    }


def test_the_record_may_stand_inside_another_document():
    inside = etree.fromstring(f"<metadata>{dublin_core_record(whole())}</metadata>")
    assert inside[0].findtext(f"{DC}title") == "Who paints the lighthouse?"


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_has_an_address(status: str):
    rights = read(render_dublin_core(least(license=STATED[status]))).get("rights", [])
    addresses = [right for right in rights if right.startswith("https://")]
    assert len(addresses) == {"known": 1, "alternatives": 2, "other": 1}.get(status, 0)
    assert bool(rights) == (status != "unknown")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back(text: str):
    record = read(render_dublin_core(hostile(text)))
    assert record["title"] == record["description"][:1] == [text]
    assert record["creator"] == record["subject"] == record["publisher"] == [text[:500]]
    assert text in record["rights"]


@pytest.mark.parametrize("text", ["\ufffe", "a\uffffb"])
def test_what_xml_cannot_write_is_the_replacement_character(text: str):
    (title,) = read(render_dublin_core(least(title=text)))["title"]
    assert title == text.translate(dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd"))


@pytest.mark.parametrize("text", [*HOSTILE.values(), "a\tb\r\nc"])
def test_an_attribute_comes_back_too(text: str):
    assert etree.fromstring(element("a", b=text)).get("b") == text
