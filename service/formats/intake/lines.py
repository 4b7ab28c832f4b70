"""Files of JSON lines: a record a line, each read by itself, so that an ill one takes no other along."""

import os
from collections.abc import Iterator
from typing import Any, BinaryIO

from service.core.bulk import restate_problem
from service.core.errors import ContentTooLarge, Fault, InvalidJson, MalformedJson, Problem
from service.formats.intake.refusals import refuse_json
from service.formats.schemas.loading import invalid
from service.formats.strict_json import parse_json

LINE_LIMIT = 1024 * 1024
"""So many bytes may a line have, its end not counted."""

_MARK = b"\xef\xbb\xbf"
_MANY = 100
_PIECE = 64 * 1024


def stream_records(stream: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """The JSON objects of a file with the numbers of their lines, a problem for each line that holds none.

    Lines end in LF or CR LF, the last one as it likes. Blank lines are counted and left out, a byte order mark at the
    beginning is dropped.
    """
    for line, text in stream_lines(stream):
        if text is None:
            yield line, ContentTooLarge(f"The line has more than {LINE_LIMIT} bytes.", limit=LINE_LIMIT)
            continue
        try:
            yield line, read_object(text, line)
        except Problem as problem:
            yield line, restate_problem(problem)


def stream_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file that are not blank with their numbers, None for one that is too long to be taken."""
    line = blank = 0
    while text := stream.readline(LINE_LIMIT + 2):
        line += 1
        whole = text.endswith(b"\n") or len(text) < LINE_LIMIT + 2
        if not whole:
            _skip_line(stream)
        text = text.removesuffix(b"\n").removesuffix(b"\r")
        if line == 1:
            text = text.removeprefix(_MARK)
        if not whole or len(text) > LINE_LIMIT:
            yield line, None
        elif text.strip():
            yield line, text
        else:
            blank += 1
            line += _skip_blank_lines(stream) if blank % _MANY == 0 else 0


def read_object(text: bytes, line: int) -> dict[str, Any]:
    """The JSON object in a line of a file; raises Malformed or Invalid."""
    try:
        parsed = parse_json(text)
    except MalformedJson as error:
        raise refuse_json(error.in_file(line)) from error
    except InvalidJson as error:
        raise invalid([Fault("pointer", *fault) for fault in error.faults]) from error
    assert isinstance(parsed, dict), "parse_json lets only an object through"
    return parsed


def _skip_blank_lines(stream: BinaryIO) -> int:
    """Read on to the next line with something in it, and say how many blank ones were before it: millions at once."""
    skipped = 0
    while piece := stream.read(_PIECE):
        blank = piece[: len(piece) - len(piece.lstrip())]
        end = blank.rfind(b"\n") + 1
        skipped += blank.count(b"\n")
        stream.seek(end - len(piece), os.SEEK_CUR)
        if not end or len(blank) < len(piece):
            break
    return skipped


def _skip_line(stream: BinaryIO) -> None:
    """Read on to the end of the line."""
    while (text := stream.readline(LINE_LIMIT)) and not text.endswith(b"\n"):
        pass
