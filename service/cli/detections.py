"""``creditline detect``: the license statements in a text, each with the words that say it."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import click
import orjson

from service.cli.endings import REFUSED, STOPPED, say
from service.core.detection import Detected, Detection, Evidence, detect
from service.core.errors import CreditlineError, InvalidValue
from service.core.urls import check_url
from service.formats.charsets import decode_page
from service.formats.documents.detections import render_detection
from service.formats.schemas.detections import MEDIA_TYPES, PAGE_LIMIT, make_passage

_BY_SUFFIX = {
    **dict.fromkeys((".txt", ".md", ".rst"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf"), "xml"),
}
_QUOTED = 60
_FEW = 6
_FILE_NAME = re.compile(r"[^\s<>]+")


@click.command("detect")
@click.argument("inputs", metavar="TEXT|FILE|-...", nargs=-1, required=True)
@click.option(
    "--as",
    "kind",
    type=click.Choice([*MEDIA_TYPES]),
    help="What the inputs are; else by the file's name, and by looks.",
)
@click.option("--base-url", help="The address of the page, which its links are relative to.")
@click.option("--charset", help="The charset of the files; else what they say, and by looks.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "ndjson"]),
    default="table",
    show_default=True,
    help="For people, as one document, or as a line for each input.",
)
def detect_licenses(
    *, inputs: tuple[str, ...], kind: str | None, base_url: str | None, charset: str | None, form: str
) -> None:
    """Find the license statements in texts, HTML pages and XML documents, with the words that say them.

    An input that is the name of a file is read from it, - is standard input, everything else is the text itself.
    Ends with 1 where inputs were refused, after the others; with 3 where a file could not be read.
    """
    _check_options(base_url, charset)
    found, code = [], 0
    for name in inputs:
        try:
            detection, read_as = _detect(name, kind, base_url, charset)
        except CreditlineError as error:
            code = max(code, REFUSED)
            click.echo(f"Error: {_name(name)}: {say(error)}", err=True)
            continue
        except OSError as error:
            code = STOPPED
            click.echo(f"Error: {_name(name)}: {error.strerror}.", err=True)
            continue
        if form == "json":
            found.append(_document(name, detection, read_as))
        elif form == "ndjson":
            click.echo(orjson.dumps(_document(name, detection, read_as)))
        else:
            click.echo("\n".join(_table(name if len(inputs) > 1 else None, detection)))
    if form == "json" and found:
        shown = found[0] if len(inputs) == 1 else found
        click.echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2))
    if code:
        sys.exit(code)


def _check_options(base_url: str | None, charset: str | None) -> None:
    try:
        if base_url is not None:
            check_url(base_url)
        if charset is not None:
            decode_page(b"", charset=charset, marked_up=False)
    except InvalidValue as error:
        raise click.UsageError(str(error)) from error


def _detect(name: str, kind: str | None, base_url: str | None, charset: str | None) -> tuple[Detection, str | None]:
    """What is found, and the charset that a file was read in; raises CreditlineError or OSError."""
    content = _read(name)
    if isinstance(content, str):
        text, read_as = content, None
    else:
        marked_up = kind != "text" and _BY_SUFFIX.get(Path(name).suffix.lower()) != "text"
        text, read_as = decode_page(content, charset=charset, marked_up=marked_up)
    media_type = MEDIA_TYPES[kind or _BY_SUFFIX.get(Path(name).suffix.lower()) or _guess(text)]
    passage = make_passage(text, media_type=media_type, base_url=base_url)
    return detect(passage.text, media_type=passage.media_type, base_url=passage.base_url), read_as


def _read(name: str) -> bytes | str:
    """The bytes of a file, or the text itself; raises InvalidValue for what is too large."""
    if name == "-":
        content: bytes | str = sys.stdin.buffer.read(PAGE_LIMIT + 1)
    elif _is_file(name):
        with open(name, "rb") as stream:
            content = stream.read(PAGE_LIMIT + 1)
    else:
        content = name
    if len(content) > PAGE_LIMIT:
        raise InvalidValue("too-large", f"A text has at most {PAGE_LIMIT} bytes; give a part of it.")
    return content


def _is_file(name: str) -> bool:
    """Whether this is the name of a file: of one that is there, or of one that somebody must have meant."""
    meant = _FILE_NAME.fullmatch(name) and Path(name).suffix.lower() in _BY_SUFFIX and "://" not in name
    try:
        return bool(meant) or os.path.exists(name)
    except ValueError:
        return False


def _guess(text: str) -> str:
    """What a text without a telling name looks like."""
    beginning = text.lstrip()[:200].lower()
    if beginning.startswith("<?xml") and "<html" not in text[:2000].lower():
        return "xml"
    return "html" if beginning.startswith("<") else "text"


def _name(name: str) -> str:
    return name if len(name) <= _QUOTED else f"{name[:_QUOTED]}…"


def _document(name: str, detection: Detection, charset: str | None) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(render_detection(detection, charset=charset))
    return {"input": _name(name), **document}


def _table(name: str | None, detection: Detection) -> list[str]:
    """The lines for people: a license, or what is less than one, with its evidence below."""
    lines = [name] if name else []
    for found in detection.licenses:
        lines += [_headline(found), *map(_quote, found.evidence)]
    lines += [f"no such license: {_quote(evidence).strip()}" for evidence in detection.impossible]
    if detection.conflict:
        lines.append("These disagree: nothing is granted for sure.")
    if detection.credit:
        lines.append(f"credit: {detection.credit}")
    return lines if len(lines) > bool(name) else [*lines, "No license statement."]


def _headline(found: Detected) -> str:
    if found.license is not None:
        return f"{found.license.id}  {found.license.url}"
    several = len(found.candidates)
    first, last = found.candidates[0], found.candidates[-1]
    which = ", ".join(found.candidates) if several <= _FEW else f"{first} to {last}, {several} licenses"
    return f"{found.unit} without a version: one of {which}"


def _quote(evidence: Evidence) -> str:
    words = " ".join(evidence.quote.split())
    about = f", about {evidence.about}" if evidence.about else ""
    return f"  {evidence.kind} at {evidence.start}–{evidence.end}{about}: {_name(words)}"
