"""API keys in the database."""

from service.core.dates import from_micros, to_micros
from service.core.keys import Key
from service.storage.database import Database, Row

_COLUMNS = "id, name, prefix, scopes, sources, created_at, expires_at, last_used_at"
MINUTE = 60_000_000


def find_key(database: Database, digest: bytes) -> Key | None:
    """The key with this SHA-256, expired or not."""
    row = database.fetch_one(f"SELECT {_COLUMNS} FROM api_key WHERE digest = ?", (digest,))
    return _key(row) if row else None


def get_key(database: Database, id: str) -> Key | None:
    """The key with this id."""
    row = database.fetch_one(f"SELECT {_COLUMNS} FROM api_key WHERE id = ?", (id,))
    return _key(row) if row else None


def list_keys(database: Database, *, after: str, limit: int) -> list[Key]:
    """Keys behind the id `after`, in the order of their making."""
    sql = f"SELECT {_COLUMNS} FROM api_key WHERE id > ? ORDER BY id LIMIT ?"
    return [_key(row) for row in database.fetch_all(sql, (after, limit))]


def has_keys(database: Database) -> bool:
    """Whether there is any key."""
    return database.fetch_one("SELECT 1 FROM api_key LIMIT 1") is not None


def insert_key(database: Database, key: Key, digest: bytes) -> None:
    """Keep a new key."""
    sql = f"INSERT INTO api_key ({_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)"
    expires = to_micros(key.expires_at) if key.expires_at else None
    lists = (" ".join(sorted(key.scopes)), " ".join(key.sources))
    database.execute(sql, (key.id, key.name, key.prefix, *lists, to_micros(key.created_at), expires, digest))


def delete_key(database: Database, id: str) -> bool:
    """Delete a key; False where there is none."""
    return bool(database.execute("DELETE FROM api_key WHERE id = ?", (id,)).rowcount == 1)


def touch_key(database: Database, id: str, at: int) -> None:
    """Note the minute of a key's use."""
    database.execute("UPDATE api_key SET last_used_at = ? WHERE id = ?", (at - at % MINUTE, id))


def _key(row: Row) -> Key:
    id, name, prefix, scopes, sources, created_at, expires_at, last_used_at = row
    return Key(
        id=str(id),
        name=name,
        prefix=prefix,
        scopes=frozenset(scopes.split()),
        sources=tuple(sources.split()),
        created_at=from_micros(created_at),
        expires_at=from_micros(expires_at) if expires_at is not None else None,
        last_used_at=from_micros(last_used_at) if last_used_at is not None else None,
    )
