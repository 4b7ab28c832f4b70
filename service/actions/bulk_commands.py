"""One command of many: what it means for the record that it is about, and carrying it out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from service.actions.articles import Written, draft_article, insert_drafts, renew_article
from service.actions.bulk_records import Record, Records, Sources
from service.actions.ownership import require_source
from service.actions.removals import bury_article
from service.actions.tombstones import gone
from service.actions.transactions import Order, Outcome
from service.core.articles import NewArticle
from service.core.bulk import Command
from service.core.changes import Change
from service.core.errors import (
    Conflict,
    Fault,
    Gone,
    Invalid,
    InvalidValue,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
)
from service.core.grants import NewGrant
from service.core.identifiers import ARTICLE_ID
from service.core.keys import Actor
from service.core.urls import canonical_url
from service.formats.intake.completion import complete_members
from service.formats.schemas.articles import load_article, load_patched_article
from service.formats.schemas.grants import load_grant
from service.storage.database import Database, Raced


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A command that may be carried out: on a `record`, or without one to make it; a deletion has no `new`.

    ``merges`` tells that `new` is what a record of somebody else says.
    """

    record: Record | None
    new: NewArticle | None = None
    grants: tuple[NewGrant, ...] = ()
    merges: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command came to, with the changes to be entered in the feed; a `draft` is still to be inserted."""

    outcome: Outcome
    changes: list[Change]
    draft: Written | None = None


def address_of(command: Command) -> str | None:
    """The canonical address that a command names, None where it names none that is valid."""
    url = command.data.get("url")
    try:
        return canonical_url(url) if isinstance(url, str) else None
    except InvalidValue:
        return None


def id_of(command: Command) -> str | None:
    """The id that a command names, None where it names none that an article can have."""
    return command.id if command.id and ARTICLE_ID.fullmatch(command.id) else None


def plan_command(command: Command, records: Records, actor: Actor) -> Plan:
    """Check a command against its record and read what it brings; raises the Problem that it has.

    In the order of single writes: what is meant, whose it is, its condition, and then its members.
    """
    if command.problem is not None:
        raise command.problem
    record = None if command.op == "create" else _find_record(command, records)
    if record is not None:
        require_source(actor, record.present.source_slug)
        if record.present.deleted_at is not None:
            raise gone("article", version=record.present.version, deleted_at=record.present.deleted_at)
    _check_condition(command, record)
    if command.op == "delete":
        return Plan(record=record)
    new, grants = _load(command, record), tuple(_load_grants(command))
    return Plan(record=record, new=new, grants=grants, merges=command.op == "merge")


def carry_out(database: Database, order: Order, plan: Plan, records: Records, sources: Sources) -> Done:
    """Do what is planned, inside a transaction, and note it in `records`.

    Raises Forbidden, Invalid or Conflict before anything is written. Raises Raced where another client was quicker:
    then the transaction is to be undone.
    """
    record = plan.record
    if plan.new is None:
        assert record is not None, "what is deleted is there"
        with _raced():
            outcome, changes = bury_article(database, order, record.id, record.present)
        records.note_removal(record.id)
        return Done(outcome=outcome, changes=changes)
    sources.check(plan.new.source)
    _check_address(plan.new, record, records)
    if record is None:
        written = draft_article(order, plan.new, sources.take, grants=plan.grants, merges=plan.merges)
    else:
        present, before = record.present, record.ledger
        with _raced():
            written = renew_article(
                database, order, present, before, plan.new, sources.take, grants=plan.grants, merges=plan.merges
            )
    if written.changes:
        records.note_state(written)
    return Done(outcome=written.outcome, changes=written.changes, draft=None if record else written)


def insert_all(database: Database, drafts: Sequence[Written]) -> None:
    """Insert what was drafted; raises Raced where another client was quicker."""
    with _raced():
        insert_drafts(database, drafts)


@contextmanager
def _raced() -> Iterator[None]:
    """What was looked at before is another by now."""
    try:
        yield
    except (Conflict, PreconditionFailed, Gone, NotFound) as error:
        raise Raced from error


def _find_record(command: Command, records: Records) -> Record | None:
    """What a command is about; None where that is to be made."""
    if command.id is not None:
        named = records.find(command.id)
        if named is None:
            raise NotFound(f"There is no article {command.id}.")
        return named
    url = address_of(command)
    id = records.find_id_at(url) if url else None
    if id is None and command.op in ("update", "delete"):
        raise _no_article_at(command)
    return records.find(id) if id else None


def _no_article_at(command: Command) -> NotFound | Invalid:
    try:
        url = canonical_url(str(command.data["url"]))
    except InvalidValue as error:
        return Invalid(error.detail, (Fault("pointer", "/url", error.code, error.detail),))
    return NotFound(f"There is no article at {url}.")


def _check_condition(command: Command, record: Record | None) -> None:
    if record is None:
        if command.condition is not None:
            raise NotFound("There is no article at this URL for if_match to mean; leave it out to make one.")
        return
    version = record.present.version
    if command.condition is None:
        if command.op in ("update", "delete"):
            raise PreconditionRequired("Give if_match, the version that you read.", current_version=version)
    elif not command.condition.admits(version):
        raise PreconditionFailed(f"The record is at version {version}.", current_version=version)


def _load(command: Command, record: Record | None) -> NewArticle:
    if record is None:
        return load_article(command.data, None)
    if command.op == "upsert":
        return load_article(command.data, record.members)
    data = complete_members(command.data, record.members) if command.op == "merge" else command.data
    return load_patched_article(data, record.members)


def _load_grants(command: Command) -> Iterable[NewGrant]:
    for place, grant in enumerate(command.grants):
        try:
            yield load_grant(grant)
        except Invalid as problem:
            moved = [
                Fault(fault.kind, f"/grants/{place}{fault.at}", fault.code, fault.detail) for fault in problem.faults
            ]
            raise Invalid(problem.detail, tuple(moved)) from problem


def _check_address(new: NewArticle, record: Record | None, records: Records) -> None:
    """Raise Conflict where another article has the address."""
    other = records.find_id_at(new.content.url)
    if other is not None and (record is None or other != record.id):
        address = f"/v1/articles/{other}"
        raise Conflict(f"The article {address} has this URL already.", conflicting_url=address)
