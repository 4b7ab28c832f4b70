"""News items of ninjs, in the shapes of its versions."""

from typing import Any

import orjson
import pytest

from service.formats.ninjs import render_ninjs
from tests.formats.cast import least
from tests.formats.intake.records import load_record, read_items, read_members

BY = "https://creativecommons.org/licenses/by/4.0/"
URN = "urn:uuid:01900000-0000-7000-8000-000000000000"
WEB = [{"name": "web", "href": "https://courier.example/lighthouse"}]


def first(**changes: Any) -> dict[str, Any]:
    """An item of ninjs 1.x: names in lower case, objects by names, texts by suffixes."""
    return {
        "uri": "urn:newsml:courier.example:20240504:lighthouse:1",
        "type": "text",
        "versioncreated": "2024-05-04T12:30:00+0200",
        "pubstatus": "usable",
        "copyrightholder": "Harbour Courier",
        "copyrightnotice": "© 2024 Harbour Courier",
        "usageterms": "Licensed under CC BY 4.0.",
        "language": "en-GB",
        "headline": "Who paints the lighthouse?",
        "byline": "By Ines Albright and Tomás Ferreira",
        "description_text": "Eleven coats of white.",
        "body_text": "The tower stands.",
        "person": [{"name": "The Keeper", "rel": "about"}],
        "organisation": [{"name": "The Paint Board", "rel": "mentions"}],
        "subject": [{"name": "Lighthouses", "scheme": "http://cv.example/"}],
        "renditions": {
            "thumb": {"href": "https://courier.example/t.jpg", "mimetype": "image/jpeg"},
            "web": {"href": "https://courier.example/lighthouse", "mimetype": "text/html"},
        },
        "associations": {
            "mainpic": {
                "uri": "https://courier.example/lamp",
                "type": "picture",
                "headline": "The lamp",
                "byline": "Tomás Ferreira",
                "usageterms": "CC BY-NC 4.0",
                "copyrightholder": "Ferreira",
                "renditions": {"main": {"href": "https://courier.example/lamp.jpg"}},
            },
            "related": {"uri": "https://courier.example/other", "type": "text", "headline": "Another story"},
        },
        **changes,
    }


def third(**changes: Any) -> dict[str, Any]:
    """An item of ninjs 3.x: names in camel case, lists of objects with roles."""
    return {
        "uri": "https://courier.example/lighthouse",
        "type": "text",
        "firstCreated": "2024-05-04T10:30:00Z",
        "versionCreated": "2024-05-05T08:00:00Z",
        "pubStatus": "usable",
        "headlines": [{"role": "sub", "value": "A sub"}, {"role": "main", "value": "Who paints the lighthouse?"}],
        "descriptions": [{"contentType": "text/html", "value": "<p>Eleven <b>coats</b>.</p>"}],
        "by": "Ines Albright",
        "people": [{"name": "Ines Albright", "rel": "author"}, {"name": "The Keeper", "rel": "about"}],
        "infoSources": [
            {"name": "Harbour Wire", "role": "publisher", "uri": "https://wire.example/"},
            {"name": "The Trust", "role": "credit", "uri": "https://trust.example/"},
        ],
        "rightsInfo": {"linkedRights": BY},
        "altIds": [{"role": "doi", "value": "10.1000/182"}, {"role": "Desk No", "value": "7"}],
        **changes,
    }


def test_an_item_of_the_first_version_becomes_an_article():
    assert read_members(first(), "ninjs") == {
        "url": "https://courier.example/lighthouse",
        "title": "Who paints the lighthouse?",
        "source": {"name": "Harbour Courier"},
        "creators": [{"name": "Ines Albright and Tomás Ferreira"}],
        "language": "en-GB",
        "published_at": "2024-05-04T12:30:00+02:00",
        "summary": "Eleven coats of white.",
        "keywords": ["Lighthouses"],
        "identifiers": [{"scheme": "urn", "value": "urn:newsml:courier.example:20240504:lighthouse:1"}],
        "license": {"statement": "Licensed under CC BY 4.0."},
        "attribution": {"copyright_holder": "Harbour Courier", "copyright_notice": "© 2024 Harbour Courier"},
        "parts": [
            {
                "kind": "image",
                "url": "https://courier.example/lamp.jpg",
                "title": "The lamp",
                "creator": "Tomás Ferreira",
                "license": {"statement": "CC BY-NC 4.0"},
                "credit": "Ferreira",
            }
        ],
    }


def test_an_item_of_the_third_version_becomes_an_article():
    assert read_members(third(), "ninjs") == {
        "url": "https://courier.example/lighthouse",
        "title": "Who paints the lighthouse?",
        "source": {"name": "Harbour Wire", "url": "https://wire.example/"},
        "creators": [{"name": "Ines Albright", "role": "author", "kind": "person"}],
        "published_at": "2024-05-04T10:30:00Z",
        "modified_at": "2024-05-05T08:00:00Z",
        "summary": "Eleven coats.",
        "identifiers": [{"scheme": "doi", "value": "10.1000/182"}],
        "license": {"id": "CC-BY-4.0"},
        "attribution": {"credit": "The Trust", "credit_url": "https://trust.example/"},
    }


def test_the_second_version_has_lists_and_lower_case():
    def lowered(value: Any) -> Any:
        if isinstance(value, dict):
            return {name.lower(): lowered(inside) for name, inside in value.items()}
        return [lowered(item) for item in value] if isinstance(value, list) else value

    assert read_members(lowered(third()), "ninjs") == read_members(third(), "ninjs")


@pytest.mark.parametrize(
    ("rights", "statuses"),
    [
        ({"rightsInfo": {"linkedRights": BY}, "usageTerms": "Not in France."}, ["disputed"]),
        ({"rightsInfo": {"linkedRights": BY}, "usageTerms": "Thanks to the keepers."}, ["known"]),
        ({"rightsInfo": {"linkedRights": BY}, "usageTerms": "All rights reserved."}, ["disputed"]),
        ({"rightsInfo": {"encodedRights": f'{{"uid": "{BY}", "target": "x"}}'}}, ["known"]),
        ({"rightsInfo": {"encodedRights": "https://creativecommons.org/licenses/by/9.9/"}}, ["other"]),
        ({"rightsInfo": {"encodedRights": '{"prohibitions": []}'}}, []),
        ({"rightsInfo": {"encodedRights": f"{BY} https://creativecommons.org/licenses/by-nc/4.0/"}}, ["disputed"]),
        ({"rightsInfo": {}, "usageTerms": "Subscribers only."}, ["other"]),
    ],
)
def test_rights_are_read_from_links_expressions_and_words(rights: dict[str, Any], statuses: list[str]):
    new, _ = load_record(third(**rights), "ninjs")
    assert [claim.status for claim in new.claims] == statuses


@pytest.mark.parametrize("profile", [None, "creditline", "Creditline/1", "text-only", ["Creditline"]])
@pytest.mark.parametrize("terms", ["All rights reserved", "Licensed under CC BY-NC 4.0."])
def test_a_name_like_that_of_a_record_of_ours_makes_it_none_of_ours(profile: Any, terms: str):
    foreign = {"uri": URN, "profile": profile, "usageTerms": terms, "renditions": WEB}
    new, _ = load_record(third(**foreign), "ninjs")
    assert [claim.status for claim in new.claims] == ["disputed"]
    worded, _ = load_record(third(**foreign, rightsInfo={}), "ninjs")
    assert [claim.status for claim in worded.claims] != []
    members = read_members(third(**foreign), "ninjs")
    assert {"scheme": "urn", "value": URN} in members["identifiers"]
    assert members["published_at"] == "2024-05-04T10:30:00Z"


def test_an_association_with_such_a_name_is_none_of_ours_either():
    terms = {"rightsInfo": {"linkedRights": BY}, "usageTerms": "All rights reserved"}
    picture = {"uri": f"{URN}#part-0", "type": "picture", **terms, "renditions": WEB}
    basis = {"uri": URN, "rel": "version", "title": "El faro", **terms}
    new, _ = load_record(third(associations=[picture, basis]), "ninjs")
    assert new.content.parts[0].license.status == "disputed"
    assert new.content.based_on[0].license.status == "disputed"
    assert new.content.based_on[0].article is None


def test_an_embargo_on_an_item_of_ours_was_set_by_somebody_else():
    item = {**orjson.loads(render_ninjs(least(license="CC-BY-4.0"))), "embargoedUntil": "2024-05-06T06:00:00Z"}
    assert read_members(item, "ninjs")["license"]["start"] == "2024-05-07"


@pytest.mark.parametrize(
    ("until", "start"),
    [
        ("2024-05-06T06:00:00Z", "2024-05-07"),
        ("2024-05-06T00:00:00Z", "2024-05-06"),
        ("2024-05-06T23:30:00-01:00", "2024-05-08"),
    ],
)
def test_a_license_begins_with_the_first_whole_day_after_an_embargo(until: str, start: str | None):
    assert read_members(third(embargoedUntil=until), "ninjs")["license"].get("start") == start


@pytest.mark.parametrize(
    ("until", "start"), [("2031-01-01", "2031-01-01"), ("2031-01", "2031-01-31"), ("2031", "2031-12-31")]
)
def test_an_embargo_of_version_1_counts_up_to_the_last_day_that_it_may_mean(until: str, start: str):
    assert read_members(third(embargoed=until), "ninjs")["license"]["start"] == start
    both = third(embargoed=until, embargoedUntil="2030-01-01")
    assert read_members(both, "ninjs")["license"]["start"] == start


@pytest.mark.parametrize("until", ["soon", "9999-12-31T06:00:00Z", 7])
def test_a_license_is_none_yet_where_the_end_of_the_embargo_is_not_known(until: Any):
    new, _ = load_record(third(embargoedUntil=until), "ninjs")
    assert [claim.status for claim in new.claims] == ["other"]


def test_that_an_item_expires_does_not_end_its_license():
    assert "end" not in read_members(third(expires="2024-06-01T00:00:00Z"), "ninjs")["license"]


@pytest.mark.parametrize(("status", "read"), [("canceled", "withdrawn"), ("withheld", None), ("usable", None)])
def test_what_was_canceled_is_withdrawn(status: str, read: str | None):
    assert read_members(third(pubStatus=status), "ninjs").get("status") == read


def test_the_byline_orders_those_who_are_listed_by_kind():
    item = third(
        by="Desk (editor), Ines Albright, Ines",
        people=[{"name": "Ines", "rel": "author"}, {"name": "Ines Albright", "rel": "author"}],
        infoSources=[{"name": "Desk", "role": "editor"}],
    )
    names = [creator["name"] for creator in read_members(item, "ninjs")["creators"]]
    assert names == ["Desk", "Ines Albright", "Ines"]


def test_works_that_it_is_made_from_are_no_parts():
    basis = {"uri": "https://faro.example/1", "rel": "translation", "type": "text", "title": "El faro", "by": "Lucía"}
    members = read_members(third(associations=[basis]), "ninjs")
    assert members["based_on"] == [
        {
            "relation": "translation",
            "url": "https://faro.example/1",
            "title": "El faro",
            "creators": [{"name": "Lucía"}],
        }
    ]
    assert "parts" not in members


@pytest.mark.parametrize("envelope", [[third()], {"items": [third()]}, {"_items": [third()]}, third()])
def test_every_envelope_is_opened(envelope: Any):
    (item,) = read_items(envelope, "ninjs")
    assert item.members == read_members(third(), "ninjs")
