"""Changes to articles."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from service.actions.identity import new_id
from service.actions.permissions import require_source
from service.actions.sources import take_source
from service.actions.tombstones import gone
from service.actions.transactions import Outcome, write
from service.core.articles import Article, Content, NewArticle, Shown, SourceName
from service.core.changes import Change
from service.core.dates import to_micros
from service.core.errors import Conflict, Fault, Gone, Invalid, NotFound, PreconditionFailed, Problem
from service.core.grants import UNKNOWN, Grant, next_ledger, open_grants, shown_claim
from service.core.keys import Actor
from service.core.sources import inherited_claim
from service.formats.documents.articles import read_article, render_article
from service.formats.documents.attribution import render_warnings
from service.formats.documents.sources import read_source
from service.storage import articles as stored
from service.storage.answers import Claim, wipe_answers
from service.storage.articles import StoredArticle
from service.storage.database import Database, Raced
from service.storage.grants import delete_grants, list_grants, save_grants
from service.storage.sources import StoredSource, find_source

BATCH = 200


def add_article(
    database: Database,
    actor: Actor,
    new: NewArticle,
    *,
    now: datetime,
    claim: Claim | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Register an article; raises Conflict with the address of the article that has its URL."""

    def work() -> tuple[Outcome, list[Change]]:
        _require_free(database, new.content.url)
        return _add(database, actor, new, now=now)

    with _named_conflict(database):
        return write(database, work, claim=claim, dry_run=dry_run)


def upsert_article(
    database: Database,
    actor: Actor,
    new: NewArticle,
    *,
    now: datetime,
    claim: Claim | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Register an article, or replace the one that has its URL; tried again where another client is quicker."""

    def work() -> tuple[Outcome, list[Change]]:
        id = stored.find_id_by_url(database, new.content.url)
        present = stored.find_article(database, id) if id else None
        if id is None or present is None:
            return _add(database, actor, new, now=now)
        require_source(actor, present.source_slug)
        return _replace(database, actor, id, present, new, now=now)

    def retried() -> tuple[Outcome, list[Change]]:
        try:
            return work()
        except (Conflict, PreconditionFailed, Gone) as error:
            raise Raced from error

    return write(database, retried, claim=claim, dry_run=dry_run)


def replace_article(
    database: Database,
    actor: Actor,
    id: str,
    present: StoredArticle,
    new: NewArticle,
    *,
    now: datetime,
    claim: Claim | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Bring an article from the state `present` to `new`, restoring a tombstone; what changes nothing is no version.

    Raises PreconditionFailed where it is in another state by now, and Conflict where another article has the URL.
    """
    require_source(actor, present.source_slug)

    def work() -> tuple[Outcome, list[Change]]:
        return _replace(database, actor, id, present, new, now=now)

    with _named_conflict(database):
        return write(database, work, claim=claim, dry_run=dry_run)


def delete_article(
    database: Database, actor: Actor, id: str, present: StoredArticle, *, now: datetime, dry_run: bool = False
) -> Outcome:
    """Make a tombstone of an article; its versions stay readable and its address is free again."""
    require_source(actor, present.source_slug)

    def work() -> tuple[Outcome, list[Change]]:
        if not stored.delete_article(database, id, expected=present.version, at=to_micros(now)):
            raise _stale(database, id)
        stored.keep_version(database, id, present.version, present.document, present.updated_at)
        version = present.version + 1
        return Outcome(effect="deleted", id=id, version=version), [
            Change(type="article.deleted", record=id, version=version, at=now)
        ]

    return write(database, work, dry_run=dry_run)


def reapply_policies(
    database: Database, actor: Actor, slug: str, *, now: datetime, dry_run: bool = False
) -> Iterator[Outcome]:
    """Resolve the inherited licenses of a source's articles anew, each in its own transaction."""
    require_source(actor, slug)
    source = find_source(database, slug)
    after = "00000000-0000-0000-0000-000000000000"
    while source and (ids := stored.list_ids_of_source(database, source.row, after=after, limit=BATCH)):
        for id in ids:
            yield _reapply(database, actor, id, now=now, dry_run=dry_run)
        after = ids[-1]


def purge_article(
    database: Database, actor: Actor, id: str, present: StoredArticle, *, now: datetime, dry_run: bool = False
) -> Outcome:
    """Wipe the content of an article and all its versions for good; its id, times and numbers stay.

    What the license ledger says goes too, and so do stored answers. A tombstone can be purged as well.
    """
    require_source(actor, present.source_slug)

    def work() -> tuple[Outcome, list[Change]]:
        blank = _blank(read_article(present.document), version=present.version + 1, now=now)
        document = render_article(blank)
        if not stored.purge_article(database, blank, document, expected=present.version):
            raise _stale(database, id)
        stored.keep_version(database, id, present.version, None, present.updated_at)
        delete_grants(database, id)
        wipe_answers(database, id)
        change = Change(type="article.purged", record=id, version=blank.version, at=now)
        return Outcome(effect="deleted", id=id, version=blank.version), [change]

    return write(database, work, dry_run=dry_run)


def _blank(old: Article, *, version: int, now: datetime) -> Article:
    """What stays of a purged article."""
    return Article(
        id=old.id,
        version=version,
        created_at=old.created_at,
        updated_at=now,
        content=Content(url="", title=""),
        source=SourceName(id=old.source.id),
        license=Shown(claim=UNKNOWN),
        licenses=(),
    )


def _add(database: Database, actor: Actor, new: NewArticle, *, now: datetime) -> tuple[Outcome, list[Change]]:
    id = new_id(now)
    source, changes = take_source(database, actor, new.source, now=now)
    ledger = _ledger((), new, source, anew=True, now=now, actor=actor)
    name = _check_name(new.source, _name_of(source))
    article = _article(id, 1, new, name, ledger, created_at=now, now=now)
    document = render_article(article)
    stored.insert_article(database, article, document, source_row=source.row)
    save_grants(database, id, (), ledger)
    outcome = Outcome(effect="created", id=id, version=1, document=document, warnings=render_warnings(article))
    return outcome, [*changes, Change(type="article.created", record=id, version=1, at=now)]


def _replace(
    database: Database, actor: Actor, id: str, present: StoredArticle, new: NewArticle, *, now: datetime
) -> tuple[Outcome, list[Change]]:
    old = read_article(present.document)
    restored = present.deleted_at is not None
    named = replace(new, source=SourceName(id=old.source.id)) if new.source == old.source else new
    source, changes = take_source(database, actor, named.source, now=now)
    name = old.source if named is not new else _check_name(new.source, _name_of(source))
    if restored or new.content.url != old.content.url:
        _require_free(database, new.content.url)
    before = list_grants(database, id)
    anew = name.id != old.source.id or new.content.published_at != old.content.published_at
    ledger = _ledger(before, new, source, anew=anew, now=now, actor=actor)
    if not restored and (ledger, new.content, name) == (before, old.content, old.source):
        return Outcome(effect="unchanged", id=id, version=old.version, document=present.document), []
    article = _article(id, present.version + 1, new, name, ledger, created_at=old.created_at, now=now)
    return _save(database, article, present, source, before, ledger, changes)


def _save(
    database: Database,
    article: Article,
    present: StoredArticle,
    source: StoredSource,
    before: tuple[Grant, ...],
    ledger: tuple[Grant, ...],
    changes: list[Change],
) -> tuple[Outcome, list[Change]]:
    restored = present.deleted_at is not None
    document = render_article(article)
    if not stored.update_article(database, article, document, source_row=source.row, expected=present.version):
        raise _stale(database, article.id)
    kept = None if restored else present.document
    stored.keep_version(database, article.id, present.version, kept, present.updated_at)
    save_grants(database, article.id, before, ledger)
    effect = "restored" if restored else "updated"
    change = Change(type=f"article.{effect}", record=article.id, version=article.version, at=article.updated_at)
    outcome = Outcome(effect=effect, id=article.id, version=article.version, document=document)
    return outcome, [*changes, change]


def _reapply(database: Database, actor: Actor, id: str, *, now: datetime, dry_run: bool) -> Outcome:
    def work() -> tuple[Outcome, list[Change]]:
        present = stored.find_article(database, id)
        if present is None or present.deleted_at is not None:
            return Outcome(effect="unchanged", id=id, version=0), []
        old = read_article(present.document)
        source, _ = take_source(database, actor, SourceName(id=old.source.id), now=now)
        before = list_grants(database, id)
        new = NewArticle(content=old.content, source=old.source)
        ledger = _ledger(before, new, source, anew=True, now=now, actor=actor)
        if ledger == before:
            return Outcome(effect="unchanged", id=id, version=old.version), []
        article = _article(id, old.version + 1, new, old.source, ledger, created_at=old.created_at, now=now)
        return _save(database, article, present, source, before, ledger, [])

    return write(database, work, dry_run=dry_run)


def _ledger(
    before: tuple[Grant, ...], new: NewArticle, source: StoredSource, *, anew: bool, now: datetime, actor: Actor
) -> tuple[Grant, ...]:
    inherited = None
    if anew and not new.claims:
        policies = read_source(source.document).content.policies
        inherited = inherited_claim(policies, new.content.published_at)
    return next_ledger(before, new.claims, inherited, anew=anew, now=now, by=actor.id)


def _article(
    id: str,
    version: int,
    new: NewArticle,
    source: SourceName,
    ledger: tuple[Grant, ...],
    *,
    created_at: datetime,
    now: datetime,
) -> Article:
    standing = open_grants(ledger, now.date())
    origin = standing[0].origin if standing else None
    return Article(
        id=id,
        version=version,
        created_at=created_at,
        updated_at=now,
        content=new.content,
        source=source,
        license=Shown(claim=shown_claim(standing), origin=origin),
        licenses=tuple(Shown(claim=grant.claim, origin=grant.origin) for grant in standing),
    )


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


def _require_free(database: Database, url: str) -> None:
    other = stored.find_id_by_url(database, url)
    if other:
        raise _taken(other)


def _taken(id: str) -> Conflict:
    address = f"/v1/articles/{id}"
    return Conflict(f"The article {address} has this URL already.", conflicting_url=address)


@contextmanager
def _named_conflict(database: Database) -> Iterator[None]:
    """Name the article that has the URL, where only the database's index noticed."""
    try:
        yield
    except Conflict as conflict:
        address = conflict.members.pop("conflicting_address", None)
        other = stored.find_id_by_url(database, str(address)) if address else None
        if other is None:
            raise
        raise _taken(other) from conflict


def _stale(database: Database, id: str) -> Problem:
    row = stored.serve_version(database, id)
    if row is None:
        return NotFound(f"There is no article {id}.")
    version, deleted_at = row
    if deleted_at is not None:
        return gone("article", version=version, deleted_at=deleted_at)
    return PreconditionFailed("The article has changed since; read it again.", current_version=version)
