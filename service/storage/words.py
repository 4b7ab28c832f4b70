"""The index of words: FTS5 on SQLite, tsvector on PostgreSQL. Both are fed with words that are cut by our own rules.

On SQLite an article has a place in the index, a number that grows with its day: so hits come in the order of a list
and no page reads more of them than it shows. On PostgreSQL the row itself says when its article was published.
"""

import uuid
from collections.abc import Sequence

from service.core.articles import Article
from service.core.search import GAP, Phrase, Search, texts_of, words_of
from service.storage.database import Database
from service.storage.tables import UNDATED

Span = tuple[int, int]
_NAME = "words"
_FTS_GAP = "\ue000"  # no word has a character for private use in it
_MINUTE = 60_000_000
_FIRST_MINUTE = -1_035_593_280  # of the year 1, in minutes since 1970
_SECOND = 1_000_000
_BITS = 29  # places for half a billion articles of a minute, or made in a second
_FIRST_UNDATED = -(1 << 62)
_BATCH = 500

ANYWHERE: Span = (-(1 << 63), (1 << 63) - 1)
"""All places."""


def free_place(database: Database, article: Article, published: int) -> int | None:
    """A place for an article on SQLite: behind those of the same minute or, if it has no day, made with it."""
    if not database.is_sqlite:
        return None
    first, last = places_of(published, article.id)
    row = database.fetch_one("SELECT max(place) FROM article WHERE place BETWEEN ? AND ?", (first, last))
    return first if row is None or row[0] is None else int(row[0]) + 1


def free_places(database: Database, articles: Sequence[Article], published: Sequence[int]) -> list[int | None]:
    """Places for many articles, each as `free_place` would give it when those before have theirs."""
    if not database.is_sqlite:
        return [None] * len(articles)
    spans = [places_of(day, article.id) for article, day in zip(articles, published, strict=True)]
    free: dict[int, int] = {}
    for batch in (list(dict.fromkeys(spans))[start : start + _BATCH] for start in range(0, len(spans), _BATCH)):
        rows = ", ".join(["(?, ?)"] * len(batch))
        sql = (
            f"WITH spans (first, last) AS (VALUES {rows}) "
            "SELECT first, (SELECT max(place) FROM article WHERE place BETWEEN first AND last) FROM spans"
        )
        if batch:
            taken = database.fetch_all(sql, [end for span in batch for end in span])
            free |= {first: first if last is None else last + 1 for first, last in taken}
    places: list[int | None] = []
    for first, _ in spans:
        places.append(free[first])
        free[first] += 1
    return places


def insert_words(database: Database, article: Article, published: int, place: int | None) -> None:
    """Index the words of an article that has none there; `place` is its place on SQLite."""
    words = words_of(article.content)
    if place is not None:
        sql = "INSERT INTO article_words (rowid, title, rest) VALUES (?, ?, ?)"
        database.execute(sql, (place, _fts_text(words.title), _fts_text(words.rest)))
        return
    sql = (
        "INSERT INTO article_words (article_id, published_at, title, words) "
        "VALUES (?, ?, CAST(? AS tsvector), CAST(? AS tsvector))"
    )
    whole = (*words.title, GAP, *words.rest)
    database.execute(sql, (article.id, published, _vector(words.title), _vector(whole)))


def insert_many_words(
    database: Database, articles: Sequence[Article], published: Sequence[int], places: Sequence[int | None]
) -> None:
    """Index the words of many articles that have none there."""
    words = [words_of(article.content) for article in articles]
    if database.is_sqlite:
        rows = ((place, _fts_text(cut.title), _fts_text(cut.rest)) for cut, place in zip(words, places, strict=True))
        database.insert_many("article_words", ("rowid", "title", "rest"), rows)
        return
    vectors = (
        (article.id, day, _vector(cut.title), _vector((*cut.title, GAP, *cut.rest)))
        for article, day, cut in zip(articles, published, words, strict=True)
    )
    database.insert_many("article_words", ("article_id", "published_at", "title", "words"), vectors)


def update_words(database: Database, old: Article | None, article: Article, published: int, before: int) -> None:
    """Index an article anew where its words or its day, which was `before`, are others than those of `old`.

    `old` is None where that was a tombstone.
    """
    if old is not None and published == before and texts_of(old.content) == texts_of(article.content):
        return
    if old is not None:
        delete_words(database, old)
    place = free_place(database, article, published)
    if place is not None:
        database.execute("UPDATE article SET place = ? WHERE id = ?", (place, article.id))
    insert_words(database, article, published, place)


def delete_words(database: Database, old: Article) -> None:
    """Take the words of an article, `old` as it was last indexed, out of the index."""
    if not database.is_sqlite:
        database.execute("DELETE FROM article_words WHERE article_id = ?", (old.id,))
        return
    row = database.fetch_one("SELECT place FROM article WHERE id = ?", (old.id,))
    if row is None or row[0] is None:
        return
    words = words_of(old.content)
    sql = "INSERT INTO article_words (article_words, rowid, title, rest) VALUES ('delete', ?, ?, ?)"
    database.execute(sql, (row[0], _fts_text(words.title), _fts_text(words.rest)))
    database.execute("UPDATE article SET place = NULL WHERE id = ?", (old.id,))


def places_of(published: int, id: str) -> Span:
    """The places of the articles of the same minute or, without a day, of those made in the same second."""
    if published != UNDATED:
        first = (published // _MINUTE - _FIRST_MINUTE) << _BITS
    else:
        first = _FIRST_UNDATED + (_made_at(id) // _SECOND << _BITS)
    return places_beside(first)


def places_beside(place: int) -> Span:
    """The places of the articles that stand in no order among one another: of one minute, or made in one second."""
    first = place >> _BITS << _BITS
    return first, first + (1 << _BITS) - 1


def minute_of(places: Span) -> Span | None:
    """The first and the last microsecond of the minute of these places; None for those of articles without a day."""
    if places[0] < 0:
        return None
    first = ((places[0] >> _BITS) + _FIRST_MINUTE) * _MINUTE
    return first, first + _MINUTE - 1


def fts_query(search: Search, *, in_title: bool | None) -> str:
    """A search in the language of FTS5: met in the title, not in the title but elsewhere, or anywhere (None)."""
    wanted = " AND ".join(map(_fts_term, search.wanted))
    query = f"({{title}} : ({wanted}))" if in_title else f"({wanted})"
    if in_title is False:
        query += f" NOT ({{title}} : ({wanted}))"
    unwanted = " OR ".join(map(_fts_term, search.unwanted))
    return f"({query}) NOT ({unwanted})" if unwanted else query


def fts_unwanted(search: Search) -> str:
    """What a search does not want, in the language of FTS5."""
    return " OR ".join(map(_fts_term, search.unwanted))


def ts_query(terms: Sequence[tuple[Phrase, ...]], *, joined: str = "&") -> str:
    """Terms in the language of tsquery, all of them to be met, or one where they are `joined` by ``|``."""
    return f" {joined} ".join(f"({' | '.join(map(_ts_phrase, phrases))})" for phrases in terms)


def words_revision(database: Database) -> int:
    """By which revision of the rules the words were cut; 0 where they are to be cut anew."""
    row = database.fetch_one("SELECT revision FROM derived WHERE name = ?", (_NAME,))
    return int(row[0]) if row else 0


def set_words_revision(database: Database, revision: int) -> None:
    """Note by which revision of the rules the words are cut."""
    database.execute("UPDATE derived SET revision = ? WHERE name = ?", (revision, _NAME))


def clear_words(database: Database) -> None:
    """Empty the index."""
    if database.is_sqlite:
        database.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
        database.execute("UPDATE article SET place = NULL WHERE place IS NOT NULL")
    else:
        database.execute("DELETE FROM article_words")


def _made_at(id: str) -> int:
    """When an id was made, in microseconds since 1970: as `service.actions.identity` puts it in."""
    bits = uuid.UUID(id).int
    milliseconds, fraction = bits >> 80, bits >> 64 & 0xFFF
    return milliseconds * 1000 + -(-fraction * 1000 // 4096)


def _fts_text(words: Sequence[str]) -> str:
    return " ".join(word or _FTS_GAP for word in words)


def _fts_term(phrases: tuple[Phrase, ...]) -> str:
    return "(" + " OR ".join(f'"{" ".join(phrase.words)}"{" *" * phrase.is_open}' for phrase in phrases) + ")"


def _vector(words: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for at, word in enumerate(words, 1):
        if word:
            places.setdefault(word, []).append(str(at))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def _ts_phrase(phrase: Phrase) -> str:
    words = [f"'{word}'" for word in phrase.words]
    return f"({' <-> '.join(words)}{':*' * phrase.is_open})"
