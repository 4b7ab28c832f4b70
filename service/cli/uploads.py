"""Sending the records of a file to a server in pieces, each under a key of its own, so that a repetition resumes."""

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
import orjson

from service.cli.answers import Course
from service.cli.endings import Refused, Stopped
from service.cli.inputs import NDJSON, Records
from service.cli.intake import Taking
from service.cli.moving import Home, move_line
from service.cli.servers import Broken, Server
from service.cli.tallies import Done
from service.formats.intake.lines import LINE_LIMIT
from service.formats.intake.registry import FORMS
from service.formats.intake.registry import NDJSON as LINES
from service.formats.intake.spreadsheet import open_table
from service.formats.intake.table_rows import MAX_ROW, Row, count_lines

PIECE = 8 * 1024 * 1024
LARGEST = 32 * 1024 * 1024
"""So many bytes a server takes at once."""

_END = b"\r\n"
_TOO_LONG = "x" * (MAX_ROW + 1) + "\n"
"""What stands for a row that is longer than a server takes."""

_ATTEMPTS = 4
_PATH = "/v1/bulk/articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a file that stands by itself; `before` is how much higher its lines, or records, count in the file."""

    body: bytes
    before: int
    media_type: str


def stream_to_server(server: Server, records: Records, taking: Taking, key: str | None) -> Iterator[Done]:
    """Have a server carry out what a file asks for, piece by piece; raises Stopped or Refused where it cannot.

    What came of the records is given as the server tells it, so that it is known where a run is broken off. Under a
    `key` a repetition skips what is done.
    """
    query = _query(taking)
    for number, piece in enumerate(_pieces(server, records, taking), 1):
        headers = {"Content-Type": piece.media_type, "Accept": LINES}
        if key is not None:
            headers["Idempotency-Key"] = f"{key}-{number}-{hashlib.sha256(piece.body).hexdigest()[:16]}"
        for done in _send(server, query, headers, piece.body):
            yield Done(counts=done.counts, refused=[(piece.before + line, problem) for line, problem in done.refused])


def _query(taking: Taking) -> dict[str, str]:
    given = {
        "mode": "atomic" if taking.atomic else "each",
        "profile": taking.profile,
        "source": taking.source,
        "columns": _columns(taking.columns) if taking.columns else None,
        "dry_run": "true" if taking.dry_run else None,
    }
    return {name: value for name, value in given.items() if value is not None}


def _columns(columns: Mapping[str, str]) -> str:
    """Our members and what their columns are called, as a server reads them."""
    return ",".join(f"{_escape(member)}:{_escape(column)}" for member, column in columns.items())


def _escape(text: str) -> str:
    return re.sub(r"([\\,:])", r"\\\1", text)


def _send(server: Server, query: dict[str, str], headers: dict[str, str], body: bytes) -> Iterator[Done]:
    """What becomes of a piece, as the server tells it; under a key a broken answer is asked for again."""
    course = Course(dry_run="dry_run" in query)
    attempts = _ATTEMPTS if "Idempotency-Key" in headers else 1
    for attempt in range(attempts - 1):
        try:
            yield from _ask(server, query, headers, body, course)
        except Broken:
            time.sleep(2**attempt)
        else:
            return
    yield from _ask(server, query, headers, body, course)


def _ask(server: Server, query: dict[str, str], headers: dict[str, str], body: bytes, course: Course) -> Iterator[Done]:
    """What an answer tells beyond that before it; raises Broken where it has no summary, for then it was cut."""
    with server.ask("POST", _PATH, query, headers=headers, body=body) as answer:
        course.begin_again()
        for lines in _lines(answer.pieces()):
            yield course.follow(_read_results(lines))
            if course.is_through:
                return
    raise Broken("The server's answer was cut; repeat the command to go on.")


def _lines(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines that each piece brings to their end."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        if whole:
            yield [line for line in whole if line]


def _read_results(lines: Sequence[bytes]) -> list[dict[str, Any]]:
    try:
        return [orjson.loads(line) for line in lines]
    except orjson.JSONDecodeError as error:
        raise Stopped("What answers is no server of Creditline; check --url.") from error


def _pieces(server: Server, records: Records, taking: Taking) -> Iterator[Piece]:
    records.stream.seek(0)
    if taking.form == NDJSON and (not taking.atomic or records.size <= LARGEST):
        return _pieces_of_lines(server, records, taking)
    if taking.form == "csv" and records.size > LARGEST and not taking.atomic:
        return _pieces_of_table(records, taking)
    return iter([_whole(records, taking)])


def _whole(records: Records, taking: Taking) -> Piece:
    if records.size > LARGEST:
        how = "all or nothing" if taking.atomic else "a file of this form as a whole"
        raise Refused(
            f"{records.name} has {records.size:,} bytes, and a server takes {how} only up to {LARGEST:,}: "
            "split it, or import straight into the database."
        )
    media_type = LINES if taking.form == NDJSON else _media_type(taking.form)
    charset = f"; charset={taking.charset}" if taking.charset else ""
    return Piece(body=records.stream.read(), before=0, media_type=media_type + charset)


def _media_type(form: str) -> str:
    types = FORMS[form].media_types
    if types:
        return types[0]
    if form == "oai":
        return "application/xml"
    raise click.UsageError(f"A server does not take {form} as a whole file: give it as lines, with --profile {form}.")


def _pieces_of_lines(server: Server, records: Records, taking: Taking) -> Iterator[Piece]:
    """Whole lines; of one that is longer than a server takes, only what shows that it is."""
    home = Home(lambda id: server.had(f"/v1/articles/{id}"))
    kept: list[bytes] = []
    size = before = line = 0
    while text := records.stream.readline(LINE_LIMIT + 3):
        line += 1
        rest = text
        while rest and not rest.endswith(b"\n"):
            rest = records.stream.readline(LINE_LIMIT)
        text = text if text.endswith(b"\n") else text + b"\n"
        kept.append(text if taking.profile else move_line(text, home))
        size += len(text)
        if size >= (LARGEST if taking.atomic else PIECE):
            yield Piece(body=b"".join(kept), before=before, media_type=LINES)
            kept, size, before = [], 0, line
    if kept:
        yield Piece(body=b"".join(kept), before=before, media_type=LINES)


def _pieces_of_table(records: Records, taking: Taking) -> Iterator[Piece]:
    """Rows as they stand, in UTF-8, under the header and what says where its cells end."""
    rows, header = open_table(records.stream, taking.reading)
    top = f"sep={rows.delimiter}\r\n{header.text}"
    for first, body in _groups(rows):
        yield Piece(body=top.encode() + body, before=first - 1 - count_lines(top), media_type="text/csv")


def _groups(rows: Iterable[Row]) -> Iterator[tuple[int, bytes]]:
    """Rows that go together, with the line of the first; blank lines between them are kept. There is always a group."""
    kept: list[bytes] = []
    first = size = following = 0
    for row in rows:
        blank = len(_END) * (row.line - following)
        if kept and size + blank >= PIECE:
            yield first, b"".join(kept)
            kept, size = [], 0
        if kept:
            kept.append(_END * (row.line - following))
            size += blank
        else:
            first = row.line
        text = _TOO_LONG if row.text is None else row.text
        kept.append(text.encode("utf-8", "surrogateescape"))  # a mark for bytes that are no text is such a byte again
        size += len(kept[-1])
        following = row.line + count_lines(text)
    yield first, b"".join(kept)
