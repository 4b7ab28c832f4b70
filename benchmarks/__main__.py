"""``python -m benchmarks``: requests a second beside a constant answer of the same stack, as ratios of one run.

Reads: R1 one article, R2 the same with If-None-Match, L1 the 50 newest of a source and license, L2 a page further in.
Writes: C1 create, U1 replace. CREDITLINE_DATABASE_URL and CREDITLINE_SQLITE_SYNCHRONOUS apply; without a database it
makes an SQLite file of its own.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from benchmarks.load import Request, Result, measure
from benchmarks.servers import KEY, fetch, running

WRITE = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
LICENSES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-ND-3.0", "CC0-1.0", "CC-BY-2.5-BR")
Operation = Callable[[int, int], list[Request]]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Throughput beside a constant answer.")
    parser.add_argument("--articles", type=int, default=5_000, help="articles to begin with (%(default)s)")
    parser.add_argument("--requests", type=int, default=2_000, help="requests an operation and round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the median counts (%(default)s)")
    parser.add_argument("--clients", type=int, default=8, help="connections at once (%(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(folder) as (port, floor):
        print(f"filling with {options.articles} articles …", file=sys.stderr)
        filled = measure(port, [_create(n) for n in range(options.articles)], options.clients)
        assert not filled.wrong, f"{filled.wrong} articles were refused"
        print("| op | requests/s | median ms | p99 ms | wrong | of the floor |\n|---|---|---|---|---|---|")
        for name, make in _operations(port).items():
            ratio, ours = _median(port, floor, make, options)
            print(f"| {name} | {ours.rate:,.0f} | {ours.median:.2f} | {ours.p99:.1f} | {ours.wrong} | {ratio:.2f} |")


def _median(port: int, floor: int, make: Operation, options: argparse.Namespace) -> tuple[float, Result]:
    """The middle round of an operation: its ratio to the floor, and its figures."""
    rounds = []
    for turn in range(options.rounds):
        requests = make(options.requests, turn)
        ours = measure(port, requests, options.clients)
        constant = [Request(item.method, "/x", item.expect, item.body, item.headers) for item in requests]
        rounds.append((ours.rate / measure(floor, constant, options.clients).rate, ours))
    return sorted(rounds, key=lambda item: item[0])[len(rounds) // 2]


def _operations(port: int) -> dict[str, Operation]:
    ids = [article["id"] for article in fetch(port, "/v1/articles?limit=200&fields=id")["data"]]
    paths = [f"/v1/articles/{id}" for id in ids]
    newest = [f"/v1/articles?source=source-{n}&license={license}" for n in range(10) for license in LICENSES]
    deep = [_deep_page(port)]
    tagged = {"If-None-Match": '"1"'}
    return {
        "R1": lambda count, _: [Request("GET", path, 200) for path in random.choices(paths, k=count)],
        "R2": lambda count, _: [Request("GET", path, 304, None, tagged) for path in random.choices(paths, k=count)],
        "L1": lambda count, _: [Request("GET", path, 200) for path in random.choices(newest, k=count)],
        "L2": lambda count, _: [Request("GET", path, 200) for path in random.choices(deep, k=count)],
        "C1": lambda count, turn: [_create(10**7 * (turn + 1) + n) for n in range(count)],
        "U1": lambda count, turn: [_replace(ids[n % len(ids)], turn * count + n) for n in range(count)],
    }


def _deep_page(port: int) -> str:
    """The page behind the first half of the articles, up to 8,000."""
    path = "/v1/articles?limit=200"
    for _ in range(40):
        following = fetch(port, path)["page"]["next"]
        if following is None:
            break
        path = following
    return path.replace("limit=200", "limit=50")


def _article(n: int) -> dict[str, Any]:
    return {
        "url": f"https://source-{n % 10}.example/news/{n}",
        "title": f"Report number {n} from the harbour",
        "source": {"name": f"Source {n % 10}", "url": f"https://source-{n % 10}.example/"},
        "creators": [{"name": f"Reporter {n % 97}"}],
        "language": "en",
        "published_at": f"{2000 + n % 25}-{1 + n % 12:02}-{1 + n % 28:02}T12:00:00Z",
        "summary": "What happened at the harbour, told in as many words as a summary has. " * 4,
        "license": LICENSES[n // 10 % 5],
        "identifiers": [{"scheme": "bench", "value": str(n)}],
    }


def _create(n: int) -> Request:
    return Request("POST", "/v1/articles", 201, json.dumps(_article(n)).encode(), WRITE)


def _replace(id: str, n: int) -> Request:
    body = {**_article(n), "url": f"https://replaced.example/{id}"}
    return Request("PUT", f"/v1/articles/{id}", 200, json.dumps(body).encode(), {**WRITE, "If-Match": "*"})


if __name__ == "__main__":
    main()
