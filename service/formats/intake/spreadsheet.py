"""Tables in CSV as ``service.formats.spreadsheet`` writes them, and others whose columns have been said to be ours."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from service.core.errors import Fault, Invalid, Problem
from service.formats.intake.items import Item
from service.formats.intake.reading import Reading
from service.formats.intake.refusals import refuse
from service.formats.intake.table_cells import COLUMNS_IN, read_cells
from service.formats.intake.table_rows import Row, Rows

_SHOWN = 100
_MOST_COLUMNS = 1000
_MOST_FAULTS = 100


def read_csv(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The rows of a table, numbered by the lines on which they begin; an empty cell says nothing.

    Raises Invalid where the header has a column that is none of ours. With ``reading.columns``, which names the columns
    of members, others are passed over.
    """
    names = dict(reading.columns or {})
    rows, header = open_table(stream, reading)
    columns = _read_header(header, names)
    for row in rows:
        yield _read_row(row, columns)


def open_table(stream: BinaryIO, reading: Reading) -> tuple[Rows, Row]:
    """The rows of a table, and before them its header; raises Problem where it has none that can be read."""
    rows = Rows(stream, reading.charset)
    header = rows.take_header(frozenset([*COLUMNS_IN, *(reading.columns or {}).values()]))
    if header is None:
        raise refuse("no-header", "The table is empty; its first row names the columns.")
    if header.problem:
        raise header.problem
    return rows, header


def _read_header(header: Row, names: Mapping[str, str]) -> list[str | None]:
    """Our name of each column, None for one that is passed over; raises Invalid with all that is wrong."""
    if len(header.cells) > _MOST_COLUMNS:
        raise refuse("too-many-columns", f"A table has at most {_MOST_COLUMNS} columns, not {len(header.cells)}.")
    given = [cell.strip() for cell in header.cells]
    given = given if names else _without_empty_end(given)
    ours = {column: member for member, column in names.items()}
    columns = [ours.get(cell) or (cell if cell in COLUMNS_IN and cell not in names else None) for cell in given]
    faults = [*_wrong_names(given, names), *([] if names else _wrong_columns(given, columns)), *_twice(columns)]
    if not faults and "url" not in columns:
        faults = [_fault("no-url", "A column url is needed: articles are known by their addresses.")]
    if faults:
        detail = faults[0].detail if len(faults) == 1 else f"The header has {len(faults)} faults; each is listed."
        raise Invalid(detail, tuple(faults[:_MOST_FAULTS]))
    return columns


def _without_empty_end(given: list[str]) -> list[str]:
    """The names of the columns without empty ones at the end, which spreadsheets add: no row has anything there."""
    last = max((place for place, name in enumerate(given, 1) if name), default=0)
    return given[:last]


def _wrong_names(given: list[str], names: Mapping[str, str]) -> Iterator[Fault]:
    for member, column in names.items():
        if member not in COLUMNS_IN:
            yield _fault("unknown-column", f"There is no member {member[:_SHOWN]!r} for a column.{_hint(member)}")
        elif column not in given:
            yield _fault("no-such-column", f"The table has no column {column[:_SHOWN]!r}.{_hint(column, given)}")


def _wrong_columns(given: list[str], columns: list[str | None]) -> Iterator[Fault]:
    for place, (name, column) in enumerate(zip(given, columns, strict=True), 1):
        if column is None and not name:
            yield _fault("unnamed-column", f"Column {place} has no name.")
        elif column is None:
            yield _fault("unknown-column", f"There is no column {name[:_SHOWN]!r}.{_hint(name)}")


def _twice(columns: list[str | None]) -> Iterator[Fault]:
    for column in dict.fromkeys(column for column in columns if column and columns.count(column) > 1):
        yield _fault("duplicate-column", f"The column {column} is there twice.")


def _hint(name: str, known: Iterable[str] = COLUMNS_IN) -> str:
    near = difflib.get_close_matches(name[:_SHOWN].lower(), list(known), 1)
    return f" Did you mean {near[0][:_SHOWN]}?" if near else ""


def _fault(code: str, detail: str) -> Fault:
    return Fault("pointer", "", code, detail)


def _read_row(row: Row, columns: list[str | None]) -> Item:
    if row.problem:
        return Item(line=row.line, problem=row.problem)
    cells = row.cells
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        detail = f"The row has {len(cells)} cells, and the header {len(columns)} columns."
        return Item(line=row.line, problem=refuse("cell-count", detail))
    said = {column: _restore(cell) for column, cell in zip(columns, cells, strict=False) if column and cell}
    try:
        return Item(line=row.line, members=read_cells(said))
    except Problem as problem:
        return Item(line=row.line, problem=problem)


_DISARMED = re.compile(r"'+[=+\-@]")


def _restore(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if _DISARMED.match(cell) else cell
