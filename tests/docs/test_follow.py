"""The example client ends with what the server has, whatever happens meanwhile to either of them."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.actions.retention import prune
from service.storage.database import Database
from tests.chaos.clients import Client
from tests.chaos.servers import Server, serving
from tests.chaos.writers import write_in_crowd
from tests.engines import ENGINES

FOLLOW = Path(__file__).parents[2] / "docs" / "examples" / "follow.py"
PATIENCE = 60


@pytest.fixture(scope="module", params=ENGINES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a database of its own."""
    with (
        request.getfixturevalue(request.param).database() as url,
        serving(url, tmp_path_factory.mktemp("followed"), workers=1) as running,
    ):
        yield running
        running.kill()  # an orderly end would wait for the polls of examples that are gone


def test_the_example_keeps_a_complete_copy_while_others_write(server: Server, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    write_in_crowd(server.port, writers=4, writes=60)
    crowd = threading.Thread(target=write_in_crowd, args=(server.port,), kwargs={"writers": 4, "writes": 60})
    crowd.start()
    with following(server, copy):
        wait_for(copy.exists)
    crowd.join()
    write_in_crowd(server.port, writers=2, writes=20)
    with following(server, copy):
        wait_for_equality(server, copy)
        write_in_crowd(server.port, writers=2, writes=20)
        wait_for_equality(server, copy)


def test_the_example_starts_anew_where_the_feed_no_longer_reaches_back(server: Server, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    write_in_crowd(server.port, writers=2, writes=20)
    with following(server, copy):
        wait_for_equality(server, copy)
    write_in_crowd(server.port, writers=2, writes=20)
    forget_the_feed(server.database_url)
    with following(server, copy):
        wait_for_equality(server, copy)


def test_the_example_starts_anew_where_its_place_is_ahead_of_the_feed(server: Server, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    write_in_crowd(server.port, writers=2, writes=20)
    copy.write_text(json.dumps({"cursor": "1000000", "articles": {"strange": {"id": "strange"}}}), "utf-8")
    with following(server, copy):
        wait_for_equality(server, copy)


@contextmanager
def following(server: Server, copy: Path) -> Iterator[None]:
    """The example, running in a process of its own; it must not have ended by itself."""
    process = subprocess.Popen([sys.executable, str(FOLLOW), server.address, str(copy)], stderr=subprocess.PIPE)
    try:
        yield
        assert process.poll() is None, process.communicate()[1]
    finally:
        process.kill()
        process.communicate()


def wait_for_equality(server: Server, copy: Path) -> None:
    """Wait until the copy has reached the head of the feed, and compare it with the server."""
    with Client(server.port) as client:
        head = str(client.read_head())
        cursor = client.read(f"/v1/changes?after={head}")["cursor"]
        wait_for(lambda: copy.exists() and place_of(copy) in (head, cursor))
        kept: dict[str, Any] = json.loads(copy.read_text("utf-8"))["articles"]
        assert kept == {item["id"]: item for item in client.walk("/v1/articles?sort=id&limit=50")}


def wait_for(condition: Any) -> None:
    """Look until `condition` holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the example does not get there"
        time.sleep(0.05)


def place_of(copy: Path) -> str:
    """The cursor in the copy."""
    return str(json.loads(copy.read_text("utf-8"))["cursor"])


def forget_the_feed(database_url: str) -> None:
    """Delete every entry that there is, as `creditline prune` does in ninety days."""
    database = Database(database_url)
    changes, _ = prune(database, keep=timedelta(0), now=datetime.now(UTC) + timedelta(seconds=1))
    database.close()
    assert changes > 0
