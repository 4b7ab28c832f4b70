"""Taking the records of a file straight into the database, under a key that a repetition has too."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from service.actions.bulk import run_bulk
from service.actions.transactions import Order
from service.cli.inputs import NDJSON, Records
from service.cli.moving import Home, Moved
from service.cli.tallies import COUNTS, Done
from service.core.bulk import Command, Result, Summary
from service.core.errors import Problem
from service.core.keys import SYSTEM
from service.formats.intake.bulk_lines import upload_of_items, upload_of_lines
from service.formats.intake.lines import stream_lines
from service.formats.intake.reading import Reader, Reading
from service.formats.intake.registry import FORMS, find_reader
from service.storage.answers import Claim
from service.storage.articles import find_article
from service.storage.database import Database
from service.web.context import clock
from service.web.problems import problem_document

OWNER = "command line"
"""Whose the keys of imports are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """How records are to be taken: their form, what the command says of them, and how far to go.

    ``columns`` gives the column of a table for a member of ours.
    """

    form: str
    profile: str | None = None
    source: str | None = None
    charset: str | None = None
    columns: Mapping[str, str] | None = None
    atomic: bool = False
    dry_run: bool = False

    @property
    def reader(self) -> Reader | None:
        """What reads it; None where it holds our own lines."""
        if self.form == NDJSON:
            return find_reader(NDJSON, profile=self.profile)
        return FORMS[self.form].reader

    @property
    def reading(self) -> Reading:
        """What the reader is told."""
        return Reading(charset=self.charset, columns=self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """What makes another run of the same file."""
        columns = sorted((self.columns or {}).items())
        return (repr((self.form, self.profile, self.source, self.charset, columns, self.atomic)),)


def stream_into_database(database: Database, records: Records, taking: Taking, key: str | None) -> Iterator[Done]:
    """Carry out what a file asks for, chunk by chunk; raises CreditlineError where the database is in the way.

    Under a `key` a repetition skips what is done.
    """
    order = Order(actor=SYSTEM, now=clock(), claim=_claim(records, taking, key), dry_run=taking.dry_run)
    commands = _commands(database, records, taking)
    for batch in run_bulk(database, order, commands, clock=clock, atomic=taking.atomic):
        yield count_results(batch.results)


def count_results(results: Sequence[Result]) -> Done:
    """The results in numbers, and why some were refused."""
    summary = Summary().plus(results)
    refused = [(result.line, render_problem(result.problem)) for result in results if result.problem is not None]
    return Done(counts={name: getattr(summary, name) for name in COUNTS}, refused=refused)


def render_problem(problem: Problem) -> dict[str, Any]:
    """What a server would answer with; there is no request here that it could be of."""
    return {name: value for name, value in problem_document(problem, "").items() if name != "request_id"}


def stream_originals(records: Records, taking: Taking) -> Iterator[tuple[int, Any]]:
    """The records of a file with their lines, for people: JSON as it stands, others by the members that were read."""
    records.stream.seek(0)
    if taking.form == NDJSON:
        yield from ((line, _as_it_stands(text)) for line, text in stream_lines(records.stream))
    else:
        assert taking.reader is not None, "all other forms have a reader"
        yield from ((item.line, item.members) for item in taking.reader(records.stream, taking.reading))


def _claim(records: Records, taking: Taking, key: str | None) -> Claim | None:
    if key is None:
        return None
    fingerprint = hashlib.sha256(records.digest + repr(taking.names).encode()).digest()
    return Claim(owner=OWNER, key=key, fingerprint=fingerprint, at=clock())


def _commands(database: Database, records: Records, taking: Taking) -> Iterable[Command]:
    reader = taking.reader
    if reader is not None:
        return upload_of_items(records.stream, reader, taking.reading, source=taking.source)
    home = Home(lambda id: find_article(database, id) is not None)
    return Moved(upload=upload_of_lines(records.stream, source=taking.source), home=home)


def _as_it_stands(text: bytes | None) -> Any:
    if text is None:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text.decode("utf-8", "replace")
