"""How every change is made: one transaction, its change entries last, and the answer kept under its key."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import orjson

from service.core.changes import Change
from service.core.errors import Conflict, Gone, Overloaded, PreconditionFailed
from service.core.keys import Actor
from service.storage.answers import Claim, claim_key, store_answer
from service.storage.changes import append_changes
from service.storage.database import Database, Raced

ATTEMPTS = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """That somebody orders a change: who, when, under which Idempotency-Key, and whether only to rehearse it."""

    actor: Actor
    now: datetime
    claim: Claim | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a write came to.

    ``effect`` is created, updated, unchanged, deleted or restored; ``seq`` its place in the change feed, 0 where it
    made no entry; ``warnings`` is a JSON list; ``replayed`` marks the stored answer of an earlier request.
    """

    effect: str
    id: str
    version: int
    document: bytes = b""
    seq: int = 0
    warnings: bytes = b""
    replayed: bool = False


Work = Callable[[], tuple[Outcome, list[Change]]]


class _DryRun(Exception):
    """Takes the outcome of a dry run out of its transaction, which rolls back."""


def write(database: Database, order: Order, work: Work) -> Outcome:
    """Run `work` in a transaction and return its outcome with its place in the feed.

    Under a claim a repetition returns the stored outcome and does nothing. A dry run does everything but commit.
    Deadlocks and races are tried again.
    """

    def attempt() -> Outcome:
        return transact(database, lambda: _perform(database, work, order.claim), dry_run=order.dry_run)

    return insist(attempt)


def insist(attempt: Callable[[], T], *, on: tuple[type[Exception], ...] = (Raced,)) -> T:
    """What `attempt` returns, tried again where it raises one of `on`; raises Overloaded after the last try."""
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except on:
            continue
    try:
        return attempt()
    except on as error:
        raise Overloaded("Too many clients write the same records; try again shortly.") from error


def transact(database: Database, work: Callable[[], T], *, dry_run: bool) -> T:
    """What `work` returns, run in a transaction that is rolled back after a dry run."""
    try:
        with database.transaction():
            made = work()
            if dry_run:
                raise _DryRun(made)
            return made
    except _DryRun as done:
        result: T = done.args[0]
        return result


def retried(work: Work) -> Work:
    """`work` for a write without a condition: where another client was quicker, it is tried again on what is there."""

    def attempt() -> tuple[Outcome, list[Change]]:
        try:
            return work()
        except (Conflict, PreconditionFailed, Gone) as error:
            raise Raced from error

    return attempt


def _perform(database: Database, work: Work, claim: Claim | None) -> Outcome:
    stored = claim_key(database, claim) if claim else None
    if stored is not None:
        return load_outcome(stored)
    outcome, changes = work()
    numbered = replace(outcome, seq=append_changes(database, changes))
    if claim:
        store_answer(database, claim, numbered.id, _dump(numbered))
    return numbered


def load_outcome(stored: bytes) -> Outcome:
    """A stored outcome, marked as replayed."""
    members: dict[str, Any] = orjson.loads(stored)
    for name in ("document", "warnings"):
        members[name] = members[name].encode()
    return Outcome(**{**members, "replayed": True})


def _dump(outcome: Outcome) -> bytes:
    members = {name: getattr(outcome, name) for name in ("effect", "id", "version", "seq")}
    texts = {"document": outcome.document.decode(), "warnings": outcome.warnings.decode()}
    return orjson.dumps({**members, **texts})
