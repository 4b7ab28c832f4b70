"""Waiting for a change: one poll at a time in a process, and no longer than it takes."""

import threading
import time

from tests.chaos.clients import Answer, Client
from tests.chaos.servers import Server
from tests.factories import another_moth

WAIT = 5


class Poll(threading.Thread):
    """A poll that waits in a thread, with its answer and how long that took."""

    def __init__(self, port: int, after: int) -> None:
        super().__init__()
        self._request = (port, after)
        self.answer: Answer | None = None
        self.seconds = 0.0

    def run(self) -> None:
        port, after = self._request
        with Client(port) as client:
            began = time.monotonic()
            self.answer = client.send("GET", f"/v1/changes?after={after}&wait={WAIT}")
            self.seconds = time.monotonic() - began


def test_a_waiting_poll_is_answered_once_there_is_a_change_and_a_second_one_at_once(small_server: Server) -> None:
    with Client(small_server.port) as client:
        head = client.read_head()
        waiting = Poll(small_server.port, head)
        waiting.start()
        time.sleep(0.5)
        began = time.monotonic()
        second = client.read(f"/v1/changes?after={head}&wait={WAIT}")
        assert time.monotonic() - began < WAIT - 2
        assert (second["data"], second["head"], second["has_more"]) == ([], head, False)
        assert waiting.is_alive(), "the first poll still waits"
        made = client.insist("POST", "/v1/articles", another_moth())
        waiting.join()
    assert waiting.answer is not None
    assert waiting.seconds < WAIT, "it did not wait to the end"
    assert waiting.answer.json["data"][-1]["seq"] <= (made.seq or 0)
    assert waiting.answer.json["data"][0]["seq"] == head + 1


def test_a_poll_without_a_change_ends_with_nothing_new_and_leaves_the_place_to_the_next(small_server: Server) -> None:
    with Client(small_server.port) as client:
        cursor = client.read(f"/v1/changes?after={client.read_head()}")["cursor"]
        for _ in range(2):
            began = time.monotonic()
            page = client.read(f"/v1/changes?after={cursor}&wait=1")
            assert time.monotonic() - began > 0.9
            assert (page["data"], page["cursor"]) == ([], cursor)
