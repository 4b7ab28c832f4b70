"""Stored answers: an Idempotency-Key belongs to one request for a day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.core.errors import KeyInUse, KeyReused
from service.storage.answers import KEPT, Claim, claim_key, delete_expired, find_answer, store_answer
from service.storage.database import Database
from tests.factories import NOON

CLAIM = Claim(owner="editor", key="k", fingerprint=b"one", at=NOON)


@pytest.fixture
def kept(database: Database) -> Database:
    """A database with an answer under the key."""
    with database.transaction():
        assert claim_key(database, CLAIM) is None
        store_answer(database, CLAIM, "record", b"answer")
    return database


def test_the_answer_is_found_again(kept):
    later = replace(CLAIM, at=NOON + KEPT)
    assert find_answer(kept, later) == b"answer"
    with kept.transaction():
        assert claim_key(kept, later) == b"answer"


def test_another_request_under_the_key_is_refused(kept):
    other = replace(CLAIM, fingerprint=b"two")
    with pytest.raises(KeyReused):
        find_answer(kept, other)
    with pytest.raises(KeyReused), kept.transaction():
        claim_key(kept, other)


@pytest.mark.parametrize("other", [replace(CLAIM, owner="someone"), replace(CLAIM, key="j")])
def test_another_owner_or_key_is_another_answer(kept, other):
    assert find_answer(kept, other) is None


def test_after_a_day_the_key_is_free_for_another_request(kept):
    later = replace(CLAIM, fingerprint=b"two", at=NOON + KEPT + timedelta(microseconds=1))
    assert find_answer(kept, later) is None
    with kept.transaction():
        assert claim_key(kept, later) is None
        store_answer(kept, later, "record", b"new")
    assert find_answer(kept, later) == b"new"


def test_a_claim_that_was_rolled_back_leaves_the_key_free(database):
    def work() -> None:
        with database.transaction():
            claim_key(database, CLAIM)
            raise ValueError

    with pytest.raises(ValueError):
        work()
    with database.transaction():
        assert claim_key(database, CLAIM) is None


def test_expired_answers_are_deleted(kept):
    assert delete_expired(kept, NOON + KEPT) == 0
    assert delete_expired(kept, NOON + KEPT + timedelta(seconds=1)) == 1
    assert find_answer(kept, CLAIM) is None


def test_the_second_waits_no_longer_than_it_is_told_while_the_first_is_in_flight(postgresql, monkeypatch):
    monkeypatch.setattr("service.storage.answers.WAIT_SECONDS", 0.2)
    with postgresql.database() as url:
        one, two = Database(url), Database(url)
        with one.transaction():
            claim_key(one, CLAIM)
            with pytest.raises(KeyInUse), two.transaction():
                claim_key(two, CLAIM)
        one.close()
        two.close()
