"""Of many clients that want the same thing at once, exactly one gets it: with real workers, on both databases."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import orjson
import pytest

from service.storage.database import Database
from tests.engines import Postgresql, Sqlite
from tests.factories import another_moth, lantern
from tests.servers import Server, serve

ROUNDS = int(os.environ.get("RACE_ROUNDS", "4"))
CLIENTS = 10

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def race_url(engine: Sqlite | Postgresql) -> Iterator[str]:
    """The database behind the server."""
    with engine.database() as url:
        yield url


@pytest.fixture(scope="module")
def server(race_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two workers, for all races of this module."""
    log: Path = tmp_path_factory.mktemp("server") / "log"
    with serve(race_url, workers=2, log=log) as running:
        yield running


@pytest.fixture
def records(race_url: str) -> Iterator[Database]:
    """The database, as it is after the races."""
    database = Database(race_url)
    yield database
    database.close()


def race(run: Callable[[int], Answer]) -> list[Answer]:
    """The answers to ten clients that start together."""
    start = Barrier(CLIENTS)

    def client(number: int) -> Answer:
        start.wait(30)
        return run(number)

    with ThreadPoolExecutor(CLIENTS) as clients:
        return list(clients.map(client, range(CLIENTS)))


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(status for status, _, _ in answers)


def make(server: Server, path: str, document: Any) -> dict[str, Any]:
    status, _, body = server.send("POST", path, document)
    assert status == 201, body
    made: dict[str, Any] = orjson.loads(body)
    return made


@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_of_ten_writers_with_one_etag_exactly_one_wins(server, method, round_):
    made = make(server, "/v1/articles", another_moth())
    path = made["links"]["self"]
    read = orjson.loads(server.send("GET", path)[2])

    def write(number: int) -> Answer:
        body = {"PUT": {**read, "title": f"Title {number}"}, "PATCH": {"title": f"Title {number}"}, "DELETE": None}
        return server.send(method, path, body[method], {"If-Match": '"1"'})

    answers = race(write)
    if method == "DELETE":
        assert statuses(answers)[204] == 1
        assert set(statuses(answers)) <= {204, 410, 412}
        return
    assert statuses(answers) == {200: 1, 412: 9}
    for status, headers, body in answers:
        assert headers["ETag"] == '"2"'
        if status == 412:
            assert orjson.loads(body)["current_version"] == 2
    winner = next(body for status, _, body in answers if status == 200)
    assert server.send("GET", path)[2] == winner


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_ten_creators_of_one_url_exactly_one_wins(server, round_):
    spellings = ["", "?utm_source=feed", "#top", "?fbclid=1", "?"]
    article = another_moth()

    def create(number: int) -> Answer:
        url = article["url"].replace("lantern", "LANTERN") + spellings[number % len(spellings)]
        return server.send("POST", "/v1/articles", {**article, "url": url, "title": f"Moth of client {number}"})

    answers = race(create)
    assert statuses(answers) == {201: 1, 409: 9}
    location = next(headers["Location"] for status, headers, _ in answers if status == 201)
    problems = [orjson.loads(body) for status, _, body in answers if status == 409]
    assert {problem["type"] for problem in problems} == {"/v1/problems/conflict"}
    assert {problem["conflicting_url"] for problem in problems} == {location}


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_ten_articles_of_one_new_source_make_it_once(server, records, round_):
    name = {"name": f"Bureau {another_moth()['title']}"}
    answers = race(lambda number: server.send("POST", "/v1/articles", another_moth(source=name)))
    assert statuses(answers) == {201: 10}, answers
    slugs = {orjson.loads(body)["source"]["id"] for _, _, body in answers}
    assert len(slugs) == 1
    assert records.fetch_one('SELECT count(*) FROM "change" WHERE record = ?', tuple(slugs)) == (1,)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_ten_restorers_of_a_tombstone_exactly_one_wins(server, round_):
    path = make(server, "/v1/articles", another_moth())["links"]["self"]
    assert server.send("DELETE", path, None, {"If-Match": "*"})[0] == 204
    answers = race(lambda number: server.send("PUT", path, another_moth(), {"If-None-Match": "*"}))
    assert statuses(answers) == {201: 1, 412: 9}


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_ten_makers_of_one_slug_exactly_one_wins(server, round_):
    source = lantern(name=f"Herald of {another_moth()['title']}", url=None)
    slug = f"herald-{another_moth()['title'].split()[-1]}"
    answers = race(lambda number: server.send("PUT", f"/v1/sources/{slug}", source, {"If-None-Match": "*"}))
    assert statuses(answers)[201] == 1
    assert set(statuses(answers)) <= {201, 409, 412}


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_equal_idempotency_keys_at_once_have_one_effect_and_equal_bytes(server, records, round_):
    article, before = another_moth(), articles_in(records)
    headers = {"Idempotency-Key": f"race-{article['title']}".replace(" ", "-")}
    answers = race(lambda number: server.send("POST", "/v1/articles", article, headers))
    assert statuses(answers) == {201: 10}
    assert len({body for _, _, body in answers}) == 1
    assert len({headers["Feed-Seq"] for _, headers, _ in answers}) == 1
    assert Counter(headers.get("Idempotency-Replayed") for _, headers, _ in answers) == {"true": 9, None: 1}
    assert articles_in(records) == before + 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_equal_idempotency_keys_on_a_patch_have_one_effect_and_equal_bytes(server, round_):
    made = make(server, "/v1/articles", another_moth())
    headers = {"Idempotency-Key": made["id"], "If-Match": '"1"'}
    answers = race(lambda number: server.send("PATCH", made["links"]["self"], {"title": "Once"}, headers))
    assert statuses(answers) == {200: 10}
    assert {headers["ETag"] for _, headers, _ in answers} == {'"2"'}
    assert len({body for _, _, body in answers}) == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_an_article_and_the_deletion_of_its_source_do_not_miss_each_other(server, round_):
    source = make(server, "/v1/sources", {"name": f"Fading {another_moth()['title']}"})

    def run(number: int) -> Answer:
        if number % 2:
            return server.send("DELETE", source["links"]["self"], None, {"If-Match": '"1"'})
        return server.send("POST", "/v1/articles", another_moth(source=source["id"]))

    found = statuses(race(run))
    if found[204]:
        assert found[201] == 0
        assert set(found) <= {204, 410, 412, 422}
    else:
        assert found == {201: 5, 409: 5}


def test_the_change_feed_has_no_holes_after_all_that(server, records):
    numbers = [row[0] for row in records.fetch_all('SELECT seq FROM "change" ORDER BY seq')]
    assert numbers == list(range(1, len(numbers) + 1))
    assert records.fetch_one("SELECT seq FROM feed_head") == (len(numbers),)
    versions = records.fetch_all(
        "SELECT a.id, a.version, count(c.seq) FROM article a "
        'JOIN "change" c ON c.record = CAST(a.id AS TEXT) GROUP BY a.id, a.version'
    )
    assert versions
    assert all(version == entries for _, version, entries in versions)


def articles_in(database: Database) -> int:
    row = database.fetch_one("SELECT count(*) FROM article")
    assert row is not None
    return int(row[0])
