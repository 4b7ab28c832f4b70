"""Articles in the database."""

from dataclasses import replace

import pytest

from service.actions.articles import add_article
from service.core.articles import Article
from service.core.dates import to_micros
from service.core.errors import Conflict
from service.formats.documents.articles import read_article, render_article
from service.storage import articles as stored
from service.storage.articles import StoredArticle
from service.storage.database import Database
from tests.factories import NOON, ORDER, another_moth, checked_article, lighthouse, moth


@pytest.fixture
def id(database: Database) -> str:
    """An article with something in every member."""
    return add_article(database, ORDER, checked_article(lighthouse())).id


def present(database: Database, id: str) -> StoredArticle:
    found = stored.find_article(database, id)
    assert found is not None
    return found


def article(database: Database, id: str) -> Article:
    return read_article(present(database, id).document)


def changed(database: Database, id: str, **members: object) -> Article:
    old = article(database, id)
    return replace(old, version=old.version + 1, content=replace(old.content, **members))


def terms(database: Database) -> set[tuple[str, bytes]]:
    return {(field, bytes(key)) for field, key in database.fetch_all("SELECT field, key FROM article_term")}


def test_a_document_comes_back_byte_for_byte(database, id):
    document = present(database, id).document
    assert stored.serve_articles(database, [id])[id][:2] == (1, document)
    assert render_article(read_article(document)) == document


def test_a_304_needs_the_version_alone(database, id):
    assert stored.serve_version(database, id) == (1, None)


def test_nothing_is_found_where_nothing_is(database):
    nowhere = "01900000-0000-7000-8000-000000000000"
    assert stored.find_article(database, nowhere) is None
    assert stored.serve_articles(database, [nowhere]) == {}
    assert stored.serve_version(database, nowhere) is None
    assert stored.find_id_by_url(database, "https://lantern.example/") is None


def test_it_is_found_by_its_url_and_its_terms(database, id):
    assert stored.find_id_by_url(database, lighthouse()["url"]) == id
    assert terms(database) == {
        ("creator", b"ines albright"),
        ("creator", b"tomas ferreira"),
        ("keyword", b"lighthouses"),
        ("keyword", b"paint"),
        ("identifier", b"doi:10.1000/182"),
        ("identifier", b"partner:desk:HC-0042"),
    }


def test_an_update_with_the_expected_version_replaces_it_and_its_terms(database, id):
    new = changed(database, id, title="New", keywords=("new",), creators=(), identifiers=())
    row = present(database, id).source_row
    with database.transaction():
        old = article(database, id)
        assert stored.update_article(database, new, render_article(new), old=old, source_row=row, expected=1)
    assert present(database, id).version == 2
    assert terms(database) == {("keyword", b"new")}


@pytest.mark.parametrize("expected", [0, 2, 99])
def test_an_update_with_another_version_does_nothing(database, id, expected):
    before, new = present(database, id), changed(database, id, title="New", keywords=())
    with database.transaction():
        assert not stored.update_article(
            database,
            new,
            render_article(new),
            old=article(database, id),
            source_row=before.source_row,
            expected=expected,
        )
    assert present(database, id) == before
    assert len(terms(database)) == 6


def test_a_url_that_is_taken_is_a_conflict_and_the_transaction_is_lost(database, id):
    other = add_article(database, ORDER, checked_article(moth())).id
    new = changed(database, other, url=lighthouse()["url"])

    def update() -> None:
        with database.transaction():
            row = present(database, other).source_row
            stored.update_article(
                database, new, render_article(new), old=article(database, other), source_row=row, expected=1
            )

    with pytest.raises(Conflict):
        update()
    assert present(database, other).version == 1


def test_a_tombstone_frees_the_url_and_loses_the_terms(database, id):
    at, old = to_micros(NOON) + 5, article(database, id)
    with database.transaction():
        assert not stored.delete_article(database, old, expected=2, at=at)
        assert stored.delete_article(database, old, expected=1, at=at)
        assert not stored.delete_article(database, old, expected=2, at=at)
    assert stored.serve_version(database, id) == (2, at)
    assert stored.find_id_by_url(database, lighthouse()["url"]) is None
    assert terms(database) == set()


def test_the_longest_texts_fit_the_indexes(database):
    long = "https://lantern.example/" + "ü" * 1300
    document = another_moth(
        url=long,
        title="\U0001f98b" * 1000,
        keywords=["\U0001f98b" * 500, "k" * 500],
        creators=["é" * 500],
        identifiers=[{"scheme": "partner:x", "value": "\U0001f98b" * 1000}],
        summary="s" * 20_000,
    )
    outcome = add_article(database, ORDER, checked_article(document))
    assert stored.find_id_by_url(database, checked_article(document).content.url) == outcome.id


def test_ids_of_a_source_are_listed_in_order_behind_one(database):
    ids = sorted(add_article(database, ORDER, checked_article(another_moth())).id for _ in range(5))
    row = present(database, ids[0]).source_row
    first = "00000000-0000-0000-0000-000000000000"
    assert stored.list_ids_of_source(database, row, after=first, limit=10) == ids
    assert stored.list_ids_of_source(database, row, after=ids[1], limit=2) == ids[2:4]


@pytest.mark.parametrize(
    ("one", "other"), [("É", "e"), ("ﬁ", "fi"), ("Straße", "STRASSE"), ("  a  b ", "a b"), ("كتاب", "کتاب")]
)
def test_sort_keys_fold_what_readers_take_for_the_same(one, other):
    assert stored.sort_key(one) == stored.sort_key(other)
