"""Whoever walks through a list while others write meets what does not change exactly once (I6)."""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.chaos.clients import Client, in_crowd
from tests.chaos.conftest import Amounts
from tests.chaos.servers import Server
from tests.factories import another_moth

STABLE = 60
RESTLESS = 4
MOST_WALKS = 50
SOURCE = {"name": "The Stable"}


@pytest.fixture(scope="module")
def stable(server: Server) -> set[str]:
    """The ids of articles that nobody touches; several share a title or a date, some have none."""
    with Client(server.port) as client:
        for number in range(STABLE):
            dated = {"published_at": f"2024-05-{number % 20 + 1:02}"} if number % 3 else {}
            document = another_moth(title=f"Stable {number % 25}", keywords=["stable"], source=SOURCE, **dated)
            assert client.insist("POST", "/v1/articles", document).status == 201
        return {item["id"] for item in client.walk("/v1/articles?source=the-stable&keyword=stable")}


@pytest.mark.parametrize("sort", ["id", "-id", "published_at", "-published_at", "title", "-created_at"])
def test_a_walk_meets_every_stable_article_exactly_once(
    server: Server, client: Client, stable: set[str], amounts: Amounts, sort: str
) -> None:
    assert len(stable) == STABLE
    with restless_writers(server) as turns:
        before = next(turns)
        for number in range(MOST_WALKS):
            if number >= amounts.walks and next(turns) > before + number + 1:
                break
            met = Counter(item["id"] for item in client.walk(f"/v1/articles?sort={sort}&limit=7&fields=id"))
            ours = client.walk(f"/v1/articles?source=the-stable&sort={sort}&limit=9")
            filtered = Counter(item["id"] for item in ours)
            for walk in (met, filtered):
                assert {id: walk[id] for id in stable} == dict.fromkeys(stable, 1)
        else:
            pytest.fail("nobody wrote meanwhile")


@contextmanager
def restless_writers(server: Server) -> Iterator[Iterator[int]]:
    """Articles come, move about in every order and go as long as the block runs; gives a counter that they share."""
    ended = threading.Event()
    turns = itertools.count(1)

    def run(seed: int) -> None:
        chance = random.Random(seed)
        with Client(server.port) as client:
            while not ended.is_set():
                made = client.insist("POST", "/v1/articles", another_moth(title=f"Restless {chance.random()}"))
                day = f"2024-05-{chance.randrange(1, 28):02}"
                place = {"title": f"Stable {chance.randrange(25)}", "published_at": day}
                place |= {"source": SOURCE} if chance.random() < 0.5 else {}
                address = made.headers["location"]
                assert client.insist("PATCH", address, place, If_Match='"1"').status == 200
                assert client.insist("DELETE", address, If_Match='"2"').status == 204
                next(turns)

    crowd = threading.Thread(target=in_crowd, args=(run, range(RESTLESS)))
    crowd.start()
    try:
        yield turns
    finally:
        ended.set()
        crowd.join()
