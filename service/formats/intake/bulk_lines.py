"""What is uploaded, as commands: lines of our own, and the items of other people's files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, BinaryIO

import orjson

from service.core.bulk import Command, restate_problem
from service.core.errors import Malformed, Problem
from service.formats.intake.items import Item
from service.formats.intake.lines import read_object, stream_records
from service.formats.intake.reading import Reader, Reading
from service.formats.schemas.bulk import load_command


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The commands in a file that can seek; each time they are asked for, they begin anew."""

    stream: BinaryIO
    read: Callable[[BinaryIO], Iterator[Command]]

    def __iter__(self) -> Iterator[Command]:
        self.stream.seek(0)
        return self.read(self.stream)


def upload_of_lines(stream: BinaryIO, *, source: str | None = None) -> Upload:
    """A file of our own lines: articles, or commands. `source` is that of articles that name none."""
    return Upload(stream=stream, read=partial(_read_lines, source=source))


def upload_of_items(stream: BinaryIO, reader: Reader, reading: Reading, *, source: str | None = None) -> Upload:
    """A file of other people's records, each to be merged. `source` is that of all, whatever they say."""
    return Upload(stream=stream, read=partial(_read_items, reader=reader, reading=reading, source=source))


def _read_lines(stream: BinaryIO, *, source: str | None) -> Iterator[Command]:
    for line, record in stream_records(stream):
        if isinstance(record, Problem):
            yield Command(line=line, problem=record)
            continue
        try:
            command = load_command(record, line)
        except Problem as problem:
            yield Command(line=line, problem=restate_problem(problem))
            continue
        needs_source = source is not None and command.op in ("create", "upsert") and command.data.get("source") is None
        yield replace(command, data={**command.data, "source": source}) if needs_source else command


def _read_items(stream: BinaryIO, *, reader: Reader, reading: Reading, source: str | None) -> Iterator[Command]:
    """The commands of items; what ends the reading in the middle is the problem of the item behind the last one."""
    last = 0
    try:
        for item in reader(stream, reading):
            last = item.line
            yield _command_of(item, source)
    except Problem as problem:
        if not last:
            raise
        yield Command(line=last + 1, op="merge", problem=restate_problem(problem))


def _command_of(item: Item, source: str | None) -> Command:
    if item.problem is not None:
        return Command(line=item.line, op="merge", problem=item.problem)
    try:
        members, *grants = _as_json([item.members or {}, *item.grants], item.line)
    except Problem as problem:
        return Command(line=item.line, op="merge", problem=restate_problem(problem))
    if source is not None:
        members["source"] = source
    return Command(line=item.line, op="merge", data=members, grants=tuple(grants))


def _as_json(values: Iterable[Any], line: int) -> list[dict[str, Any]]:
    """Objects that a reader made, under the rules for those that a client sends: no control characters and the like."""
    try:
        return [read_object(orjson.dumps(value), line) for value in values]
    except orjson.JSONEncodeError as error:
        raise Malformed("The record holds what JSON cannot, such as half of a surrogate pair.") from error
