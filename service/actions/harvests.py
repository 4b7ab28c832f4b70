"""Taking in what an OAI-PMH repository or a feed has had new since the last time."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

import orjson

from service.actions.bulk import run_bulk
from service.actions.harvest_parts import Address, Part, Place, stream_parts
from service.actions.transactions import Order
from service.core.bulk import Command, Condition, Result
from service.core.keys import SYSTEM
from service.core.listings import read_listing
from service.core.paging import MAX_LIMIT
from service.formats.intake.bulk_lines import upload_of_items
from service.formats.intake.reading import Reading
from service.storage.database import Database
from service.storage.lists import list_articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What becomes of what is harvested: all of it is of the `source`, if one is named; at most `limit` records.

    ``delete`` has the articles deleted whose records the repository has deleted. A dry run changes nothing.
    """

    source: str | None = None
    delete: bool = False
    limit: int | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """A part that is in: the `commands` that were carried out, what they came to, and where the harvest is by now.

    ``gone`` are the identifiers of records that the repository has no more of.
    """

    commands: Sequence[Command]
    results: Sequence[Result]
    place: Place
    gone: Sequence[str]


def stream_harvest(database: Database, address: Address, place: Place, wish: Wish) -> Iterator[Harvested]:
    """Take in what is new at an address since `place`, part by part; each tells the place to keep for the next time.

    Raises HarvestError or DeliveryError where the address does not give what it should, Problem where the document
    cannot be read at all; what came before is in.
    """
    left = wish.limit
    for part in stream_parts(address, place):
        commands = [*islice(_commands(database, part, wish), left)]
        results = _carry_out(database, commands, wish)
        left = None if left is None else left - len(commands)
        if left == 0:  # the rest of the part is for the next time
            yield Harvested(commands=commands, results=results, place=place, gone=part.gone)
            return
        place = part.place
        yield Harvested(commands=commands, results=results, place=place, gone=part.gone)


def _commands(database: Database, part: Part, wish: Wish) -> Iterator[Command]:
    """The records of a part, each to be merged, and those to be deleted behind them."""
    line = 0
    if part.body:
        reading = Reading(charset=part.charset)
        for command in upload_of_items(io.BytesIO(part.body), part.reader, reading, source=wish.source):
            line = command.line
            yield command
    for identifier in part.gone if wish.delete else ():
        line += 1
        for id in _find_ids(database, identifier):
            yield Command(line=line, op="delete", id=id, condition=Condition())


def _find_ids(database: Database, identifier: str) -> list[str]:
    """The articles that came with a record, by the identifier that they keep of it."""
    documents, _ = list_articles(database, read_listing({"identifier": f"oai:{identifier}"}), None, MAX_LIMIT)
    return [orjson.loads(document)["id"] for document in documents]


def _carry_out(database: Database, commands: Sequence[Command], wish: Wish) -> list[Result]:
    order = Order(actor=SYSTEM, now=datetime.now(UTC), dry_run=wish.dry_run)
    return [result for batch in run_bulk(database, order, commands) for result in batch.results]
