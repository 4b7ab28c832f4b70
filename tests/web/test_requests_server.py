"""Requests that a real server reads before the application does: headers about the address, and long addresses."""

import json
from collections.abc import Iterator

import pytest

from tests.engines import Postgresql, Sqlite
from tests.factories import another_moth
from tests.servers import Server, serve

LIST = "/v1/articles?limit=1&creator[ne]="


@pytest.fixture(scope="module")
def server(engine: Sqlite | Postgresql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with two articles."""
    log = tmp_path_factory.mktemp("requests") / "server.log"
    with engine.database() as url, serve(url, workers=1, log=log, CREDITLINE_SQLITE_SYNCHRONOUS="NORMAL") as running:
        for _ in range(2):
            assert running.send("POST", "/v1/articles", another_moth())[0] == 201
        yield running


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "script_name", "Script-Name", "PATH_INFO", "Path-Info"])
@pytest.mark.parametrize("value", ["/evil", "/v1", "/v1/articles", "", "%00"])
def test_no_header_moves_the_application_or_its_paths(server, name, value):
    status, headers, body = server.send("GET", "/v1/articles?limit=1", headers={name: value})
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body)["page"]["next"].startswith("/v1/articles?")


def test_the_address_of_the_next_page_is_never_too_long_for_the_server(server):
    status, headers, body = server.send("GET", LIST + "x" * 8100)
    problem = json.loads(body)
    assert (status, headers["Content-Type"]) == (414, "application/problem+json")
    assert problem["type"] == "/v1/problems/uri-too-long"
    spare = problem["limit"] - len("limit=1&creator%5Bne%5D=")
    longest = LIST + "x" * spare
    status, headers, body = server.send("GET", longest)
    assert status == 200
    assert server.send("GET", json.loads(body)["page"]["next"])[0] == 200
    _, headers, _ = server.send("GET", longest, headers={"Accept": "application/x-ndjson"})
    following = headers["Link"].partition(">")[0].removeprefix("<")
    assert "format=ndjson" in following
    assert server.send("HEAD", following)[0] == 200
    assert server.send("GET", f"{longest}x")[0] == 414


def test_every_order_leaves_room_for_its_cursor(server):
    for sort in ("id", "title", "-title", "updated_at", "relevance"):
        query = f"{LIST}{'x' * 8080}&sort={sort}&q=moth"
        problem = json.loads(server.send("GET", query)[2])
        cut = len(query) + len("%5B%5D") - len("[]") - len("/v1/articles?") - problem["limit"]
        status, _, body = server.send("GET", f"{LIST}{'x' * (8080 - cut)}&sort={sort}&q=moth")
        assert status == 200
        assert server.send("GET", json.loads(body)["page"]["next"])[0] == 200
