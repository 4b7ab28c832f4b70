"""What articles inherit from the policies of their sources, resolved anew."""

from collections.abc import Iterator

from service.actions.ownership import require_source
from service.actions.revisions import keep_state, relicense_article
from service.actions.sources import hold_policies
from service.actions.transactions import Order, Outcome, retried, write
from service.core.articles import Article
from service.core.changes import Change
from service.core.grants import Ledger, next_ledger
from service.core.sources import inherited_claim
from service.formats.documents.articles import read_article
from service.storage import articles as stored
from service.storage.database import Database
from service.storage.grants import list_grants
from service.storage.sources import find_source

BATCH = 200


def reapply_policies(database: Database, order: Order, slug: str) -> Iterator[Outcome]:
    """Resolve the inherited licenses of a source's articles anew, each in its own transaction."""
    require_source(order.actor, slug)
    source = find_source(database, slug)
    after = "00000000-0000-0000-0000-000000000000"
    while source and (ids := stored.list_ids_of_source(database, source.row, after=after, limit=BATCH)):
        for id in ids:
            yield _reapply(database, order, id, slug)
        after = ids[-1]


def inherit_anew(database: Database, order: Order, article: Article, ledger: Ledger) -> Ledger:
    """`ledger` with what the present policies of its source mean for `article`, unless it has a word of its own."""
    policies = hold_policies(database, article.source.id or "")
    inherited = inherited_claim(policies, article.content.published_at)
    return next_ledger(ledger, (), inherited, anew=True, now=order.now, by=order.actor.id)


def _reapply(database: Database, order: Order, id: str, slug: str) -> Outcome:
    def work() -> tuple[Outcome, list[Change]]:
        present = stored.find_article(database, id)
        if present is None or present.deleted_at is not None or present.source_slug != slug:
            return Outcome(effect="unchanged", id=id, version=0), []
        old, before = read_article(present.document), list_grants(database, id)
        ledger = inherit_anew(database, order, old, before)
        if ledger == before:
            return keep_state(id, present), []
        outcome, change = relicense_article(database, present, old, before, ledger, now=order.now)
        return outcome, [change]

    return write(database, order, retried(work))
