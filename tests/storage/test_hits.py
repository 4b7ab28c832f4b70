"""What a search meets is the same on both databases, in the same order, however it is paged and filtered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.actions.articles import add_article, replace_article
from service.actions.bulk import run_bulk
from service.actions.removals import delete_article, purge_article
from service.actions.words import are_words_current, stream_reindexing
from service.core.bulk import Command
from service.core.listings import Listing, read_listing
from service.core.search import Phrase, Search, read_search, words_of
from service.formats.documents.articles import read_article
from service.storage import hits
from service.storage.articles import find_article, find_documents
from service.storage.database import Database
from service.storage.facets import count_facets
from service.storage.lists import count_articles, list_articles
from service.storage.words import set_words_revision
from tests.factories import NOON, ORDER, another_moth, checked_article

ADMIN = replace(ORDER, actor=replace(ORDER.actor, scopes=frozenset({"admin"})))
WORDS = [
    "moth",
    "moths",
    "lamp",
    "red",
    "新聞社",
    "新聞",
    "社",
    "كتاب",
    "کتاب",
    "می\u200cخواهم",
    "État",
    "etat",
    "don't",
]
QUERIES = [
    *WORDS, "mot*", "-lamp", "moth -lamp", '"red moth"', '"moth red"', "red moth", "新", "聞社", "خواهم", "میخواهم",
    "ETAT -moth*", '-"red moth"', "lamp -red -moth", "-a -b", "!!!", "nothing", "moth moth", '"新聞 社"', "e*", "don t",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
DATES = st.sampled_from([None, "2024", "2024-01-01", "2024-01-01T00:00:30Z", "2023-06", "1969-12-31", "0001"])


def add(database: Database, at: int = 0, **members: object) -> str:
    order = replace(ORDER, now=NOON + timedelta(seconds=at))
    return add_article(database, order, checked_article(another_moth(**members))).id


def found(database: Database, limit: int = 100, **parameters: str) -> list[str]:
    """The ids of a list, walked in pages of `limit`."""
    listing, ids, position = read_listing(parameters), [], None
    while True:
        documents, position = list_articles(database, listing, position, limit)
        ids += [bytes(document)[7:43].decode() for document in documents]
        if position is None:
            return ids


def meets(words: tuple[str, ...], phrase: Phrase) -> bool:
    *first, last = phrase.words
    for at in range(len(words) - len(first)):
        word = words[at + len(first)]
        if list(words[at : at + len(first)]) == first and (word == last or (phrase.is_open and word.startswith(last))):
            return True
    return False


def expected(database: Database, search: Search) -> list[str]:
    """What should be found, by looking at every article: hits in the title first, then the newest."""
    rows = []
    for id, published, document in database.fetch_all(
        "SELECT id, published_at, document FROM article WHERE deleted_at IS NULL"
    ):
        words = words_of(read_article(document).content)
        met = [any(meets(words.title, phrase) for phrase in term) for term in search.wanted]
        anywhere = [
            any(meets(words.title, phrase) or meets(words.rest, phrase) for phrase in term) for term in search.wanted
        ]
        unwanted = any(
            meets(words.title, phrase) or meets(words.rest, phrase) for term in search.unwanted for phrase in term
        )
        if all(anywhere) and not unwanted and not search.is_wordless:
            rows.append((bool(search.wanted) and all(met), published, str(id)))
    return [id for _, _, id in sorted(rows, reverse=True)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_search_finds_what_a_look_at_every_article_finds(database, data):
    for at in range(data.draw(st.integers(1, 12))):
        add(database, at, title=data.draw(TEXTS), summary=data.draw(st.none() | TEXTS), published_at=data.draw(DATES))
    for query in QUERIES:
        search = read_search(query)
        assert search is not None
        wanted = expected(database, search)
        assert found(database, q=query) == wanted
        assert found(database, data.draw(st.integers(1, 4)), q=query) == wanted
        listing = read_listing({"q": query, "count": "exact", "facet": "source"})
        assert count_articles(database, listing) == (len(wanted), "eq")
        assert sum(count for _, count in count_facets(database, listing)["source"].buckets) == len(wanted)


@pytest.fixture(scope="module")
def few():
    """So many articles are few, so that a handful takes every road."""
    return 3


@pytest.fixture
def shelf(database, few, monkeypatch):
    monkeypatch.setattr(hits, "FEW", few)
    for at in range(12):
        add(
            database,
            at,
            title=f"Moth {at}" if at % 3 else f"Lamp {at}",
            summary="A moth in the summary." if at % 2 else "Nothing.",
            published_at=["2024-01-01", "2023", None][at % 3],
            license="CC-BY-4.0" if at < 9 else "CC-BY-NC-4.0",
            language="en" if at < 10 else "fa",
            creators=["Ines"] if at == 4 else [],
        )
    return database


@pytest.mark.parametrize(
    "filters",
    [
        {"license": "CC-BY-4.0"},
        {"license": "CC-BY-NC-4.0"},
        {"language": "fa"},
        {"may": "commercial"},
        {"may": "adapt", "language": "en"},
        {"creator": "ines"},
        {"published_at": "2024"},
        {"published_at[exists]": "false"},
        {"title[prefix]": "moth"},
    ],
)
@pytest.mark.parametrize(
    "sort", ["relevance", "-published_at", "published_at", "title", "-updated_at", "created_at", "-id"]
)
def test_filters_and_orders_go_with_a_search(shelf, filters, sort):
    filtered = found(shelf, sort=sort.replace("relevance", "-published_at"), **filters)
    for query in ("moth", "lamp -moth", "-moth", "summary", "!!"):
        searched = found(shelf, q=query)
        for limit in (1, 2, 5, 100):
            both = found(shelf, limit, q=query, sort=sort, **filters)
            assert set(both) == set(searched) & set(filtered)
            order = searched if sort == "relevance" else filtered
            assert both == [id for id in order if id in set(both)]


def test_what_is_written_is_searched_at_once(database):
    id = add(database, title="Red moth", summary="By a lamp.", published_at="2024")

    def write(**members: object) -> None:
        present = find_article(database, id)
        assert present is not None
        url = read_article(present.document).content.url
        replace_article(database, ORDER, id, present, checked_article(another_moth(url=url, **members)))

    write(title="Blue moth", published_at="2024")
    assert (found(database, q="red"), found(database, q="lamp"), found(database, q="blue")) == ([], [], [id])
    write(title="Blue moth", published_at="2023-05")
    assert found(database, q="blue") == [id]
    write(title="Blue moth")
    assert found(database, q="blue") == [id]
    present = find_article(database, id)
    assert present is not None
    delete_article(database, ORDER, id, present)
    assert found(database, q="blue") == []
    write(title="Green moth")
    assert (found(database, q="blue"), found(database, q="green")) == ([], [id])
    present = find_article(database, id)
    assert present is not None
    purge_article(database, ADMIN, id, present)
    assert found(database, q="green") == []


def test_an_index_of_another_revision_is_made_anew(database):
    ids = [add(database, at, title=f"Moth {at}", published_at=f"2024-01-{at + 1:02}") for at in range(3)]
    delete = find_article(database, ids[1])
    assert delete is not None
    delete_article(database, ORDER, ids[1], delete)
    set_words_revision(database, 0)
    assert not are_words_current(database)
    assert list(stream_reindexing(database)) == [2]
    assert are_words_current(database)
    assert found(database, q="moth") == [ids[2], ids[0]]


def test_articles_of_one_minute_are_listed_by_id(database):
    ids = [add(database, at, title="Moth", published_at="2024-01-01") for at in range(7)]
    assert found(database, 2, q="moth") == sorted(ids, reverse=True)


def test_a_search_goes_on_behind_an_article_that_is_deleted_while_a_page_is_read(database, monkeypatch):
    """On SQLite places are read first, then documents; on PostgreSQL all is one statement, and nothing is deleted."""
    ids = [add(database, at, title="Moth") for at in range(10)]
    deleted: list[str] = []

    def delete_and_find(database: Database, wanted: list[str]) -> dict[str, bytes]:
        if not deleted:
            deleted.append(wanted[2])
            present = find_article(database, wanted[2])
            assert present is not None
            delete_article(database, ORDER, wanted[2], present)
        return find_documents(database, wanted)

    monkeypatch.setattr(hits, "find_documents", delete_and_find)
    assert set(found(database, 4, q="moth")) == set(ids) - set(deleted)
    assert len(deleted) == database.is_sqlite


def test_any_number_of_articles_without_a_day_is_made_at_once(database):
    commands = [Command(line=at, data=another_moth(title=f"Moth {at}")) for at in range(1_100)]
    results = [result for batch in run_bulk(database, ORDER, commands, clock=lambda: NOON) for result in batch.results]
    assert {result.effect for result in results} == {"created"}
    assert found(database, q="moth") == sorted((result.id for result in results), reverse=True)


def test_a_long_word_is_found(database):
    id = add(database, title="x" * 900, summary="y" * 5000)
    assert found(database, q="x" * 250) == [id]
    assert found(database, q="y" * 250) == [id]


def test_a_summary_of_the_greatest_length_is_found_by_its_end(database):
    id = add(database, title="語", summary=("語の本 " * 3800)[:15_000] + " 終了")
    assert found(database, q="本語") == []
    assert found(database, q="語の本") == [id]


def test_a_listing_without_a_search_has_no_relevance():
    assert read_listing({"sort": "relevance"}) == Listing(query=read_listing({}).query)
