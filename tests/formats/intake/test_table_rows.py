"""Rows of a table: where each begins, how it stands in the file, and what is in it."""

import io

import pytest

from service.formats.intake.table_rows import MAX_ROW, Row, Rows, count_lines, stream_table_lines

NAMES = frozenset({"url", "title"})


def rows_of(body: bytes) -> list[Row]:
    """The rows of a table, its header included."""
    rows = Rows(io.BytesIO(body), None)
    header = rows.take_header(NAMES)
    assert header is not None
    return [header, *rows]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("blank", [1, 2, 70_000])
def test_a_row_is_numbered_by_the_line_on_which_it_begins(end, blank):
    gap = end * blank
    body = b"".join([gap, b"url,title", end, gap, b'a,"b', end, gap, b'c"', end, gap, b"d,e"])
    found = rows_of(body)
    assert [(row.line, len(row.cells)) for row in found] == [
        (blank + 1, 2),
        (2 * blank + 2, 2),
        (4 * blank + 4, 2),
    ]
    assert found[1].cells[1].encode() == b"b" + end + gap + b"c"


def test_the_texts_of_rows_are_the_table_without_its_blank_lines():
    body = b'url,title\n\n"a\n",b\n,\n"c,d\ne,\xff\nf,gh\r\n'
    found = rows_of(body)
    left = body.decode("utf-8", "surrogateescape").replace("\n\n", "\n").replace("\n,\n", "\n")
    assert "".join(row.text or "" for row in found) == left
    assert [row.line for row in found] == [1, 3, 6, 7, 8]
    assert [row.problem is None for row in found] == [True, True, False, False, True]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("row", [b",", b'""', b'"",""', b",,", b',"",'])
def test_rows_without_anything_in_their_cells_are_blank_lines(row, end):
    gap = (row + end) * 70_000
    found = rows_of(gap + b"url,title" + end + gap + b'a,"b' + end + gap + b'c"' + end + gap + b"d,e" + end + row)
    assert [(row.line, len(row.cells)) for row in found] == [(70_001, 2), (140_002, 2), (280_004, 2)]
    assert found[1].cells[1].count("\n") + found[1].cells[1].count("\r") >= 70_001


@pytest.mark.parametrize("row", [b",", b'"",'])
def test_rows_without_anything_in_their_cells_come_together(row):
    pieces = [f"a\n{row.decode()}\n"] + [f"{row.decode()}\n" * 5000] * 2 + ["b"]
    lines = [*stream_table_lines(iter(pieces))]
    assert "".join(text for _, text in lines) == "".join(pieces)
    assert (lines[0], lines[-1]) == ((1, "a\n"), (10_003, "b"))
    assert len(lines) < 7


@pytest.mark.parametrize(("rows", "cells"), [(b";\n;\n", 2), (b'""""\n,\n""""\n', 2), (b'" "\n\n,\n""""', 2)])
def test_cells_with_a_quote_a_blank_or_another_delimiter_are_not_empty(rows, cells):
    assert len(rows_of(b"url,title\n,\n" + rows)) == 1 + cells


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("length", [MAX_ROW + 1, 2 * MAX_ROW, 2 * MAX_ROW + 65_535])
def test_a_row_that_is_too_long_has_no_text_and_blank_lines_behind_it_count(end, length):
    found = rows_of(b"url,title" + end + b"x" * length + end * 3 + b"a,b")
    assert [(row.line, row.text) for row in found[1:]] == [(2, None), (5, "a,b")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_blank_lines_come_together(end):
    pieces = [f"a{end}{end * 1000}", f"{end * 1000}b"]
    lines = [*stream_table_lines(iter(pieces))]
    assert "".join(text for _, text in lines) == "".join(pieces)
    assert (lines[0], lines[-1]) == ((1, f"a{end}"), (2002, "b"))
    assert len(lines) < 6


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a", 0), ("a\r\nb\nc\rd", 3), ("\n\r\n\r\r", 4)])
def test_lines_end_in_any_way(text, count):
    assert count_lines(text) == count
