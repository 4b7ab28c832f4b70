"""Works of Crossref."""

from typing import Any

import pytest

from tests.formats.intake.records import load_record, read_items, read_members

BY = "http://creativecommons.org/licenses/by/4.0/"


def date(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


def work(**changes: Any) -> dict[str, Any]:
    """A work of the Harbour Review, in the shape that the API gives."""
    return {
        "DOI": "10.5555/HARBOUR.7",
        "URL": "https://doi.org/10.5555/harbour.7",
        "resource": {"primary": {"URL": "https://review.harbour.example/7"}},
        "type": "journal-article",
        "title": ["Salt &amp; <i>Zostera</i>\n in the outer harbour"],
        "subtitle": ["A survey"],
        "container-title": ["The Harbour Review", "Harb. Rev."],
        "publisher": "Harbour Press",
        "author": [
            {
                "given": "Ines",
                "family": "Albright",
                "ORCID": "http://orcid.org/0000-0002-1825-0097",
                "affiliation": [{"name": "Harbour College"}, {"name": "The Trust"}],
                "sequence": "first",
            },
            {"name": "The Tide Group", "sequence": "additional", "affiliation": []},
        ],
        "editor": [{"family": "Moth"}],
        "translator": [{"given": "小明", "family": "王"}],
        "published": date(2024, 5),
        "published-online": date(2024, 5, 4),
        "issued": date(2024, 5),
        "abstract": "<jats:title>Abstract</jats:title><jats:p>Salt rose by &lt;2%.</jats:p><jats:p>It fell.</jats:p>",
        "language": "en",
        "subject": ["Ecology", "Ecology", "Salt"],
        "ISSN": ["0378-5955", "1234-0000"],
        "license": [{"URL": BY, "start": date(2024, 5, 4), "delay-in-days": 0, "content-version": "vor"}],
        "assertion": [{"name": "copyright", "value": "© 2024 The Authors"}, {"name": "received", "value": "2023"}],
        **changes,
    }


def test_a_work_becomes_an_article():
    assert read_members(work(), "crossref") == {
        "url": "https://review.harbour.example/7",
        "title": "Salt & Zostera in the outer harbour",
        "source": {"name": "The Harbour Review"},
        "creators": [
            {
                "name": "Ines Albright",
                "role": "author",
                "kind": "person",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": "Harbour College; The Trust",
            },
            {"name": "The Tide Group", "role": "author", "kind": "organization"},
            {"name": "王小明", "role": "translator", "kind": "person"},
            {"name": "Moth", "role": "editor", "kind": "person"},
        ],
        "language": "en",
        "published_at": "2024-05-04",
        "summary": "Salt rose by <2%.\nIt fell.",
        "keywords": ["Ecology", "Salt"],
        "identifiers": [{"scheme": "doi", "value": "10.5555/harbour.7"}, {"scheme": "issn", "value": "0378-5955"}],
        "license": {"url": BY, "start": "2024-05-04"},
        "attribution": {"copyright_notice": "© 2024 The Authors"},
    }


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"resource": {}}, "https://doi.org/10.5555/harbour.7"),
        ({"resource": {"primary": {"URL": "ftp://harbour.example/"}}}, "https://doi.org/10.5555/harbour.7"),
        ({"resource": None, "DOI": "10.5555/a<b>#c"}, "https://doi.org/10.5555/a%3Cb%3E%23c"),
        ({"resource": None, "DOI": None}, "https://doi.org/10.5555/harbour.7"),
        ({"resource": None, "DOI": None, "URL": "nowhere"}, "nowhere"),
    ],
)
def test_its_address_is_its_page_or_else_that_of_its_doi(changes: dict[str, Any], url: str):
    assert read_members(work(**changes), "crossref")["url"] == url


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"container-title": [], "institution": [{"name": "Salt Archive"}]}, "Salt Archive"),
        ({"container-title": []}, "Harbour Press"),
    ],
)
def test_a_work_in_no_journal_has_another_source(changes: dict[str, Any], name: str):
    assert read_members(work(**changes), "crossref")["source"] == {"name": name}


def test_licenses_of_the_article_are_alternatives_from_their_days_and_others_are_grants():
    licenses = [
        {"URL": "https://press.harbour.example/tdm", "start": date(2024, 5, 4), "content-version": "tdm"},
        {"URL": "https://press.harbour.example/am", "delay-in-days": 365, "content-version": "am"},
        {"URL": "https://press.harbour.example/reading", "start": date(2024, 5, 4), "content-version": "unspecified"},
        {"URL": BY, "start": {"date-time": "2025-05-04T00:00:00Z"}, "content-version": "vor"},
        {"URL": BY, "content-version": "stm-asf"},
    ]
    new, grants = load_record(work(license=licenses), "crossref")
    assert [(claim.name, str(claim.start)) for claim in new.claims] == [
        ("https://press.harbour.example/reading", "2024-05-04"),
        ("CC-BY-4.0", "2025-05-04"),
    ]
    assert [(grant.scope, grant.claim.url, str(grant.claim.start)) for grant in grants] == [
        ("tdm", "https://press.harbour.example/tdm", "2024-05-04"),
        ("manuscript", "https://press.harbour.example/am", "2025-05-04"),
    ]


@pytest.mark.parametrize(
    ("license", "published", "start"),
    [
        ({"start": date(2024, 5, 4), "delay-in-days": 30}, date(2024, 5, 4), "2024-05-04"),
        ({"start": date(2024, 5)}, date(2024, 5, 4), "2024-05-31"),
        ({"delay-in-days": 30}, date(2024, 5, 4), "2024-06-03"),
        ({"delay-in-days": 30}, date(2024), "2025-01-30"),
        ({"delay-in-days": 0}, date(2024, 5, 4), None),
        ({"delay-in-days": "30"}, date(2024, 5, 4), "2024-06-03"),
        ({"delay-in-days": 30.0}, date(2024, 5, 4), "2024-06-03"),
        ({"delay-in-days": None}, date(2024, 5, 4), None),
        ({"start": date(2024, 5, 4), "delay-in-days": "a year"}, date(2024, 5, 4), "2024-05-04"),
        ({}, date(2024, 5, 4), None),
    ],
)
def test_a_delay_counts_where_no_day_is_given_and_never_too_early(license: Any, published: Any, start: str | None):
    dated = work(license=[{"URL": BY, **license}], published=published, issued=None, **{"published-online": None})
    assert read_members(dated, "crossref")["license"].get("start") == start


@pytest.mark.parametrize(
    ("begin", "published"),
    [
        ({"delay-in-days": 30}, None),
        ({"delay-in-days": 10**9}, date(2024, 5, 4)),
        ({"delay-in-days": 400}, date(9999, 1, 1)),
        ({"delay-in-days": 10**19}, date(2024)),
        ({"start": {"date-parts": [[None]]}}, date(2024)),
        *(({"delay-in-days": delay}, date(2024, 5, 4)) for delay in ("a year", "", "-1", -1, 0.5, True, [], {}, "²")),
    ],
)
def test_a_license_that_begins_nobody_knows_when_is_no_license_yet(begin: Any, published: Any):
    undated = {"published": published, "issued": None, "published-online": None}
    new, _ = load_record(work(license=[{"URL": BY, **begin}], **undated), "crossref")
    assert [(claim.status, claim.statement) for claim in new.claims] == [("other", BY)]


@pytest.mark.parametrize(
    ("types", "status"),
    [
        (["correction"], "corrected"),
        (["erratum", "retraction"], "retracted"),
        (["removal"], "retracted"),
        (["withdrawal"], "withdrawn"),
        (["expression_of_concern"], None),
        ([], None),
    ],
)
def test_what_others_did_to_it_is_its_status(types: list[str], status: str | None):
    updates = [{"type": type, "updated": date(2024, 6, 1), "DOI": "10.5555/harbour.8"} for type in types]
    assert read_members(work(**{"updated-by": updates}), "crossref").get("status") == status


def test_corrections_have_their_day_and_notice():
    updates = [
        {"type": "erratum", "label": "Erratum", "updated": date(2024, 6, 1), "DOI": "10.5555/harbour.8"},
        {"type": "correction", "label": "Without a date"},
    ]
    assert read_members(work(**{"updated-by": updates}), "crossref")["corrections"] == [
        {"at": "2024-06-01", "text": "Erratum", "url": "https://doi.org/10.5555/harbour.8"}
    ]


def test_that_it_updates_another_work_says_nothing_of_itself():
    notice = work(**{"update-to": [{"type": "retraction", "DOI": "10.5555/harbour.1"}]})
    assert "status" not in read_members(notice, "crossref")


def test_works_that_it_is_made_from_are_named_by_their_addresses():
    relation = {
        "is-translation-of": [{"id-type": "doi", "id": "10.5555/mar.1", "asserted-by": "subject"}],
        "is-based-on": [{"id-type": "uri", "id": "https://faro.example/mar"}, {"id-type": "uri", "id": "isbn:1"}],
        "has-review": [{"id-type": "doi", "id": "10.5555/review"}],
    }
    assert read_members(work(relation=relation), "crossref")["based_on"] == [
        {"relation": "translation", "url": "https://doi.org/10.5555/mar.1"},
        {"relation": "adaptation", "url": "https://faro.example/mar"},
    ]


@pytest.mark.parametrize(
    "envelope",
    [
        {"status": "ok", "message-type": "work", "message": work()},
        {"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items": [work()]}},
        {"items": [work()]},
        [work()],
        work(),
    ],
    ids=["work", "list", "file of a dump", "array", "bare"],
)
def test_every_envelope_is_opened(envelope: Any):
    (item,) = read_items(envelope, "crossref")
    assert item.members == read_members(work(), "crossref")
    assert item.line == 1


def test_an_empty_page_of_results_has_no_items():
    assert read_items({"status": "ok", "message": {"items": []}}, "crossref") == []


def test_a_date_that_is_not_known_is_none():
    undated = work(published=None, issued={"date-parts": [[None]]}, **{"published-online": None})
    assert "published_at" not in read_members(undated, "crossref")


@pytest.mark.parametrize(
    ("license", "names"),
    [
        ("CC BY 4.0", ["CC-BY-4.0"]),
        (["CC BY 4.0", {"URL": BY, "content-version": "tdm"}], ["CC-BY-4.0"]),
        ([{"URL": BY, "content-version": "VOR"}], ["CC-BY-4.0"]),
        ([{"URL": "CC BY 4.0"}], ["CC-BY-4.0"]),
        ([{"content-version": "vor"}, 7, None], []),
    ],
)
def test_a_license_may_be_a_text_and_its_version_in_any_case(license: Any, names: list[str]):
    new, _ = load_record(work(license=license, assertion=[]), "crossref")
    assert [claim.name for claim in new.claims] == names


@pytest.mark.parametrize(
    ("name", "words", "status"),
    [
        ("license", "CC BY-NC 4.0", "disputed"),
        ("Rights and Permissions", "All rights reserved", "disputed"),
        ("copyright_and_licensing", "Not for republication", "disputed"),
        ("license", "CC BY", "known"),
        ("received", "Not for republication", "known"),
    ],
)
def test_what_publishers_assert_of_rights_counts(name: str, words: str, status: str):
    asserted = [{"name": name, "value": words}]
    new, _ = load_record(work(license=[{"URL": BY}], assertion=asserted), "crossref")
    assert [claim.status for claim in new.claims] == [status]
