"""What an actor may do."""

import pytest

from service.core.keys import ADMIN, PUBLIC, SCOPES, Actor, digest_key


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("read", {"read"}),
        ("write", {"read", "write"}),
        ("admin", set(SCOPES)),
        ("webhooks", {"webhooks"}),
    ],
)
def test_admin_includes_every_scope_and_write_includes_read(scope, allowed):
    actor = Actor(id="somebody", scopes=frozenset({scope}))
    assert {needed for needed in SCOPES if actor.has_scope(needed)} == allowed


def test_the_public_reads_and_an_admin_does_everything():
    assert [scope for scope in SCOPES if PUBLIC.has_scope(scope)] == ["read"]
    assert all(ADMIN.has_scope(scope) for scope in SCOPES)


def test_a_key_without_sources_owns_every_source_and_a_tied_one_only_its_own():
    free, tied = Actor(id="a", scopes=frozenset()), Actor(id="b", scopes=frozenset(), sources=("lantern", "courier"))
    assert free.owns("anything")
    assert free.owns(None)
    assert [slug for slug in ("lantern", "courier", "lanter", "lantern2", "", None) if tied.owns(slug)] == [
        "lantern",
        "courier",
    ]


def test_a_key_is_kept_as_its_sha_256_whatever_characters_it_has():
    assert digest_key("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(digest_key("\udcff")) == 32
    assert digest_key("a") != digest_key("A")
