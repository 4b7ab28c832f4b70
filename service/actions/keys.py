"""Making, noting and revoking API keys."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from service.actions.identity import new_id
from service.core.dates import to_micros
from service.core.errors import NotFound, Overloaded
from service.core.keys import KEY_PREFIX, Key, digest_key
from service.storage import keys as stored
from service.storage.database import Database

_SHOWN = 11


def make_key(
    database: Database,
    *,
    name: str,
    scopes: Collection[str],
    sources: tuple[str, ...] = (),
    expires_at: datetime | None = None,
    now: datetime,
    dry_run: bool = False,
) -> tuple[Key, str]:
    """Make a key and return it with its secret, which is kept nowhere; a dry run keeps nothing at all."""
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    key = Key(
        id=new_id(now),
        name=name,
        prefix=secret[:_SHOWN],
        scopes=frozenset(scopes),
        sources=sources,
        created_at=now,
        expires_at=expires_at,
        last_used_at=None,
    )
    if not dry_run:
        with database.transaction():
            stored.insert_key(database, key, digest_key(secret))
    return key, secret


def revoke_key(database: Database, id: str) -> None:
    """Make a key invalid from now on; raises NotFound."""
    with database.transaction():
        if not stored.delete_key(database, id):
            raise NotFound(f"There is no key {id}.")


def note_use(database: Database, key: Key, *, now: datetime) -> None:
    """Note the minute of a key's last use, at most once a minute; a busy database may miss it."""
    if key.last_used_at is not None and now - key.last_used_at < timedelta(minutes=1):
        return
    try:
        with database.transaction():
            stored.touch_key(database, key.id, to_micros(now))
    except Overloaded:
        return
