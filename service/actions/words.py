"""The index of words, made anew from the articles: after a migration, or where words are cut in another way."""

from collections.abc import Iterator

from service.core.search import WORDS_REVISION
from service.formats.documents.articles import read_article
from service.storage.articles import index_article, list_documents
from service.storage.database import Database
from service.storage.words import clear_words, set_words_revision, words_revision

_BATCH = 500
_FIRST = "00000000-0000-0000-0000-000000000000"


def are_words_current(database: Database) -> bool:
    """Whether all words were cut by the rules of this release."""
    return words_revision(database) == WORDS_REVISION


def stream_reindexing(database: Database) -> Iterator[int]:
    """Index all articles anew and yield how many are done, batch by batch; nobody may write meanwhile.

    Each batch is a transaction; broken off, it begins again.
    """
    with database.transaction():
        set_words_revision(database, 0)
        clear_words(database)
    after, done = _FIRST, 0
    while rows := list_documents(database, after=after, limit=_BATCH):
        with database.transaction():
            for _, document in rows:
                index_article(database, read_article(document))
        after, done = rows[-1][0], done + len(rows)
        yield done
    with database.transaction():
        set_words_revision(database, WORDS_REVISION)
