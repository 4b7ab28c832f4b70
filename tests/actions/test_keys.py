"""Making, noting and revoking keys, on both engines."""

from datetime import timedelta

import pytest

from service.actions.keys import make_key, note_use, revoke_key
from service.core.errors import NotFound
from service.core.keys import digest_key
from service.storage.keys import find_key, get_key, has_keys
from tests.factories import NOON


def test_a_key_is_known_by_its_digest(database):
    key, secret = make_key(database, name="Desk", scopes=["read"], now=NOON)
    assert find_key(database, digest_key(secret)) == key
    assert secret.startswith(key.prefix)
    assert len(secret) >= 40


def test_a_dry_run_keeps_nothing(database):
    make_key(database, name="Desk", scopes=["read"], now=NOON, dry_run=True)
    assert not has_keys(database)


def test_a_use_is_noted_once_a_minute(database):
    key, _ = make_key(database, name="Desk", scopes=["read"], now=NOON)
    for seconds, noted in ((5, 0), (59, 0), (60, 1), (185, 3)):
        note_use(database, get_key(database, key.id), now=NOON + timedelta(seconds=seconds))
        assert get_key(database, key.id).last_used_at == NOON + timedelta(minutes=noted)


def test_a_revoked_key_is_gone(database):
    key, _ = make_key(database, name="Desk", scopes=["read"], now=NOON)
    revoke_key(database, key.id)
    with pytest.raises(NotFound):
        revoke_key(database, key.id)
    assert not has_keys(database)
