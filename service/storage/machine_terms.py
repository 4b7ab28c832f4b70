"""Articles with their sources, which speak for them where they say nothing: of machines, and of whom to credit."""

from service.storage.database import Database, Row

_FROM = "FROM article a JOIN source s ON s.id = a.source_id WHERE a.id = ?"
_SERVE = f"SELECT a.version, a.document, a.deleted_at, a.link, s.document {_FROM}"
_VERSION = f"SELECT a.version, a.deleted_at, s.document {_FROM}"


def serve_article_with_source(database: Database, id: str) -> Row | None:
    """``(version, document, deleted_at, link, document of its source)``, a tombstone included: the road of a GET."""
    return database.fetch_one(_SERVE, (id,))


def serve_version_with_source(database: Database, id: str) -> Row | None:
    """``(version, deleted_at, document of its source)`` of an article: all that a 304 needs."""
    return database.fetch_one(_VERSION, (id,))
