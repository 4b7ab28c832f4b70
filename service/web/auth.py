"""Who asks: the bearer key of a request as an actor."""

import hmac

from flask import request

from service.actions.keys import note_use
from service.core.errors import Forbidden, Unauthenticated
from service.core.keys import ADMIN, PUBLIC, Actor, digest_key
from service.storage.keys import find_key
from service.web.context import clock, context


def authorize(scope: str) -> Actor:
    """The actor of this request; raises Unauthenticated, or Forbidden where the key lacks `scope`."""
    actor = _identify()
    require_scope(actor, scope)
    return actor


def require_scope(actor: Actor, scope: str) -> None:
    """Raise Unauthenticated or Forbidden unless `actor` may do what needs `scope`."""
    if actor.has_scope(scope):
        return
    if actor is PUBLIC:
        raise Unauthenticated("This needs a key: send Authorization: Bearer ak_….")
    raise Forbidden(f"This needs a key with the scope {scope}.")


def _identify() -> Actor:
    value = request.environ.get("HTTP_AUTHORIZATION")
    if value is None:
        if context().public_read:
            return PUBLIC
        raise Unauthenticated("This needs a key: send Authorization: Bearer ak_….")
    scheme, _, secret = value.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("Authorization takes the scheme Bearer and a key.")
    return _find_actor(secret.strip())


def _find_actor(secret: str) -> Actor:
    digest, parts, now = digest_key(secret), context(), clock()
    if parts.admin_digest and hmac.compare_digest(digest, parts.admin_digest):
        return ADMIN
    key = find_key(parts.database, digest)
    if key is None or (key.expires_at is not None and key.expires_at <= now):
        raise Unauthenticated("This key is not known, revoked or expired.")
    if not parts.read_only:
        note_use(parts.database, key, now=now)
    return Actor(id=key.id, scopes=key.scopes, sources=key.sources)
