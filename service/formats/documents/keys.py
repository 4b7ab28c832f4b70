"""An API key as its JSON document."""

import orjson

from service.core.dates import format_instant
from service.core.keys import Key


def render_key(key: Key, secret: str | None = None) -> bytes:
    """The document of `key`; `secret` is the key itself, shown once when it is made."""
    members: dict[str, object] = {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "sources": key.sources,
        "prefix": key.prefix,
        "created_at": format_instant(key.created_at),
        "expires_at": format_instant(key.expires_at) if key.expires_at else None,
        "last_used_at": format_instant(key.last_used_at) if key.last_used_at else None,
        "links": {"self": f"/v1/keys/{key.id}"},
    }
    return orjson.dumps(members if secret is None else {**members, "key": secret})
