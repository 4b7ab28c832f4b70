"""Changes to sources, on both engines."""

import json
from dataclasses import replace

import pytest

from service.actions.articles import add_article
from service.actions.sources import add_source, delete_source, replace_source
from service.actions.transactions import Order
from service.core.errors import Conflict, Forbidden, Gone, PreconditionFailed
from service.core.keys import Actor
from service.storage.answers import Claim
from service.storage.database import Database
from service.storage.sources import StoredSource, find_source
from tests.factories import EDITOR, NOON, another_moth, checked_article, checked_source, courier, lantern

ORDER, REHEARSED = Order(actor=EDITOR, now=NOON), Order(actor=EDITOR, now=NOON, dry_run=True)
TIED = Order(actor=Actor(id="tied", scopes=frozenset({"write"}), sources=("lantern",)), now=NOON)


def add(database: Database, slug: str | None = "lantern", **options: object):
    return add_source(database, Order(actor=EDITOR, now=NOON, **options), checked_source(lantern()), slug=slug)


def present(database: Database, slug: str = "lantern") -> StoredSource:
    found = find_source(database, slug)
    assert found is not None
    return found


def feed(database: Database) -> list[tuple[object, ...]]:
    return database.fetch_all('SELECT seq, type, record, version FROM "change" ORDER BY seq')


def test_every_change_is_a_version_and_an_entry_with_its_document(database):
    one = add(database)
    content = checked_source(lantern(country="IE"))
    two = replace_source(database, ORDER, present(database), content)
    three = delete_source(database, ORDER, present(database))
    four = replace_source(database, ORDER, present(database), content)
    assert [outcome.effect for outcome in (one, two, three, four)] == ["created", "updated", "deleted", "restored"]
    assert [outcome.seq for outcome in (one, two, three, four)] == [1, 2, 3, 4]
    assert feed(database) == [
        (1, "source.created", "lantern", 1),
        (2, "source.updated", "lantern", 2),
        (3, "source.deleted", "lantern", 3),
        (4, "source.created", "lantern", 4),
    ]
    documents = [row[0] for row in database.fetch_all('SELECT document FROM "change" ORDER BY seq')]
    assert json.loads(bytes(documents[1]))["country"] == "IE"
    assert documents[2] is None


def test_a_write_that_changes_nothing_makes_no_version_and_no_entry(database):
    add(database)
    outcome = replace_source(database, ORDER, present(database), checked_source(lantern()))
    assert (outcome.effect, outcome.version, outcome.seq) == ("unchanged", 1, 0)
    assert len(feed(database)) == 1


def test_a_write_on_a_state_that_is_past_fails(database):
    add(database)
    past = present(database)
    replace_source(database, ORDER, past, checked_source(lantern(country="IE")))
    with pytest.raises(PreconditionFailed) as caught:
        replace_source(database, ORDER, past, checked_source(lantern(country="FR")))
    assert caught.value.members["current_version"] == 2
    with pytest.raises(PreconditionFailed):
        delete_source(database, ORDER, past)
    delete_source(database, ORDER, present(database))
    with pytest.raises(Gone):
        replace_source(database, ORDER, past, checked_source(lantern(country="FR")))


def test_one_with_articles_is_not_deleted(database):
    add(database)
    add_article(database, ORDER, checked_article(another_moth(source="lantern")))
    with pytest.raises(Conflict):
        delete_source(database, ORDER, present(database))
    assert present(database).deleted_at is None


def test_its_outcome_is_replayed_under_its_key(database):
    claim = Claim(owner="editor", key="k", fingerprint=b"one", at=NOON)
    one, two = add(database, None, claim=claim), add(database, None, claim=claim)
    assert replace(two, replayed=False) == one
    assert two.replayed
    assert len(feed(database)) == 1


def test_a_dry_run_does_nothing(database):
    assert add(database, dry_run=True).id == "lantern"
    assert find_source(database, "lantern") is None
    add(database)
    content = checked_source(courier())
    assert replace_source(database, REHEARSED, present(database), content).version == 2
    assert delete_source(database, REHEARSED, present(database)).effect == "deleted"
    assert present(database).version == 1
    assert len(feed(database)) == 1


@pytest.mark.parametrize("slug", [None, "courier"])
def test_a_tied_key_makes_no_other(database, slug):
    with pytest.raises(Forbidden):
        add_source(database, TIED, checked_source(courier()), slug=slug)


def test_a_tied_key_changes_its_own_alone(database):
    add(database)
    add_source(database, ORDER, checked_source(courier()), slug="courier")
    replace_source(database, TIED, present(database), checked_source(lantern(country="IE")))
    for write in (
        lambda: replace_source(database, TIED, present(database, "courier"), checked_source(lantern())),
        lambda: delete_source(database, TIED, present(database, "courier")),
    ):
        with pytest.raises(Forbidden):
            write()
