"""Articles in the database: the document as it is served, and what it is found by."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.core.articles import Article
from service.core.dates import to_micros
from service.core.errors import Conflict
from service.core.text import fold
from service.core.urls import url_digest
from service.storage.database import Database, Row, unique_violation
from service.storage.statements import insert_into, update_of
from service.storage.tables import UNDATED, ArticleTerm
from service.storage.tables import Article as ArticleTable

KEY_BYTES = 800
_BATCH = 100
_READ = (
    "SELECT a.version, a.document, a.updated_at, a.deleted_at, a.source_id, s.slug "
    "FROM article a JOIN source s ON s.id = a.source_id WHERE a.id = ?"
)
_SERVE = "SELECT version, document, deleted_at, link FROM article WHERE id = ?"
_VERSION = "SELECT version, deleted_at FROM article WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as it is stored: version, document and source, with the times of its state and of its deletion."""

    version: int
    document: bytes
    updated_at: int
    deleted_at: int | None
    source_row: int
    source_slug: str


def serve_article(database: Database, id: str) -> Row | None:
    """``(version, document, deleted_at, link)`` of an article, a tombstone included: the road of a GET."""
    return database.fetch_one(_SERVE, (id,))


def serve_version(database: Database, id: str) -> Row | None:
    """``(version, deleted_at)`` of an article: all that a 304 needs."""
    return database.fetch_one(_VERSION, (id,))


def find_article(database: Database, id: str) -> StoredArticle | None:
    """The article `id` with its source, a tombstone included."""
    row = database.fetch_one(_READ, (id,))
    if row is None:
        return None
    version, document, updated_at, deleted_at, source_row, slug = row
    return StoredArticle(
        version=version,
        document=document,
        updated_at=updated_at,
        deleted_at=deleted_at,
        source_row=source_row,
        source_slug=slug,
    )


def find_id_by_url(database: Database, url: str) -> str | None:
    """The id of the living article at the canonical address `url`."""
    row = database.fetch_one("SELECT id FROM article WHERE url_digest = ?", (url_digest(url),))
    return str(row[0]) if row else None


def insert_article(database: Database, article: Article, document: bytes, *, source_row: int) -> None:
    """Insert a new article; raises Conflict where another one has its address."""
    with unique_violation(_conflict(article.content.url)):
        database.execute(insert_into(ArticleTable), (article.id, *_values(article, document, source_row)))
    _insert_terms(database, article)


def update_article(database: Database, article: Article, document: bytes, *, source_row: int, expected: int) -> bool:
    """Replace an article that still has the version `expected`, its terms included; False where it has not.

    Raises Conflict where another article has its new address.
    """
    with unique_violation(_conflict(article.content.url)):
        params = (*_values(article, document, source_row), article.id, expected)
        cursor = database.execute(update_of(ArticleTable, "id = ? AND version = ?"), params)
    if cursor.rowcount != 1:
        return False
    database.execute("DELETE FROM article_term WHERE article_id = ?", (article.id,))
    _insert_terms(database, article)
    return True


def delete_article(database: Database, id: str, *, expected: int, at: int) -> bool:
    """Make a tombstone of an article that still has the version `expected`; its address is free again."""
    sql = (
        "UPDATE article SET version = version + 1, url_digest = NULL, updated_at = ?, deleted_at = ? "
        "WHERE id = ? AND version = ? AND deleted_at IS NULL"
    )
    if database.execute(sql, (at, at, id, expected)).rowcount != 1:
        return False
    database.execute("DELETE FROM article_term WHERE article_id = ?", (id,))
    return True


def purge_article(database: Database, blank: Article, document: bytes, *, expected: int) -> bool:
    """Put `blank` in the place of an article that still has the version `expected`, and wipe its earlier states."""
    at = to_micros(blank.updated_at)
    sql = (
        "UPDATE article SET version = ?, url_digest = NULL, url_key = ?, title_key = ?, language = NULL, link = '', "
        "license_status = 'unknown', license_unit = NULL, license_id = NULL, published_at = ?, updated_at = ?, "
        "deleted_at = ?, document = ? WHERE id = ? AND version = ?"
    )
    params = (blank.version, b"", b"", UNDATED, at, at, document, blank.id, expected)
    if database.execute(sql, params).rowcount != 1:
        return False
    database.execute("DELETE FROM article_term WHERE article_id = ?", (blank.id,))
    database.execute("UPDATE article_version SET document = NULL WHERE article_id = ?", (blank.id,))
    return True


def keep_version(database: Database, id: str, version: int, document: bytes | None, at: int) -> None:
    """Keep a state that an article no longer has; no document means that it was deleted then."""
    sql = "INSERT INTO article_version (article_id, version, at, document) VALUES (?, ?, ?, ?)"
    database.execute(sql, (id, version, at, document))


def list_ids_of_source(database: Database, source_row: int, *, after: str, limit: int) -> list[str]:
    """Ids of living articles of a source behind the id `after`, in the order of their ids."""
    sql = "SELECT id FROM article WHERE source_id = ? AND id > ? AND deleted_at IS NULL ORDER BY id LIMIT ?"
    return [str(row[0]) for row in database.fetch_all(sql, (source_row, after, limit))]


def sort_key(text: str) -> bytes:
    """What a text is sorted and found by: its first 200 characters, folded, in the order of their code points."""
    return fold(text)[:200].encode("utf-8", "replace")


def address_key(url: str) -> bytes:
    """What an address is found by: its beginning, as it is."""
    return url.encode()[:KEY_BYTES]


def published_key(article: Article) -> int:
    """The first instant of publication in microseconds, or UNDATED."""
    published = article.content.published_at
    return to_micros(published.first) if published else UNDATED


def _values(article: Article, document: bytes, source_row: int) -> tuple[object, ...]:
    content, claim = article.content, article.license.claim
    license = claim.license
    return (
        source_row,
        article.version,
        url_digest(content.url),
        address_key(content.url),
        sort_key(content.title),
        content.language,
        content.status,
        claim.status,
        license.unit if license else claim.unit,
        license.id if license else None,
        published_key(article),
        to_micros(article.created_at),
        to_micros(article.updated_at),
        None,
        _link(article),
        document,
    )


def _link(article: Article) -> str:
    """The Link header of an article (RFC 8288): where the original is, and its license."""
    license = article.license.claim.license
    links = [f'<{article.content.url}>; rel="canonical"']
    return ", ".join([*links, f'<{license.url}>; rel="license"'] if license else links)


def _insert_terms(database: Database, article: Article) -> None:
    published = published_key(article)
    rows = [(article.id, field, key, published) for field, key in dict.fromkeys(_terms(article))]
    for batch in (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)):
        database.execute(insert_into(ArticleTerm, len(batch)), [value for row in batch for value in row])


def _terms(article: Article) -> Iterable[tuple[str, bytes]]:
    content = article.content
    yield from (("creator", sort_key(creator.name)) for creator in content.creators)
    yield from (("keyword", sort_key(keyword)) for keyword in content.keywords)
    yield from (("identifier", f"{item.scheme}:{item.value}".encode()[:KEY_BYTES]) for item in content.identifiers)


def _conflict(url: str) -> Conflict:
    return Conflict(f"Another article has the address {url}.", conflicting_address=url)
