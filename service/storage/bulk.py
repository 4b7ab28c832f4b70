"""What many changes at once ask of the database: the articles that they are about in one look, and who goes first."""

import hashlib
from collections.abc import Collection

from service.core.urls import url_digest
from service.storage.articles import StoredArticle, address_key
from service.storage.database import Database

_BULKS = int.from_bytes(hashlib.sha256(b"creditline bulks").digest()[:7], "big")
_READ = (
    "SELECT a.id, a.version, a.document, a.updated_at, a.deleted_at, a.source_id, s.slug "
    "FROM article a JOIN source s ON s.id = a.source_id WHERE a.id IN ({marks}){lock}"
)


def line_up(database: Database, *, alone: bool) -> None:
    """Let this transaction go beside those of other bulks, or `alone`; it waits for the others then.

    Two bulks that write the same articles in different orders would lock each other out. One of them is then undone,
    and gets through alone.
    """
    if not database.is_sqlite:
        database.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(?)", (_BULKS,))


def find_articles(database: Database, ids: Collection[str], *, lock: bool = False) -> dict[str, StoredArticle]:
    """The articles that there are among `ids` with their sources, tombstones included, by their ids.

    With `lock` they stay as they are until the end of the transaction.
    """
    if not ids:
        return {}
    suffix = " ORDER BY a.id FOR UPDATE OF a" if lock and not database.is_sqlite else ""
    sql = _READ.format(marks=", ".join("?" * len(ids)), lock=suffix)
    return {
        str(id): StoredArticle(
            version=version,
            document=document,
            updated_at=updated_at,
            deleted_at=deleted_at,
            source_row=source_row,
            source_slug=slug,
        )
        for id, version, document, updated_at, deleted_at, source_row, slug in database.fetch_all(sql, sorted(ids))
    }


def find_ids_by_url(database: Database, urls: Collection[str]) -> dict[str, str]:
    """The ids of the living articles at canonical addresses, by the address: for hundreds of them."""
    if not urls:
        return {}
    by_digest = {url_digest(url): url for url in urls}
    rows = ", ".join(["(?, ?)"] * len(by_digest))
    sql = (
        f"WITH wanted (url_key, url_digest) AS (VALUES {rows}) SELECT a.id, a.url_digest FROM wanted w "
        "JOIN article a ON a.url_key = w.url_key AND a.url_digest = w.url_digest"
    )
    params = [part for digest, url in by_digest.items() for part in (address_key(url), digest)]
    return {by_digest[bytes(digest)]: str(id) for id, digest in database.fetch_all(sql, params)}
