"""``creditline export``: everything that matches, as lines of JSON or as a table."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from service.cli.endings import Stopped, say
from service.cli.options import read_pairs
from service.cli.progress import show_progress
from service.cli.servers import Rejected, Server, find_server, server_options
from service.cli.writing import open_output
from service.core.errors import Problem

FORMATS = ("ndjson", "csv")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="ndjson",
    show_default=True,
    help="Lines of JSON, or a table.",
)
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=read_pairs,
    help="As in a list: license=CC-BY-4.0, published_at[gte]=2026, sort=title; may be repeated, all must hold.",
)
@click.option("--fields", metavar="MEMBERS", help="Only these members, such as title,license.id (lines of JSON).")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file, made or replaced once it is whole."
)
@server_options
def export(
    *,
    form: str,
    filters: dict[str, str],
    fields: str | None,
    output: Path | None,
    url: str | None,
    key: str | None,
    key_file: Path | None,
) -> None:
    """Write all articles that match to standard output or a file, in the order of their ids.

    What comes out as lines of JSON goes in again with `creditline import`.
    """
    server = find_server(url, key, key_file)
    wanted = {**filters, **({"fields": fields} if fields is not None else {})}
    pieces = _from_server(server, form, wanted) if server else _from_database(form, wanted)
    with pieces as stream, open_output(output) as out, show_progress("bytes", shown=_shown(output)) as progress:
        for piece in stream:
            out.write(piece)
            progress.advance(len(piece))


def _shown(output: Path | None) -> str:
    """A bar on the terminal that the articles run over would be in their way."""
    return "none" if output is None and sys.stdout.isatty() else "auto"


@contextmanager
def _from_server(server: Server, form: str, wanted: Mapping[str, str]) -> Iterator[Iterator[bytes]]:
    try:
        with server.ask("GET", "/v1/export/articles", {**wanted, "format": form}, headers={}) as answer:
            yield answer.pieces()
    except Rejected as error:
        raise click.UsageError(error.message) from error


@contextmanager
def _from_database(form: str, wanted: Mapping[str, str]) -> Iterator[Iterator[bytes]]:
    """What the export of a server would give, its reading of the options included."""
    from service.cli.opening import open_records  # takes a second to load, and a server needs none of it
    from service.formats.documents.fields import trim_document
    from service.formats.feeds import Channel
    from service.formats.representations import LIST_REPRESENTATIONS
    from service.web.export import read_export, stream_documents
    from service.web.list_forms import check_fields, read_trimming

    written = LIST_REPRESENTATIONS[form]
    with open_records(Stopped) as database:
        try:
            check_fields(wanted, written)
            listing, members = read_export(wanted), read_trimming(wanted)
        except Problem as problem:
            raise click.UsageError(say(problem)) from problem
        documents = stream_documents(database, listing)
        trimmed = (trim_document(document, members) for document in documents) if members else documents
        yield written.stream(trimmed, Channel(title="", address="", updated=datetime.now(UTC)))
