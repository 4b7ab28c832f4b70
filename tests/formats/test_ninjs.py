"""IPTC ninjs 3.1, checked by JSON Schema.

The IPTC's own schema is in no package, so its rules are written down here as far as articles meet them: the members of
each object, none beside them, which are required, and that rights are linked or encoded, not both.
"""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from service.formats.ninjs import render_ninjs
from service.formats.signature import SIGNATURE
from tests.formats.cast import HOSTILE, STATED, URN, hostile, least, whole

TEXT = {"type": "string", "minLength": 1}
URI = {"type": "string", "pattern": r"^[a-z]+:[!#-;=?-\[\]_a-z~%]+$"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}


def closed(required: tuple[str, ...] = (), **members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(required), "additionalProperties": False}


def many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1}


PROSE = many(closed(("value",), role=TEXT, contentType=TEXT, value=TEXT))
PARTY = many(closed(name=TEXT, rel=TEXT, uri=URI, literal=TEXT))
RIGHTS = {
    **closed(langId=URI, linkedRights=URI, encodedRights=TEXT),
    "oneOf": [{"required": ["linkedRights"]}, {"required": ["encodedRights"]}],
}
MEMBERS = {
    "uri": URI,
    "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
    "representationType": {"enum": ["full", "partial"]},
    "profile": TEXT,
    "version": TEXT,
    "firstCreated": INSTANT,
    "versionCreated": INSTANT,
    "contentCreated": INSTANT,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    **dict.fromkeys(("copyrightHolder", "copyrightNotice", "usageTerms", "edNote", "language", "title", "by"), TEXT),
    "descriptions": PROSE,
    "headlines": PROSE,
    "people": PARTY,
    "organisations": PARTY,
    "subjects": PARTY,
    "infoSources": many(closed(name=TEXT, role=TEXT, uri=URI, literal=TEXT)),
    "renditions": many(closed(("name",), name=TEXT, href=URI, contentType=TEXT, title=TEXT)),
    "altIds": many(closed(role=TEXT, value=TEXT)),
    "standard": closed(name=TEXT, version=TEXT, schema=URI),
    "rightsInfo": RIGHTS,
}
ASSOCIATION = closed(("uri", "name"), name=TEXT, rel=TEXT, **MEMBERS)
ITEM = Draft202012Validator(closed(("uri",), associations=many(ASSOCIATION), **MEMBERS))


def read(body: bytes) -> dict[str, Any]:
    item: dict[str, Any] = json.loads(body)
    assert not [f"{error.json_path}: {error.message}" for error in ITEM.iter_errors(item)]
    return item


def test_it_says_which_standard_it_follows_and_that_it_has_no_body():
    item = read(render_ninjs(whole()))
    assert (item["standard"]["name"], item["standard"]["version"]) == ("ninjs", "3.1")
    assert item["representationType"] == "partial"
    assert (item["uri"], item["version"]) == (URN, "7")
    assert item["profile"] == SIGNATURE


def test_rights_are_linked_and_said_in_words():
    item = read(render_ninjs(whole()))
    assert item["rightsInfo"] == {"linkedRights": "https://creativecommons.org/licenses/by-sa/3.0/"}
    assert item["copyrightHolder"] == "The Harbour Trust"
    for words in ("CC BY-SA 3.0", "Ines Albright for The Harbour Trust", "Keep the pixel.", "/syndication"):
        assert words in item["usageTerms"]


def test_a_notice_that_nobody_stated_is_among_the_terms():
    item = read(render_ninjs(least(attribution={"copyright_holder": "The Trust", "copyright_year": 1999})))
    assert "copyrightNotice" not in item
    assert item["usageTerms"] == "© 1999 The Trust"


def test_who_made_the_work_that_it_is_made_from_is_known_by_kind():
    creators = [{"name": "Lou", "kind": "person", "role": "translator"}, "Desk"]
    (basis,) = read(render_ninjs(least(based_on=[{"relation": "excerpt", "creators": creators}])))["associations"]
    assert basis["people"] == [{"name": "Lou", "rel": "translator"}]
    assert basis["infoSources"] == [{"name": "Desk", "role": "author"}]


def test_each_part_and_each_basis_has_rights_of_its_own():
    part, basis = read(render_ninjs(whole()))["associations"]
    assert (part["rel"], part["type"], part["by"]) == ("part", "picture", "Tomás Ferreira")
    assert part["rightsInfo"] == {"linkedRights": "https://creativecommons.org/licenses/by-nc/4.0/"}
    assert (basis["rel"], basis["by"], basis["edNote"]) == ("translation", "Lucía Mar", "Translated from Spanish.")
    assert basis["rightsInfo"] == {"linkedRights": "https://creativecommons.org/licenses/by/4.0/"}
    assert len({part["uri"], basis["uri"], URN}) == 3


@pytest.mark.parametrize(
    ("kind", "member", "relation"),
    [("person", "people", "rel"), ("organization", "organisations", "rel"), (None, "infoSources", "role")],
)
def test_a_creator_is_a_person_only_where_that_is_known(kind: str | None, member: str, relation: str):
    item = read(render_ninjs(least(creators=[{"name": "Ines", "role": "editor", "kind": kind}])))
    assert item[member][0] == {"name": "Ines", relation: "editor"}
    assert item["by"] == "Ines (editor)"


@pytest.mark.parametrize(
    ("status", "said"),
    [("published", "usable"), ("corrected", "usable"), ("retracted", "canceled"), ("withdrawn", "canceled")],
)
def test_what_was_taken_back_is_canceled(status: str, said: str):
    assert read(render_ninjs(least(status=status)))["pubStatus"] == said


@pytest.mark.parametrize(("published", "said"), [("2024-05-04T12:30:00+02:00", "2024-05-04T10:30:00Z"), ("2024", None)])
def test_a_date_is_given_only_where_it_is_exact(published: str, said: str | None):
    assert read(render_ninjs(least(published_at=published))).get("contentCreated") == said


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_is_linked(status: str):
    item = read(render_ninjs(least(license=STATED[status])))
    links = {
        "known": "https://creativecommons.org/licenses/by/4.0/",
        "other": "https://harbour.example/our-terms",
    }
    assert item.get("rightsInfo", {}).get("linkedRights") == links.get(status)
    assert ("usageTerms" in item) == (status != "unknown")
    assert ("creativecommons.org" in item.get("usageTerms", "")) == (status in ("known", "alternatives"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back(text: str):
    item = read(render_ninjs(hostile(text)))
    assert item["headlines"][0]["value"] == item["descriptions"][0]["value"] == item["title"] == text
    assert [subject["name"] for subject in item["subjects"]] == [text[:500], text[:500]]
    assert item["infoSources"][0]["name"] == text[:500]
    assert item["altIds"][0]["value"] == text
    assert item["copyrightNotice"] == text
    assert item["associations"][0]["title"] == text


def test_the_rules_above_refuse_what_the_standard_does_not_have():
    item = json.loads(render_ninjs(whole()))
    both = {"linkedRights": "https://a.example/", "encodedRights": "{}"}
    for change in ({"license": "CC-BY-4.0"}, {"rightsInfo": both}, {"uri": None}, {"people": [{"role": "x"}]}):
        assert list(ITEM.iter_errors({**item, **change})), change
