"""Sources in the database."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from service.core.dates import to_micros
from service.core.errors import Conflict
from service.core.sources import Source
from service.core.urls import url_digest
from service.storage.database import Database, Row, unique_violation

_NAMES = int.from_bytes(hashlib.sha256(b"creditline source names").digest()[:7], "big")
_COLUMNS = "id, slug, version, document, deleted_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A source as it is stored: its row number, its slug, and its document, with the time of its deletion if any."""

    row: int
    slug: str
    version: int
    document: bytes
    deleted_at: int | None


def find_source(database: Database, slug: str, *, lock: str = "") -> StoredSource | None:
    """The source `slug`, a tombstone included. `lock` is ``SHARE`` to hold it as it is, ``UPDATE`` to change it."""
    return _found(database.fetch_one(_query("slug = ?", database, lock), (slug,)))


def find_source_by_url(database: Database, url: str) -> StoredSource | None:
    """The living source at the canonical address `url`, held as it is."""
    return _found(database.fetch_one(_query("url_digest = ?", database, "SHARE"), (url_digest(url),)))


def find_sources_by_name(database: Database, name: str) -> list[StoredSource]:
    """The living sources of exactly this name, at most two, held as they are."""
    where = "name_digest = ? AND deleted_at IS NULL ORDER BY id LIMIT 2"
    rows = database.fetch_all(_query(where, database, "SHARE"), (_digest(name),))
    return [found for found in map(_found, rows) if found]


def lock_names(database: Database) -> None:
    """Let no other transaction make a source by name until this one ends: a name has no unique index."""
    if not database.is_sqlite:
        database.execute("SELECT pg_advisory_xact_lock(?)", (_NAMES,))


def list_documents(database: Database, *, after: str, limit: int) -> list[tuple[str, bytes]]:
    """The slugs and documents of living sources behind the slug `after`, in the order of their slugs."""
    sql = "SELECT slug, document FROM source WHERE slug > ? AND deleted_at IS NULL ORDER BY slug LIMIT ?"
    rows: list[tuple[str, bytes]] = database.fetch_all(sql, (after, limit))
    return rows


def find_documents(database: Database, slugs: Collection[str]) -> dict[str, bytes]:
    """The documents of sources, tombstones included, by their slugs."""
    if not slugs:
        return {}
    marks = ", ".join("?" * len(slugs))
    return dict(database.fetch_all(f"SELECT slug, document FROM source WHERE slug IN ({marks})", list(slugs)))


def insert_source(database: Database, source: Source, document: bytes) -> int:
    """Insert a new source and return its row number; raises Conflict where its slug or address is taken."""
    sql = (
        "INSERT INTO source (slug, name_digest, url_digest, version, created_at, updated_at, deleted_at, document) "
        "VALUES (?, ?, ?, ?, ?, ?, NULL, ?) RETURNING id"
    )
    params = (source.id, *_values(source), document)
    with unique_violation(_conflict(source)):
        row = database.fetch_one(sql, params)
    assert row is not None, "an INSERT returns its row"
    return int(row[0])


def update_source(database: Database, source: Source, document: bytes, *, expected: int) -> bool:
    """Replace a source that still has the version `expected`; False where it has not."""
    sql = (
        "UPDATE source SET name_digest = ?, url_digest = ?, version = ?, created_at = ?, updated_at = ?, "
        "deleted_at = NULL, document = ? WHERE slug = ? AND version = ?"
    )
    with unique_violation(_conflict(source)):
        cursor = database.execute(sql, (*_values(source), document, source.id, expected))
    return bool(cursor.rowcount == 1)


def delete_source(database: Database, slug: str, *, expected: int, at: int) -> bool:
    """Make a tombstone of a source that still has the version `expected`; False where it has not."""
    sql = (
        "UPDATE source SET version = version + 1, url_digest = NULL, updated_at = ?, deleted_at = ? "
        "WHERE slug = ? AND version = ?"
    )
    return bool(database.execute(sql, (at, at, slug, expected)).rowcount == 1)


def has_articles(database: Database, row: int) -> bool:
    """Whether any living article is of the source in `row`."""
    sql = "SELECT 1 FROM article WHERE source_id = ? AND deleted_at IS NULL LIMIT 1"
    return database.fetch_one(sql, (row,)) is not None


def _query(where: str, database: Database, lock: str) -> str:
    suffix = f" FOR {lock}" if lock and not database.is_sqlite else ""
    return f"SELECT {_COLUMNS} FROM source WHERE {where}{suffix}"


def _found(row: Row | None) -> StoredSource | None:
    if row is None:
        return None
    return StoredSource(row=row[0], slug=row[1], version=row[2], document=row[3], deleted_at=row[4])


def _values(source: Source) -> tuple[object, ...]:
    url = source.content.url
    times = (to_micros(source.created_at), to_micros(source.updated_at))
    return (_digest(source.content.name), url_digest(url) if url else None, source.version, *times)


def _digest(name: str) -> bytes:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()


def _conflict(source: Source) -> Conflict:
    return Conflict(f"Another source has the slug {source.id!r} or the same address.")
