"""Items of CSL-JSON."""

from typing import Any

import pytest

from tests.formats.intake.records import load_record, read_items, read_members

BY = "https://creativecommons.org/licenses/by/4.0/"
BY_NC = "https://creativecommons.org/licenses/by-nc/4.0/"


def item(**changes: Any) -> dict[str, Any]:
    """An item as a reference manager keeps it."""
    return {
        "id": "albright2024",
        "type": "article-newspaper",
        "title": "Who paints the lighthouse?",
        "author": [
            {"family": "Albright", "given": "Ines", "suffix": "Jr."},
            {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van", "literal": "Gogh, Vincent van"},
            {"literal": "The Tide Group"},
        ],
        "translator": [{"family": "Ferreira", "given": "Tomás"}],
        "issued": {"date-parts": [["2024", "5", 4]]},
        "container-title": "Harbour Courier",
        "publisher": "Harbour Press",
        "URL": "https://harbour.example/lighthouse",
        "DOI": "10.1000/182",
        "ISSN": "0378-5955",
        "abstract": "Eleven coats.",
        "language": "en-GB",
        "keyword": "lighthouses; paint, salt",
        "note": "Read on the train",
        **changes,
    }


def test_an_item_becomes_an_article():
    assert read_members(item(), "csl") == {
        "url": "https://harbour.example/lighthouse",
        "title": "Who paints the lighthouse?",
        "source": {"name": "Harbour Courier"},
        "creators": [
            {"name": "Ines Albright Jr.", "role": "author", "kind": "person"},
            {"name": "Vincent van Gogh", "role": "author", "kind": "person"},
            {"name": "The Tide Group", "role": "author"},
            {"name": "Tomás Ferreira", "role": "translator", "kind": "person"},
        ],
        "language": "en-GB",
        "published_at": "2024-05-04",
        "summary": "Eleven coats.",
        "keywords": ["lighthouses", "paint", "salt"],
        "identifiers": [{"scheme": "doi", "value": "10.1000/182"}, {"scheme": "issn", "value": "0378-5955"}],
    }


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"raw": "2024-05-04"}, "2024-05-04"),
        ({"literal": "2024-05"}, "2024-05"),
        ({"literal": "last spring"}, None),
        ("2024", "2024"),
        ({"date-parts": [[2024, 5], [2024, 6]]}, "2024-05"),
        ({"date-parts": [[2024, 13]]}, None),
        ({"date-parts": []}, None),
    ],
)
def test_a_date_comes_in_many_shapes(issued: Any, published: str | None):
    assert read_members(item(issued=issued), "csl").get("published_at") == published


@pytest.mark.parametrize(
    ("said", "statuses"),
    [
        ({"note": "License: CC BY 4.0"}, ["known"]),
        ({"note": "CC BY"}, ["unversioned"]),
        ({"note": "A fine read, all in all"}, []),
        ({"note": "Read on the train\nLicense: CC BY 4.0"}, ["known"]),
        ({"note": "This work is licensed under CC BY 4.0"}, ["known"]),
        ({"note": "All rights reserved"}, ["all-rights-reserved"]),
        ({"note": "See also a CC BY 4.0 article elsewhere"}, []),
        ({"note": "Published open access thanks to a CC BY 4.0 agreement with Wiley"}, []),
        ({"note": "Translated from an article under CC BY-SA 3.0"}, []),
        ({"note": "Not for my students"}, []),
        ({"license": "CC BY 4.0", "note": "Not for my students"}, ["known"]),
        ({"license": "CC BY 4.0", "note": "License: CC BY-NC 4.0"}, ["disputed"]),
        ({"license": "CC BY 4.0", "note": "Published under a CC BY-NC 4.0 agreement"}, ["disputed"]),
        ({"license": ["All rights reserved", BY]}, ["disputed"]),
        ({"license": "https://creativecommons.org/licenses/by/4.0/"}, ["known"]),
        ({"license": ["CC BY 4.0", "https://harbour.example/terms"]}, ["known", "other"]),
        ({"copyright": "© 2024 The Trust, CC BY-NC 4.0"}, ["known"]),
        ({"copyright": "© 2024 The Trust"}, []),
        ({"license": "CC BY 9.9"}, ["other"]),
        ({"license": "CC BY 4.0", "note": "License: CC BY"}, ["known"]),
        ({"license": "CC BY 4.0", "note": "All rights reserved"}, ["disputed"]),
        ({"license": [{"URL": BY}], "copyright": "© The Trust. All rights reserved."}, ["disputed"]),
        ({"license": ["CC BY 4.0", "https://harbour.example/terms"], "note": "CC BY-NC 4.0"}, ["disputed"]),
        ({"license": [{"URL": BY}, {"URL": BY_NC, "content-version": "tdm"}], "note": "CC BY-NC 4.0"}, ["disputed"]),
        ({"license": [{"URL": BY, "start": {"date-parts": [[2024]]}}], "note": "CC BY 4.0"}, ["known"]),
        ({"note": "CC BY 4.0", "copyright": "© The Trust. All rights reserved."}, ["disputed"]),
    ],
)
def test_a_license_stands_in_several_places(said: dict[str, Any], statuses: list[str]):
    new, _ = load_record(item(**said), "csl")
    assert [claim.status for claim in new.claims] == statuses


@pytest.mark.parametrize("custom", [None, {}, {"generator": "creditline"}, {"generator": "Zotero"}, "Creditline"])
def test_an_item_is_ours_only_where_it_is_signed(custom: Any):
    foreign = {"id": "urn:uuid:01900000-0000-7000-8000-000000000000", "custom": custom, "note": "License: CC BY-NC 4.0"}
    new, _ = load_record(item(**foreign), "csl")
    assert [claim.name for claim in new.claims] == ["CC-BY-NC-4.0"]


def test_what_others_keep_in_custom_is_not_read():
    custom = {"license": [BY], "copyright": "©", "published_at": "2020", "identifiers": [{"scheme": "a", "value": "b"}]}
    assert read_members(item(custom=custom), "csl") == read_members(item(), "csl")


def test_licenses_as_crossref_dates_them_are_read_as_those():
    licenses = [
        {"URL": "https://press.example/tdm", "content-version": "tdm"},
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "start": {"date-parts": [[2024, 5, 4]]}},
    ]
    new, grants = load_record(item(license=licenses), "csl")
    assert [(claim.name, str(claim.start)) for claim in new.claims] == [("CC-BY-4.0", "2024-05-04")]
    assert [grant.scope for grant in grants] == ["tdm"]


def test_a_notice_without_a_license_is_a_notice():
    members = read_members(item(copyright="© 2024 The Trust"), "csl")
    assert members["attribution"] == {"copyright_notice": "© 2024 The Trust"}


@pytest.mark.parametrize("envelope", [[item()], {"items": [item()]}, item()])
def test_every_envelope_is_opened(envelope: Any):
    (read,) = read_items(envelope, "csl")
    assert read.members == read_members(item(), "csl")
