"""Records of DataCite."""

from typing import Any

import orjson
import pytest

from service.formats.datacite import NOTICE, render_datacite
from service.formats.signature import SIGNATURE
from tests.formats.cast import least
from tests.formats.intake.records import load_record, read_items, read_members

BY = "https://creativecommons.org/licenses/by/4.0/legalcode"
BY_NC = "https://creativecommons.org/licenses/by-nc/4.0/"


def doi(**changes: Any) -> dict[str, Any]:
    """The attributes of a DOI of the Salt Archive."""
    return {
        "doi": "10.5555/SALT.1",
        "url": "https://salt.example/1",
        "creators": [
            {
                "name": "Albright, Ines",
                "nameType": "Personal",
                "givenName": "Ines",
                "familyName": "Albright",
                "nameIdentifiers": [
                    {"nameIdentifier": "https://ror.org/1", "nameIdentifierScheme": "ROR"},
                    {"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"},
                ],
                "affiliation": ["Harbour College"],
            },
            {"name": "The Tide Group", "nameType": "Organizational", "affiliation": [{"name": "Harbour"}]},
            {"name": ":unkn"},
        ],
        "contributors": [
            {"name": "Moth, Ann", "contributorType": "Editor"},
            {"name": "The Trust", "contributorType": "RightsHolder"},
            {"name": "Salt Bank", "contributorType": "HostingInstitution"},
        ],
        "titles": [
            {"title": "Sal", "lang": "es"},
            {"title": "Salt", "lang": "en"},
            {"title": "A survey", "titleType": "Subtitle"},
        ],
        "publisher": "Salt Archive",
        "publicationYear": 2024,
        "dates": [
            {"date": "2024-05-04", "dateType": "Issued"},
            {"date": "2024-06-01", "dateType": "Updated"},
            {"date": "2024-07-01", "dateType": "Updated", "dateInformation": "Metadata"},
        ],
        "language": "en",
        "subjects": [{"subject": "Salt"}, {"subject": "Sea", "subjectScheme": "LCSH"}],
        "descriptions": [
            {"description": "Made by hand.", "descriptionType": "Methods"},
            {"description": "<p>Salt <b>rose</b>.</p><p>It fell.</p>", "descriptionType": "Abstract"},
        ],
        "rightsList": [
            {
                "rights": "Creative Commons Attribution 4.0 International",
                "rightsUri": BY,
                "rightsIdentifier": "cc-by-4.0",
                "rightsIdentifierScheme": "SPDX",
            },
            {"rights": "Open Access", "rightsUri": "info:eu-repo/semantics/openAccess"},
            {"rights": "© 2024 The Trust"},
        ],
        "alternateIdentifiers": [
            {"alternateIdentifier": "2101.00001", "alternateIdentifierType": "arXiv"},
            {"alternateIdentifier": "SA 1", "alternateIdentifierType": "Local accession number"},
        ],
        "relatedIdentifiers": [
            {"relatedIdentifier": "10.5555/mar", "relatedIdentifierType": "DOI", "relationType": "IsTranslationOf"},
            {"relatedIdentifier": "10.5555/x", "relatedIdentifierType": "DOI", "relationType": "References"},
        ],
        **changes,
    }


def test_a_record_becomes_an_article():
    assert read_members(doi(), "datacite") == {
        "url": "https://salt.example/1",
        "title": "Salt",
        "source": {"name": "Salt Archive"},
        "creators": [
            {
                "name": "Ines Albright",
                "role": "author",
                "kind": "person",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": "Harbour College",
            },
            {"name": "The Tide Group", "role": "author", "kind": "organization", "affiliation": "Harbour"},
            {"name": "Moth, Ann", "role": "editor"},
        ],
        "language": "en",
        "published_at": "2024-05-04",
        "modified_at": "2024-06-01",
        "summary": "Salt rose.\nIt fell.",
        "keywords": ["Salt", "Sea"],
        "identifiers": [{"scheme": "doi", "value": "10.5555/salt.1"}, {"scheme": "arxiv", "value": "2101.00001"}],
        "license": {"url": BY},
        "attribution": {"copyright_holder": "The Trust", "copyright_notice": "© 2024 The Trust"},
        "based_on": [{"relation": "translation", "url": "https://doi.org/10.5555/mar"}],
    }


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ([], "2024"),
        ([{"date": "2024-05", "dateType": "Available"}], "2024-05"),
        ([{"date": "2023-05", "dateType": "Created"}], "2024"),
        ([{"date": "2024-01-01/2024-02-01", "dateType": "Issued"}], "2024"),
        ([{"date": "2024-05-04T10:30:00+02:00", "dateType": "Issued"}], "2024-05-04T10:30:00+02:00"),
    ],
)
def test_the_most_telling_date_is_that_of_publication(dates: list[Any], published: str):
    assert read_members(doi(dates=dates), "datacite")["published_at"] == published


@pytest.mark.parametrize(
    ("rights", "names"),
    [
        ([{"rights": "CC BY 4.0", "rightsUri": BY}, {"rights": "All rights reserved"}], ["disputed"]),
        ([{"rights": "Open Access"}], ["other"]),
        ([{"rights": "Creative Commons Attribution"}], ["unversioned"]),
        ([{"rights": "Creative Commons Attribution", "rightsUri": BY}], ["known"]),
        ([{"rightsIdentifier": "cc-by-sa-4.0", "rightsIdentifierScheme": "SPDX"}], ["known"]),
        ([{"rightsURI": BY}, {"rightsUri": "https://opensource.org/license/mit"}], ["known", "other"]),
        ([{"rights": "Copyright The Trust"}], []),
        ([{"rights": "© The Trust. All rights reserved."}, {"rightsUri": BY}], ["disputed"]),
        ([{"rightsUri": BY}, {"rightsUri": BY_NC}, {"rights": "All rights reserved"}], ["disputed"]),
        ([{"rights": "CC BY 4.0", "rightsUri": BY}, {"rights": "CC BY-NC 4.0"}], ["disputed"]),
        ([{"rights": "CC BY 4.0"}, {"rights": "CC BY-NC 4.0"}], ["disputed"]),
        ([{"rights": "CC BY"}, {"rights": "CC BY 4.0"}], ["known"]),
        (["CC BY 4.0"], ["known"]),
        ("CC BY 4.0", ["known"]),
        ([{"rightsUri": "CC BY 4.0"}], ["known"]),
        ([{"rights": "Attribution 4.0 International", "rightsIdentifier": "cc-by-nc-4.0"}], ["disputed"]),
        ([{"rightsUri": BY, "rightsIdentifier": "cc-by-nc-4.0"}], ["disputed"]),
        ([{"rights": "Attribution 4.0 International", "rightsIdentifier": "cc-by-4.0"}], ["known"]),
        ([{"rights": "© 2020 Foo Ltd. All rights reserved."}], ["all-rights-reserved"]),
        ([{"rights": "Courtesy of Foo Ltd."}], ["other"]),
        ([{"rightsUri": BY}, {"rightsUri": "info:eu-repo/semantics/embargoedAccess"}], ["other"]),
        ([{"rightsUri": BY}, {"rightsUri": BY_NC}, {"rights": "Creative Commons"}], ["known", "known"]),
    ],
)
def test_rights_are_read_as_what_they_are(rights: list[Any], names: list[str]):
    new, _ = load_record(doi(rightsList=rights), "datacite")
    assert [claim.status for claim in new.claims] == names


@pytest.mark.parametrize("kind", ["UUID", "uuid", "URN", SIGNATURE])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("All rights reserved", "disputed"),
        ("CC BY-NC 4.0", "disputed"),
        ("© The Trust. No reuse at all.", "known"),
        ("© The Trust. Not for reuse.", "disputed"),
    ],
)
def test_a_number_like_that_of_a_record_of_ours_makes_it_none_of_ours(kind: str, words: str, status: str):
    named = [{"alternateIdentifier": "01900000-0000-7000-8000-000000000000", "alternateIdentifierType": kind}]
    rights = [{"rightsUri": BY}, {"rights": words}]
    new, _ = load_record(doi(rightsList=rights, alternateIdentifiers=named), "datacite")
    assert [claim.status for claim in new.claims] == [status]


@pytest.mark.parametrize("scheme", ["creditline", "Creditline ", "CREDITLINE", "SPDX", "", None, [SIGNATURE]])
@pytest.mark.parametrize("id", [NOTICE, "other", "all-rights-reserved"])
def test_marks_like_ours_are_none(scheme: Any, id: str):
    entry = {"rights": "Licensed under CC BY-NC 4.0", "rightsIdentifier": id, "rightsIdentifierScheme": scheme}
    new, _ = load_record(doi(rightsList=[{"rightsUri": BY}, entry]), "datacite")
    assert [claim.status for claim in new.claims] == ["disputed"]
    assert new.content.attribution.copyright_notice is None


def test_a_notice_of_ours_is_no_license_whatever_it_says():
    article = least(license="CC-BY-4.0", attribution={"copyright_notice": "All rights reserved, they say"})
    members = read_members(orjson.loads(render_datacite(article)), "datacite")
    assert members["license"] == {"id": "CC-BY-4.0"}
    assert members["attribution"] == {"copyright_notice": "All rights reserved, they say"}


@pytest.mark.parametrize("words", ["CC BY-NC 4.0", "All rights reserved; or see below"])
def test_words_under_our_mark_that_are_not_ours_are_a_statement(words: str):
    entry = {"rights": words, "rightsIdentifier": "disputed", "rightsIdentifierScheme": SIGNATURE}
    assert read_members(doi(rightsList=[entry]), "datacite")["license"]["statement"] == words


@pytest.mark.parametrize(
    "envelope",
    [
        doi(),
        [doi()],
        {"data": {"id": "10.5555/salt.1", "type": "dois", "attributes": doi()}},
        {"data": [{"id": "10.5555/salt.1", "type": "dois", "attributes": doi()}], "meta": {"total": 1}},
        {"id": "10.5555/salt.1", "type": "dois", "attributes": doi()},
    ],
    ids=["bare", "array", "one", "list", "resource"],
)
def test_every_envelope_is_opened(envelope: Any):
    (item,) = read_items(envelope, "datacite")
    assert item.members == read_members(doi(), "datacite")


def test_a_publisher_may_be_an_object_or_not_be_known():
    assert read_members(doi(publisher={"name": "Salt", "schemeUri": "x"}), "datacite")["source"] == {"name": "Salt"}
    assert "source" not in read_members(doi(publisher=":unav"), "datacite")


def test_a_related_item_says_more_than_an_address():
    items = [
        {
            "relationType": "IsTranslationOf",
            "relatedItemType": "Text",
            "relatedItemIdentifier": {"relatedItemIdentifier": "10.5555/mar", "relatedItemIdentifierType": "DOI"},
            "titles": [{"title": "Sal"}],
            "creators": [{"name": "Mar, Lucía", "givenName": "Lucía", "familyName": "Mar"}],
        },
        {"relationType": "HasPart", "relatedItemType": "Image", "titles": [{"title": "A picture"}]},
    ]
    members = read_members(doi(relatedItems=items), "datacite")
    assert members["based_on"] == [
        {
            "relation": "translation",
            "url": "https://doi.org/10.5555/mar",
            "title": "Sal",
            "creators": [{"name": "Lucía Mar", "role": "author"}],
        }
    ]
    assert "parts" not in members


def test_a_license_begins_when_the_embargo_ends():
    rights = [{"rightsUri": BY}, {"rights": "Embargoed", "rightsUri": "info:eu-repo/semantics/embargoedAccess"}]
    dates = [{"date": "2024-05-04", "dateType": "Issued"}, {"date": "2031-01-01", "dateType": "Available"}]
    assert read_members(doi(rightsList=rights, dates=dates), "datacite")["license"] == {
        "url": BY,
        "start": "2031-01-01",
    }


def test_a_work_that_is_named_twice_is_one():
    related = {
        "relatedIdentifier": "https://a.example/",
        "relatedIdentifierType": "URL",
        "relationType": "IsDerivedFrom",
    }
    item = {"titles": [{"title": "Salt"}], "relationType": "IsVersionOf"}
    members = read_members(doi(relatedIdentifiers=[related, related], relatedItems=[item, item]), "datacite")
    assert [basis["relation"] for basis in members["based_on"]] == ["version", "adaptation"]
