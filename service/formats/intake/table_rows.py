"""The rows of a table in CSV (RFC 4180) with the lines on which they begin, each ill one by itself.

Python's csv reads a row; where one ends is found out here, since a quote that is never closed would take the rest of
the file along, and nobody would learn on which line it stands.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from service.core.errors import ContentTooLarge, Problem
from service.formats.intake.charset_pieces import MARK, PIECE, check_charset, decode_pieces, find_mark
from service.formats.intake.refusals import refuse

MAX_ROW = 1024 * 1024
"""Characters that a row may have, all of them in one cell if need be."""

# Python's own limit of a cell is an eighth of that, for the whole process; it is only ever raised.
csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW))

_DELIMITERS = ",;\t"
_EMPTY_CELLS = r'(?:"")?+(?:{0}(?:"")?+)*+'
_BLANK_LINES = rf"(?:{_EMPTY_CELLS.format(f'[{_DELIMITERS}]')}(?:(?:\r\n)++|\n++|\r(?!\Z)))++"
_LINE = re.compile(rf"{_BLANK_LINES}|[^\r\n]++(?:\r\n|\n|\r(?!\Z))")
_LAST_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r|\Z)")
_BLANK = {sign: re.compile(r"(?:{0}[\r\n]++)*+{0}".format(_EMPTY_CELLS.format(sign))) for sign in _DELIMITERS}
"""Lines without anything in their cells, for each delimiter."""

_SEPARATOR = re.compile(r"sep=([,;\t])[\r\n]*")
_QUOTES_CLOSE = re.compile(r'(?:[^"]++|"")*+"(?!")')


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that begins on `line`: its text, None where it is too long, and its cells, or what is wrong with it."""

    line: int
    text: str | None
    cells: tuple[str, ...] = ()
    problem: Problem | None = None


class Rows:
    """The rows of a file; the first tells what stands between the cells, the `delimiter`."""

    def __init__(self, stream: BinaryIO, charset: str | None) -> None:
        stream.seek(0)
        first = stream.read(PIECE)
        mark, codec = find_mark(first) or (b"", check_charset(charset) if charset else "utf-8")
        self._lines = stream_table_lines(decode_pieces(first[len(mark) :], stream, codec))
        self._waiting: deque[tuple[int, str | None]] = deque()
        self.delimiter = ","

    def take_header(self, known: frozenset[str]) -> Row | None:
        """The first row with something in a cell; its delimiter is that which makes the most `known` names of it.

        Excel writes ``sep=;`` on a line before.
        """
        said = None
        while (line := self._next_line()) is not None:
            number, text = line
            found = _SEPARATOR.fullmatch(text or "") if number == 1 else None
            said = found[1] if found else said
            if found or (text is not None and _is_blank(text)):
                continue
            self._waiting.appendleft(line)
            self.delimiter = said or _best_delimiter(text or "", known)
            return next(iter(self), None)
        return None

    def __iter__(self) -> Iterator[Row]:
        """The rows that follow; lines that are blank, or have nothing in any cell, are left out."""
        while (line := self._next_line()) is not None:
            number, text = line
            if text is not None and _BLANK[self.delimiter].fullmatch(text):
                continue
            if text is not None and count_lines(text) > 1:  # they are blank under another delimiter
                self._waiting.extendleft(reversed([*_part_lines(number, text)]))
                continue
            yield self._row(number, text)

    def _next_line(self) -> tuple[int, str | None] | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _row(self, number: int, text: str | None) -> Row:
        """The row that begins with a line: with the lines after it, as long as a quote is open."""
        taken, size = [text or ""], len(text or "")
        following: list[tuple[int, str | None]] = []
        is_open = text is not None and self._opens(text)
        while is_open:
            line = self._next_line()
            if line is not None:
                following.append(line)
            if line is None or line[1] is None or size + len(line[1]) > MAX_ROW:
                self._waiting.extendleft(reversed(following))
                detail = "A quote is opened in this row and never closed; the reading goes on with the next line."
                return Row(line=number, text=text, problem=refuse("open-quote", detail))
            taken.append(line[1])
            size += len(line[1])
            is_open = self._opens(line[1], inside=True)
        if text is None or size > MAX_ROW:
            too_long = ContentTooLarge(f"A row has at most {MAX_ROW} characters.", limit=MAX_ROW)
            return Row(line=number, text=None, problem=too_long)
        return self._parse(number, "".join(taken))

    def _parse(self, number: int, text: str) -> Row:
        if MARK in text:
            detail = "The row has bytes that its charset does not have; send the file as UTF-8, or name its charset."
            return Row(line=number, text=text, problem=refuse("invalid-encoding", detail))
        try:
            cells = next(csv.reader([text], delimiter=self.delimiter, strict=True), [])
        except csv.Error as error:
            return Row(line=number, text=text, problem=refuse("malformed", f"The row is no CSV: {error}."))
        return Row(line=number, text=text, cells=tuple(cells))

    def _opens(self, line: str, *, inside: bool = False) -> bool:
        """Whether a quoted cell is still open at the end of a line; `inside` says that one is at its beginning."""
        if '"' not in line:
            return inside
        at = 0
        while True:
            if inside or line.startswith('"', at):
                closing = _QUOTES_CLOSE.match(line, at if inside else at + 1)
                if closing is None:
                    return True
                inside, at = False, closing.end()
            at = line.find(self.delimiter, at) + 1
            if not at:
                return False


def count_lines(text: str) -> int:
    """How many lines end in a text, as the lines of a table do."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _is_blank(text: str) -> bool:
    """Whether lines have nothing in their cells, whatever stands between these."""
    return not text.strip() or any(blank.fullmatch(text) for blank in _BLANK.values())


def _part_lines(number: int, text: str) -> Iterator[tuple[int, str]]:
    """Lines that came together, one by one."""
    for at, line in enumerate(text.splitlines(keepends=True)):
        yield number + at, line


def _best_delimiter(header: str, known: frozenset[str]) -> str:
    """The delimiter between the names of a header: the one that makes the most names, known ones before all others."""

    def rank(delimiter: str) -> tuple[int, int]:
        names = [name.strip().strip('"') for name in header.split(delimiter)]
        return sum(name in known for name in names), len(names)

    return max(_DELIMITERS, key=rank)


def stream_table_lines(pieces: Iterator[str]) -> Iterator[tuple[int, str | None]]:
    """The lines with their ends, of any kind, numbered from 1; None for one that is longer than a row may be.

    Lines that are blank, or have nothing but delimiters and empty quotes, come together where they follow one another,
    for there may be millions.
    """
    number, held, is_long = 1, "", False
    for piece in pieces:
        held += piece
        at = 0
        while line := _LINE.match(held, at):
            yield number, None if is_long or len(line[0]) > MAX_ROW else line[0]
            number, at, is_long = number + count_lines(line[0]), line.end(), False
        held = held[at:]
        if len(held) > MAX_ROW:
            is_long, held = True, held[-1:]  # a carriage return at its end may be half of a line end
    while held:
        line = _LAST_LINE.match(held)
        if line is None:
            return
        yield number, None if is_long else line[0]
        number, held, is_long = number + 1, held[line.end() :], False
