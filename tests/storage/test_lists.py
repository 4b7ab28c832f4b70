"""Lists walk an index by keyset: each stable article once, whatever else happens."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.actions.articles import add_article
from service.actions.removals import delete_article
from service.core.listings import Listing, read_listing
from service.storage.articles import find_article
from service.storage.database import Database
from service.storage.lists import count_articles, list_articles
from tests.factories import NOON, ORDER, another_moth, checked_article

ORDERS = [
    (sort, descending)
    for sort in ("published_at", "updated_at", "created_at", "title", "id")
    for descending in (True, False)
]


def add(database: Database, now: datetime = NOON, **members: object) -> str:
    return add_article(database, replace(ORDER, now=now), checked_article(another_moth(**members))).id


def delete(database: Database, id: str) -> None:
    present = find_article(database, id)
    assert present is not None
    delete_article(database, ORDER, id, present)


def walk(database: Database, listing: Listing, limit: int, between=lambda: None) -> list[bytes]:
    """The documents of a list, page by page."""
    documents, position = list_articles(database, listing, None, limit)
    while position is not None:
        between()
        page, position = list_articles(database, listing, position, limit)
        assert len(page) <= limit
        documents += page
    return documents


def ids(documents: list[bytes]) -> list[str]:
    return [bytes(document)[7:43].decode() for document in documents]


@pytest.mark.parametrize(("sort", "descending"), ORDERS)
def test_pages_of_any_size_make_the_same_list(database, sort, descending):
    for published in ("2024", "2024-01-01", None, "0001", "9999-12-31T23:59:59.999999Z", None, "1969-12-31", "2024"):
        add(database, published_at=published, title=f"Title of {published}")
    listing = Listing(sort=sort, descending=descending)
    whole, more = list_articles(database, listing, None, 100)
    assert more is None
    assert len(set(ids(whole))) == 8
    for limit in range(1, 9):
        assert walk(database, listing, limit) == whole


@pytest.mark.parametrize("descending", [True, False])
def test_undated_articles_come_last(database, descending):
    dated = [add(database, published_at=date) for date in ("1999", "2005-06")]
    undated = add(database)
    found = ids(walk(database, Listing(descending=descending), 1))
    assert found == [*(reversed(dated) if descending else dated), undated]


def test_a_page_that_is_just_full_has_no_next(database):
    for _ in range(4):
        add(database)
    assert list_articles(database, Listing(), None, 4)[1] is None
    assert list_articles(database, Listing(), None, 3)[1] is not None


def test_tombstones_are_left_out(database):
    kept, gone = add(database), add(database)
    delete(database, gone)
    assert ids(walk(database, Listing(), 1)) == [kept]


@pytest.mark.parametrize(("sort", "descending"), ORDERS)
@settings(max_examples=5)
@given(data=st.data())
def test_a_stable_article_is_met_exactly_once_while_others_are_written(database, sort, descending, data):
    dates = st.none() | st.sampled_from(["2024", "2024-05", "2024-05-04", "1970"])
    stable = {add(database, published_at=data.draw(dates)) for _ in range(6)}
    passing: list[str] = []

    def meddle() -> None:
        if len(passing) < 40:
            passing.append(add(database, published_at=data.draw(dates)))
        if len(passing) % 2:
            delete(database, passing[-1])

    met = ids(walk(database, Listing(sort=sort, descending=descending), data.draw(st.integers(1, 4)), meddle))
    assert all(met.count(id) == 1 for id in stable)


LICENSES = ["CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0", "CC0-1.0", "all-rights-reserved", None]


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", ["published_at", "title"])
@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        ("republish", {"CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0", "CC0-1.0"}),
        ("commercial", {"CC-BY-4.0", "CC-BY-ND-4.0", "CC0-1.0"}),
        ("adapt", {"CC-BY-4.0", "CC-BY-NC-4.0", "CC0-1.0"}),
        ("adapt,commercial", {"CC-BY-4.0", "CC0-1.0"}),
    ],
)
def test_what_may_be_done_is_listed_in_the_same_order_as_everything(database, words, allowed, sort, descending):
    dates = ["2024-05-01", None, "2023", "2024-05-01"]
    expected = {
        add(database, license=license, published_at=date, title=f"{license} {date}"): license
        for date in dates
        for license in LICENSES
    }
    order = f"{'-' if descending else ''}{sort}"
    everything = ids(walk(database, read_listing({"sort": order}), 200))
    listing = read_listing({"may": words, "sort": order})
    wanted = [id for id in everything if expected[id] in allowed]
    for limit in (1, 3, 200):
        assert ids(walk(database, listing, limit)) == wanted
    assert count_articles(database, replace(listing, count="exact")) == (len(wanted), "eq")


def test_what_may_be_done_is_not_sure_once_a_license_is_due(database):
    ends = add(database, license={"id": "CC-BY-4.0", "end": "2026-04-01"})
    stays = add(database, license="CC-BY-4.0")
    on = {
        day: set(ids(walk(database, read_listing({"may": "adapt"}, today=date.fromisoformat(day)), 10)))
        for day in ("2026-04-01", "2026-04-02")
    }
    assert on == {"2026-04-01": {ends, stays}, "2026-04-02": {stays}}


def test_alternatives_count_one_by_one_and_not_together(database):
    add(database, license=["CC-BY-NC-4.0", "CC-BY-ND-4.0"])
    found = {words: len(walk(database, read_listing({"may": words}), 10)) for words in ("commercial", "adapt")}
    assert found == {"commercial": 1, "adapt": 1}
    assert walk(database, read_listing({"may": "commercial,adapt"}), 10) == []
