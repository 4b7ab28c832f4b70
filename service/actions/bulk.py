"""Many changes to articles in one go: in chunks that are committed one by one, or all of them or none."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from service.actions.bulk_answers import KeptResults
from service.actions.bulk_chunks import Chunk, number_results, split_commands
from service.actions.bulk_spool import Spool
from service.actions.transactions import Order, insist, transact
from service.core.bulk import Command, Result
from service.core.errors import FailedDependency, Overloaded
from service.storage.bulk import line_up
from service.storage.changes import append_changes
from service.storage.database import Database, Raced
from service.storage.holds import hold_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The results of a chunk of commands, in order; `replayed` marks those of an upload that was done before."""

    results: tuple[Result, ...]
    replayed: bool = False


class _Undone(Exception):
    """Takes an atomic bulk out of its transaction, which rolls back."""


def run_bulk(
    database: Database,
    order: Order,
    commands: Iterable[Command],
    *,
    clock: Callable[[], datetime],
    atomic: bool = False,
    request: str = "",
) -> Generator[Batch, None, None]:
    """Carry out `commands` and yield their results in order: a batch for each chunk, after its commit.

    Sum them up with ``Summary().plus(batch.results)``. There is always a batch, if an empty one. `commands` are taken
    as they are needed and never kept; where `atomic`, all are carried out in one transaction before the first batch,
    and may be gone through again from the beginning. `clock` tells the time of each chunk, which may be long after that
    of the order; `request` names who asks, for the results.

    Under ``order.claim`` the results of each chunk are kept with it, and a repetition yields those again and does the
    rest. A dry run does everything but commit, chunk by chunk. Raises KeyReused or KeyInUse before the first batch,
    Overloaded or DatabaseUnavailable between batches: what was yielded is kept then. Close the iterator to stop.
    """
    claim = None if order.dry_run else order.claim
    with hold_key(database, claim) if claim else nullcontext():
        kept = KeptResults(database, claim)
        run = _Run(database=database, order=order, kept=kept, request=request, clock=clock)
        done = kept.find_all()
        if done is not None:
            yield from (Batch(results=results, replayed=True) for results in done)
        elif atomic:
            yield from (Batch(results=results) for results in _run_atomically(run, commands))
        else:
            yield from (Batch(results=results) for results in _run_each(run, commands))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What the chunks of a bulk have in common."""

    database: Database
    order: Order
    kept: KeptResults
    request: str
    clock: Callable[[], datetime]

    def chunk(self, commands: Sequence[Command], *, lock: bool) -> Chunk:
        """Commands of now."""
        order = replace(self.order, now=self.clock())
        return Chunk(self.database, order, commands, lock=lock, request=self.request)


def _run_each(run: _Run, commands: Iterable[Command]) -> Iterator[tuple[Result, ...]]:
    for number, (chunk, last) in enumerate(split_commands(commands)):
        kept = run.kept.find(number)
        yield _commit_chunk(run, number, chunk, last=last) if kept is None else kept


def _commit_chunk(run: _Run, number: int, commands: Sequence[Command], *, last: bool) -> tuple[Result, ...]:
    """Carry out a chunk in a transaction of its own; the second time what it needs is locked, and other bulks wait."""
    tries = count()

    def attempt() -> tuple[Result, ...]:
        again = next(tries) > 0
        planned = None if again else run.chunk(commands, lock=False)

        def work() -> tuple[Result, ...]:
            kept = run.kept.claim(number)
            if kept is not None:
                return kept
            line_up(run.database, alone=again)
            results, changes = (planned or run.chunk(commands, lock=True)).carry_out()
            head = append_changes(run.database, changes)
            numbered = number_results(results, changes, 0 if run.order.dry_run else head)
            run.kept.keep(number, numbered, last=last)
            return numbered

        return transact(run.database, work, dry_run=run.order.dry_run)

    return insist(attempt, on=(Raced, Overloaded))


def _run_atomically(run: _Run, commands: Iterable[Command]) -> Iterator[tuple[Result, ...]]:
    """Carry out everything in one transaction; where anything fails, the rest is undone and says so."""
    tries = count()
    with Spool() as spool, Spool() as numbered:

        def work() -> None:
            spool.clear()
            numbered.clear()
            run.kept.claim(0)
            line_up(run.database, alone=next(tries) > 0)
            _carry_out_all(run, commands, spool)
            if spool.has_failed:
                raise _Undone
            _enter_all(run, spool, numbered)

        try:
            insist(lambda: transact(run.database, work, dry_run=run.order.dry_run))
        except _Undone:
            yield from (_undone(results, run.request) for results, _ in spool)
        else:
            yield from (results for results, _ in numbered)


def _carry_out_all(run: _Run, commands: Iterable[Command], spool: Spool) -> None:
    for chunk, _ in split_commands(commands):
        spool.add(*run.chunk(chunk, lock=True).carry_out())


def _enter_all(run: _Run, spool: Spool, numbered: Spool) -> None:
    """Enter the changes of all chunks in the feed, when nothing else is left to be done, and keep the results."""
    for number, (results, changes) in enumerate(spool):
        head = append_changes(run.database, changes)
        final = number_results(results, changes, 0 if run.order.dry_run else head)
        if number:
            run.kept.claim(number)
        run.kept.keep(number, final, last=number + 1 == len(spool))
        numbered.add(final, ())


def _undone(results: Iterable[Result], request: str) -> tuple[Result, ...]:
    """What the results of a chunk are where other lines, or its own, have failed."""
    detail = "Nothing was written, since another line failed."
    return tuple(
        result
        if result.problem
        else Result(line=result.line, effect="failed", problem=FailedDependency(detail), request=request)
        for result in results
    )
