"""API keys: what they may do, and how they are made and recognised."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

SCOPES = ("read", "write", "admin", "webhooks")
KEY_PREFIX = "ak_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is kept: its first characters, never the key itself. No ``sources`` means every source."""

    id: str
    name: str
    prefix: str
    scopes: frozenset[str]
    sources: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: the id of a key with its scopes, or nobody in particular."""

    id: str
    scopes: frozenset[str]
    sources: tuple[str, ...] = ()

    def has_scope(self, scope: str) -> bool:
        """Whether the actor may do what needs `scope`; admin includes every other, write includes read."""
        return scope in self.scopes or "admin" in self.scopes or (scope == "read" and "write" in self.scopes)

    def owns(self, slug: str | None) -> bool:
        """Whether the actor may write what belongs to the source `slug`."""
        return not self.sources or slug in self.sources


PUBLIC = Actor(id="public", scopes=frozenset({"read"}))
ADMIN = Actor(id="admin", scopes=frozenset({"admin"}))
SYSTEM = Actor(id="system", scopes=frozenset({"admin"}))


def digest_key(key: str) -> bytes:
    """The SHA-256 by which a key is kept: keys are random and long, so nothing slower is needed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
