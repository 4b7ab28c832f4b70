"""``python -m benchmarks.bulk [FILE]``: records a second through the bulk and ``creditline import``, beside the driver.

The driver alone inserts the same rows, in the same chunks.

FILE has a record on each line, gzip or not: articles as the bulk takes them, or objects with title, authors, source,
published, url, language and license. Without one the records are made up. CREDITLINE_DATABASE_URL names a database that
may be emptied; without it an SQLite file is made.
"""

import argparse
import contextlib
import gzip
import http.client
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.servers import KEY, running
from service.core.dates import PartialDate
from service.core.errors import InvalidValue
from service.core.search import words_of
from service.formats.documents.articles import read_article
from service.storage.database import Database

CHUNK = 500
FEW = 1_000
HEADERS = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-ndjson"}
LICENSES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-ND-3.0", "CC0-1.0", None)
_OF_ARTICLES = ("article_term", "article_version", "article_grant", "article_words")
Rows = list[tuple[Any, ...]]
Chunk = list[tuple[str, tuple[str, ...], Rows]]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk", description="The bulk beside the driver alone.")
    parser.add_argument("file", nargs="?", help="records, a line each")
    parser.add_argument("--records", type=int, default=20_000, help="how many, where they are made up (%(default)s)")
    options = parser.parse_args()
    lines = _read(options.file) if options.file else [_dump(_article(n)) for n in range(options.records)]
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.setdefault("CREDITLINE_DATABASE_URL", f"sqlite:///{folder}/benchmark.db")
        os.environ.setdefault("WEB_CONCURRENCY", "1")
        with running(folder) as (port, _):
            _empty(url)
            few = _upload(port, lines[:FEW])[1]
        _empty(url)
        with running(folder) as (port, _):
            first, peak = _upload(port, lines)
            again, _ = _upload(port, lines)
        articles, chunks = _rows(url)
        _empty(url)
        floor = articles / _insert(url, chunks)
        commands = _measure_commands(url, folder, lines)
        _empty(url)
    print("| what | records | seconds | records/s | of the floor |\n|---|---|---|---|---|")
    print(f"| the driver alone | {articles:,} | {articles / floor:.2f} | {floor:,.0f} | 1 |")
    print(_row("POST, created", first["created"], first["seconds"], floor))
    print(_row("POST, unchanged", again["lines"], again["seconds"], floor))
    for what, (seconds, _, _) in commands.items():
        print(_row(what, articles, seconds, floor))
    print(f"\nrefused: {first['failed']:,}; peak memory in MiB at {FEW:,} lines and at {len(lines):,}:")
    print(
        f"a worker {few} and {peak}"
        + "".join(f", {what} {low} and {high}" for what, (_, low, high) in commands.items())
    )


def _row(what: str, records: int, seconds: float, floor: float) -> str:
    return f"| {what} | {records:,} | {seconds:.2f} | {records / seconds:,.0f} | {records / seconds / floor:.2f} |"


def _measure_commands(url: str, folder: str, lines: list[bytes]) -> dict[str, tuple[float, int, int]]:
    """The seconds of ``creditline import``, and its peak memory in MiB at a few lines and at all of them."""
    few, all = Path(folder) / "few.ndjson", Path(folder) / "all.ndjson"
    few.write_bytes(b"\n".join(lines[:FEW]))
    all.write_bytes(b"\n".join(lines))
    _empty(url)
    low = _import(few)[1]
    _empty(url)
    straight = _import(all)
    _empty(url)
    with running(folder) as (port, _):
        server = ("--url", f"http://127.0.0.1:{port}", "--key", KEY)
        low_by_server = _import(few, *server)[1]
        _empty(url)
        by_server = _import(all, *server)
    return {
        "import": (straight[0], low, straight[1]),
        "import --url": (by_server[0], low_by_server, by_server[1]),
    }


def _import(path: Path, *options: str) -> tuple[float, int]:
    """The seconds that the command takes, and the most memory that it has in MiB."""
    creditline = str(Path(sys.executable).with_name("creditline"))
    started, peak = time.perf_counter(), 0
    process = subprocess.Popen(
        [creditline, "import", str(path), *options],
        cwd=path.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        peak = max(peak, _peak_of(Path(f"/proc/{process.pid}")))
        time.sleep(0.02)
    if process.returncode not in (0, 1):
        raise SystemExit("the import could not be done")
    return time.perf_counter() - started, peak


def _upload(port: int, lines: Iterable[bytes]) -> tuple[dict[str, Any], int]:
    """The summary with the seconds that it took, and the most memory that a process of the server has had in MiB."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    started = time.perf_counter()
    connection.request("POST", "/v1/bulk/articles", b"\n".join(lines), HEADERS)
    answer = connection.getresponse().read().splitlines()
    seconds = time.perf_counter() - started
    connection.close()
    return {**json.loads(answer[-1])["summary"], "seconds": seconds}, _peak(port)


def _peak(port: int) -> int:
    peaks = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"PORT={port}".encode() in (process / "environ").read_bytes().split(b"\0"):
                peaks.append(_peak_of(process))
    return max(peaks, default=0)


def _peak_of(process: Path) -> int:
    """The most memory that a process has had so far, in MiB."""
    with contextlib.suppress(OSError):
        status = (process / "status").read_text().splitlines()
        return next((int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")), 0)
    return 0


def _rows(url: str) -> tuple[int, list[Chunk]]:
    """How many articles there are, and all rows of the database in chunks of these with what belongs to them."""
    database = Database(url)
    try:
        columns, articles = _table(database, "article")
        places = {row[columns.index("id")]: row[columns.index("place")] for row in articles}
        beside = {name: _by_article(database, name, places) for name in _OF_ARTICLES}
        feed_columns, feed = _table(database, "change")
        chunks = []
        for start in range(0, len(articles), CHUNK):
            some = articles[start : start + CHUNK]
            ids = [row[columns.index("id")] for row in some]
            chunk = [("source", *_table(database, "source"))] if not start else []
            chunk.append(("article", columns, some))
            chunk += [
                (name, names, [row for id in ids for row in rows.get(id, [])]) for name, (names, rows) in beside.items()
            ]
            last = start + CHUNK >= len(articles)
            chunk.append(("change", feed_columns, feed[start:] if last else feed[start : start + CHUNK]))
            chunks.append(chunk)
        return len(articles), chunks
    finally:
        database.close()


def _table(database: Database, name: str) -> tuple[tuple[str, ...], Rows]:
    cursor = database.execute(f'SELECT * FROM "{name}"')
    return tuple(column[0] for column in cursor.description), cursor.fetchall()


def _by_article(database: Database, name: str, places: dict[Any, int]) -> tuple[tuple[str, ...], dict[Any, Rows]]:
    if name == "article_words" and database.is_sqlite:  # an index without content
        documents = database.fetch_all("SELECT id, document FROM article WHERE place IS NOT NULL")
        cut = {id: words_of(read_article(document).content) for id, document in documents}
        texts = {id: [(places[id], " ".join(words.title), " ".join(words.rest))] for id, words in cut.items()}
        return ("rowid", "title", "rest"), texts
    columns, rows = _table(database, name)
    grouped: dict[Any, Rows] = {}
    for row in rows:
        grouped.setdefault(row[columns.index("article_id")], []).append(row)
    return columns, grouped


def _insert(url: str, chunks: list[Chunk]) -> float:
    """The seconds that the driver takes to insert all rows, a transaction for each chunk."""
    with contextlib.closing(_connect(url)) as connection:
        mark = "%s" if isinstance(connection, psycopg.Connection) else "?"
        started = time.perf_counter()
        for chunk in chunks:
            connection.execute("BEGIN")
            for table, columns, rows in chunk:
                names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join([mark] * len(columns))
                if rows:
                    connection.cursor().executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
            connection.execute("COMMIT")
        return time.perf_counter() - started


def _connect(url: str) -> Any:
    if not url.startswith("sqlite"):
        return psycopg.connect(url, autocommit=True)
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("synchronous = FULL", "foreign_keys = 1", "cache_size = -16384", "wal_autocheckpoint = 64000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _empty(url: str) -> None:
    """Take every record out of the database."""
    database = Database(url)
    with database.transaction():
        for name in ("change", *_OF_ARTICLES, "article", "source", "stored_answer"):
            if name == "article_words" and database.is_sqlite:
                database.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
            else:
                database.execute(f'DELETE FROM "{name}"')
        database.execute("UPDATE feed_head SET seq = 0, floor = 0")
    if database.is_sqlite:
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        with contextlib.closing(_connect(url)) as connection:
            connection.execute("VACUUM FULL ANALYZE")
    database.close()


def _read(path: str) -> list[bytes]:
    opened: Any = gzip.open if path.endswith(".gz") else open
    with opened(path, "rb") as file:
        return [_dump(_mapped(json.loads(line))) for line in file if line.strip()]


def _mapped(record: dict[str, Any]) -> dict[str, Any]:
    """A record as the bulk takes it."""
    if "authors" not in record:
        return record
    names = {"title": "title", "url": "url", "language": "language", "license": "license", "authors": "creators"}
    article = {ours: record[theirs] for theirs, ours in names.items() if record.get(theirs)}
    date = str(record.get("published") or "").replace(" ", "T", 1)
    with contextlib.suppress(InvalidValue):
        PartialDate.parse(date)
        article["published_at"] = date
    return {**article, "source": {"name": record.get("source") or "Unknown"}}


def _article(n: int) -> dict[str, Any]:
    return {
        "url": f"https://source-{n % 100}.example/news/{n}",
        "title": f"Report number {n} from the harbour",
        "source": {"name": f"Source {n % 100}"},
        "creators": [f"Reporter {n % 97}"],
        "language": "en",
        "published_at": f"{2000 + n % 25}-{1 + n % 12:02}-{1 + n % 28:02}",
        "license": LICENSES[n % len(LICENSES)],
    }


def _dump(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


if __name__ == "__main__":
    main()
