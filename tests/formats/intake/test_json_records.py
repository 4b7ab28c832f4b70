"""Documents and lines of JSON: what is wrong with one record, with a line, with the whole."""

import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import ContentTooLarge, Malformed, Problem
from service.formats.intake.json_records import read_json_lines, read_json_records
from service.formats.intake.lines import LINE_LIMIT, stream_records
from service.formats.intake.reading import Reading
from service.formats.intake.registry import PROFILES
from service.formats.schemas.articles import load_article
from service.formats.schemas.grants import load_grant

READING = Reading()
NEEDED = {"/url", "/title", "/source", "/source/name"}
EMPTY = {"crossref": {"items": []}, "datacite": {"data": []}, "ninjs": [], "csl": [], "doaj": {"results": []}}
WORDS = (
    "@graph",
    "@id",
    "@list",
    "@type",
    "@value",
    "DOI",
    "URL",
    "abstract",
    "altIds",
    "article",
    "articleSection",
    "associations",
    "attributes",
    "author",
    "bibjson",
    "by",
    "container-title",
    "content-version",
    "contributors",
    "copyrightHolder",
    "correction",
    "creators",
    "custom",
    "data",
    "date",
    "date-parts",
    "dateType",
    "dates",
    "datePublished",
    "delay-in-days",
    "description",
    "descriptions",
    "doi",
    "embargoedUntil",
    "family",
    "given",
    "hasPart",
    "headline",
    "headlines",
    "href",
    "id",
    "identifier",
    "identifiers",
    "isBasedOn",
    "issued",
    "items",
    "itemListElement",
    "journal",
    "keywords",
    "lang",
    "language",
    "license",
    "linkedRights",
    "literal",
    "message",
    "month",
    "name",
    "note",
    "orcid_id",
    "people",
    "propertyID",
    "publicationYear",
    "published",
    "publisher",
    "relatedIdentifiers",
    "relation",
    "relationType",
    "renditions",
    "rights",
    "rightsInfo",
    "rightsList",
    "rightsUri",
    "role",
    "source",
    "start",
    "status",
    "subjects",
    "text",
    "title",
    "titles",
    "translator",
    "translationOfWork",
    "type",
    "update-to",
    "updated-by",
    "uri",
    "url",
    "usageInfo",
    "usageTerms",
    "value",
    "year",
)
VALUES = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by/9.9/",
    "CC BY 9.9",
    "All rights reserved",
    "License in dispute: a, b",
    "Other terms",
    "http://[::1",
    "10.1000/182",
    "urn:uuid:x",
    "2024-02-31",
    "9999-12-31",
    "NewsArticle",
    "vor",
    "tdm",
    "retraction",
    "\x00\x07",
)

scalars = st.none() | st.booleans() | st.integers(-10, 3000) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(max_size=10) | st.sampled_from((*VALUES, *WORDS))
names = st.sampled_from(WORDS) | st.text(max_size=4)
values = st.recursive(
    scalars | texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=8)
)


def read(document: bytes, profile: str) -> list[Any]:
    return list(read_json_records(io.BytesIO(document), READING, profile=profile))


def read_lines(lines: bytes, profile: str = "csl") -> list[Any]:
    return list(read_json_lines(io.BytesIO(lines), READING, profile=profile))


def faults_of(members: dict[str, Any]) -> set[str]:
    """Where the members are wrong for an article."""
    try:
        load_article(members, None)
    except Problem as problem:
        return {fault.at for fault in problem.faults}
    return set()


@pytest.mark.parametrize("profile", PROFILES)
@given(value=values)
def test_any_value_gives_articles_and_grants_that_are_taken_but_for_what_none_can_do_without(profile: str, value: Any):
    body = json.dumps(value).encode()
    for item in (*read(body, profile), *read_lines(body, profile)):
        if item.problem is not None:
            continue
        assert faults_of(item.members) <= NEEDED
        for grant in item.grants:
            load_grant(grant)


@pytest.mark.parametrize("profile", PROFILES)
@given(body=st.binary(max_size=200))
def test_any_bytes_are_read_or_malformed(profile: str, body: bytes):
    with suppress(Malformed):
        read(body, profile)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"a": 1, "a": 2}', b"[NaN]", b"[" * 40, b'"\\ud800"', b"\xff", "{}".encode("utf-16")]
)
def test_a_document_that_is_no_json_is_refused_as_a_whole(profile: str, body: bytes):
    with pytest.raises(Malformed):
        read(body, profile)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_record_that_is_no_object_has_a_problem_and_no_members(profile: str):
    item, *rest = read(b'"a text"', profile)
    assert item.problem is not None
    assert item.members is None
    assert not rest


@pytest.mark.parametrize("profile", EMPTY)
def test_an_empty_list_has_no_records(profile: str):
    assert read(json.dumps(EMPTY[profile]).encode(), profile) == []


def test_an_ill_record_takes_no_other_along():
    items = read(b'[{"title": "A"}, 7, {"title": "B"}]', "csl")
    assert [(item.line, item.problem is None) for item in items] == [(1, True), (2, False), (3, True)]


def test_what_a_text_may_not_hold_is_taken_out_of_it():
    (item,) = read(b'{"title": "A\\u0000\\u0007 \\u0085tower\\n", "keyword": "\\u0001"}', "csl")
    assert item.members == {"title": "A tower\n"}


def test_a_line_is_a_record_and_blank_ones_count():
    items = read_lines(b'\xef\xbb\xbf{"title": "A"}\r\n\n  \n{"title": "B"}')
    assert [(item.line, item.members) for item in items] == [(1, {"title": "A"}), (4, {"title": "B"})]


@pytest.mark.parametrize(
    "line", [b"{", b"\xff", b'{"a": 1, "a": 1}', b"7", b'[{"title": "A"}, {"title": "B"}]', b"[]", b'"' + b"x" * 2**20]
)
def test_an_ill_line_is_a_problem_of_its_own(line: bytes):
    before, ill, after = read_lines(b'{"title": "A"}\n' + line + b'\n{"title": "B"}\n')
    assert (before.problem, after.problem) == (None, None)
    assert (ill.line, ill.members) == (2, None)
    assert ill.problem is not None


def test_a_malformed_line_is_told_with_its_number():
    (item,) = read_lines(b"\n\n{]\n")
    assert item.problem is not None
    assert item.problem.detail.startswith("Expecting")
    assert "(line 3, column 2)" in item.problem.detail


@pytest.mark.parametrize("profile", ["csl", None])
@pytest.mark.parametrize("ill", [b"\xef\xbb\xbf", b"\xff", b'{"a": "The body (line 1, column 1)" 7}', b"{\0}"])
def test_a_fault_of_a_line_names_the_line_and_no_body(ill: bytes, profile: str | None):
    lines = b"\n" + ill + b"\n"
    (problem,) = (
        [item.problem for item in read_lines(lines, profile)]
        if profile
        else [problem for _, problem in stream_records(io.BytesIO(lines))]
    )
    assert isinstance(problem, Malformed)
    assert problem.detail.endswith(f"(line 2, column {problem.members['column']}).")
    assert "body" not in problem.detail


def test_a_line_may_have_an_envelope_of_its_own():
    (item,) = read_lines(b'{"status": "ok", "message": {"title": ["A"]}}', "crossref")
    assert item.members == {"title": "A"}


@pytest.mark.parametrize(
    ("form", "record"),
    [
        ("crossref", {"title": ["Moths"]}),
        ("csl", {"title": "Moths", "volume": 10**20 - 1}),
        ("jsonld", {"@type": "Article", "headline": "Moths"}),
    ],
)
def test_a_record_that_is_larger_than_a_line_may_be_is_its_own_problem(form: str, record: dict[str, Any]):
    large = {**record, "note": "x" * LINE_LIMIT}
    items = list(read_json_records(io.BytesIO(json.dumps([record, large, record]).encode()), READING, profile=form))
    assert [type(item.problem) for item in items] == [type(None), ContentTooLarge, type(None)]
    assert items[1].members is None
