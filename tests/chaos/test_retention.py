"""Old entries are deleted while others read and write: a reader is told so, and skips nothing unawares (I4)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from service.actions.retention import prune
from service.storage.database import Database
from tests.chaos.clients import Client
from tests.chaos.conftest import Amounts
from tests.chaos.servers import Server
from tests.chaos.writers import write_in_crowd


def test_a_reader_at_the_edge_of_what_is_deleted_meets_every_entry_or_is_told_to_start_anew(
    small_server: Server, amounts: Amounts
) -> None:
    crowd = threading.Thread(
        target=write_in_crowd, args=(small_server.port,), kwargs={"writers": 3, "writes": amounts.writes // 2}
    )
    met = expired = 0
    with Client(small_server.port) as client, pruning(small_server.database_url):
        last = client.read_head()
        crowd.start()
        while crowd.is_alive() or last < client.read_head():
            answer = client.insist("GET", f"/v1/changes?after={last}&limit=3")
            if answer.status == 410:
                assert (answer.problem, answer.json["floor"] > last) == ("cursor-expired", True)
                last, expired = answer.json["floor"], expired + 1
                continue
            for entry in answer.json["data"]:
                assert entry["seq"] == last + 1, "an entry was skipped without a word"
                last, met = entry["seq"], met + 1
    crowd.join()
    assert met + expired > 0


@contextmanager
def pruning(database_url: str) -> Iterator[None]:
    """Delete every entry again and again while the block runs."""
    ended = threading.Event()

    def run() -> None:
        database = Database(database_url)
        while not ended.wait(0.01):
            prune(database, keep=timedelta(0), now=datetime.now(UTC))
        database.close()

    pruner = threading.Thread(target=run)
    pruner.start()
    try:
        yield
    finally:
        ended.set()
        pruner.join()
