"""``python -m benchmarks.million``: what reading costs with a million articles, beside the same with ten thousand.

It fills two databases with made-up articles, unless they are filled, then asks a server for an article, pages, searches
and facets, one request after the other, and prints medians, 99th percentiles and their ratios. ``--plans`` prints how
the database goes about each list.
"""

import argparse
import contextlib
import http.client
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from benchmarks.servers import fetch, running
from service.actions.bulk import run_bulk
from service.actions.transactions import Order
from service.core.bulk import Command
from service.core.keys import SYSTEM
from service.core.listings import read_listing
from service.storage.database import Database
from service.storage.facets import count_facets
from service.storage.lists import count_articles, list_articles
from service.storage.migrations import migrate_up

COMMON, RARE = "harvest", "zugzwang"
"""A word of every tenth article, and one of 12 in 100,000."""

LICENSES = [
    f"CC-{unit}-{version}" for unit in ("BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA") for version in ("4.0", "3.0")
]
LANGUAGES = ["en"] * 12 + ["de", "fr", "es", "pt", "it", "nl", "pl", "ja"]
NEWEST = datetime(2026, 6, 1, tzinfo=UTC)
DEEP = 1_000
LISTS = {
    "first page": {},
    "source and license": {"source": "source-7", "license": "CC-BY-4.0"},
    "may=commercial,adapt": {"may": "commercial,adapt"},
    "rare word": {"q": RARE},
    "common word": {"q": COMMON},
    "common word, by title": {"q": COMMON, "sort": "title"},
    "common word, may and language": {"q": COMMON, "may": "commercial,adapt", "language": "de"},
    "phrase of a common word": {"q": f'"{COMMON} season"'},
    "common word without another": {"q": f"{COMMON} -season"},
    "beginning of a word": {"q": "harv*"},
    "one facet": {"facet": "license", "limit": "1"},
    "three facets": {"facet": "source,license,language", "limit": "1"},
    "three facets of a source": {"facet": "license,language,license.unit", "source": "source-7", "limit": "1"},
    "three facets of a common word": {"facet": "source,license,language", "q": COMMON, "limit": "1"},
    "exact count of a common word": {"q": COMMON, "count": "exact", "limit": "1"},
}
_OF_PAGES = ("limit",)


def main() -> None:
    """Fill what is empty, measure both, print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.million", description="Reading at a million articles.")
    parser.add_argument("small", help="the URL of the database with fewer articles")
    parser.add_argument("large", help="the URL of the database with more of them")
    parser.add_argument("--articles", type=int, nargs=2, default=(10_000, 1_000_000), help="how many (%(default)s)")
    parser.add_argument("--requests", type=int, default=100, help="requests of each kind (%(default)s)")
    parser.add_argument("--export", action="store_true", help="stream all articles of the larger one as well")
    parser.add_argument("--plans", action="store_true", help="print the query plans of the larger one as well")
    options = parser.parse_args()
    databases = [options.small, options.large]
    for url, count in zip(databases, options.articles, strict=True):
        _fill(url, count)
    small, large = (_measure(url, options.requests) for url in databases)
    print("| what | median ms | p99 ms | of the smaller, median | p99 |\n|---|---|---|---|---|")
    for name, (median, p99) in large.items():
        ratios = f"{median / small[name][0]:.1f} | {p99 / small[name][1]:.1f}"
        print(f"| {name} | {median:.1f} | {p99:.1f} | {ratios} |")
    if options.export:
        _print_export(options.large)
    if options.plans:
        _print_plans(options.large)


def _fill(url: str, count: int) -> None:
    with closing(Database(url)) as database:
        migrate_up(database)
        row = database.fetch_one("SELECT count(*) FROM (SELECT 1 FROM article LIMIT 1) AS one")
        if row is None or row[0]:
            return
        order, started, done = Order(actor=SYSTEM, now=datetime.now(UTC)), time.monotonic(), 0
        for batch in run_bulk(database, order, _commands(count), clock=lambda: datetime.now(UTC)):
            wrong = [result for result in batch.results if result.problem]
            assert not wrong, wrong[0]
            done += len(batch.results)
            if done % 50_000 < len(batch.results):
                print(f"{done} articles, {done / (time.monotonic() - started):,.0f}/s", file=sys.stderr)
        database.execute("ANALYZE")


def _commands(count: int) -> Iterator[Command]:
    made = random.Random(7)
    syllables = [first + last for first in "bcdfghlmnprstvw" for last in ("a", "e", "i", "o", "u", "ai", "en", "or")]
    words = sorted({"".join(made.choice(syllables) for _ in range(made.randint(2, 4))) for _ in range(6_000)})
    made.shuffle(words)
    weights, total = [], 0.0
    for rank in range(len(words)):
        total += 1 / (rank + 10)
        weights.append(total)
    step = timedelta(days=6 * 365) / count
    for number in range(count):
        title = made.choices(words, cum_weights=weights, k=made.randint(8, 14))
        summary = made.choices(words, cum_weights=weights, k=30)
        if made.random() < 0.1:
            summary += [COMMON, "season" if made.random() < 0.1 else "time"]
        if made.random() < 12 / 100_000:
            title.append(RARE)
        source = f"source-{made.randrange(200)}"
        yield Command(
            line=number + 1,
            data={
                "url": f"https://{source}.example/{'-'.join(title[:5])}-{number}",
                "title": " ".join(title).capitalize(),
                "source": {"name": source, "url": f"https://{source}.example/"},
                "creators": [f"{made.choice(words)} {made.choice(words)}".title() for _ in range(made.randint(1, 3))],
                "language": made.choice(LANGUAGES),
                "published_at": (NEWEST - step * (count - number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "summary": " ".join(summary).capitalize() + ".",
                "license": made.choice(LICENSES),
            },
        )


def _measure(url: str, requests: int) -> dict[str, tuple[float, float]]:
    """Medians and 99th percentiles in milliseconds by what was asked for."""
    os.environ["CREDITLINE_DATABASE_URL"] = url
    with running("") as (port, _):
        ids = [article["id"] for article in fetch(port, "/v1/articles?limit=200&fields=id&sort=title")["data"]]
        figures = {"one article": _time(port, lambda turn: f"/v1/articles/{ids[turn % 200]}", requests)}
        for name, parameters in LISTS.items():
            path = "/v1/articles?" + "&".join(f"{key}={value}" for key, value in parameters.items())
            figures[name] = _time(port, _always(path.replace(" ", "%20").replace('"', "%22")), requests)
        figures["page 1,000"] = _time(port, _always(_deep_page(port, "/v1/articles")), requests)
        figures["page 1,000 of a common word"] = _time(
            port, _always(_deep_page(port, f"/v1/articles?q={COMMON}")), requests
        )
        return figures


def _always(path: str) -> Callable[[int], str]:
    return lambda _: path


def _deep_page(port: int, path: str) -> str:
    """The address of a page far in, or of the last one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(DEEP - 1):
        connection.request("GET", path)
        following = orjson.loads(connection.getresponse().read())["page"]["next"]
        if following is None:
            break
        path = following
    return path


def _time(port: int, path: Callable[[int], str], requests: int) -> tuple[float, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for turn in range(-3, requests):
        started = time.perf_counter()
        connection.request("GET", path(turn))
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, path(turn)
        if turn >= 0:
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]


def _print_export(url: str) -> None:
    """Stream everything and tell how fast it came and how much memory the server took at most."""
    os.environ["CREDITLINE_DATABASE_URL"] = url
    with running("") as (port, _):
        started, records = time.perf_counter(), 0
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/v1/export/articles?format=ndjson")
        answer = connection.getresponse()
        while piece := answer.read(1 << 20):
            records += piece.count(b"\n")
        seconds = time.perf_counter() - started
        peak = max(map(_peak_memory, _processes_of("wsgi:app")))
        print(f"\nExport: {records} records, {records / seconds:,.0f}/s, at most {peak:.0f} MiB in a process")


def _processes_of(app: str) -> list[str]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{name}/cmdline", "rb") as file:
            if app.encode() in file.read() and os.getppid() != int(name):
                found.append(name)
    return found


def _peak_memory(process: str) -> float:
    """In MiB."""
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))


class _Explained(Database):
    """A database that prints the plan of each statement before it runs it."""

    def execute(self, sql: str, params: Any = ()) -> Any:
        """Run a statement and return its cursor."""
        if sql.startswith("SELECT"):
            explain = "EXPLAIN QUERY PLAN " if self.is_sqlite else "EXPLAIN "
            for row in super().execute(explain + sql, params).fetchall():
                print("   ", row[-1])
            print()
        return super().execute(sql, params)


def _print_plans(url: str) -> None:
    with closing(_Explained(url)) as database:
        for name, parameters in LISTS.items():
            print(f"{name}\n")
            listing = read_listing({key: value for key, value in parameters.items() if key not in _OF_PAGES})
            list_articles(database, listing, None, 50)
            if listing.facets:
                count_facets(database, listing)
            if listing.count != "none":
                count_articles(database, listing)


if __name__ == "__main__":
    main()
