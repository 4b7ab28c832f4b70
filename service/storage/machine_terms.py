"""Articles with what bears on their terms for machines: the document of their source."""

from service.storage.database import Database, Row

_SERVE = (
    "SELECT a.version, a.document, a.deleted_at, a.link, s.document "
    "FROM article a JOIN source s ON s.id = a.source_id WHERE a.id = ?"
)


def serve_article_with_source(database: Database, id: str) -> Row | None:
    """``(version, document, deleted_at, link, document of its source)``, a tombstone included: the road of a GET."""
    return database.fetch_one(_SERVE, (id,))
