"""Members of a record beside what is known already."""

from typing import Any

import orjson
import pytest

from service.formats.documents.articles import render_article
from service.formats.intake.completion import complete_members
from service.formats.schemas.articles import load_patched_article
from tests.factories import lighthouse
from tests.formats.cast import contested, recorded, whole
from tests.formats.intake.records import read_items
from tests.formats.intake.test_round_trips import WRITERS

DOCUMENT: dict[str, Any] = orjson.loads(render_article(whole()))


def completed(**members: Any) -> dict[str, Any]:
    return complete_members(members, DOCUMENT)


def test_a_creator_keeps_what_the_record_does_not_say():
    ines, tomas, new = completed(
        creators=[{"name": "Ines  Albright"}, {"name": "Tomás Ferreira", "role": "contributor"}, "Lou"]
    )["creators"]
    assert (ines["orcid"], ines["affiliation"]) == ("https://orcid.org/0000-0002-1825-0097", "Harbour Courier")
    assert tomas["role"] == "photographer"
    assert new == "Lou"


def test_what_the_record_says_counts():
    (ines,) = completed(creators=[{"name": "Ines Albright", "role": "editor", "kind": "organization"}])["creators"]
    assert (ines["role"], ines["kind"]) == ("editor", "organization")


def test_a_part_keeps_its_license_and_another_work_its_changes():
    members = completed(
        parts=[{"kind": "embed", "url": "https://harbour.example/lamp.jpg"}, {"kind": "image", "title": "Another"}],
        based_on=[{"relation": "adaptation", "title": "¿Quién pinta el faro?", "creators": [{"name": "Lucía Mar"}]}],
    )
    lamp, another = members["parts"]
    assert lamp["license"]["id"] == "CC-BY-NC-4.0"
    assert lamp["kind"] == "embed"
    assert another == {"kind": "image", "title": "Another"}
    (work,) = members["based_on"]
    assert (work["relation"], work["changes"]) == ("adaptation", "Translated from Spanish.")


def test_identifiers_of_other_schemes_stay():
    mine = {"scheme": "pmid", "value": "1"}
    doi, desk = DOCUMENT["identifiers"]
    assert completed(identifiers=[mine])["identifiers"] == [mine, doi, desk]
    assert completed(identifiers=[desk, doi])["identifiers"] == [doi, desk]
    assert (
        completed(identifiers=[{"scheme": "doi", "value": "10.1000/183"}])["identifiers"][0]["value"] == "10.1000/183"
    )


def test_a_work_has_a_name_in_each_repository():
    mine, theirs, newest = ({"scheme": "oai", "value": f"oai:{place}.example:1"} for place in "abc")
    document = {**DOCUMENT, "identifiers": [mine, theirs]}
    assert complete_members({"identifiers": [newest]}, document) == {"identifiers": [newest, mine, theirs]}
    assert complete_members({"identifiers": [theirs]}, document) == {"identifiers": [mine, theirs]}


def test_a_dispute_that_is_known_is_not_stated_anew():
    shown = orjson.loads(render_article(contested()))
    dispute = {"status": "disputed", "candidates": ["CC-BY-4.0", "CC-BY-NC-4.0"]}
    assert complete_members({"license": dispute}, shown) == {}
    other = {"status": "disputed", "candidates": ["CC-BY-4.0"]}
    assert complete_members({"license": other}, shown) == {"license": other}
    assert completed(license=dispute) == {"license": dispute}


@pytest.mark.parametrize(
    "members", [{}, {"creators": 7}, {"creators": [7, None, {}]}, {"identifiers": ["x"]}, {"license": 7}]
)
def test_what_is_ill_is_left_for_the_schema_to_refuse(members: dict[str, Any]):
    assert set(complete_members(members, DOCUMENT)) == set(members)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("relation", ["translation", "excerpt"])
def test_what_we_gave_away_changes_nothing_when_it_comes_back(form: str, relation: str):
    basis = {**lighthouse()["based_on"][0], "relation": relation}
    article = recorded(lighthouse(based_on=[basis]))
    document = orjson.loads(render_article(article))
    (item,) = read_items(orjson.loads(WRITERS[form](article)), form)
    new = load_patched_article(complete_members(item.members or {}, document), document)
    assert new.content == article.content
