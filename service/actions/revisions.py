"""The states of an article: how the next one is made, and written on top of the present one."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from service.actions.tombstones import gone
from service.actions.transactions import Outcome
from service.core.articles import Article, Content, Shown, SourceName, license_article
from service.core.changes import Change
from service.core.errors import NotFound, PreconditionFailed, Problem
from service.core.grants import UNKNOWN, Ledger, standing_on
from service.core.permission import may_flags
from service.formats.documents.articles import render_article
from service.storage import articles as stored
from service.storage.articles import StoredArticle
from service.storage.database import Database
from service.storage.grants import save_grants


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A state of an article that is to follow another: the record as it stands, read as `old`, and both ledgers."""

    present: StoredArticle
    old: Article
    article: Article
    source_row: int
    before: Ledger
    ledger: Ledger


def first_state(id: str, content: Content, source: SourceName, ledger: Ledger, *, now: datetime) -> Article:
    """A new article, under what its ledger offers today."""
    article = Article(
        id=id,
        version=1,
        created_at=now,
        updated_at=now,
        content=content,
        source=source,
        license=Shown(claim=UNKNOWN),
        licenses=(),
    )
    return _license(article, ledger, now.date())


def next_state(old: Article, ledger: Ledger, *, version: int, now: datetime) -> Article:
    """What follows the state `old` of an article as its `version`, under what its ledger offers today."""
    return _license(replace(old, version=version, updated_at=now), ledger, now.date())


def relicense_article(
    database: Database, present: StoredArticle, old: Article, before: Ledger, ledger: Ledger, *, now: datetime
) -> tuple[Outcome, Change]:
    """Write an article anew for what its ledger offers today; all else stays."""
    article = next_state(old, ledger, version=present.version + 1, now=now)
    revision = Revision(
        present=present, old=old, article=article, source_row=present.source_row, before=before, ledger=ledger
    )
    return save_state(database, revision)


def save_state(database: Database, revision: Revision) -> tuple[Outcome, Change]:
    """Write an article on top of its present state, and its ledger; restores a tombstone.

    Raises PreconditionFailed, Gone or NotFound where the article is in another state by now.
    """
    present, article = revision.present, revision.article
    document, restored = render_article(article), present.deleted_at is not None
    old = None if restored else revision.old
    if not stored.update_article(
        database, article, document, old=old, source_row=revision.source_row, expected=present.version
    ):
        raise stale_article(database, article.id)
    kept = None if restored else present.document
    stored.keep_version(database, article.id, present.version, kept, present.updated_at)
    save_grants(database, article.id, revision.before, revision.ledger)
    effect = "restored" if restored else "updated"
    change = Change(type=f"article.{effect}", record=article.id, version=article.version, at=article.updated_at)
    return Outcome(effect=effect, id=article.id, version=article.version, document=document), change


def keep_state(id: str, present: StoredArticle) -> Outcome:
    """What a write comes to that changes nothing."""
    return Outcome(effect="unchanged", id=id, version=present.version, document=present.document)


def stale_article(database: Database, id: str) -> Problem:
    """The problem of a write on a state that is past."""
    row = stored.serve_version(database, id)
    if row is None:
        return NotFound(f"There is no article {id}.")
    version, deleted_at = row
    if deleted_at is not None:
        return gone("article", version=version, deleted_at=deleted_at)
    return PreconditionFailed("The article has changed since; read it again.", current_version=version)


def _license(article: Article, ledger: Ledger, day: date) -> Article:
    return replace(license_article(article, ledger, day), may=may_flags(standing_on(ledger, day)))
