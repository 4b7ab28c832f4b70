"""Changes to ledgers, on both engines: each is a version of the article and an entry of the feed."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from service.actions.grants import change_grant, record_grant
from service.actions.policies import reapply_policies
from service.actions.removals import purge_article
from service.actions.transactions import Outcome
from service.core.errors import Forbidden, Gone, PreconditionFailed
from service.core.grants import Ending, Mistake, NewGrant
from service.core.keys import Actor
from service.core.statements import read_claim
from service.storage.answers import Claim
from service.storage.database import Database
from service.storage.grants import find_licensed_article
from tests.actions.desk import BY, DAY, ND, SA, Desk, policy

MISREAD = Mistake(reason="Misread.")
TIED = Actor(id="tied", scopes=frozenset({"write"}), sources=("courier",))


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def record(desk: Desk, id: str, license: str = SA, *, scope: str = "article", **order: Any) -> Outcome:
    new = NewGrant(claim=read_claim(license), scope=scope)
    return record_grant(desk.database, desk.next_order(**order), id, desk.present(id), new)


def amend(desk: Desk, id: str, n: int, change: Ending | Mistake | None, **order: Any) -> Outcome:
    return change_grant(desk.database, desk.next_order(**order), id, desk.present(id), n, change)


def test_a_grant_is_a_version_and_an_entry_of_the_feed(desk):
    id = desk.add(license=BY).id
    head = len(desk.feed())
    outcome = record(desk, id)
    assert (outcome.effect, outcome.id, outcome.version, outcome.seq) == ("created", id, 2, head + 1)
    assert desk.feed()[head:] == [(head + 1, "article.updated", id, 2)]
    assert json.loads(outcome.document)["n"] == 2
    assert desk.document(id)["version"] == 2
    assert desk.license(id)[0] == "disputed"


def test_the_earlier_state_of_the_article_is_kept(desk):
    made = desk.add(license=BY)
    amend(desk, made.id, 1, MISREAD)
    ((version, document),) = desk.database.fetch_all("SELECT version, document FROM article_version")
    assert (version, bytes(document)) == (1, made.document)


def test_what_changes_nothing_is_no_version(desk):
    id = desk.add(license=BY).id
    head = len(desk.feed())
    outcome = amend(desk, id, 1, None)
    assert (outcome.effect, outcome.version, outcome.seq) == ("unchanged", 1, 0)
    assert json.loads(outcome.document)["n"] == 1
    assert len(desk.feed()) == head


def test_a_write_on_a_state_that_is_past_changes_nothing(desk):
    id = desk.add(license=BY).id
    past = desk.present(id)
    desk.patch(id, title="Quicker")
    before = desk.grants(id)
    new = NewGrant(claim=read_claim(SA))
    with pytest.raises(PreconditionFailed):
        record_grant(desk.database, desk.order(), id, past, new)
    with pytest.raises(PreconditionFailed):
        change_grant(desk.database, desk.order(), id, past, 1, MISREAD)
    desk.delete(id)
    with pytest.raises(Gone):
        record_grant(desk.database, desk.order(), id, past, new)
    assert desk.grants(id) == before


def test_what_was_purged_meanwhile_is_gone(desk):
    id = desk.add(license=BY).id
    past = desk.present(id)
    purge_article(desk.database, desk.order(), id, past)
    with pytest.raises(Gone):
        change_grant(desk.database, desk.order(), id, past, 1, MISREAD)


def test_of_eight_writers_on_one_state_exactly_one_wins(desk):
    id = desk.add(license=BY).id
    past, head = desk.present(id), len(desk.feed())

    def run(number: int) -> bool:
        change = Ending(end=date(2030, 1, number + 1), reason=f"Writer {number}")
        try:
            if number % 2:
                change_grant(desk.database, desk.order(), id, past, 1, change)
            else:
                record_grant(desk.database, desk.order(), id, past, NewGrant(claim=read_claim(SA)))
        except PreconditionFailed:
            return False
        finally:
            desk.database.close()
        return True

    with ThreadPoolExecutor(8) as writers:
        assert sorted(writers.map(run, range(8))) == [False] * 7 + [True]
    assert (desk.document(id)["version"], len(desk.feed())) == (2, head + 1)
    assert [grant.n for grant in desk.grants(id)] in ([1], [1, 2])


def test_a_dry_run_does_nothing(desk):
    id = desk.add(license=BY).id
    before, head = desk.grants(id), len(desk.feed())
    assert json.loads(record(desk, id, dry_run=True).document)["n"] == 2
    assert json.loads(amend(desk, id, 1, MISREAD, dry_run=True).document)["state"] == "mistaken"
    assert (desk.grants(id), len(desk.feed())) == (before, head)


def test_a_repetition_returns_the_outcome_of_the_first(desk):
    id = desk.add(license=BY).id
    claim = Claim(owner="editor", key="k", fingerprint=b"one", at=desk.now)
    one, two = (record(desk, id, claim=claim) for _ in range(2))
    assert (two.replayed, two.document, two.version, two.seq) == (True, one.document, one.version, one.seq)
    assert len(desk.grants(id)) == 2


def test_a_tied_key_keeps_to_its_sources(desk):
    id = desk.add(license=BY).id
    with pytest.raises(Forbidden):
        record(desk, id, actor=TIED)
    with pytest.raises(Forbidden):
        amend(desk, id, 1, MISREAD, actor=TIED)


def test_without_a_word_of_its_own_the_article_inherits_what_its_source_says_now(desk):
    desk.source(policy(BY))
    id = desk.add(source="lantern", license=SA).id
    desk.change_policies(policy(ND))
    amend(desk, id, 1, MISREAD)
    assert desk.license(id) == ("known", ND, "source")
    assert [(name, state) for name, _, _, state in desk.ledger(id)] == [(SA, "mistaken"), (ND, "asserted")]
    (again,) = reapply_policies(desk.database, desk.order(), "lantern")
    assert again.effect == "unchanged"


def test_a_mistake_about_another_scope_leaves_what_is_inherited(desk):
    desk.source(policy(BY))
    id = desk.add(source="lantern").id
    record(desk, id, ND, scope="tdm")
    desk.change_policies(policy(SA))
    amend(desk, id, 2, MISREAD)
    assert desk.license(id) == ("known", BY, "source")


def test_an_inherited_grant_that_was_mistaken_comes_back_when_the_policies_are_reapplied(desk):
    desk.source(policy(BY))
    id = desk.add(source="lantern").id
    amend(desk, id, 1, MISREAD)
    assert desk.license(id)[0] == "unknown"
    list(reapply_policies(desk.database, desk.order(), "lantern"))
    assert desk.license(id) == ("known", BY, "source")


def test_a_grant_of_another_scope_does_not_keep_the_article_from_inheriting(desk):
    desk.source(policy(BY))
    id = desk.add(source="lantern", published_at="2024-05-04").id
    record(desk, id, ND, scope="tdm")
    desk.change_policies(policy(SA))
    desk.patch(id, published_at="2024-05-05")
    assert desk.license(id) == ("known", SA, "source")


def test_an_end_is_kept_with_its_reason(desk):
    id = desk.add(license=BY).id
    amend(desk, id, 1, Ending(end=date(2026, 3, 31), reason="They say so."))
    (grant,) = desk.grants(id)
    assert (grant.claim.end, grant.reason, grant.state) == (date(2026, 3, 31), "They say so.", "asserted")
    assert desk.license(id) == ("known", BY, "article"), "the last day is yet to come"


def test_a_license_that_begins_later_leaves_the_present_one_until_then(desk):
    id = desk.add(license=BY).id
    stated = {"id": SA, "start": (desk.now + 30 * DAY).date().isoformat()}
    assert desk.patch(id, license=stated).effect == "updated"
    assert desk.license(id) == ("known", BY, "article")
    assert desk.patch(id, license=stated).effect == "unchanged"


def test_an_article_and_its_ledger_are_read_at_one_moment(desk):
    id = desk.add(license=[BY, SA]).id
    record(desk, id)
    found = find_licensed_article(desk.database, id)
    assert (found.version, found.deleted_at, found.ledger) == (2, None, desk.grants(id))
    assert json.loads(found.document) == desk.document(id)
    bare = desk.add().id
    found = find_licensed_article(desk.database, bare)
    assert (found.ledger, json.loads(found.document)) == ((), desk.document(bare))
    desk.delete(id)
    assert find_licensed_article(desk.database, id).deleted_at is not None
    assert find_licensed_article(desk.database, "01900000-0000-7000-8000-000000000000") is None
