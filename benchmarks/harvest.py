"""``python -m benchmarks.harvest``: an OAI-PMH harvest of many records while others write, and what it missed.

A harvester walks the whole list over HTTP, then takes what has changed since the date of the first answer, as
docs/oai.md says. Its copy must then be the database: living articles under their last titles, deleted ones as deleted.
CREDITLINE_DATABASE_URL applies, for an empty database; without it, an SQLite file of its own is made.
"""

import argparse
import http.client
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from benchmarks.servers import KEY, database_url, running
from service.actions.articles import add_article
from service.actions.transactions import Order
from service.core.keys import SYSTEM
from service.formats.schemas.articles import load_article
from service.storage.database import Database
from service.storage.migrations import migrate_up

OAI, DC = "{http://www.openarchives.org/OAI/2.0/}", "{http://purl.org/dc/elements/1.1/}"
LICENSES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-ND-3.0", "CC0-1.0", "CC-BY-2.5-BR")
CHUNK = 500
Copy = dict[str, str | None]
"""The titles of records by their ids; a deleted one has none."""


@dataclass(frozen=True, slots=True)
class Harvested:
    """What a harvest came to: its pages and records, how long it took, and the date of its first answer."""

    pages: int
    records: int
    seconds: float
    begun: str


def main() -> None:
    """Fill, harvest while others write, harvest what changed, and compare; exits with 1 where anything was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.harvest", description="A harvest among writers.")
    parser.add_argument("--articles", type=int, default=100_000, help="articles to begin with (%(default)s)")
    parser.add_argument("--writers", type=int, default=4, help="writers at once (%(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = database_url(folder)
        print(f"filling with {options.articles} articles …", file=sys.stderr)
        ids = _fill(url, options.articles)
        with running(folder) as (port, _):
            missed = _measure(port, url, ids, options.writers)
    sys.exit(1 if missed else 0)


def _measure(port: int, url: str, ids: Sequence[str], writers: int) -> int:
    """The figures of a harvest alone, of one among writers, and of what that missed."""
    print("| harvest | records | pages | seconds | records/s | changes meanwhile |\n|---|---|---|---|---|---|")
    _print("alone", _harvest(port, {}), 0)
    copy: Copy = {}
    with _Crowd(port, ids, writers) as crowd:
        whole = _harvest(port, copy)
        writes = crowd.stop()
    _print(f"among {writers} writers", whole, writes)
    before = dict(copy)
    _print("what has changed since", _harvest(port, copy, since=whole.begun), 0)
    present = _read_database(url)
    late = sum(before.get(id, "") != title for id, title in present.items())
    missed = sum(copy.get(id, "") != title for id, title in present.items())
    print(f"\n{len(present)} records in the database, {late} of them other than at first, {missed} missed")
    return missed + len(copy.keys() - present.keys())


def _print(name: str, harvested: Harvested, writes: int) -> None:
    rate = harvested.records / harvested.seconds
    print(
        f"| {name} | {harvested.records} | {harvested.pages} | {harvested.seconds:.1f} | {rate:,.0f} | {writes} |",
        flush=True,
    )


def _fill(url: str, count: int) -> list[str]:
    """Make articles without HTTP, many in each transaction."""
    database, order = Database(url, synchronous="NORMAL"), Order(actor=SYSTEM, now=datetime.now(UTC))
    migrate_up(database)
    ids: list[str] = []
    for start in range(0, count, CHUNK):
        with database.transaction():
            chunk = (load_article(_article(number), None) for number in range(start, min(start + CHUNK, count)))
            ids += [add_article(database, order, new).id for new in chunk]
    database.close()
    return ids


def _article(number: int) -> dict[str, Any]:
    source = number % 50
    return {
        "url": f"https://source-{source}.example/news/{number}",
        "title": f"Report number {number} from the harbour",
        "source": {"name": f"Source {source}", "url": f"https://source-{source}.example/"},
        "creators": [{"name": f"Reporter {number % 97}"}],
        "language": "en",
        "published_at": f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}T12:00:00Z",
        "summary": "What happened at the harbour, told in as many words as a summary has. " * 4,
        "license": LICENSES[number // 10 % 5],
    }


def _harvest(port: int, copy: Copy, since: str | None = None) -> Harvested:
    """Bring `copy` up to date with all records, or with those that have changed since a date."""
    started, pages, records, begun = time.perf_counter(), 0, 0, ""
    arguments = {"metadataPrefix": "oai_dc", **({"from": since} if since else {})}
    for page in _pages(port, arguments):
        pages += 1
        begun = begun or page.findtext(f"{OAI}responseDate") or ""
        for record in page.iter(f"{OAI}record"):
            records += 1
            id = (record.findtext(f".//{OAI}identifier") or "").rpartition(":")[2]
            copy[id] = record.findtext(f".//{DC}title")
    return Harvested(pages, records, time.perf_counter() - started, begun)


def _pages(port: int, arguments: dict[str, str]) -> Iterator[etree._Element]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while arguments:
        connection.request("GET", f"/oai?{urlencode({'verb': 'ListRecords', **arguments})}")
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        page = etree.fromstring(body)
        yield page
        token = page.findtext(f".//{OAI}resumptionToken")
        arguments = {"resumptionToken": token} if token else {}
    connection.close()


class _Crowd:
    """A crowd of processes that make, change and delete articles until they are stopped."""

    def __init__(self, port: int, ids: Sequence[str], writers: int) -> None:
        context = multiprocessing.get_context("fork")
        self._end, self._counts = context.Event(), context.SimpleQueue()
        shares = [(port, seed, ids[seed::writers], self._end, self._counts) for seed in range(writers)]
        self._processes = [context.Process(target=_write, args=share, daemon=True) for share in shares]

    def __enter__(self) -> "_Crowd":
        for process in self._processes:
            process.start()
        return self

    def stop(self) -> int:
        """End them, and tell how many changes they made."""
        self._end.set()
        return sum(self._counts.get() for _ in self._processes)

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for process in self._processes:
            process.join(30)


def _write(port: int, seed: int, ids: Sequence[str], end: Event, counts: Any) -> None:
    """Write until the end, to articles that no other writer has, and tell how many changes that made."""
    connection, chance = http.client.HTTPConnection("127.0.0.1", port, timeout=60), random.Random(seed)
    living, made = list(ids), 0
    while not end.is_set():
        made += 1
        step = chance.random()
        if step < 0.4:
            number = 10**7 * (seed + 1) + made
            living.append(_send(connection, "POST", "/v1/articles", _article(number))["id"])
        elif step < 0.9:
            change = {"title": f"Rewritten for the {made}th time by {seed}"}
            _send(connection, "PATCH", f"/v1/articles/{chance.choice(living)}", change)
        else:
            _send(connection, "DELETE", f"/v1/articles/{living.pop(chance.randrange(len(living)))}")
    counts.put(made)
    connection.close()


def _send(connection: http.client.HTTPConnection, method: str, path: str, body: Any = None) -> Any:
    """Send a write again until it is taken; the document that it is answered with."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    condition = {} if method == "POST" else {"If-Match": "*"}
    while True:
        connection.request(method, path, json.dumps(body) if body else None, {**headers, **condition})
        answer = connection.getresponse()
        document = answer.read()
        if answer.status != 503:
            assert answer.status < 300, document
            return json.loads(document or b"null")


def _read_database(url: str) -> Copy:
    """What a copy should hold."""
    database = Database(url)
    rows = database.fetch_all("SELECT id, deleted_at, document FROM article")
    database.close()
    return {str(id): None if deleted_at else json.loads(document)["title"] for id, deleted_at, document in rows}


if __name__ == "__main__":
    main()
