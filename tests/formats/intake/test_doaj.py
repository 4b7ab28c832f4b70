"""Articles of the Directory of Open Access Journals."""

from typing import Any

import pytest

from tests.formats.intake.records import load_record, read_items, read_members


def article(**changes: Any) -> dict[str, Any]:
    """An article of the Harbour Review."""
    return {
        "title": "Salt in the outer harbour",
        "author": [
            {"name": "Ines Albright", "affiliation": "Harbour College", "orcid_id": "0000-0002-1825-0097"},
            "Lou Moth",
        ],
        "journal": {
            "title": "The Harbour Review",
            "publisher": "Harbour Press",
            "language": ["EN"],
            "issns": ["0378-5955"],
        },
        "year": "2024",
        "month": "5",
        "abstract": "Salt rose.",
        "keywords": ["salt", "sea"],
        "subject": [{"scheme": "LCC", "term": "Science"}],
        "identifier": [{"type": "doi", "id": "10.5555/HARBOUR.7"}, {"type": "eissn", "id": "0378-5955"}],
        "link": [
            {"type": "homepage", "url": "https://review.example/"},
            {"type": "fulltext", "url": "https://review.example/7"},
        ],
        "license": [{"type": "CC BY", "BY": True, "NC": False, "url": "https://creativecommons.org/licenses/by/4.0/"}],
        **changes,
    }


def test_a_record_becomes_an_article():
    assert read_members({"id": "x", "bibjson": article()}, "doaj") == {
        "url": "https://review.example/7",
        "title": "Salt in the outer harbour",
        "source": {"name": "The Harbour Review"},
        "creators": [
            {
                "name": "Ines Albright",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": "Harbour College",
            },
            {"name": "Lou Moth"},
        ],
        "language": "EN",
        "published_at": "2024-05",
        "summary": "Salt rose.",
        "keywords": ["salt", "sea"],
        "identifiers": [{"scheme": "doi", "value": "10.5555/harbour.7"}, {"scheme": "issn", "value": "0378-5955"}],
        "license": {"status": "known", "id": "CC-BY-4.0", "statement": "CC BY"},
    }


@pytest.mark.parametrize(
    ("year", "month", "published"),
    [
        ("2024", "May", "2024-05"),
        (2024, 12, "2024-12"),
        ("2024", "Spring", "2024"),
        ("2024", None, "2024"),
        (None, "5", None),
    ],
)
def test_a_month_is_a_number_or_a_name(year: Any, month: Any, published: str | None):
    assert read_members(article(year=year, month=month), "doaj").get("published_at") == published


@pytest.mark.parametrize(
    ("licenses", "status"),
    [
        ([{"type": "CC BY"}], "unversioned"),
        ([{"BY": True, "NC": True, "SA": False, "ND": True}], "unversioned"),
        ([{"type": "Publisher's own license", "url": "https://review.example/terms"}], "other"),
        ([{"type": "CC BY"}, {"type": "CC BY-NC"}], "disputed"),
    ],
)
def test_one_license_is_stated_and_several_are_in_doubt(licenses: list[Any], status: str):
    new, _ = load_record(article(license=licenses), "doaj")
    assert [claim.status for claim in new.claims] == [status]


def test_the_license_may_stand_with_the_journal():
    record = article(license=None, journal={"title": "R", "license": [{"title": "CC BY", "url": "http://r.example/l"}]})
    new, _ = load_record(record, "doaj")
    assert [claim.statement for claim in new.claims] == ["CC BY"]


def test_of_several_languages_none_is_that_of_the_article():
    journal = {"title": "R", "language": ["EN", "FR"]}
    assert "language" not in read_members(article(journal=journal), "doaj")


def test_without_a_full_text_the_doi_leads_to_it():
    assert read_members(article(link=[]), "doaj")["url"] == "https://doi.org/10.5555/harbour.7"


@pytest.mark.parametrize(
    "envelope", [{"total": 1, "results": [{"bibjson": article()}]}, [{"bibjson": article()}], article()]
)
def test_every_envelope_is_opened(envelope: Any):
    (item,) = read_items(envelope, "doaj")
    assert item.members == read_members(article(), "doaj")
