"""RIS, read by rispy."""

from typing import Any

import pytest
import rispy

from service.formats.ris import render_ris
from tests.formats.cast import HOSTILE, STATED, URN, hostile, least, whole


def read(body: bytes) -> dict[str, Any]:
    (record,) = rispy.loads(body.decode())
    return record


def line(text: str) -> str:
    """`text` as RIS carries it: a line end, with the blanks around it, is a space."""
    return " ".join(part.strip(" \t") for part in text.splitlines() if part.strip(" \t")).strip()


def test_it_is_news_with_the_facts_of_a_reference():
    record = read(render_ris(whole()))
    assert record["type_of_reference"] == "NEWS"
    assert record["id"] == URN
    assert (record["title"], record["secondary_title"]) == ("Who paints the lighthouse?", "Harbour Courier")
    assert record["authors"] == ["Ines Albright"]
    assert record["keywords"] == ["lighthouses", "paint"]
    assert (record["doi"], record["urls"]) == ("10.1000/182", ["https://harbour.example/2024/lighthouse"])


def test_it_says_where_its_authors_belong():
    creators = [
        {"name": "Ines Albright", "affiliation": "Harbour Courier"},
        {"name": "Tom Okafor", "affiliation": "Harbour Courier"},
        {"name": "Lucía Mar", "affiliation": "Faro", "role": "editor"},
    ]
    assert read(render_ris(least(creators=creators)))["author_address"] == "Harbour Courier"


def test_lines_end_as_the_format_has_it():
    body = render_ris(whole())
    assert body.startswith(b"TY  - NEWS\r\n")
    assert body.endswith(b"\r\nER  - \r\n")
    assert body.count(b"\n") == body.count(b"\r\n")


@pytest.mark.parametrize(
    ("published", "year", "date"),
    [
        ("2024-05-04T10:30:00Z", "2024", "2024/05/04/"),
        ("2024-05", "2024", "2024/05//"),
        ("2024", "2024", "2024///"),
        (None, None, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(published: str | None, year: str | None, date: str | None):
    record = read(render_ris(least(published_at=published)))
    assert (record.get("year"), record.get("date")) == (year, date)


def test_notes_say_what_became_of_the_article_its_license_and_its_copyright():
    assert read(render_ris(whole(status="withdrawn")))["notes"] == [
        "Withdrawn",
        "License: Attribution-ShareAlike 3.0 Unported (CC BY-SA 3.0) https://creativecommons.org/licenses/by-sa/3.0/",
        "© 2024 The Harbour Trust",
        "Credit: Ines Albright for The Harbour Trust",
    ]


def test_a_dispute_is_said_once():
    assert b"N1  - License in dispute: CC-BY-4.0, CC-BY-NC-4.0\r\n" in render_ris(least(license=STATED["disputed"]))


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_has_an_address(status: str):
    notes = "".join(read(render_ris(least(license=STATED[status]))).get("notes", []))
    assert bool(notes) == (status != "unknown")
    assert ("https://" in notes) == (status in ("known", "alternatives", "other"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back_on_one_line(text: str):
    record = read(render_ris(hostile(text)))
    assert record["title"] == record["abstract"] == line(text)
    assert record["secondary_title"] == record["section"] == line(text[:500])
    for member in ("authors", "secondary_authors", "subsidiary_authors", "keywords"):
        assert record[member] == [line(text[:500])]
    assert record["notes"][-2:] == [line(text), line(f"Credit: {text}")]
