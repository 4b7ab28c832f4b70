"""CSV, read by the reader of Python's csv; what a spreadsheet would run is disarmed and can be restored."""

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.articles import Article
from service.formats.documents.articles import MEMBERS, render_article
from service.formats.intake.table_cells import split_items
from service.formats.spreadsheet import COLUMNS, stream_csv
from tests.formats.cast import HOSTILE, STATED, hostile, least, whole


def read(*articles: Article) -> list[dict[str, str]]:
    text = b"".join(stream_csv(render_article(article) for article in articles)).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def restored(cell: str) -> str:
    """A cell as an import takes it: without the apostrophe that was put in front."""
    return cell[1:] if re.match(r"'+[=+\-@]", cell) else cell


def test_there_is_a_header_even_without_articles():
    assert b"".join(stream_csv([])).decode() == ",".join(COLUMNS) + "\r\n"


def test_lines_end_as_rfc_4180_has_it():
    body = b"".join(stream_csv([render_article(whole()), render_article(least())]))
    assert body.count(b"\r\n") == body.count(b"\n") == 3


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_a_member_of_the_document(column: str):
    at: Any = MEMBERS
    for step in column.split("."):
        at = at[step]


def test_a_row_has_the_facts_with_lists_joined():
    (row,) = read(whole())
    assert row["license.id"] == "CC-BY-SA-3.0"
    assert row["license.url"] == "https://creativecommons.org/licenses/by-sa/3.0/"
    assert row["creators"] == "Ines Albright; Tomás Ferreira"
    assert row["keywords"] == "lighthouses; paint"
    assert row["identifiers"] == "doi:10.1000/182; partner:desk:HC-0042"
    assert (row["ai_terms.train_ai"], row["ai_terms.search"]) == ("false", "true")
    assert row["attribution.copyright_year"] == "2024"


def test_what_is_not_known_is_an_empty_cell():
    (row,) = read(least())
    filled = {column for column, cell in row.items() if cell}
    assert filled == {
        *("id", "version", "url", "title", "source.id", "source.name", "source.url"),
        *("license.status", "status", "created_at", "updated_at"),
    }


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_has_an_address(status: str):
    (row,) = read(least(license=STATED[status]))
    assert bool(row["license.url"]) == (status in ("known", "alternatives", "other"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back_and_is_never_run(text: str):
    (row,) = read(hostile(text))
    assert restored(row["title"]) == restored(row["summary"]) == text
    assert restored(row["source.name"]) == text[:500]
    assert split_items(restored(row["creators"])) == [text[:500]] * 3
    assert split_items(restored(row["keywords"])) == [text[:500]]
    assert not [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]


@given(st.text("'=+-@ ab,\"\n\r;", min_size=1))
def test_any_title_comes_back(title: str):
    (row,) = read(least(title=f"{title}."))
    assert restored(row["title"]) == f"{title}."
    assert row["title"][:1] not in ("=", "+", "-", "@")
