"""API keys in the database."""

from datetime import timedelta

from service.actions.identity import new_id
from service.core.dates import to_micros
from service.core.keys import Key, digest_key
from service.storage import keys as stored
from tests.factories import NOON


def key(**members: object) -> Key:
    return Key(**{
        "id": new_id(NOON), "name": "Night desk", "prefix": "ak_12345678", "scopes": frozenset({"read", "write"}),
        "sources": ("a", "b"), "created_at": NOON, "expires_at": NOON + timedelta(days=1), "last_used_at": None,
        **members,
    })  # fmt: skip


def test_a_key_comes_back_as_it_was_kept(database):
    for made in (key(), key(expires_at=None, sources=())):
        stored.insert_key(database, made, digest_key(made.id))
        assert stored.get_key(database, made.id) == made
        assert stored.find_key(database, digest_key(made.id)) == made
    assert stored.find_key(database, digest_key("another")) is None


def test_the_minute_of_its_use_is_noted(database):
    made = key()
    stored.insert_key(database, made, b"digest")
    stored.touch_key(database, made.id, to_micros(NOON + timedelta(seconds=59)))
    assert stored.get_key(database, made.id).last_used_at == NOON


def test_a_deleted_key_is_gone(database):
    made = key()
    assert not stored.has_keys(database)
    stored.insert_key(database, made, b"digest")
    assert stored.has_keys(database)
    assert stored.delete_key(database, made.id)
    assert not stored.delete_key(database, made.id)
    assert stored.get_key(database, made.id) is None


def test_keys_are_listed_in_the_order_of_their_making(database):
    made = [key(id=new_id(NOON + timedelta(seconds=second))) for second in range(5)]
    for one in reversed(made):
        stored.insert_key(database, one, one.id.encode())
    first = "00000000-0000-0000-0000-000000000000"
    assert stored.list_keys(database, after=first, limit=10) == made
    assert stored.list_keys(database, after=made[1].id, limit=2) == made[2:4]
