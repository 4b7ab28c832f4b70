"""DataCite JSON, checked by the schema that the package datacite carries, and turned into DataCite XML by it."""

import copy
import json
from typing import Any

import pytest
from datacite import schema45
from lxml import etree

from service.formats.datacite import render_datacite
from service.formats.signature import SIGNATURE
from tests.formats.cast import HOSTILE, ID, STATED, hostile, least, whole

KERNEL = "{http://datacite.org/schema/kernel-4}"
SCHEMA_46 = copy.deepcopy(schema45.validator.schema)
SCHEMA_46["definitions"]["relationType"]["enum"] += ["IsTranslationOf", "HasTranslation"]
SCHEMA_46["definitions"]["contributorType"]["enum"] += ["Translator"]
"""4.6 is 4.5 with, for what concerns articles, these two relations and those who translate."""
VALIDATOR = type(schema45.validator)(SCHEMA_46)
OWN_NOTICE = {"rightsIdentifier": "copyright-notice", "rightsIdentifierScheme": SIGNATURE}


def read(body: bytes) -> dict[str, Any]:
    attributes: dict[str, Any] = json.loads(body)
    assert not [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(attributes)]
    return attributes


def test_it_has_the_facts_of_a_citation():
    attributes = read(render_datacite(whole()))
    assert attributes["doi"] == "10.1000/182"
    assert attributes["titles"] == [{"title": "Who paints the lighthouse?", "lang": "en-GB"}]
    assert attributes["publisher"] == {"name": "Harbour Courier"}
    assert attributes["publicationYear"] == "2024"
    (creator,) = attributes["creators"]
    assert creator["nameType"] == "Personal"
    assert creator["nameIdentifiers"][0]["nameIdentifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert {"alternateIdentifier": ID, "alternateIdentifierType": "UUID"} in attributes["alternateIdentifiers"]


def test_rights_have_name_address_and_spdx_id():
    license, notice = read(render_datacite(whole()))["rightsList"]
    assert license == {
        "rights": "Attribution-ShareAlike 3.0 Unported (CC BY-SA 3.0)",
        "rightsUri": "https://creativecommons.org/licenses/by-sa/3.0/",
        "rightsIdentifier": "CC-BY-SA-3.0",
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": "https://spdx.org/licenses/",
    }
    assert notice == {"rights": "© 2024 The Harbour Trust", **OWN_NOTICE}


def test_a_claim_without_an_address_is_told_apart_from_the_copyright_notice():
    document = least(license="all-rights-reserved", attribution={"copyright_notice": "The Trust owns this."})
    claim, notice = read(render_datacite(document))["rightsList"]
    assert claim == {
        "rights": "All rights reserved",
        "rightsIdentifier": "all-rights-reserved",
        "rightsIdentifierScheme": SIGNATURE,
    }
    assert notice == {"rights": "The Trust owns this.", **OWN_NOTICE}


def test_whom_to_credit_and_who_translated_have_types_of_their_own():
    document = least(creators=[{"name": "Lou", "role": "translator"}], attribution={"credit": "The Trust"})
    types = {item["name"]: item["contributorType"] for item in read(render_datacite(document))["contributors"]}
    assert types == {"Lou": "Translator", "The Trust": "Distributor"}


def test_a_correction_is_no_date_of_change():
    dates = read(render_datacite(least(corrections=[{"at": "2024-05-05"}])))["dates"]
    assert {"date": "2024-05-05", "dateType": "Updated", "dateInformation": "Correction."} in dates


def test_a_license_without_an_spdx_id_gets_none():
    (right,) = read(render_datacite(least(license="CC-BY-2.5-BR")))["rightsList"]
    assert right.keys() == {"rights", "rightsUri"}


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("translation", "IsTranslationOf"),
        ("version", "IsVersionOf"),
        ("adaptation", "IsDerivedFrom"),
        ("excerpt", "IsDerivedFrom"),
    ],
)
def test_what_it_is_made_from_is_related(relation: str, said: str):
    basis = {"relation": relation, "url": "https://faro.example/pintura"}
    (related,) = read(render_datacite(least(based_on=[basis])))["relatedIdentifiers"]
    assert (related["relatedIdentifier"], related["relationType"]) == (basis["url"], said)


def test_a_part_is_a_related_item_and_so_is_a_work_that_it_is_made_from():
    part, origin = read(render_datacite(whole()))["relatedItems"]
    assert (part["relationType"], part["relatedItemType"]) == ("HasPart", "Image")
    assert part["relatedItemIdentifier"]["relatedItemIdentifier"] == "https://harbour.example/lamp.jpg"
    assert (origin["relationType"], origin["relatedItemType"]) == ("IsTranslationOf", "Text")
    assert origin["relatedItemIdentifier"]["relatedItemIdentifier"] == "https://faro.example/pintura"
    assert origin["titles"] == [{"title": "¿Quién pinta el faro?"}]
    assert origin["creators"] == [{"name": "Lucía Mar"}]


def test_a_work_without_an_address_that_it_is_made_from_is_named_all_the_same():
    attributes = read(render_datacite(least(based_on=[{"relation": "excerpt", "title": "A long story"}])))
    assert "relatedIdentifiers" not in attributes
    (origin,) = attributes["relatedItems"]
    assert (origin["relationType"], origin["titles"]) == ("IsDerivedFrom", [{"title": "A long story"}])


def test_a_work_of_which_an_address_alone_is_known_is_related_by_that():
    basis = {"relation": "excerpt", "url": "https://faro.example/pintura"}
    attributes = read(render_datacite(least(based_on=[basis])))
    assert len(attributes["relatedIdentifiers"]) == 1
    assert "relatedItems" not in attributes


def test_what_is_mandatory_and_not_known_is_said_to_be_unknown():
    attributes = read(render_datacite(least()))
    assert attributes["creators"] == [{"name": ":unkn"}]
    assert attributes["publicationYear"] == "2026"
    assert [date["dateType"] for date in attributes["dates"]] == ["Other"]
    assert "not known" in attributes["dates"][0]["dateInformation"]


def test_an_unknown_date_of_publication_yields_to_the_year_of_copyright():
    attributes = read(render_datacite(least(attribution={"copyright_year": 1987})))
    assert attributes["publicationYear"] == "1987"


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_has_an_address(status: str):
    rights = read(render_datacite(least(license=STATED[status]))).get("rightsList", [])
    assert [right["rightsUri"] for right in rights if "rightsUri" in right] == {
        "known": ["https://creativecommons.org/licenses/by/4.0/"],
        "alternatives": [
            "https://creativecommons.org/licenses/by-nc/4.0/",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ],
        "other": ["https://harbour.example/our-terms"],
    }.get(status, [])
    assert bool(rights) == (status != "unknown")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back_from_json_and_from_xml(text: str):
    attributes = read(render_datacite(hostile(text)))
    assert attributes["titles"][0]["title"] == attributes["descriptions"][0]["description"] == text
    section, keyword = attributes["subjects"]
    assert section == {"subject": text[:500], "subjectScheme": "section"}
    assert keyword == {"subject": text[:500]}
    assert [party["name"] for party in (attributes["publisher"], *attributes["creators"])] == [text[:500]] * 2
    assert attributes["alternateIdentifiers"][1]["alternateIdentifier"] == text
    assert attributes["rightsList"][1]["rights"] == text
    tree = etree.fromstring(schema45.tostring(attributes).encode())
    assert tree.findtext(f"{KERNEL}titles/{KERNEL}title") == text


@pytest.mark.parametrize("member", ["titles", "publicationYear", "creators", "schemaVersion"])
def test_the_schema_refuses_a_record_without_what_is_mandatory(member: str):
    attributes = read(render_datacite(whole()))
    del attributes[member]
    assert list(VALIDATOR.iter_errors(attributes))
