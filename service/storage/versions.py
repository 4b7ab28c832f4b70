"""The states that articles have had, the present one included."""

from service.storage.database import Database, Row

_STATES = (
    "SELECT version, at, document IS NULL AS deleted, document FROM article_version WHERE article_id = ? "
    "UNION ALL "
    "SELECT version, updated_at, deleted_at IS NOT NULL, document FROM article WHERE id = ?"
)


def list_versions(database: Database, article: str, *, before: int | None, limit: int) -> list[Row]:
    """``(version, at, deleted)`` of the states of an article below the version `before`, the newest first."""
    sql = f"SELECT version, at, deleted FROM ({_STATES}) AS state WHERE version < ? ORDER BY version DESC LIMIT ?"
    return database.fetch_all(sql, (article, article, before if before is not None else 2**31 - 1, limit))


def find_version(database: Database, article: str, version: int) -> Row | None:
    """``(at, deleted, document)`` of one state of an article."""
    sql = f"SELECT at, deleted, document FROM ({_STATES}) AS state WHERE version = ?"
    return database.fetch_one(sql, (article, article, version))
