"""The bulk of a real server: killed, left and repeated, its memory, and uploads that come in pieces."""

import http.client
import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.storage.database import Database
from tests.api import ADMIN_KEY
from tests.chaos.servers import Server, serving
from tests.engines import Postgresql, Sqlite
from tests.factories import moth

PATH = "/v1/bulk/articles"
HEADERS = {"Authorization": f"Bearer {ADMIN_KEY}", "Content-Type": "application/x-ndjson"}
LICENSES = ("CC-BY-4.0", "CC BY", "all-rights-reserved", None)
LINES = 1_700
PATIENCE = 60
_MIB = 1 << 20


def page(number: int, **members: Any) -> dict[str, Any]:
    """An article at an address of this number."""
    address, title, license = f"https://lantern.example/bulk/{number}", f"Moth number {number}", number % len(LICENSES)
    return moth(url=address, title=title, keywords=["moths"], license=LICENSES[license], **members)


def body_of(lines: int) -> bytes:
    """An upload of everything: new articles, some of them twice, some wrong, some changed and some deleted."""
    made = []
    for number in range(lines):
        address = {"url": f"https://lantern.example/bulk/{number - 7}"}
        match number % 10:
            case 3:
                made.append({"op": "update", "if_match": "*", "data": {**address, "summary": f"Line {number}."}})
            case 5 if number % 20 == 5:
                made.append({"op": "delete", "if_match": "*", "data": address})
            case 7:
                made.append(page(number, titel="wrong"))
            case 9:
                made.append(page(number - 9, section="Again"))
            case 1:
                made.append(page(number - 1))
            case _:
                made.append(page(number))
    return b"\n".join(json.dumps(line).encode() for line in made)


BODY = body_of(LINES)


def state(url: str) -> list[Any]:
    """Every article but for its id and the times of its making, with its ledger and its entries of the feed."""
    database = Database(url)
    rows = database.fetch_all("SELECT id, version, deleted_at IS NULL, document FROM article")
    made = []
    for id, version, living, document in rows:
        said = json.loads(document)
        kept = {name: said[name] for name in said.keys() - {"id", "created_at", "updated_at", "links"}}
        grants = database.fetch_all(
            "SELECT n, status, license_id FROM article_grant WHERE article_id = ? ORDER BY n", (id,)
        )
        feed = database.fetch_all("SELECT type, version FROM change WHERE record = ? ORDER BY seq", (str(id),))
        made.append((json.dumps(kept, sort_keys=True), version, bool(living), grants, feed))
    seqs = [seq for (seq,) in database.fetch_all("SELECT seq FROM change ORDER BY seq")]
    database.close()
    assert seqs == list(range(1, len(seqs) + 1))
    return sorted(made, key=lambda row: row[:3])


@pytest.fixture(scope="module")
def whole(engine: Sqlite | Postgresql, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What an upload leaves that nobody cuts."""
    with engine.database() as url, serving(url, tmp_path_factory.mktemp("whole"), workers=1) as server:
        answer = send(server, "whole")
        assert all(answer[-1]["summary"].values()), "something of each kind"
        return state(url)


@pytest.fixture(scope="module")
def server(engine: Sqlite | Postgresql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with two workers."""
    with engine.database() as url, serving(url, tmp_path_factory.mktemp("bulk"), workers=2) as running:
        yield running


def send(server: Server, key: str | None = None, body: bytes = BODY, query: str = "") -> list[dict[str, Any]]:
    """The lines of the answer, once the first request with the key is over."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        try:
            connection.request("POST", PATH + query, body, {**HEADERS, **({"Idempotency-Key": key} if key else {})})
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        if response.status == 207:
            return [json.loads(line) for line in text.splitlines()]
        assert response.status == 409, text
        assert int(response.headers["Retry-After"]) > 0
    raise AssertionError("the key stays in use")


def begin(server: Server, key: str, body: bytes = BODY, length: int | None = None) -> socket.socket:
    """A connection on which an upload has been sent, or the beginning of one of this length."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    lines = [f"{name}: {value}" for name, value in {**HEADERS, "Idempotency-Key": key}.items()]
    head = "\r\n".join([f"POST {PATH} HTTP/1.1", "Host: x", *lines, f"Content-Length: {length or len(body)}", "", ""])
    connection.sendall(head.encode() + body)
    return connection


def test_a_server_that_is_killed_has_done_whole_chunks_and_the_repetition_does_the_rest(engine, whole, tmp_path):
    with engine.database() as url:
        server = Server(url, tmp_path, workers=2)
        try:
            for _ in range(3):
                server.start()
                with begin(server, "killed") as connection:
                    assert connection.recv(100).startswith(b"HTTP/1.1 207 ")
                    server.kill()
            server.start()
            answer = send(server, "killed")
        finally:
            server.stop()
        assert [line["line"] for line in answer[:-1]] == list(range(1, LINES + 1))
        assert state(url) == whole


def test_an_upload_that_is_cut_at_any_byte_of_its_answer_ends_as_one_that_was_not(engine, whole, tmp_path):
    cuts = random.Random(7)
    with engine.database() as url, serving(url, tmp_path, workers=2) as server:
        for _ in range(10):
            with begin(server, "left") as connection:
                left = cuts.randrange(60_000)
                while left > 0 and (piece := connection.recv(min(left, 4096))):
                    left -= len(piece)
        answer = send(server, "left")
        again = send(server, "left")
        assert answer[-1]["summary"]["committed"]
        assert again == answer
        assert state(url) == whole


def test_an_upload_that_is_cut_on_its_way_in_leaves_nothing(server):
    head = database_head(server)
    for cut in (0, 1, len(BODY) // 2, len(BODY) - 1):
        with begin(server, f"in-{cut}", BODY[:cut], len(BODY)) as connection:
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(65536)
            assert answer == b"" or answer.startswith(b"HTTP/1.1 400 "), answer
    assert database_head(server) == head


def test_a_twin_waits_and_is_told_to_come_again_while_the_first_is_under_way(server):
    with begin(server, "twin") as first:  # whose client does not read
        assert first.recv(20).startswith(b"HTTP/1.1 207 ")
        answer = send(server, "twin")
    assert answer[-1]["summary"]["lines"] == LINES
    assert send(server, "twin") == answer


def test_uploads_of_the_same_articles_at_the_same_time_make_each_once(server):
    pages = [page(number, section="Twice") for number in range(900_000, 900_600)]
    answers: list[list[dict[str, Any]]] = []

    def upload(seed: int) -> None:
        shuffled = random.Random(seed).sample(pages, len(pages))
        answers.append(send(server, None, b"\n".join(json.dumps(line).encode() for line in shuffled)))

    threads = [threading.Thread(target=upload, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    summaries = [answer[-1]["summary"] for answer in answers]
    assert sum(summary["created"] for summary in summaries) == len(pages)
    assert all(summary["failed"] == 0 for summary in summaries)


def test_a_body_in_chunks_is_taken(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    pieces = iter([BODY[:1000], BODY[1000:1001], BODY[1001:5000].rpartition(b"\n")[0]])
    connection.request("POST", PATH, pieces, HEADERS, encode_chunked=True)
    response = connection.getresponse()
    lines = response.read().splitlines()
    connection.close()
    assert response.status == 207
    assert json.loads(lines[-1])["summary"]["lines"] == len(lines) - 1 > 5


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process stands in /proc")
@pytest.mark.parametrize("mode", ["each", "atomic"])
def test_memory_does_not_grow_with_the_lines(engine, tmp_path, mode):
    wrong = [json.dumps({"op": "delete", "id": f"{number:032x}", "if_match": 1}).encode() for number in range(30_000)]
    with engine.database() as url, serving(url, tmp_path, workers=1) as server:
        peaks = []
        for lines in (1_000, 30_000):
            answer = send(server, None, b"\n".join(wrong[:lines]), f"?mode={mode}")
            assert answer[-1]["summary"]["failed"] == lines
            peaks.append(peak_of(server))
    assert peaks[1] - peaks[0] < 12 * _MIB, f"{peaks[0] / _MIB:.0f} MiB, then {peaks[1] / _MIB:.0f} MiB"


def peak_of(server: Server) -> int:
    """The most memory that any process of the server has had, in bytes."""
    told = f"PORT={server.port}".encode()
    peaks = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if told in (process / "environ").read_bytes().split(b"\0"):
                (line,) = [line for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM")]
                peaks.append(int(line.split()[1]) * 1024)
        except OSError:
            continue
    return max(peaks)


def database_head(server: Server) -> int:
    """The number of the last change."""
    database = Database(server.database_url)
    row = database.fetch_one("SELECT seq FROM feed_head")
    database.close()
    assert row is not None
    return int(row[0])
