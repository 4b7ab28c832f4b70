"""An article that is offered under several licenses is listed, counted and found by each of them."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from service.actions.articles import add_article, replace_article
from service.actions.removals import delete_article, purge_article
from service.actions.words import stream_reindexing
from service.core.listings import read_listing
from service.storage.articles import find_article
from service.storage.database import Database
from service.storage.facets import count_facets
from service.storage.lists import count_articles, list_articles
from tests.factories import NOON, ORDER, another_moth, checked_article

ADMIN = replace(ORDER, actor=replace(ORDER.actor, scopes=frozenset({"admin"})))
BY, SA, NC, OLD, ZERO = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-3.0", "CC0-1.0"
TERMS = {"url": "https://moth.example/terms"}
OFFERS: list[tuple[Any, set[str]]] = [
    (BY, {BY, "by"}),
    ([NC, BY], {NC, BY, "by-nc", "by"}),
    ([BY, OLD], {BY, OLD, "by"}),
    ([NC, SA, BY], {NC, SA, BY, "by-nc", "by-sa", "by"}),
    ([TERMS, BY, OLD], {BY, OLD, "by"}),
    ([TERMS, {"url": "https://moth.example/others"}], set()),
    ({"status": "disputed", "candidates": [BY, NC]}, set()),
    (ZERO, {ZERO, "zero"}),
    (["CC BY", BY], {BY, "by"}),
    ([SA, "CC BY"], {SA, "by-sa", "by"}),
    ("CC BY", {"by"}),
    (None, set()),
]
"""What articles are offered under, with the licenses and units that each is found by."""

IDS, UNITS = {BY, SA, NC, OLD, ZERO}, {"by", "by-sa", "by-nc", "zero"}
SORTS = ("-published_at", "published_at", "title", "-updated_at", "id", "relevance")


@pytest.fixture
def shelf(database):
    return database, {add(database, at, offer): (at, licenses) for at, (offer, licenses) in enumerate(OFFERS)}


def add(database: Database, at: int, license: Any) -> str:
    order = replace(ORDER, now=NOON + timedelta(seconds=at))
    published = ["2024-01-02", "2023", None][at % 3]
    article = another_moth(title=f"Moth {at % 4}", published_at=published, license=license, creators=["Ines"])
    return add_article(database, order, checked_article(article)).id


def found(database: Database, limit: int = 100, **parameters: str) -> list[str]:
    """The ids of a list, walked in pages of `limit`."""
    listing, ids, position = read_listing(parameters), [], None
    while True:
        documents, position = list_articles(database, listing, position, limit)
        ids += [bytes(document)[7:43].decode() for document in documents]
        if position is None:
            return ids


def counted(database: Database, **parameters: str) -> int:
    number, relation = count_articles(database, read_listing({**parameters, "count": "exact"}))
    assert relation == "eq"
    return number


@pytest.mark.parametrize("beside", [{}, {"creator": "Ines"}, {"q": "moth"}, {"q": "-lamp"}, {"source[ne]": "nobody"}])
@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"license": BY}, lambda held: BY in held),
        ({"license": OLD}, lambda held: OLD in held),
        ({"license": ZERO}, lambda held: ZERO in held),
        ({"license[in]": f"{OLD},{NC}"}, lambda held: bool(held & {OLD, NC})),
        ({"license[in]": f"{BY},{OLD}"}, lambda held: bool(held & {BY, OLD})),
        ({"license[ne]": BY}, lambda held: BY not in held),
        ({"license[exists]": "true"}, lambda held: bool(held & IDS)),
        ({"license[exists]": "false"}, lambda held: not held & IDS),
        ({"license.unit": "by"}, lambda held: "by" in held),
        ({"license.unit[ne]": "by"}, lambda held: "by" not in held),
        ({"license": BY, "license.unit": "by-nc"}, lambda held: {BY, "by-nc"} <= held),
    ],
)
def test_each_license_is_found(shelf, wanted, fits, beside):
    database, held = shelf
    right = {id for id, (_, licenses) in held.items() if fits(licenses)}
    for sort in SORTS:
        whole = found(database, sort=sort, **wanted, **beside)
        everything = found(database, sort=sort, **beside)
        assert whole == [id for id in everything if id in right]
        for limit in (1, 2, 3):
            assert found(database, limit, sort=sort, **wanted, **beside) == whole
    assert counted(database, **wanted, **beside) == len(right)


@pytest.mark.parametrize("beside", [{}, {"creator": "Ines"}, {"q": "moth"}, {"license": BY}])
def test_each_license_is_counted(shelf, beside):
    database, held = shelf
    rows = [held[id][1] for id in found(database, **beside)]
    facets = count_facets(database, read_listing({"facet": "license,license.unit,source", **beside}))
    for facet, values in (("license", IDS), ("license.unit", UNITS)):
        assert dict(facets[facet].buckets) == Counter(value for licenses in rows for value in licenses & values)
        assert facets[facet].missing == sum(not licenses & values for licenses in rows)
    assert sum(count for _, count in facets["source"].buckets) == len(rows)


def test_what_is_no_longer_offered_is_not_found(database):
    changed, deleted, purged = (add(database, at, [NC, BY, SA]) for at in range(3))
    for id, action in ((deleted, delete_article), (purged, purge_article)):
        present = find_article(database, id)
        assert present is not None
        action(database, ADMIN, id, present)
    present = find_article(database, changed)
    assert present is not None
    moth = another_moth(license=[NC, SA], creators=["Ines"])
    replace_article(database, replace(ORDER, now=NOON + timedelta(days=2)), changed, present, checked_article(moth))
    assert found(database, license=BY) == []
    assert found(database, license=SA) == found(database, license=NC) == [changed]
    rows = database.fetch_all("SELECT DISTINCT article_id FROM article_term WHERE field IN ('license', 'license.unit')")
    assert [str(row[0]) for row in rows] == [changed]


def test_an_index_that_is_made_anew_has_each_license(database):
    id = add(database, 0, [NC, BY])
    for _ in range(2):
        assert found(database, license=BY) == [id]
        database.execute("DELETE FROM article_term WHERE field IN ('license', 'license.unit')")
        assert found(database, license=BY) == []
        assert list(stream_reindexing(database)) == [1]
