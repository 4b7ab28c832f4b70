"""Taking articles away: into a tombstone, or for good."""

from datetime import datetime

from service.actions.ownership import require_source
from service.actions.revisions import stale_article
from service.actions.transactions import Order, Outcome, write
from service.core.articles import Article, Content, Shown, SourceName
from service.core.changes import Change
from service.core.dates import to_micros
from service.core.grants import UNKNOWN
from service.formats.documents.articles import read_article, render_article
from service.storage import articles as stored
from service.storage.answers import wipe_answers
from service.storage.articles import StoredArticle
from service.storage.database import Database
from service.storage.grants import delete_grants


def delete_article(database: Database, order: Order, id: str, present: StoredArticle) -> Outcome:
    """Make a tombstone of an article; its versions stay readable and its address is free again."""
    require_source(order.actor, present.source_slug)
    return write(database, order, lambda: bury_article(database, order, id, present))


def purge_article(database: Database, order: Order, id: str, present: StoredArticle) -> Outcome:
    """Wipe the content of an article and all its versions for good; its id, times and numbers stay.

    What the license ledger says goes too, and so do stored answers. A tombstone can be purged as well; purging again
    changes nothing.
    """
    require_source(order.actor, present.source_slug)

    def work() -> tuple[Outcome, list[Change]]:
        old = read_article(present.document)
        if present.deleted_at is not None and not old.content.url:
            return Outcome(effect="deleted", id=id, version=present.version), []
        blank = _blank(old, version=present.version + 1, now=order.now)
        if not stored.purge_article(database, blank, render_article(blank), old=old, expected=present.version):
            raise stale_article(database, id)
        stored.keep_version(database, id, present.version, None, present.updated_at)
        delete_grants(database, id)
        wipe_answers(database, id)
        return _removed("article.purged", id, blank.version, order.now)

    return write(database, order, work)


def bury_article(database: Database, order: Order, id: str, present: StoredArticle) -> tuple[Outcome, list[Change]]:
    """Make a tombstone of an article in the state `present`, inside a transaction, with the changes to be entered."""
    old = read_article(present.document)
    if not stored.delete_article(database, old, expected=present.version, at=to_micros(order.now)):
        raise stale_article(database, id)
    stored.keep_version(database, id, present.version, present.document, present.updated_at)
    return _removed("article.deleted", id, present.version + 1, order.now)


def _removed(type: str, id: str, version: int, now: datetime) -> tuple[Outcome, list[Change]]:
    outcome = Outcome(effect="deleted", id=id, version=version)
    return outcome, [Change(type=type, record=id, version=version, at=now)]


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
