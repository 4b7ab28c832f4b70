"""Results and changes of an atomic bulk, put on disk until all of it is done: there may be any number of them."""

import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

import orjson

from service.core.bulk import Result
from service.core.changes import Change
from service.core.dates import from_micros, to_micros
from service.formats.documents.bulk import read_results, render_results

_IN_MEMORY = 1 << 20


class Spool:
    """Chunks of results with the changes behind them, in the order of their adding; ``len()`` counts the chunks."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the spool is its context
        self._chunks = 0
        self.has_failed = False

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._chunks

    def __iter__(self) -> Iterator[tuple[tuple[Result, ...], list[Change]]]:
        self._file.seek(0)
        for _ in range(self._chunks):
            results, changes = self._file.readline(), self._file.readline()
            yield read_results(results), [_change(*row) for row in orjson.loads(changes)]

    def clear(self) -> None:
        """Begin anew."""
        self._file.seek(0)
        self._file.truncate()
        self._chunks, self.has_failed = 0, False

    def add(self, results: Sequence[Result], changes: Sequence[Change]) -> None:
        """Put a chunk behind the others."""
        self._file.write(render_results(results) + b"\n" + orjson.dumps([_row(change) for change in changes]) + b"\n")
        self._chunks += 1
        self.has_failed |= any(result.problem for result in results)


def _row(change: Change) -> list[Any]:
    document = change.document.decode() if change.document is not None else None
    return [change.type, change.record, change.version, to_micros(change.at), document]


def _change(type: str, record: str, version: int, at: int, document: str | None) -> Change:
    kept = document.encode() if document is not None else None
    return Change(type=type, record=record, version=version, at=from_micros(at), document=kept)
