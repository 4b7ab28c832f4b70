"""The export of a real server: its memory, writers beside it, and clients that leave."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from service.formats.documents.articles import read_article, render_article
from service.storage.articles import insert_article
from service.storage.database import Database
from tests.api import ADMIN_KEY
from tests.engines import Postgresql, Sqlite
from tests.factories import another_moth
from tests.servers import Server, serve

PATH = "/v1/export/articles"
MANY = 20_000
PATIENCE = 30
KEY = {"Authorization": f"Bearer {ADMIN_KEY}"}
_MIB = 1 << 20
_ALLOWED = {True: 24 * _MIB, False: 6 * _MIB}
"""What a worker may grow by: SQLite keeps up to 16 MiB of pages for each thread, and both have a page of articles."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A server, the URL of its database, and the ids of the articles in it."""

    server: Server
    url: str
    ids: frozenset[str]


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the memory of a process stands in /proc"
)


@pytest.fixture(scope="module")
def filled(engine: Sqlite | Postgresql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A server with a single worker and many articles."""
    with engine.database() as url:
        log = tmp_path_factory.mktemp("export") / "server.log"
        with serve(url, workers=1, log=log, CREDITLINE_SQLITE_SYNCHRONOUS="NORMAL") as server:
            made = json.loads(server.send("POST", "/v1/articles", another_moth(summary="s" * 1600))[2])
            yield Filled(server=server, url=url, ids=frozenset({made["id"], *fill(url, made["id"])}))


def fill(url: str, first: str) -> list[str]:
    """The ids of many articles of 3 KB, which are put beside the `first` and are like it."""
    database = Database(url, synchronous="NORMAL")
    (row,) = database.fetch_all("SELECT document, source_id FROM article")
    plain, ids = read_article(row[0]), [f"{first[:24]}{number:012x}" for number in range(1, MANY)]
    with database.transaction():
        for id in ids:
            content = replace(plain.content, url=f"https://lantern.example/many/{id}")
            article = replace(plain, id=id, content=content)
            insert_article(database, article, render_article(article), source_row=row[1])
    database.close()
    return ids


def worker_of(server: Server) -> int:
    """The process that answers: of those that were started for the port, the one that another of them started."""
    ours = {int(path.name) for path in Path("/proc").glob("[0-9]*") if _was_told(path, f"PORT={server.port}")}
    (worker,) = [pid for pid in ours if _read_status(pid, "PPid") in ours]
    return worker


def peak_of(pid: int) -> int:
    """The most memory that a process has had, in bytes."""
    return _read_status(pid, "VmHWM") * 1024


def _was_told(process: Path, setting: str) -> bool:
    with suppress(OSError):
        return setting.encode() in (process / "environ").read_bytes().split(b"\0")
    return False


def _read_status(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def stream(server: Server, query: str = "", piece: int = 1 << 20) -> Iterator[bytes]:
    """An export in pieces of a real connection, each read when it is asked for."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", f"{PATH}{query}", headers=KEY)
        response = connection.getresponse()
        assert (response.status, response.getheader("Transfer-Encoding")) == (200, "chunked")
        while received := response.read(piece):
            yield received
    finally:
        connection.close()


def insist(server: Server, query: str = "") -> bytes:
    """The export, once the process has made room for it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        status, headers, body = server.send("GET", f"{PATH}{query}")
        if status == 200:
            return body
        assert (status, int(headers["Retry-After"]) > 0) == (503, True)
        time.sleep(0.05)
    raise AssertionError("there was no room for an export")


@needs_proc
@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_memory_does_not_grow_with_the_number_of_articles(filled, engine, form):
    server, worker, allowed = filled.server, worker_of(filled.server), _ALLOWED[isinstance(engine, Sqlite)]
    insist(server, f"?source=nobody&format={form}")
    before, size, lines = peak_of(worker), 0, 0
    for piece in stream(server, f"?format={form}"):
        size += len(piece)
        lines += piece.count(b"\n")
    grown = peak_of(worker) - before
    assert lines >= len(filled.ids)
    assert size > 1.4 * allowed, "the export is more than what a worker may keep"
    assert grown < allowed, f"{grown / _MIB:.1f} MiB for {size / _MIB:.0f} MiB"


def test_writers_beside_it_take_no_article_from_it(filled):
    server, ids = filled.server, filled.ids
    stable, done = set(sorted(ids)[: MANY // 2]), threading.Event()
    others = sorted(ids - stable)
    answers: list[int] = []

    def write() -> None:
        for place, id in enumerate(others):
            if done.is_set():
                return
            method, body = [("PATCH", {"title": f"Title {place}"}), ("DELETE", None)][place % 2]
            answers.append(server.send(method, f"/v1/articles/{id}", body, {"If-Match": "*"})[0])
            answers.append(server.send("POST", "/v1/articles", another_moth())[0])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        met = [json.loads(line)["id"] for line in b"".join(stream(server, "?fields=id", 4096)).splitlines()]
    finally:
        done.set()
        writer.join()
    assert set(answers) == {200, 201, 204}
    assert sorted(id for id in met if id in stable) == sorted(stable)
    assert len(met) == len(set(met))


def test_a_second_export_is_told_to_wait_and_one_whose_client_left_makes_room(filled):
    server = filled.server
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        request = f"GET {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: {KEY['Authorization']}\r\n\r\n"
        connection.sendall(request.encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 200 ")
        status, headers, body = server.send("GET", PATH)
        assert (status, json.loads(body)["type"]) == (503, "/v1/problems/overloaded")
        assert int(headers["Retry-After"]) > 0
        assert server.send("GET", "/v1/articles")[0] == 200, "other requests go on"
    assert insist(server, "?source=nobody") == b""


def test_an_export_that_fails_on_its_way_is_cut(filled):
    server, ids = filled.server, filled.ids
    database = Database(filled.url)
    database.execute("UPDATE article SET document = ? WHERE id = ?", (b"[]", max(ids)))
    database.close()
    with pytest.raises(http.client.IncompleteRead):
        b"".join(stream(server, "?format=csv&sort=id&id[lte]=" + max(ids)))
    assert server.send("GET", "/readyz")[0] == 200
    assert insist(server, "?source=nobody") == b""
