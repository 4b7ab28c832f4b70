"""Articles whose licenses become others by the day alone: an offer begins, or has ended."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from service.actions.revisions import keep_state, next_state, relicense_article
from service.actions.transactions import Order, Outcome, retried, write
from service.core.changes import Change
from service.core.keys import SYSTEM
from service.formats.documents.articles import read_article
from service.storage import articles as stored
from service.storage.database import Database
from service.storage.grants import list_grants

BATCH = 200


def turn_due_articles(database: Database, *, now: datetime, limit: int | None = None) -> Iterator[Outcome]:
    """Bring up to date the articles whose licenses are others by the day of `now`, at most `limit` of them.

    Each is an ordinary write in its own transaction: a version, and an entry of the change feed.
    """
    order = Order(actor=SYSTEM, now=now)
    for id in islice(_walk_due(database, now.date()), limit):
        yield _turn(database, order, id)


def _walk_due(database: Database, day: date) -> Iterator[str]:
    after = "00000000-0000-0000-0000-000000000000"
    while ids := stored.list_due(database, day=day, after=after, limit=BATCH):
        yield from ids
        after = ids[-1]


def _turn(database: Database, order: Order, id: str) -> Outcome:
    def work() -> tuple[Outcome, list[Change]]:
        present = stored.find_article(database, id)
        if present is None or present.deleted_at is not None:
            return Outcome(effect="unchanged", id=id, version=0), []
        ledger, old = list_grants(database, id), read_article(present.document)
        today = next_state(old, ledger, version=present.version, now=order.now)
        if (old.license, old.licenses) == (today.license, today.licenses):
            stored.put_off(database, today, expected=present.version)  # it shows the licenses of today already
            return keep_state(id, present), []
        outcome, change = relicense_article(database, present, old, ledger, ledger, now=order.now)
        return outcome, [change]

    return write(database, order, retried(work))
