"""CSL-JSON, read by a citation processor (citeproc-py) with the style that it carries."""

import json
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from service.formats.csl import render_csl
from service.formats.signature import SIGNATURE
from tests.formats.cast import HOSTILE, STATED, URN, hostile, least, whole

STYLE = CitationStylesStyle("harvard-cite-them-right", validate=False)


def source(body: bytes) -> CiteProcJSON:
    """The item as citeproc takes it: it warns of every variable that it does not know, and ``custom`` is none."""
    item = json.loads(body)
    item.pop("custom", None)
    return CiteProcJSON([item])


def read(body: bytes) -> Any:
    """The item as citeproc has it."""
    return source(body)[URN]


def cite(body: bytes) -> str:
    """The line of a bibliography."""
    bibliography = CitationStylesBibliography(STYLE, source(body), formatter.plain)
    bibliography.register(Citation([CitationItem(URN)]))
    return "".join(str(part) for part in bibliography.bibliography()[0])


def test_a_processor_makes_a_reference_of_it():
    line = cite(render_csl(whole()))
    assert line.startswith("Ines Albright (2024)")
    assert "Who paints the lighthouse?" in line
    assert "Harbour Courier" in line


def test_an_item_of_which_little_is_known_can_be_cited_too():
    assert "The moth that learned to whistle" in cite(render_csl(least()))


@pytest.mark.parametrize(
    ("published", "parts"),
    [("2024-05-04T10:30:00Z", [2024, 5, 4]), ("2024-05-04", [2024, 5, 4]), ("2024-05", [2024, 5]), ("2024", [2024])],
)
def test_a_date_is_as_precise_as_it_is_known(published: str, parts: list[int]):
    assert json.loads(render_csl(least(published_at=published)))["issued"] == {"date-parts": [parts]}


def test_names_stand_under_what_they_did_and_are_never_taken_apart():
    roles = ("author", "translator", "editor", "photographer", "contributor")
    item = json.loads(render_csl(least(creators=[{"name": f"The {role}", "role": role} for role in roles])))
    assert item["author"] == [{"literal": "The author"}]
    assert item["translator"] == [{"literal": "The translator"}]
    assert item["editor"] == [{"literal": "The editor"}]
    assert item["contributor"] == [{"literal": "The photographer"}, {"literal": "The contributor"}]


def test_identifiers_stand_where_csl_has_a_variable():
    item = json.loads(render_csl(whole()))
    assert item["DOI"] == "10.1000/182"
    assert item["custom"]["identifiers"] == [
        {"scheme": "doi", "value": "10.1000/182"},
        {"scheme": "partner:desk", "value": "HC-0042"},
    ]


def test_what_a_variable_is_not_exact_enough_for_stands_beside_it():
    item = json.loads(render_csl(least(published_at="2024-05-04T12:30:00+02:00", keywords=["salt, sea", "paint"])))
    assert item["issued"] == {"date-parts": [[2024, 5, 4]]}
    assert item["custom"]["published_at"] == "2024-05-04T10:30:00Z"
    assert item["keyword"] == "salt, sea, paint"
    assert item["custom"]["keywords"] == ["salt, sea", "paint"]
    plain = json.loads(render_csl(least(published_at="2024-05-04", keywords=["paint"])))
    assert plain["custom"] == {"generator": SIGNATURE}


def test_the_original_of_a_translation_is_named():
    item = json.loads(render_csl(whole()))
    assert item["original-title"] == "¿Quién pinta el faro?"
    assert item["original-author"] == [{"literal": "Lucía Mar"}]


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_has_an_address(status: str):
    item = json.loads(render_csl(least(license=STATED[status])))
    addresses = item.get("custom", {}).get("license", [])
    assert len(addresses) == {"known": 1, "alternatives": 2, "other": 1}.get(status, 0)
    assert ("creativecommons.org" in item.get("note", "")) == (status in ("known", "alternatives"))


@pytest.mark.parametrize(
    ("status", "ids"),
    [("known", ["CC-BY-4.0"]), ("alternatives", ["CC-BY-NC-4.0", "CC-BY-SA-4.0"]), ("disputed", None)],
)
def test_every_alternative_has_its_spdx_id(status: str, ids: list[str] | None):
    assert json.loads(render_csl(least(license=STATED[status])))["custom"].get("spdx") == ids


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back(text: str):
    item = read(render_csl(hostile(text)))
    assert [str(item[name]) for name in ("title", "abstract")] == [text, text]
    assert [str(item[name]) for name in ("container_title", "section", "keyword")] == [text[:500]] * 3
    assert [name.parts() for name in item["author"]] == [
        CiteProcJSON([]).parse_names([{"literal": text[:500]}])[0].parts()
    ]
