"""Lists of articles: one SELECT of documents along an index, from a keyset position on."""

from typing import Any

from service.storage.database import Database

_HEAD = "SELECT published_at, id, document FROM article WHERE deleted_at IS NULL"
_AFTER = " AND published_at <= ? AND (published_at < ? OR id < ?)"
_ORDER = " ORDER BY published_at DESC, id DESC LIMIT ?"


def list_articles(database: Database, position: list[Any] | None, limit: int) -> tuple[list[bytes], list[Any] | None]:
    """The documents behind `position`, the newest first, and the position of the next page if there is one."""
    if position is None:
        rows = database.fetch_all(_HEAD + _ORDER, (limit + 1,))
    else:
        published, id = position
        rows = database.fetch_all(_HEAD + _AFTER + _ORDER, (published, published, id, limit + 1))
    last = rows[limit - 1] if len(rows) > limit else None
    return [row[2] for row in rows[:limit]], [last[0], str(last[1])] if last else None
