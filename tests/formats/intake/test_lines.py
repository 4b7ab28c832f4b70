"""Lines of a file: each with its number, however many blank ones are between them."""

import io

import pytest

from service.formats.intake.lines import LINE_LIMIT, stream_lines


class Counted(io.BytesIO):
    """A file that counts how often it is asked for a line."""

    asked = 0

    def readline(self, size: int | None = -1) -> bytes:
        self.asked += 1
        return super().readline(size)


def read(body: bytes) -> list[tuple[int, bytes | None]]:
    return [*stream_lines(io.BytesIO(body))]


@pytest.mark.parametrize("blank", [b"\n", b"\r\n", b" \t\n", b" " * 70_000 + b"\n"], ids=["lf", "crlf", "tab", "long"])
@pytest.mark.parametrize("count", [1, 99, 100, 101, 1000])
def test_blank_lines_are_counted_and_left_out(blank, count):
    assert read(blank * count + b" a\n" + blank * count + b"b") == [(count + 1, b" a"), (2 * count + 2, b"b")]


def test_a_line_of_blanks_that_is_too_long_is_told():
    assert read(b"\n" * 200 + b" " * (LINE_LIMIT + 1) + b"\na") == [(201, None), (202, b"a")]


def test_what_is_blank_at_the_end_is_nothing():
    assert read(b"a" + b"\n" * 1000 + b"  ") == [(1, b"a")]


def test_millions_of_blank_lines_are_not_read_one_by_one():
    stream = Counted(b"a\n" + b"\n" * 1_000_000 + b"b\n" * 3)
    assert [*stream_lines(stream)] == [(1, b"a"), *((1_000_002 + at, b"b") for at in range(3))]
    assert stream.asked < 1000
