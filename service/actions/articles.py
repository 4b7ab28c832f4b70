"""Changes to articles: registering, replacing and restoring them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from service.actions.identity import new_id
from service.actions.ownership import require_source
from service.actions.revisions import Revision, first_state, keep_state, next_state, save_state
from service.actions.sources import take_source
from service.actions.transactions import Order, Outcome, retried, write
from service.core.articles import Article, NewArticle, SourceName
from service.core.changes import Change
from service.core.errors import Conflict, Fault, Invalid
from service.core.grants import Grant, Ledger, NewGrant, add_grant, merge_ledger, next_ledger
from service.core.sources import inherited_claim
from service.formats.documents.articles import read_article, render_article
from service.formats.documents.attribution import render_contradictions, render_warnings
from service.formats.documents.sources import read_source
from service.storage import articles as stored
from service.storage.articles import StoredArticle
from service.storage.database import Database
from service.storage.grants import insert_ledgers, list_grants, save_grants
from service.storage.sources import StoredSource

TakeSource = Callable[[SourceName], tuple[StoredSource, list[Change]]]
"""Gives the source that an article names, and the changes by which it was made if it is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A state of an article as a write left it, under its ledger and of its source, with the changes to be entered."""

    outcome: Outcome
    changes: list[Change]
    article: Article
    ledger: Ledger
    source: StoredSource


def add_article(database: Database, order: Order, new: NewArticle) -> Outcome:
    """Register an article; raises Conflict with the address of the article that has its URL."""

    def work() -> tuple[Outcome, list[Change]]:
        return _add(database, order, new)

    with _named_conflict(database):
        return write(database, order, work)


def upsert_article(
    database: Database, order: Order, new: NewArticle, *, admit: Callable[[int | None], None] | None = None
) -> Outcome:
    """Register an article, or replace the one that has its URL; tried again where another client is quicker.

    `admit` is the client's condition: it takes the version that is there, None for none, and raises a Problem where
    that is another than the client means. Under a condition nothing is tried again.
    """

    def work() -> tuple[Outcome, list[Change]]:
        id = stored.find_id_by_url(database, new.content.url)
        present = stored.find_article(database, id) if id else None
        if present is not None:
            require_source(order.actor, present.source_slug)
        if admit is not None:
            admit(present.version if present else None)
        if id is None or present is None:
            return _add(database, order, new)
        return _replace(database, order, id, present, new)

    if admit is None:
        return write(database, order, retried(work))
    with _named_conflict(database):
        return write(database, order, work)


def replace_article(database: Database, order: Order, id: str, present: StoredArticle, new: NewArticle) -> Outcome:
    """Bring an article from the state `present` to `new`, restoring a tombstone; what changes nothing is no version.

    Raises PreconditionFailed where it is in another state by now, and Conflict where another article has the URL.
    """
    require_source(order.actor, present.source_slug)

    def work() -> tuple[Outcome, list[Change]]:
        return _replace(database, order, id, present, new)

    with _named_conflict(database):
        return write(database, order, work)


def draft_article(
    order: Order, new: NewArticle, take: TakeSource, *, grants: Iterable[NewGrant] = (), merges: bool = False
) -> Written:
    """A new article as it is to be inserted, with `grants` behind what it states, inside a transaction.

    A dispute whose sides are known is recorded side by side. Where it `merges`, `new` is what a record of somebody else
    says.
    """
    id = new_id(order.now)
    source, changes = take(new.source)
    stated = replace(new, claims=new.sides[:1] or new.claims)
    grants = (*(NewGrant(claim=side) for side in new.sides[1:]), *grants)
    ledger = _with_grants(_ledger((), stated, source, order, anew=True, merges=merges), grants, order)
    name = _check_name(new.source, _name_of(source))
    article = first_state(id, new.content, name, ledger, now=order.now)
    document = render_article(article)
    outcome = Outcome(effect="created", id=id, version=1, document=document)
    changes = [*changes, Change(type="article.created", record=id, version=1, at=order.now)]
    return Written(outcome=outcome, changes=changes, article=article, ledger=ledger, source=source)


def insert_drafts(database: Database, drafts: Sequence[Written]) -> None:
    """Insert what was drafted, all at once; raises Conflict where another article has an address of theirs."""
    if drafts:
        rows = [(draft.article, draft.outcome.document, draft.source.row) for draft in drafts]
        stored.insert_articles(database, rows)
        insert_ledgers(database, {draft.outcome.id: draft.ledger for draft in drafts})


def renew_article(
    database: Database,
    order: Order,
    present: StoredArticle,
    before: Ledger,
    new: NewArticle,
    take: TakeSource,
    *,
    grants: Iterable[NewGrant] = (),
    merges: bool = False,
) -> Written:
    """Write `new` over the state `present` of an article with the ledger `before`, inside a transaction.

    Where it `merges`, `new` is what a record of somebody else says, and its licenses are no word of a person.
    """
    old = read_article(present.document)
    restored = present.deleted_at is not None
    source, name, changes = _take_name(old, new, take)
    anew = name.id != old.source.id or new.content.published_at != old.content.published_at
    ledger = _with_grants(_ledger(before, new, source, order, anew=anew, merges=merges), grants, order)
    if not restored and (ledger, new.content, name) == (before, old.content, old.source):
        return Written(outcome=keep_state(old.id, present), changes=[], article=old, ledger=ledger, source=source)
    following = next_state(old, ledger, version=present.version + 1, now=order.now)
    article = replace(following, content=new.content, source=name)
    revision = Revision(present=present, old=old, article=article, source_row=source.row, before=before, ledger=ledger)
    outcome, change = save_state(database, revision)
    return Written(outcome=outcome, changes=[*changes, change], article=article, ledger=ledger, source=source)


def _add(database: Database, order: Order, new: NewArticle) -> tuple[Outcome, list[Change]]:
    written = draft_article(order, new, partial(take_source, database, order))
    stored.insert_article(database, written.article, written.outcome.document, source_row=written.source.row)
    save_grants(database, written.outcome.id, (), written.ledger)
    warnings = render_warnings(written.article, read_source(written.source.document).content.ai_terms)
    return replace(written.outcome, warnings=warnings), written.changes


def _replace(
    database: Database, order: Order, id: str, present: StoredArticle, new: NewArticle
) -> tuple[Outcome, list[Change]]:
    before = list_grants(database, id)
    written = renew_article(database, order, present, before, new, partial(take_source, database, order))
    if not written.changes:
        return written.outcome, []
    warnings = render_contradictions(written.article, read_source(written.source.document).content.ai_terms)
    return replace(written.outcome, warnings=warnings), written.changes


def _take_name(old: Article, new: NewArticle, take: TakeSource) -> tuple[StoredSource, SourceName, list[Change]]:
    """The source of an article that is replaced, and what the article calls it: as before, if it says the same."""
    if new.source == old.source:
        source, changes = take(SourceName(id=old.source.id))
        return source, old.source, changes
    source, changes = take(new.source)
    return source, _check_name(new.source, _name_of(source)), changes


def _ledger(
    before: Ledger, new: NewArticle, source: StoredSource, order: Order, *, anew: bool, merges: bool = False
) -> Ledger:
    inherited = None
    if anew and (merges or not new.claims):
        policies = read_source(source.document).content.policies
        inherited = inherited_claim(policies, new.content.published_at)
    now, by = order.now, order.actor.id
    if merges:
        return merge_ledger(before, new.claims, inherited, anew=anew, now=now, by=by)
    return next_ledger(before, new.claims, inherited, origin=new.origin, anew=anew, now=now, by=by)


def _with_grants(ledger: Ledger, grants: Iterable[NewGrant], order: Order) -> Ledger:
    """The ledger with those of `grants` that say something which no entry of it says."""
    for new in grants:
        if not any(_is_recorded(new, grant, order.now.date()) for grant in ledger):
            ledger = add_grant(ledger, new, now=order.now, by=order.actor.id)
    return ledger


def _is_recorded(new: NewGrant, grant: Grant, today: date) -> bool:
    """Whether `grant` holds all that `new` says: one that was ended since, or found to be mistaken, does too.

    What is said without a start counts `today`, so one that is yet to come does not hold it.
    """
    said, known = new.claim, grant.claim
    if (new.scope, said.says) != (grant.scope, known.says) or (said.start is None and grant.is_to_come(today)):
        return False
    members = ("statement", "statement_url", "start", "end")
    return all(getattr(said, name) in (None, getattr(known, name)) for name in members)


def _name_of(source: StoredSource) -> SourceName:
    content = read_source(source.document).content
    return SourceName(id=source.slug, name=content.name, url=content.url)


def _check_name(given: SourceName, real: SourceName) -> SourceName:
    """`real`, unless the client named it by slug and said something else beside that."""
    if not given.id:
        return real
    wrong = [name for name in ("name", "url") if getattr(given, name) not in (None, getattr(real, name))]
    detail = f"The source {real.id!r} has another one; change it at /v1/sources/{real.id}."
    if wrong:
        raise Invalid(detail, tuple(Fault("pointer", f"/source/{name}", "read-only", detail) for name in wrong))
    return real


@contextmanager
def _named_conflict(database: Database) -> Iterator[None]:
    """Name the article that has the URL: that it is taken is for the database's index to say."""
    try:
        yield
    except Conflict as conflict:
        taken = conflict.members.pop("conflicting_address", None)
        other = stored.find_id_by_url(database, str(taken)) if taken else None
        if other is None:
            raise
        address = f"/v1/articles/{other}"
        raise Conflict(f"The article {address} has this URL already.", conflicting_url=address) from conflict
