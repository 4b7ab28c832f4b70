"""Articles as a table in CSV (RFC 4180), a row each, for spreadsheets and for import.

A cell that a spreadsheet would run, since it begins with ``=``, ``+``, ``-`` or ``@``, gets an apostrophe in front. So
does one that begins with apostrophes and then such a character: whoever takes one off gets back what was there.

An item of a list that holds a semicolon is in double quotes, as a cell with a comma is, and so is one that begins with
such a quote or has space at its ends. ``service.formats.intake.spreadsheet`` reads all of it back.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from service.formats.members import Members

_LISTS = ("creators", "keywords", "identifiers")
COLUMNS = (
    *("id", "version", "url", "title", "source.id", "source.name", "source.url", "creators", "language"),
    *("published_at", "modified_at", "summary", "section", "keywords", "identifiers"),
    *(f"license.{name}" for name in ("status", "id", "url", "title", "unit", "version", "jurisdiction", "spdx")),
    *(f"license.{name}" for name in ("statement", "statement_url", "origin", "start", "end")),
    *(f"attribution.{name}" for name in ("credit", "credit_url", "requested", "disclaimer")),
    *(f"attribution.copyright_{name}" for name in ("notice", "holder", "year")),
    "more_permissions_url",
    *(f"ai_terms.{name}" for name in ("train_ai", "search", "tdm_reservation", "tdm_policy")),
    *("status", "created_at", "updated_at"),
)
"""The header: members of an article by their paths. Lists are joined by ``; ``; what has lists inside is left out."""

_SEPARATOR = "; "
_PLAIN = re.compile(r'[^\s";](?:[^;]*[^\s;])?')
_SPACED = re.compile(r"([A-Za-z0-9][A-Za-z0-9.+:-]{0,63}): (.+)", re.DOTALL)
_PARTNER = re.compile(r"(partner:[A-Za-z0-9.+-]{1,50}):(.+)", re.DOTALL)
_SIMPLE = re.compile(r"([A-Za-z0-9][A-Za-z0-9.+-]{0,63}):(.+)", re.DOTALL)
_RUNS = re.compile(r"'*[=+\-@]")
_WORDS = {True: "true", False: "false", None: ""}


def stream_csv(documents: Iterable[bytes]) -> Iterator[bytes]:
    """The header, and a row for each document of an article."""
    yield _line(COLUMNS)
    for document in documents:
        members: Members = orjson.loads(document)
        yield _line([_cell(members, column) for column in COLUMNS])


def split_identifier(text: str) -> tuple[str, str] | None:
    """The scheme and the value of an identifier in a cell; None where none can be told apart.

    Between them stand a colon and a space; or a colon alone: the second one after ``partner``, else the first.
    """
    found = _SPACED.fullmatch(text) or _PARTNER.fullmatch(text) or _SIMPLE.fullmatch(text)
    return (found[1], found[2]) if found else None


def _cell(members: Members, column: str) -> str:
    value: Any = members
    for step in column.split("."):
        value = value[step]
    if column in _LISTS:
        return _SEPARATOR.join(_item(column, item) for item in value)
    return _WORDS[value] if value is None or isinstance(value, bool) else str(value)


def _item(column: str, item: str | Members) -> str:
    text = _name(column, item)
    if _PLAIN.fullmatch(text):
        return text
    quoted = text.replace('"', '""')
    return f'"{quoted}"'


def _name(column: str, item: str | Members) -> str:
    """An item in a line. A space tells a scheme from its value where a colon alone would not."""
    if isinstance(item, str):
        return item
    if column == "creators":
        return str(item["name"])
    scheme, value = item["scheme"], item["value"]
    text = f"{scheme}:{value}"
    return text if split_identifier(text) == (scheme, value) else f"{scheme}: {value}"


def _line(cells: Iterable[str]) -> bytes:
    """A row as bytes, with its cells made harmless."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow([f"'{cell}" if _RUNS.match(cell) else cell for cell in cells])
    return line.getvalue().encode()
