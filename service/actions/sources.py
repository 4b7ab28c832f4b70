"""Changes to sources."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from service.actions.ownership import require_any_source, require_source
from service.actions.tombstones import gone
from service.actions.transactions import Order, Outcome, write
from service.core.articles import SourceName
from service.core.changes import Change
from service.core.dates import to_micros
from service.core.errors import Conflict, Fault, Forbidden, Invalid, NotFound, PreconditionFailed, Problem
from service.core.sources import Policy, Source, SourceContent, slugs_for
from service.formats.documents.sources import read_source, render_source
from service.storage import sources as stored
from service.storage.database import Database, Raced
from service.storage.sources import StoredSource


def add_source(database: Database, order: Order, content: SourceContent, *, slug: str | None) -> Outcome:
    """Make a source, under `slug` or one made of its name; raises Conflict where it or the address is taken."""
    if slug is None:
        require_any_source(order.actor)
    else:
        require_source(order.actor, slug)

    def work() -> tuple[Outcome, list[Change]]:
        source, change = _insert(database, content, slug or _free_slug(database, content), order.now)
        document = change.document or b""
        return Outcome(effect="created", id=source.slug, version=1, document=document), [change]

    with _named_conflict(database, content, slug):
        return write(database, order, work)


def replace_source(database: Database, order: Order, present: StoredSource, content: SourceContent) -> Outcome:
    """Bring a source from the state `present` to `content`, restoring a tombstone.

    Raises PreconditionFailed where it is in another state by now, and Conflict where another source has its address.
    """
    require_source(order.actor, present.slug)

    def work() -> tuple[Outcome, list[Change]]:
        if present.deleted_at is None and read_source(present.document).content == content:
            unchanged = Outcome(effect="unchanged", id=present.slug, version=present.version, document=present.document)
            return unchanged, []
        return _update(database, present, content, order.now)

    with _named_conflict(database, content, None):
        return write(database, order, work)


def delete_source(database: Database, order: Order, present: StoredSource) -> Outcome:
    """Make a tombstone of a source; raises Conflict while it has articles."""
    require_source(order.actor, present.slug)

    def work() -> tuple[Outcome, list[Change]]:
        held = stored.find_source(database, present.slug, lock="UPDATE")
        if held is None or held.version != present.version:
            raise _stale(database, present.slug)
        if stored.has_articles(database, held.row):
            raise Conflict("This source still has articles; delete them or move them to another source first.")
        stored.delete_source(database, held.slug, expected=held.version, at=to_micros(order.now))
        version = held.version + 1
        change = Change(type="source.deleted", record=held.slug, version=version, at=order.now)
        return Outcome(effect="deleted", id=held.slug, version=version), [change]

    return write(database, order, work)


def take_source(database: Database, order: Order, name: SourceName) -> tuple[StoredSource, list[Change]]:
    """The source that an article names, held as it is until the end of the transaction; made where it is new.

    Raises what `find_named_source` raises.
    """
    found = find_named_source(database, order, name)
    if found is None:
        stored.lock_names(database)
        found = _find(database, name)
    if found is None:
        return _make(database, SourceContent(name=name.name or "", url=name.url), order.now)
    return found, []


def find_named_source(database: Database, order: Order, name: SourceName) -> StoredSource | None:
    """The source that an article names, held as it is until the end of the transaction; None where it is to be made.

    By slug; with an address by that alone; else by its exact name. Raises Invalid where a slug is not there or a name
    fits several, and Forbidden where the actor may not write for it.
    """
    found = _find(database, name)
    if found is None and not name.id:
        require_any_source(order.actor)
        return None
    if found is None or not order.actor.owns(found.slug):
        if order.actor.sources:
            raise Forbidden("This key is tied to other sources.")
        raise _invalid("unknown-source", f"There is no source {name.id!r}; make it with POST /v1/sources.")
    if found.deleted_at is not None:
        raise _invalid("unknown-source", f"The source {name.id!r} has been deleted.")
    return found


def hold_policies(database: Database, slug: str) -> tuple[Policy, ...]:
    """The policies of a source, held as they are until the end of the transaction."""
    found = stored.find_source(database, slug, lock="SHARE")
    return read_source(found.document).content.policies if found else ()


def _update(
    database: Database, present: StoredSource, content: SourceContent, now: datetime
) -> tuple[Outcome, list[Change]]:
    old, version = read_source(present.document), present.version + 1
    new = Source(id=old.id, version=version, created_at=old.created_at, updated_at=now, content=content)
    document = render_source(new)
    if not stored.update_source(database, new, document, expected=present.version):
        raise _stale(database, present.slug)
    restored = present.deleted_at is not None
    kind = "source.created" if restored else "source.updated"
    change = Change(type=kind, record=new.id, version=version, at=now, document=document)
    effect = "restored" if restored else "updated"
    return Outcome(effect=effect, id=new.id, version=version, document=document), [change]


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


@contextmanager
def _named_conflict(database: Database, content: SourceContent, slug: str | None) -> Iterator[None]:
    """Name the source that has the chosen `slug` or the address: that one is taken is for the indexes to say."""
    try:
        yield
    except Conflict as conflict:
        of_slug = stored.find_source(database, slug) if slug else None
        if of_slug:
            raise _taken(
                of_slug.slug, "this slug, and has been deleted" if of_slug.deleted_at else "this slug"
            ) from conflict
        of_url = stored.find_source_by_url(database, content.url) if content.url else None
        if of_url is None:
            raise Conflict("Another source was made at the same time; try again.") from conflict
        raise _taken(of_url.slug, "this address") from conflict


def _taken(slug: str, what: str) -> Conflict:
    address = f"/v1/sources/{slug}"
    return Conflict(f"The source {address} has {what} already.", conflicting_url=address)


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
