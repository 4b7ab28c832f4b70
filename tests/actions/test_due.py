"""Articles that are turned on the day when an offer begins or has ended, on both engines."""

from datetime import datetime
from typing import Any

import pytest

from service.actions.due import BATCH, turn_due_articles
from service.actions.transactions import Outcome
from service.storage.database import Database
from tests.actions.desk import BY, DAY, SA, Desk


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def day(desk: Desk, days: int) -> str:
    return (desk.now + days * DAY).date().isoformat()


def dated(desk: Desk, id: str = BY, *, start: int | None = None, end: int | None = None) -> dict[str, Any]:
    """A license with days counted from today."""
    days = {"start": start, "end": end}
    return {"id": id, **{name: day(desk, value) for name, value in days.items() if value is not None}}


def turn(desk: Desk, days: int, limit: int | None = None) -> list[Outcome]:
    now: datetime = desk.now + days * DAY
    return list(turn_due_articles(desk.database, now=now, limit=limit))


def test_an_offer_that_begins_is_shown_from_its_first_day(desk):
    id = desk.add(license=dated(desk, start=10)).id
    head = len(desk.feed())
    assert turn(desk, 9) == []
    assert desk.license(id)[0] == "unknown"
    (outcome,) = turn(desk, 10)
    assert (outcome.effect, outcome.id, outcome.version, outcome.seq) == ("updated", id, 2, head + 1)
    assert desk.license(id) == ("known", BY, "article")
    assert desk.feed()[head:] == [(head + 1, "article.updated", id, 2)]


def test_an_offer_that_ends_is_shown_on_its_last_day_and_not_after_it(desk):
    id = desk.add(license=dated(desk, end=10)).id
    assert turn(desk, 10) == []
    (outcome,) = turn(desk, 11)
    assert (outcome.effect, desk.license(id)[0]) == ("updated", "unknown")


def test_an_article_is_turned_once_for_each_change(desk):
    id = desk.add(license=[dated(desk, BY, start=10, end=19), dated(desk, SA, start=30)]).id
    shown = []
    for days in range(40):
        shown += [(days, desk.license(id)[1]) for _ in turn(desk, days)]
    assert shown == [(10, BY), (20, None), (30, SA)]


def test_what_came_and_went_while_nobody_looked_is_no_version(desk):
    id = desk.add(license=dated(desk, start=10, end=19)).id
    (outcome,) = turn(desk, 25)
    assert (outcome.effect, desk.document(id)["version"]) == ("unchanged", 1)
    assert turn(desk, 25) == [], "and it is not due any more"


def test_an_article_that_was_written_on_the_day_is_not_due(desk):
    id = desk.add(license=dated(desk, start=10)).id
    desk.now += 10 * DAY
    desk.patch(id, title="Changed by hand")
    assert desk.license(id) == ("known", BY, "article")
    assert turn(desk, 0) == []


def test_the_ledger_is_left_as_it_is(desk):
    id = desk.add(license=dated(desk, start=10)).id
    before = desk.grants(id)
    turn(desk, 10)
    assert desk.grants(id) == before


def test_tombstones_are_left(desk):
    id = desk.add(license=dated(desk, start=10)).id
    desk.delete(id)
    assert turn(desk, 10) == []


def test_a_limit_leaves_the_rest_for_the_next_run(desk):
    for _ in range(5):
        desk.add(license=dated(desk, start=10))
    assert [len(turn(desk, 10, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


def test_a_run_goes_on_behind_the_first_batch(desk):
    license = dated(desk, start=100)
    ids = [desk.add(license=license).id for _ in range(BATCH + 1)]
    assert [outcome.id for outcome in turn(desk, 100)] == ids
