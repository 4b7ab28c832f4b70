"""Who asks: the bearer key of a request as an actor."""

import hmac
from collections.abc import Mapping

from service.actions.keys import note_use
from service.core.errors import Forbidden, Unauthenticated
from service.core.keys import ADMIN, PUBLIC, Actor, digest_key
from service.storage.keys import find_key
from service.web.context import Context, clock

OPEN = "open"
"""In the place of a scope: for what explains this service, no key is asked for; one that is given must be right."""


def authorize(context: Context, environ: Mapping[str, str], scope: str) -> Actor:
    """The actor of a request by its WSGI environment; raises Unauthenticated or Forbidden."""
    if scope == OPEN:
        return _identify(context, environ) if "HTTP_AUTHORIZATION" in environ else PUBLIC
    actor = _identify(context, environ)
    require_scope(actor, scope)
    return actor


def require_scope(actor: Actor, scope: str) -> None:
    """Raise Unauthenticated or Forbidden unless `actor` may do what needs `scope`."""
    if actor.has_scope(scope):
        return
    if actor is PUBLIC:
        raise Unauthenticated("This needs a key: send Authorization: Bearer ak_….")
    raise Forbidden(f"This needs a key with the scope {scope}.")


def _identify(context: Context, environ: Mapping[str, str]) -> Actor:
    value = environ.get("HTTP_AUTHORIZATION")
    if value is None:
        if context.public_read:
            return PUBLIC
        raise Unauthenticated("This needs a key: send Authorization: Bearer ak_….")
    scheme, _, secret = value.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("Authorization takes the scheme Bearer and a key.")
    return _find_actor(context, secret.strip())


def _find_actor(context: Context, secret: str) -> Actor:
    digest, now = digest_key(secret), clock()
    if context.admin_digest and hmac.compare_digest(digest, context.admin_digest):
        return ADMIN
    key = find_key(context.database, digest)
    if key is None or (key.expires_at is not None and key.expires_at <= now):
        raise Unauthenticated("This key is not known, revoked or expired.")
    if not context.read_only:
        note_use(context.database, key, now=now)
    return Actor(id=key.id, scopes=key.scopes, sources=key.sources)
