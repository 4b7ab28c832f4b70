"""Changes to articles: registering, replacing and restoring them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from service.actions.identity import new_id
from service.actions.ownership import require_source
from service.actions.revisions import Revision, first_state, keep_state, next_state, save_state
from service.actions.sources import take_source
from service.actions.transactions import Order, Outcome, retried, write
from service.core.articles import Article, NewArticle, SourceName
from service.core.changes import Change
from service.core.errors import Conflict, Fault, Invalid
from service.core.grants import Ledger, next_ledger
from service.core.sources import inherited_claim
from service.formats.documents.articles import read_article, render_article
from service.formats.documents.attribution import render_contradictions, render_warnings
from service.formats.documents.sources import read_source
from service.storage import articles as stored
from service.storage.articles import StoredArticle
from service.storage.database import Database
from service.storage.grants import list_grants, save_grants
from service.storage.sources import StoredSource


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


def _add(database: Database, order: Order, new: NewArticle) -> tuple[Outcome, list[Change]]:
    id = new_id(order.now)
    source, changes = take_source(database, order, new.source)
    ledger = _ledger((), new, source, order, anew=True)
    name = _check_name(new.source, _name_of(source))
    article = first_state(id, new.content, name, ledger, now=order.now)
    document = render_article(article)
    stored.insert_article(database, article, document, source_row=source.row)
    save_grants(database, id, (), ledger)
    warnings = render_warnings(article, read_source(source.document).content.ai_terms)
    outcome = Outcome(effect="created", id=id, version=1, document=document, warnings=warnings)
    return outcome, [*changes, Change(type="article.created", record=id, version=1, at=order.now)]


def _replace(
    database: Database, order: Order, id: str, present: StoredArticle, new: NewArticle
) -> tuple[Outcome, list[Change]]:
    old = read_article(present.document)
    restored = present.deleted_at is not None
    source, name, changes = _take_name(database, order, old, new)
    before = list_grants(database, id)
    anew = name.id != old.source.id or new.content.published_at != old.content.published_at
    ledger = _ledger(before, new, source, order, anew=anew)
    if not restored and (ledger, new.content, name) == (before, old.content, old.source):
        return keep_state(id, present), []
    following = next_state(old, ledger, version=present.version + 1, now=order.now)
    article = replace(following, content=new.content, source=name)
    revision = Revision(present=present, old=old, article=article, source_row=source.row, before=before, ledger=ledger)
    outcome, change = save_state(database, revision)
    warnings = render_contradictions(article, read_source(source.document).content.ai_terms)
    return replace(outcome, warnings=warnings), [*changes, change]


def _take_name(
    database: Database, order: Order, old: Article, new: NewArticle
) -> tuple[StoredSource, SourceName, list[Change]]:
    """The source of an article that is replaced, and what the article calls it: as before, if it says the same."""
    if new.source == old.source:
        source, changes = take_source(database, order, SourceName(id=old.source.id))
        return source, old.source, changes
    source, changes = take_source(database, order, new.source)
    return source, _check_name(new.source, _name_of(source)), changes


def _ledger(before: Ledger, new: NewArticle, source: StoredSource, order: Order, *, anew: bool) -> Ledger:
    inherited = None
    if anew and not new.claims:
        policies = read_source(source.document).content.policies
        inherited = inherited_claim(policies, new.content.published_at)
    return next_ledger(before, new.claims, inherited, anew=anew, now=order.now, by=order.actor.id)


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
