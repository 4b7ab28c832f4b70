"""What became of the records of a run: counted, with those that were refused kept in a file."""

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import click
import orjson

COUNTS = ("lines", "created", "updated", "unchanged", "deleted", "failed")
SHOWN = 10
"""So many refused records are shown where no file takes them."""

_FAILED_DEPENDENCY = 424


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of some records: their `counts` by the names of COUNTS, and the problem of each refused line."""

    counts: Mapping[str, int]
    refused: Sequence[tuple[int, Mapping[str, Any]]] = ()


class Tally:
    """The counts of a run, file by file, and why which lines were refused; `file` is where those are kept for good."""

    def __init__(self, *, file: Path | None = None) -> None:
        self._file = file
        self.counts: dict[str, dict[str, int]] = {}
        self._began = time.monotonic()
        self._shown = 0
        self._name = ""
        self._refused: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> "Tally":
        return self

    def __exit__(self, *_: object) -> None:
        self._refused.close()

    @property
    def total(self) -> dict[str, int]:
        """The counts of all files together."""
        return {name: sum(counts[name] for counts in self.counts.values()) for name in COUNTS}

    def begin(self, name: str) -> None:
        """Count for this file from now on, and keep the refused lines of this one."""
        self._name = name
        self.counts.setdefault(name, dict.fromkeys(COUNTS, 0))
        self._refused.seek(0)
        self._refused.truncate()

    def add(self, done: Done) -> None:
        """Count some more, and keep why lines were refused."""
        for name in COUNTS:
            self.counts[self._name][name] += done.counts.get(name, 0)
        for line, problem in done.refused:
            if problem.get("status") != _FAILED_DEPENDENCY:  # it only fell with others
                self._refuse(line, problem)

    def _refuse(self, line: int, problem: Mapping[str, Any]) -> None:
        self._refused.write(orjson.dumps([self._name, line, problem], default=str) + b"\n")
        if self._shown < SHOWN:
            click.echo(f"{self._name}, line {line}: {describe(problem)}", err=True)
        elif self._shown == SHOWN:
            where = f"{self._file} has" if self._file else "--errors FILE keeps"
            click.echo(f"… and more; {where} them all.", err=True)
        self._shown += 1

    def refusals(self) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """The refused lines of the file in order: its name, the line and the problem."""
        self._refused.seek(0)
        for row in self._refused:
            name, line, problem = orjson.loads(row)
            yield name, line, problem

    def table(self) -> list[str]:
        """The counts for people, a row for each file, and how long it took."""
        rows = [*self.counts.items()]
        if len(rows) != 1:
            rows.append(("total", self.total))
        width = max(len(name) for name, _ in rows)
        lines = [" " * width + "".join(f"{name:>11}" for name in COUNTS)]
        lines += [f"{name:<{width}}" + "".join(f"{counts[name]:>11,}" for name in COUNTS) for name, counts in rows]
        seconds = time.monotonic() - self._began
        rate = self.total["lines"] / seconds if seconds else 0
        return [*lines, f"{seconds:.1f} seconds, {rate:,.0f} records a second"]


def describe(problem: Mapping[str, Any]) -> str:
    """A problem in one line: each fault with its place, else the detail."""
    faults = [fault for fault in problem.get("errors") or () if isinstance(fault, dict)]
    told = [f"{fault.get('pointer') or 'record'}: {fault.get('detail')}" for fault in faults]
    return " ".join(dict.fromkeys(told)) or str(problem.get("detail"))


def write_refusals(out: BinaryIO, tally: Tally, records: Iterable[tuple[int, Any]]) -> None:
    """Write the refused lines of a file, each with the record that stands there: NDJSON.

    `records` are all of the file in the order of their lines, gone through once more.
    """
    walk = iter(records)
    for name, line, problem in tally.refusals():
        record = next((record for at, record in walk if at == line), None)
        out.write(orjson.dumps({"file": name, "line": line, "problem": problem, "record": record}) + b"\n")
