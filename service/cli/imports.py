"""``creditline import``: articles from whatever they are kept in."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from service.cli.endings import (
    REFUSED,
    STOPPED,
    Refused,
    Stopped,
    ending_on_signals,
    naming_errors,
    naming_refusal,
    tell,
)
from service.cli.inputs import FORMATS, NDJSON, Records, find_out_form, open_records_file
from service.cli.intake import Taking, stream_into_database, stream_originals
from service.cli.journals import keep_key
from service.cli.opening import open_records
from service.cli.options import read_pairs, take_charset, take_slug
from service.cli.progress import Progress, show_progress
from service.cli.servers import Rejected, Server, find_server, server_options
from service.cli.tallies import Done, Tally, write_refusals
from service.cli.uploads import stream_to_server
from service.cli.writing import open_output
from service.config import Config
from service.formats.intake.registry import PROFILES

Take = Callable[[Records, Taking, str | None], Iterator[Done]]


@click.command("import")
@click.argument("files", metavar="FILE|-...", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="What the files are; else by their names, and by looks."
)
@click.option("--profile", type=click.Choice(PROFILES), help="Whose records the lines of JSON hold, if not our own.")
@click.option("--source", metavar="SLUG", callback=take_slug, help="The source of the articles.")
@click.option("--charset", callback=take_charset, help="The charset of the files; else what they say, and by looks.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="THEIRS=OURS",
    callback=read_pairs,
    help="What a column of a table is called there, and here; may be repeated.",
)
@click.option(
    "--mode",
    type=click.Choice(["each", "atomic"]),
    default="each",
    show_default=True,
    help="Each record by itself, or a whole file or nothing of it.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would become of the records, and change nothing.")
@click.option(
    "--errors", type=click.Path(dir_okay=False, path_type=Path), help="A file for the refused records and why (NDJSON)."
)
@server_options
def import_records(
    *,
    files: tuple[str, ...],
    form: str | None,
    profile: str | None,
    source: str | None,
    charset: str | None,
    columns: dict[str, str],
    mode: str,
    dry_run: bool,
    errors: Path | None,
    url: str | None,
    key: str | None,
    key_file: Path | None,
) -> None:
    """Take in the articles in FILEs, or in standard input for -, which may be compressed with gzip.

    NDJSON holds articles as the API gives them, or commands; CSV, RSS, Atom, JSON Feed, OAI-PMH, Crossref, DataCite,
    ninjs, CSL-JSON and schema.org are merged into what is there. A run that was broken off goes on where it was when
    the same command is repeated.

    Ends with 0 where all is in, 1 where records or files were refused, 2 where the command is wrong, and 3 where the
    database, the server or a file could not be reached or the run was broken off.
    """
    if profile and form not in (None, NDJSON):
        raise click.UsageError("--profile says whose the lines of NDJSON are; name any other form with --format alone.")
    taking = Taking(
        form=form or (NDJSON if profile else ""),
        profile=profile,
        source=source,
        charset=charset,
        columns={ours: theirs for theirs, ours in columns.items()} or None,
        atomic=mode == "atomic",
        dry_run=dry_run,
    )
    with _open_target(find_server(url, key, key_file)) as (take, target), Tally(file=errors) as tally:
        run = Run(taking=taking, take=take, target=target, tally=tally)
        stopped = _take_files(run, files, errors)
        if tally.counts:
            click.echo("\n".join(tally.table()))
        _end(run, stopped)


@dataclass(slots=True, kw_only=True)
class Run:
    """What the files of a run have in common; `code` is what the command ends with for those that cannot be taken."""

    taking: Taking
    take: Take
    target: str
    tally: Tally
    code: int = 0


@contextmanager
def _open_target(server: Server | None) -> Iterator[tuple[Take, str]]:
    """What takes records in, and its name."""
    if server is not None:
        yield partial(stream_to_server, server), server.url
        return
    with open_records(Stopped) as database:
        yield partial(stream_into_database, database), Config.from_environment(os.environ).database_url


def _take_files(run: Run, files: Sequence[str], errors: Path | None) -> BaseException | None:
    """Take all files; what broke it off is given back, so that what was done by then can be told."""
    try:
        with naming_errors(Stopped), open_output(errors) if errors else nullcontext(None) as refused:
            return _take_until_stopped(run, files, refused)
    except Stopped as stopped:  # the file for the refused records cannot be made, or not be kept
        return stopped


def _take_until_stopped(run: Run, files: Sequence[str], refused: BinaryIO | None) -> BaseException | None:
    with ending_on_signals() as signals, show_progress("records") as progress:
        try:
            for name in files:
                with naming_errors(Stopped):
                    run.code = max(run.code, _take_named(run, name, refused, progress))
        except (Stopped, KeyboardInterrupt) as stopped:
            return Stopped("Interrupted; repeat the command to go on.") if signals.asked else stopped
    return None


def _take_named(run: Run, name: str, refused: BinaryIO | None, progress: Progress) -> int:
    """Take the file of this name; gives how the command ends for one that cannot be taken, which is told."""
    try:
        with naming_refusal(name), open_records_file(name) as records:
            _take_file(run, records, _taking_of(records, run.taking), refused, progress)
    except Refused as error:
        return _tell(error.message, REFUSED)
    except Rejected as error:
        return _tell(f"{name}: {error.message}", REFUSED)
    except click.UsageError as error:
        if not run.tally.counts:
            raise
        return _tell(error.message, REFUSED)
    except OSError as error:
        if error.filename is None or Path(error.filename) != Path(name):
            raise
        return _tell(f"{tell(error)}.", STOPPED)
    return 0


def _tell(sentence: str, code: int) -> int:
    click.echo(f"Error: {sentence}", err=True)
    return code


def _taking_of(records: Records, taking: Taking) -> Taking:
    """How a file is taken, its form found out where the command does not name it; an empty one is of any form."""
    if not records.size:
        return replace(taking, form=NDJSON)
    return taking if taking.form else replace(taking, form=find_out_form(records))


def _take_file(run: Run, records: Records, taking: Taking, refused: BinaryIO | None, progress: Progress) -> None:
    """Take a file, under the key that it had when it was broken off."""
    run.tally.begin(records.name)
    try:
        with _key(records, taking, run.target) as key:
            for done in run.take(records, taking, key):
                run.tally.add(done)
                progress.advance(done.counts["lines"])
    finally:
        if refused is not None:
            write_refusals(refused, run.tally, stream_originals(records, taking))


def _key(records: Records, taking: Taking, target: str) -> AbstractContextManager[str | None]:
    return nullcontext(None) if taking.dry_run else keep_key(target, records.digest, *taking.names)


def _end(run: Run, stopped: BaseException | None) -> None:
    """End with what scripts want to know."""
    if stopped is not None:
        raise stopped
    if run.taking.dry_run:
        click.echo("Nothing was changed: this was a dry run.")
    code = max(run.code, REFUSED if run.tally.total["failed"] else 0)
    if code:
        sys.exit(code)
