"""Changes to sources."""

from datetime import datetime

from service.actions.permissions import require_any_source, require_source
from service.actions.tombstones import gone
from service.actions.transactions import Outcome, write
from service.core.articles import SourceName
from service.core.changes import Change
from service.core.dates import to_micros
from service.core.errors import Conflict, Fault, Forbidden, Invalid, NotFound, PreconditionFailed, Problem
from service.core.keys import Actor
from service.core.sources import Source, SourceContent, slugs_for
from service.formats.documents.sources import read_source, render_source
from service.storage import sources as stored
from service.storage.answers import Claim
from service.storage.database import Database, Raced
from service.storage.sources import StoredSource


def add_source(
    database: Database,
    actor: Actor,
    content: SourceContent,
    *,
    slug: str | None,
    now: datetime,
    claim: Claim | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Make a source, under `slug` or one made of its name; raises Conflict where it or the address is taken."""
    if slug is None:
        require_any_source(actor)
    else:
        require_source(actor, slug)

    def work() -> tuple[Outcome, list[Change]]:
        source, change = _insert(database, content, slug or _free_slug(database, content), now)
        document = change.document or b""
        return Outcome(effect="created", id=source.slug, version=1, document=document), [change]

    return write(database, work, claim=claim, dry_run=dry_run)


def replace_source(
    database: Database,
    actor: Actor,
    present: StoredSource,
    content: SourceContent,
    *,
    now: datetime,
    claim: Claim | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Bring a source from the state `present` to `content`, restoring a tombstone.

    Raises PreconditionFailed where it is in another state by now, and Conflict where another source has its address.
    """
    require_source(actor, present.slug)

    def work() -> tuple[Outcome, list[Change]]:
        old = read_source(present.document)
        restored = present.deleted_at is not None
        if not restored and old.content == content:
            unchanged = Outcome(effect="unchanged", id=present.slug, version=present.version, document=present.document)
            return unchanged, []
        version = present.version + 1
        new = Source(id=old.id, version=version, created_at=old.created_at, updated_at=now, content=content)
        document = render_source(new)
        if not stored.update_source(database, new, document, expected=present.version):
            raise _stale(database, present.slug)
        effect = "restored" if restored else "updated"
        change = Change(
            type="source.created" if restored else "source.updated",
            record=new.id,
            version=version,
            at=now,
            document=document,
        )
        return Outcome(effect=effect, id=new.id, version=version, document=document), [change]

    return write(database, work, claim=claim, dry_run=dry_run)


def delete_source(
    database: Database, actor: Actor, present: StoredSource, *, now: datetime, dry_run: bool = False
) -> Outcome:
    """Make a tombstone of a source; raises Conflict while it has articles."""
    require_source(actor, present.slug)

    def work() -> tuple[Outcome, list[Change]]:
        held = stored.find_source(database, present.slug, lock="UPDATE")
        if held is None or held.version != present.version:
            raise _stale(database, present.slug)
        if stored.has_articles(database, held.row):
            raise Conflict("This source still has articles; delete them or move them to another source first.")
        stored.delete_source(database, held.slug, expected=held.version, at=to_micros(now))
        version = held.version + 1
        change = Change(type="source.deleted", record=held.slug, version=version, at=now)
        return Outcome(effect="deleted", id=held.slug, version=version), [change]

    return write(database, work, dry_run=dry_run)


def take_source(
    database: Database, actor: Actor, name: SourceName, *, now: datetime
) -> tuple[StoredSource, list[Change]]:
    """The source that an article names, held as it is until the end of the transaction; made where it is new.

    By slug; with an address by that alone; else by its exact name. Raises Invalid where a slug is not there or a name
    fits several, and Forbidden where the actor may not write for it.
    """
    found = _find(database, name)
    if found is None and not name.id:
        require_any_source(actor)
        stored.lock_names(database)
        found = _find(database, name)
        if found is None:
            return _make(database, SourceContent(name=name.name or "", url=name.url), now)
    if found is None or not actor.owns(found.slug):
        if actor.sources:
            raise Forbidden("This key is tied to other sources.")
        raise _invalid("unknown-source", f"There is no source {name.id!r}; make it with POST /v1/sources.")
    if found.deleted_at is not None:
        raise _invalid("unknown-source", f"The source {name.id!r} has been deleted.")
    return found, []


def _find(database: Database, name: SourceName) -> StoredSource | None:
    if name.id:
        return stored.find_source(database, name.id, lock="SHARE")
    if name.url:
        return stored.find_source_by_url(database, name.url)
    found = stored.find_sources_by_name(database, name.name or "")
    if len(found) > 1:
        slugs = ", ".join(source.slug for source in found)
        raise _invalid("ambiguous-source", f"Several sources have this name, among them {slugs}; give a slug or a url.")
    return found[0] if found else None


def _make(database: Database, content: SourceContent, now: datetime) -> tuple[StoredSource, list[Change]]:
    """Make a source beside an article; where another one takes its slug meanwhile, the whole is tried again."""
    try:
        source, change = _insert(database, content, _free_slug(database, content), now)
    except Conflict as error:
        raise Raced from error
    return source, [change]


def _insert(database: Database, content: SourceContent, slug: str, now: datetime) -> tuple[StoredSource, Change]:
    source = Source(id=slug, version=1, created_at=now, updated_at=now, content=content)
    document = render_source(source)
    row = stored.insert_source(database, source, document)
    change = Change(type="source.created", record=slug, version=1, at=now, document=document)
    return StoredSource(row=row, slug=slug, version=1, document=document, deleted_at=None), change


def _free_slug(database: Database, content: SourceContent) -> str:
    return next(slug for slug in slugs_for(content.name, content.url) if not stored.find_source(database, slug))


def _stale(database: Database, slug: str) -> Problem:
    held = stored.find_source(database, slug)
    if held is None:
        return NotFound(f"There is no source {slug}.")
    if held.deleted_at is not None:
        return gone("source", version=held.version, deleted_at=held.deleted_at)
    return PreconditionFailed("The source has changed since; read it again.", current_version=held.version)


def _invalid(code: str, detail: str) -> Invalid:
    return Invalid(detail, (Fault("pointer", "/source", code, detail),))
