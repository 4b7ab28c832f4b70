"""A chunk of commands: planned as far as possible before its transaction, and carried out inside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from service.actions.articles import Written
from service.actions.bulk_commands import Done, Plan, address_of, carry_out, id_of, insert_all, plan_command
from service.actions.bulk_records import Records, Sources
from service.actions.transactions import Order, Outcome
from service.core.bulk import CHUNK, Command, Result, restate_problem
from service.core.changes import Change
from service.core.errors import DatabaseUnavailable, Overloaded, Problem
from service.storage.database import Database

_MICROSECOND = timedelta(microseconds=1)


def split_commands(commands: Iterable[Command]) -> Iterator[tuple[list[Command], bool]]:
    """The commands in chunks, each with whether it is the last; no commands are one chunk without any."""
    left = iter(commands)
    chunk = list(islice(left, CHUNK))
    for following in left:
        yield chunk, False
        chunk = [following, *islice(left, CHUNK - 1)]
    yield chunk, True


class Chunk:
    """Commands that go together, with the records that they are about.

    Made before the transaction, it goes by what it sees then: every write checks that its record is still so. Made
    inside with `lock`, nobody else can get in between.
    """

    def __init__(
        self, database: Database, order: Order, commands: Sequence[Command], *, lock: bool, request: str
    ) -> None:
        self._database = database
        self._order = order
        self._commands = commands
        self._request = request
        self._records = Records(database, lock=lock)
        addresses = [address_of(command) for command in commands]
        ids = [id_of(command) for command in commands]
        self._records.fetch(urls={url for url in addresses if url}, ids={id for id in ids if id})
        self._plans = self._plan(addresses)
        self._drafts: list[Written] = []

    def carry_out(self) -> tuple[list[Result], list[Change]]:
        """Do everything, inside a transaction: the results, and the changes to be entered in the feed.

        The `seq` of a result counts these changes from 1 on. Raises Raced.
        """
        results: list[Result] = []
        changes: list[Change] = []
        sources = Sources(self._database, self._order)
        for place, (command, plan) in enumerate(zip(self._commands, self._plans, strict=True)):
            order = replace(self._order, now=self._order.now + place * _MICROSECOND)  # ids sort as their lines do
            done = self._carry_out(order, command, plan, sources)
            if isinstance(done, Problem):
                results.append(Result(line=command.line, effect="failed", problem=done, request=self._request))
                continue
            changes += done.changes
            results.append(self._succeeded(command, done.outcome, len(changes) if done.changes else 0))
        self._insert_drafts()
        return results, changes

    def _plan(self, addresses: Sequence[str | None]) -> list[Plan | Problem | None]:
        """What is to be done for each command, or its problem; None where that turns on a command before it."""
        plans: list[Plan | Problem | None] = []
        touched: set[str] = set()
        for command, address in zip(self._commands, addresses, strict=True):
            keys = self._keys(command, address)
            if keys & touched:
                plans.append(None)
                continue
            plan = self._plan_command(command)
            plans.append(plan)
            if isinstance(plan, Plan):
                touched |= keys
        return plans

    def _plan_command(self, command: Command) -> Plan | Problem:
        try:
            return plan_command(command, self._records, self._order.actor)
        except Problem as problem:
            return restate_problem(problem, place=command.place)

    def _keys(self, command: Command, address: str | None) -> set[str]:
        """The ids and addresses that a command may change."""
        id = command.id or (self._records.find_id_at(address) if address else None)
        url = self._records.find_url(id) if id and id == command.id else address
        return {key for key in (id, address, url) if key}

    def _carry_out(
        self, order: Order, command: Command, plan: Plan | Problem | None, sources: Sources
    ) -> Done | Problem:
        if plan is None:
            self._insert_drafts()
            plan = self._plan_command(command)
        if isinstance(plan, Problem):
            return plan
        try:
            done = carry_out(self._database, order, plan, self._records, sources)
        except (Overloaded, DatabaseUnavailable):
            raise
        except Problem as problem:
            return restate_problem(problem, place=command.place)
        if done.draft:
            self._drafts.append(done.draft)
        return done

    def _insert_drafts(self) -> None:
        insert_all(self._database, self._drafts)
        self._drafts.clear()

    def _succeeded(self, command: Command, outcome: Outcome, seq: int) -> Result:
        return Result(
            line=command.line,
            effect=outcome.effect,
            id=outcome.id,
            version=outcome.version,
            seq=seq,
            request=self._request,
        )


def number_results(results: Iterable[Result], changes: Sequence[Change], head: int) -> tuple[Result, ...]:
    """The results with their places in the feed, whose last entry of theirs is `head`; 0 for nowhere."""
    before = head - len(changes)
    return tuple(
        replace(result, seq=result.seq + before if head else 0) if result.seq else result for result in results
    )
