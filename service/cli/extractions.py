"""``creditline extract``: drafts of articles out of pages."""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import click
import orjson

from service.cli.endings import REFUSED, STOPPED, Stopped, ending_on_signals, say
from service.cli.options import take_charset, take_slug, take_url
from service.cli.progress import show_progress
from service.cli.writing import open_output
from service.core.errors import CreditlineError, InvalidValue
from service.formats.pages import read_page
from service.formats.pages.extractions import render_extraction
from service.formats.schemas.detections import PAGE_LIMIT

SUFFIXES = (".html", ".htm", ".xhtml")
"""The files of a folder that are pages."""

_TOGETHER = 100

Document = dict[str, Any]
Save = Callable[[Sequence[Document]], None]


@click.command()
@click.argument("pages", metavar="PAGE|FOLDER|-...", nargs=-1, required=True)
@click.option("--address", callback=take_url, help="The address of the page, if there is one page.")
@click.option("--charset", callback=take_charset, help="The charset of the pages; else what they say, and by looks.")
@click.option("--source", metavar="SLUG", callback=take_slug, help="The source of the articles.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["draft", "article"]),
    default="draft",
    show_default=True,
    help="The draft with its evidence, or the article alone, as `creditline import` takes it.",
)
@click.option("--save", is_flag=True, help="Also take the drafts into the database, merged into what is there.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file, made or replaced once it is whole."
)
def extract(
    *,
    pages: tuple[str, ...],
    address: str | None,
    charset: str | None,
    source: str | None,
    form: str,
    save: bool,
    output: Path | None,
) -> None:
    """Make drafts of articles out of HTML pages, and tell what on the page says so: a line of JSON for each.

    A FOLDER stands for all pages in it and below, - for standard input. Nothing is fetched from the network.

    Ends with 1 where pages were refused, after the others; with 3 where a page or the database could not be reached or
    the run was broken off.
    """
    names = [*_find_pages(pages)]
    if address and len(names) != 1:
        raise click.UsageError("--address is that of one page; leave it out for several.")
    unread: list[str] = []
    drafts = (_extract(name, unread, address=address, charset=charset, source=source) for name in names)
    failed = 0
    with (
        ending_on_signals(),
        _saving() if save else _leaving() as take,
        open_output(output) as out,
        show_progress("pages", total=len(names), shown=_shown(output)) as progress,
    ):
        while part := [*islice(drafts, _TOGETHER)]:
            take([document for document in part if "article" in document])
            for document in part:
                failed += "problem" in document
                out.write(_line(document, form))
            progress.advance(len(part))
    if failed:
        click.echo(f"{failed:,} of {len(names):,} pages were refused.", err=True)
        sys.exit(STOPPED if unread else REFUSED)


def _find_pages(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        path = Path(name)
        if name != "-" and path.is_dir():
            yield from sorted(str(below) for below in path.rglob("*") if below.suffix.lower() in SUFFIXES)
        else:
            yield name


def _extract(name: str, unread: list[str], *, address: str | None, charset: str | None, source: str | None) -> Document:
    """The line of a page: its draft, or a problem; what the system does not give is added to `unread`."""
    try:
        draft = read_page(_read(name), url=address, charset=charset)
    except CreditlineError as error:
        return {"page": name, "problem": {"detail": say(error)}}
    except OSError as error:
        unread.append(name)
        return {"page": name, "problem": {"detail": f"{error.strerror or error}."}}
    document: Document = orjson.loads(render_extraction(draft))
    if source is not None:
        document["article"]["source"] = source
    return {"page": name, **document}


def _read(name: str) -> bytes:
    """The bytes of a page; raises InvalidValue for one that is too large."""
    if name == "-":
        page = sys.stdin.buffer.read(PAGE_LIMIT + 1)
    else:
        with open(name, "rb") as stream:
            page = stream.read(PAGE_LIMIT + 1)
    if len(page) > PAGE_LIMIT:
        raise InvalidValue("too-large", f"A page has at most {PAGE_LIMIT} bytes.")
    return page


def _line(document: Document, form: str) -> bytes:
    """The line of a page; where articles alone are asked for, a page without one has none, and is told of elsewhere."""
    if form == "draft":
        return orjson.dumps(document, default=str) + b"\n"
    if "problem" in document:
        click.echo(f"Error: {document['page']}: {document['problem']['detail']}", err=True)
    return orjson.dumps(document["article"]) + b"\n" if "article" in document else b""


@contextmanager
def _leaving() -> Iterator[Save]:
    """What keeps nothing."""
    yield lambda _: None


@contextmanager
def _saving() -> Iterator[Save]:
    """What takes drafts into the database, and tells in each what became of it."""
    from service.actions.bulk import run_bulk  # a database takes a while to load, and most runs need none
    from service.actions.transactions import Order
    from service.cli.intake import render_problem
    from service.cli.opening import open_records
    from service.core.keys import SYSTEM
    from service.formats.intake.bulk_lines import upload_of_items
    from service.formats.intake.items import Item
    from service.formats.intake.reading import Reading
    from service.web.context import clock

    with open_records(Stopped) as database:

        def save(documents: Sequence[Document]) -> None:
            items = [Item(line=line, members=document["article"]) for line, document in enumerate(documents)]
            upload = upload_of_items(io.BytesIO(), lambda *_: iter(items), Reading())
            for batch in run_bulk(database, Order(actor=SYSTEM, now=clock()), upload, clock=clock):
                for result in batch.results:
                    document = documents[result.line]
                    document["saved"] = {"effect": result.effect, "id": result.id, "version": result.version}
                    if result.problem is not None:
                        del document["saved"]
                        document["problem"] = render_problem(result.problem)

        yield save


def _shown(output: Path | None) -> str:
    return "none" if output is None and sys.stdout.isatty() else "auto"
