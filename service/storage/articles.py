"""Articles in the database: the document as it is served, and what it is found by."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from service.core.articles import Article, Content, claims_of
from service.core.dates import to_micros
from service.core.errors import Conflict
from service.core.terms import link_of
from service.core.text import fold
from service.core.urls import url_digest
from service.storage.database import Database, Row, unique_violation
from service.storage.statements import columns_of, insert_into, update_of
from service.storage.tables import UNDATED, ArticleTerm
from service.storage.tables import Article as ArticleTable
from service.storage.words import (
    delete_words,
    free_place,
    free_places,
    insert_many_words,
    insert_words,
    update_words,
)

Term = tuple[str, str, bytes, int]
KEY_BYTES = 800
_BATCH = 100
_READ = (
    "SELECT a.version, a.document, a.updated_at, a.deleted_at, a.source_id, s.slug "
    "FROM article a JOIN source s ON s.id = a.source_id WHERE a.id = ?"
)
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


def serve_articles(database: Database, ids: Collection[str]) -> dict[str, Row]:
    """``(version, document, deleted_at, link)`` of each article that there is, by its id."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id, version, document, deleted_at, link FROM article WHERE id IN ({marks})"
    return {str(row[0]): row[1:] for row in database.fetch_all(sql, list(ids))}


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
    sql = "SELECT id FROM article WHERE url_key = ? AND url_digest = ?"
    row = database.fetch_one(sql, (address_key(url), url_digest(url)))
    return str(row[0]) if row else None


def insert_article(database: Database, article: Article, document: bytes, *, source_row: int) -> None:
    """Insert a new article; raises Conflict where another one has its address."""
    published = published_key(article)
    place = free_place(database, article, published)
    with unique_violation(_conflict(article.content.url)):
        database.execute(insert_into(ArticleTable), (article.id, *_values(article, document, source_row), place))
    _insert_terms(database, _terms(article))
    insert_words(database, article, published, place)


def insert_articles(database: Database, drafts: Sequence[tuple[Article, bytes, int]]) -> None:
    """Insert new articles with their documents and source rows; raises Conflict where another has an address of theirs.

    For one it takes longer than `insert_article`, for hundreds a fraction.
    """
    published = [published_key(article) for article, _, _ in drafts]
    articles = [article for article, _, _ in drafts]
    places = free_places(database, articles, published)
    rows = (
        (article.id, *_values(article, document, source_row), place)
        for (article, document, source_row), place in zip(drafts, places, strict=True)
    )
    with unique_violation(Conflict("Another article has the address of one of these.")):
        database.insert_many("article", columns_of(ArticleTable), rows)
    terms = (term for article in articles for term in _terms(article))
    database.insert_many("article_term", columns_of(ArticleTerm), terms)
    insert_many_words(database, articles, published, places)


def update_article(
    database: Database, article: Article, document: bytes, *, old: Article | None, source_row: int, expected: int
) -> bool:
    """Replace an article, `old` in its version `expected`, its terms included; False where it has another by now.

    `old` is None where that is a tombstone. Raises Conflict where another article has its new address.
    """
    with unique_violation(_conflict(article.content.url)):
        params = (*_values(article, document, source_row), article.id, expected)
        cursor = database.execute(update_of(ArticleTable, "id = ? AND version = ?", but=("place",)), params)
    if cursor.rowcount != 1:
        return False
    before, after = _terms(old) if old else [], _terms(article)
    _delete_terms(database, [term for term in before if term not in after])
    _insert_terms(database, [term for term in after if term not in before])
    update_words(database, old, article, published_key(article), published_key(old) if old else UNDATED)
    return True


def delete_article(database: Database, old: Article, *, expected: int, at: int) -> bool:
    """Make a tombstone of an article, `old` in its version `expected`; its address is free again."""
    sql = (
        "UPDATE article SET version = version + 1, url_digest = NULL, updated_at = ?, deleted_at = ?, due_on = NULL "
        "WHERE id = ? AND version = ? AND deleted_at IS NULL"
    )
    if database.execute(sql, (at, at, old.id, expected)).rowcount != 1:
        return False
    _delete_terms(database, _terms(old))
    delete_words(database, old)
    return True


def purge_article(database: Database, blank: Article, document: bytes, *, old: Article, expected: int) -> bool:
    """Put `blank` in the place of an article, `old` in its version `expected`, and wipe its earlier states."""
    at = to_micros(blank.updated_at)
    sql = (
        "UPDATE article SET version = ?, url_digest = NULL, url_key = ?, title_key = ?, language = NULL, link = '', "
        "license_status = 'unknown', license_unit = NULL, license_id = NULL, published_at = ?, updated_at = ?, "
        "deleted_at = ?, document = ?, may = 0, due_on = NULL WHERE id = ? AND version = ?"
    )
    params = (blank.version, b"", b"", UNDATED, at, at, document, blank.id, expected)
    if database.execute(sql, params).rowcount != 1:
        return False
    _delete_terms(database, _terms(old))
    delete_words(database, old)
    database.execute("UPDATE article_version SET document = NULL WHERE article_id = ?", (blank.id,))
    return True


def put_off(database: Database, article: Article, *, expected: int) -> None:
    """Note when an article is due next, where it shows already what holds until then."""
    sql = "UPDATE article SET due_on = ?, may = ? WHERE id = ? AND version = ?"
    database.execute(sql, (_day(article), article.may, article.id, expected))


def keep_version(database: Database, id: str, version: int, document: bytes | None, at: int) -> None:
    """Keep a state that an article no longer has; no document means that it was deleted then."""
    sql = "INSERT INTO article_version (article_id, version, at, document) VALUES (?, ?, ?, ?)"
    database.execute(sql, (id, version, at, document))


def list_ids_of_source(database: Database, source_row: int, *, after: str, limit: int) -> list[str]:
    """Ids of living articles of a source behind the id `after`, in the order of their ids."""
    sql = "SELECT id FROM article WHERE source_id = ? AND id > ? AND deleted_at IS NULL ORDER BY id LIMIT ?"
    return [str(row[0]) for row in database.fetch_all(sql, (source_row, after, limit))]


def find_documents(database: Database, ids: Collection[str]) -> dict[str, bytes]:
    """The documents of living articles by their ids."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id, document FROM article WHERE id IN ({marks}) AND deleted_at IS NULL"
    return {str(id): document for id, document in database.fetch_all(sql, list(ids))}


def list_documents(database: Database, *, after: str, limit: int) -> list[tuple[str, bytes]]:
    """Ids and documents of living articles behind the id `after`, in the order of their ids."""
    sql = "SELECT id, document FROM article WHERE id > ? AND deleted_at IS NULL ORDER BY id LIMIT ?"
    return [(str(id), document) for id, document in database.fetch_all(sql, (after, limit))]


def index_article(database: Database, article: Article) -> None:
    """Index an article that is in the table: its words, which are not in the index, and all of its licenses."""
    terms = [(article.id, field, key, published_key(article)) for field, key in dict.fromkeys(_keys_beside(article))]
    _delete_terms(database, terms)
    _insert_terms(database, terms)
    update_words(database, None, article, published_key(article), UNDATED)


def list_due(database: Database, day: date, *, after: str, limit: int) -> list[str]:
    """Ids behind `after` of living articles whose license begins or ends by `day`, in the order of their ids."""
    sql = (
        "SELECT id FROM article WHERE due_on IS NOT NULL AND due_on <= ? AND id > ? AND deleted_at IS NULL "
        "ORDER BY id LIMIT ?"
    )
    return [str(row[0]) for row in database.fetch_all(sql, (day.isoformat(), after, limit))]


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
        claim.license_unit,
        license.id if license else None,
        published_key(article),
        to_micros(article.created_at),
        to_micros(article.updated_at),
        None,
        link_of(article),
        document,
        article.may,
        _day(article),
    )


def _day(article: Article) -> str | None:
    return article.due_on.isoformat() if article.due_on else None


def _insert_terms(database: Database, terms: Sequence[Term]) -> None:
    for batch in (terms[start : start + _BATCH] for start in range(0, len(terms), _BATCH)):
        database.execute(insert_into(ArticleTerm, len(batch)), [value for term in batch for value in term])


def _delete_terms(database: Database, terms: Iterable[Term]) -> None:
    sql = "DELETE FROM article_term WHERE article_id = ? AND field = ? AND key = ? AND published_at = ?"
    for term in terms:
        database.execute(sql, term)


def _terms(article: Article) -> list[Term]:
    """The rows that an article is found by: ``(id, field, key, published_at)``, each once."""
    published = published_key(article)
    keys = (*_keys(article.content), *_keys_beside(article))
    return list(dict.fromkeys((article.id, field, key, published) for field, key in keys))


def _keys_beside(article: Article) -> Iterable[tuple[str, bytes]]:
    """The licenses, and their units, that are offered beside the one which stands in the row of the article."""
    shown = article.license.claim
    for claim in claims_of(article):
        if claim.license and claim.license != shown.license:
            yield "license", claim.license.id.encode()
        if claim.license_unit and claim.license_unit != shown.license_unit:
            yield "license.unit", claim.license_unit.encode()


def _keys(content: Content) -> Iterable[tuple[str, bytes]]:
    yield from (("creator", sort_key(creator.name)) for creator in content.creators)
    yield from (("keyword", sort_key(keyword)) for keyword in content.keywords)
    yield from (("identifier", f"{item.scheme}:{item.value}".encode()[:KEY_BYTES]) for item in content.identifiers)


def _conflict(url: str) -> Conflict:
    return Conflict(f"Another article has the address {url}.", conflicting_address=url)
