"""Taking in what an OAI-PMH repository or a feed has had new since the last time."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import BinaryIO

import orjson

from service.actions.bulk import run_bulk
from service.actions.harvest_parts import Address, Part, Place, stream_parts
from service.actions.transactions import Order
from service.core.bulk import Command, Condition, Result
from service.core.errors import InvalidValue
from service.core.identifiers import check_identifier
from service.core.keys import SYSTEM
from service.core.listings import read_listing
from service.core.paging import MAX_LIMIT
from service.formats.intake.bulk_lines import upload_of_items
from service.formats.intake.items import Item
from service.formats.intake.oai import Header
from service.formats.intake.reading import Reading
from service.storage.database import Database
from service.storage.lists import list_articles

_SCHEME = "oai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What becomes of what is harvested: all of it is of the `source`, if one is named.

    ``delete`` has the articles deleted whose records the repository has deleted. A `limit` ends the harvest behind the
    part with which so many records are in. A dry run changes nothing.
    """

    source: str | None = None
    delete: bool = False
    limit: int | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """A part that is in: the `commands` that were carried out, what they came to, and where the harvest is by now."""

    commands: Sequence[Command]
    results: Sequence[Result]
    place: Place


def stream_harvest(
    database: Database, address: Address, place: Place, wish: Wish, *, clock: Callable[[], datetime]
) -> Iterator[Harvested]:
    """Take in what is new at an address since `place`, part by part; each tells the place to keep for the next time.

    `clock` tells when records go in. Raises HarvestError or DeliveryError where the address does not give what it
    should, Problem where the document cannot be read at all; what came before is in.
    """
    taken = 0
    for part in stream_parts(address, place):
        commands = [*_commands(database, part, wish)]
        results = _carry_out(database, commands, wish, clock)
        yield Harvested(commands=commands, results=results, place=part.place)
        taken += len(commands)
        goes_on = part.place.token not in (None, place.token)  # else this was the end, or a fault is told next
        if goes_on and wish.limit is not None and taken >= wish.limit:
            return
        place = part.place


def _commands(database: Database, part: Part, wish: Wish) -> Iterator[Command]:
    """The records of a part, each to be merged, and those that are no more, to be deleted if that is wished."""
    gone: list[str] = []

    def read(_stream: BinaryIO, _reading: Reading) -> Iterator[Item]:
        for header, item in part.records:
            if header is not None and header.is_deleted:
                gone.append(header.identifier)
            else:
                yield _named(header, item)

    yield from upload_of_items(io.BytesIO(), read, Reading(), source=wish.source)
    for identifier in gone if wish.delete else ():
        for id in _find_ids(database, identifier):
            yield Command(line=0, op="delete", id=id, condition=Condition())


def _named(header: Header | None, item: Item) -> Item:
    """The record with its name in the repository among its identifiers, by which it is found once it is no more."""
    if header is None or item.members is None:
        return item
    try:
        name = asdict(check_identifier(_SCHEME, header.identifier))
    except InvalidValue:
        return item
    stated = item.members.get("identifiers") or ()
    return replace(item, members={**item.members, "identifiers": [*(one for one in stated if one != name), name]})


def _find_ids(database: Database, identifier: str) -> list[str]:
    """The articles that came with a record, by the identifier that they keep of it."""
    documents, _ = list_articles(database, read_listing({"identifier": f"{_SCHEME}:{identifier}"}), None, MAX_LIMIT)
    return [orjson.loads(document)["id"] for document in documents]


def _carry_out(
    database: Database, commands: Sequence[Command], wish: Wish, clock: Callable[[], datetime]
) -> list[Result]:
    order = Order(actor=SYSTEM, now=clock(), dry_run=wish.dry_run)
    return [result for batch in run_bulk(database, order, commands, clock=clock) for result in batch.results]
