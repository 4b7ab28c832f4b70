"""``creditline harvest``: what is new in repositories and feeds, once or again and again."""

import os
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click
import orjson

from service.actions.harvest_parts import Address
from service.actions.harvests import Harvested, Wish, stream_harvest
from service.cli.endings import REFUSED, STOPPED, Stopped, ending_on_signals, naming_errors, naming_refusal
from service.cli.intake import count_results
from service.cli.opening import open_records
from service.cli.options import read_span, take_slug, take_urls
from service.cli.places import hold_place
from service.cli.progress import Progress, show_progress
from service.cli.tallies import Tally
from service.config import Config
from service.delivery.addresses import is_any, is_public
from service.delivery.policy import MEBIBYTE, Policy
from service.storage.database import Database
from service.web.context import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of harvests: the database and its name, what is asked for, and what takes the refused records."""

    database: Database
    target: str
    policy: Policy
    set: str | None
    state: Path | None
    wish: Wish
    refused: BinaryIO | None


@click.command()
@click.argument("addresses", metavar="URL...", nargs=-1, required=True, callback=take_urls)
@click.option("--set", "set_", metavar="SPEC", help="Only this set of a repository.")
@click.option("--source", metavar="SLUG", callback=take_slug, help="The source of the articles.")
@click.option("--limit", type=click.IntRange(1), help="Ask an address no further once so many records of it are in.")
@click.option("--delete", is_flag=True, help="Delete the articles whose records a repository has deleted.")
@click.option("--dry-run", is_flag=True, help="Tell what would become of the records, and change nothing.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to which the refused records and why are added (NDJSON).",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that keeps how far the harvest has come; else one under var/harvests.",
)
@click.option("--every", metavar="SPAN", callback=read_span, help="Again and again, 1h apart for example, until ended.")
@click.option("--allow-private", is_flag=True, help="Also ask hosts in private networks.")
def harvest(
    *,
    addresses: tuple[str, ...],
    set_: str | None,
    source: str | None,
    limit: int | None,
    delete: bool,
    dry_run: bool,
    errors: Path | None,
    state: Path | None,
    every: int | None,
    allow_private: bool,
) -> None:
    """Take in what OAI-PMH repositories and feeds have had new since the last time.

    URL is the address of a repository, or of a feed (RSS, Atom, JSON Feed): what answers there decides. What was
    broken off goes on where it was. Articles go straight into the database, merged into what is there.

    Ends with 0 where all is in, 1 where records were refused, 2 where the command is wrong, and 3 where an address or
    the database could not be reached or the run was broken off. With --every it goes on until it is ended.
    """
    if state and len(addresses) > 1:
        raise click.UsageError("--state is the file of one address; leave it out for several.")
    wish = Wish(source=source, delete=delete, limit=limit, dry_run=dry_run)
    policy = Policy(permits=is_any if allow_private else is_public, seconds=300, patience=60, max_bytes=64 * MEBIBYTE)
    with (
        ending_on_signals(),
        open_records(Stopped) as database,
        errors.open("ab") if errors else nullcontext(None) as refused,
    ):
        target = Config.from_environment(os.environ).database_url
        one = Round(database=database, target=target, policy=policy, set=set_, state=state, wish=wish, refused=refused)
        code = _harvest_again(one, addresses, every) if every else _harvest_all(one, addresses)
    sys.exit(code)


def _harvest_again(one: Round, addresses: tuple[str, ...], every: int) -> int:
    """Go on until somebody ends it, whatever fails in between."""
    try:
        while True:
            began = time.monotonic()
            _harvest_all(one, addresses)
            one.database.release()
            time.sleep(max(0, every - (time.monotonic() - began)))
    except KeyboardInterrupt:
        return 0


def _harvest_all(one: Round, addresses: tuple[str, ...]) -> int:
    """Harvest each address and return how the command ends."""
    stopped = False
    with Tally() as tally:
        for address in addresses:
            tally.begin(address)
            try:
                with naming_errors(Stopped), naming_refusal(address, Stopped), show_progress("records") as progress:
                    _harvest(one, address, tally, progress)
            except Stopped as error:
                stopped = True
                click.echo(f"Error: {error.message}", err=True)
        click.echo("\n".join(tally.table()))
        if one.wish.dry_run:
            click.echo("Nothing was changed: this was a dry run.")
        failed = tally.total["failed"]
    return STOPPED if stopped else REFUSED if failed else 0


def _harvest(one: Round, url: str, tally: Tally, progress: Progress) -> None:
    address = Address(url=url, policy=one.policy, set=one.set)
    options = {"set": one.set, "source": one.wish.source, "delete": one.wish.delete}
    with hold_place(one.state, url, target=one.target, options=options) as file:
        for part in stream_harvest(one.database, address, file.read(), one.wish, clock=clock):
            done = count_results(part.results)
            tally.add(done)
            progress.advance(len(part.results))
            if one.refused is not None:
                _write_refused(one.refused, url, part)
            if not one.wish.dry_run:
                file.write(part.place)


def _write_refused(out: BinaryIO, url: str, part: Harvested) -> None:
    """Add the refused records of a part, by the members that were read in them."""
    records = {command.line: command.data for command in part.commands}
    for line, problem in count_results(part.results).refused:
        row = {"file": url, "line": line, "problem": problem, "record": records.get(line) or None}
        out.write(orjson.dumps(row, default=str) + b"\n")
    out.flush()
