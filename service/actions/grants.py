"""Changes to the license ledger of an article. Each is a change of the article: a version, and an entry of the feed."""

from dataclasses import replace

from service.actions.ownership import require_source
from service.actions.policies import inherit_anew
from service.actions.revisions import keep_state, relicense_article, stale_article
from service.actions.transactions import Order, Outcome, write
from service.core.articles import Article
from service.core.changes import Change
from service.core.grants import Ending, Ledger, Mistake, NewGrant, add_grant, amend_grant
from service.formats.documents.articles import read_article
from service.formats.documents.grants import render_grant
from service.storage.articles import StoredArticle
from service.storage.database import Database
from service.storage.grants import list_grants


def record_grant(database: Database, order: Order, id: str, present: StoredArticle, new: NewGrant) -> Outcome:
    """Record one more grant beside those of an article in the state `present`; nothing else in the ledger moves.

    The document of the outcome is the grant's. Raises PreconditionFailed where the article is in another state by now.
    """
    require_source(order.actor, present.source_slug)

    def work() -> tuple[Outcome, list[Change]]:
        old, before = read_article(present.document), list_grants(database, id)
        ledger = add_grant(before, new, now=order.now, by=order.actor.id)
        outcome, changes = _save(database, order, present, old, before, ledger, n=len(ledger))
        return replace(outcome, effect="created"), changes

    return write(database, order, work)


def change_grant(
    database: Database, order: Order, id: str, present: StoredArticle, n: int, change: Ending | Mistake | None
) -> Outcome:
    """End the grant `n`, or mark it as mistaken; None changes nothing.

    Where an article has no word of its own left, it inherits again what its source says. The document of the outcome
    is the grant's. Raises PreconditionFailed where the article is in another state by now.
    """
    require_source(order.actor, present.source_slug)

    def work() -> tuple[Outcome, list[Change]]:
        old, before = read_article(present.document), list_grants(database, id)
        if n > len(before):
            raise stale_article(database, id)  # purged meanwhile
        ledger = before if change is None else amend_grant(before, n, change)
        if isinstance(change, Mistake) and before[n - 1].is_own_word:
            ledger = inherit_anew(database, order, old, ledger)
        return _save(database, order, present, old, before, ledger, n=n)

    return write(database, order, work)


def _save(
    database: Database, order: Order, present: StoredArticle, old: Article, before: Ledger, ledger: Ledger, *, n: int
) -> tuple[Outcome, list[Change]]:
    """The outcome of a write of the article's ledger, with the document of the grant `n`."""
    document = render_grant(old.id, ledger[n - 1])
    if ledger == before:
        return replace(keep_state(old.id, present), document=document), []
    outcome, change = relicense_article(database, present, old, before, ledger, now=order.now)
    return replace(outcome, document=document), [change]
