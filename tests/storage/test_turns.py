"""Threads that write through one connection: each all or nothing, whoever shares its COMMIT."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import peewee
import pytest

from service.core.errors import Overloaded
from service.storage.turns import TOGETHER, Turns

TABLES = """
    CREATE TABLE person (id INTEGER PRIMARY KEY);
    CREATE TABLE pet (owner INTEGER REFERENCES person DEFERRABLE INITIALLY DEFERRED);
"""


class Desk:
    """A file with people and pets, and the turns to write to it."""

    def __init__(self, path: Path, patience: float = 5) -> None:
        self.commits = 0
        self.writer: Any = peewee.SqliteDatabase(
            str(path), pragmas={"journal_mode": "wal", "foreign_keys": 1}, thread_safe=False, check_same_thread=False
        )
        with self.writer.connection_context():
            self.writer.connection().executescript(TABLES)
        self.reader: Any = peewee.SqliteDatabase(str(path))
        self.turns = Turns(self.writer, patience=patience, after_commit=self.count)

    def count(self) -> None:
        self.commits += 1

    def insert(self, id: int, table: str = "person") -> None:
        with self.turns.transaction():
            self.writer.execute_sql(f"INSERT INTO {table} VALUES (?)", (id,))

    def people(self) -> list[int]:
        with self.reader.connection_context():
            return [row[0] for row in self.reader.execute_sql("SELECT id FROM person ORDER BY id").fetchall()]

    def in_one_group(self, *writes: Callable[[], None]) -> list[Future[None]]:
        """Let `writes` wait while somebody, who writes nothing in the end, has the turn; they go on in any order."""
        futures = []
        with ThreadPoolExecutor(len(writes)) as threads, suppress(LookupError), self.turns.transaction():
            for number, write in enumerate(writes, start=1):
                futures.append(threads.submit(write))
                self._wait_until_waiting(number)
            raise LookupError
        return futures

    def _wait_until_waiting(self, number: int) -> None:
        while self.turns.waiting < number:
            time.sleep(0.001)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.db")
    yield desk
    desk.turns.close()


def fail_to_insert(desk: Desk, id: int) -> None:
    with desk.turns.transaction():
        desk.writer.execute_sql("INSERT INTO person VALUES (?)", (id,))
        raise ValueError


def test_a_thread_alone_commits_at_once(desk):
    desk.insert(1)
    desk.insert(2)
    assert (desk.people(), desk.commits) == ([1, 2], 2)


def test_who_waits_shares_the_commit(desk):
    desk.in_one_group(*(lambda id=id: desk.insert(id) for id in range(5)))
    assert (desk.people(), desk.commits) == ([0, 1, 2, 3, 4], 1)


def test_a_group_is_only_so_large(desk):
    desk.in_one_group(*(lambda id=id: desk.insert(id) for id in range(TOGETHER + 1)))
    assert (len(desk.people()), desk.commits) == (TOGETHER + 1, 2)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_fails_is_undone_alone(desk, place):
    writes = [lambda: desk.insert(1), lambda: desk.insert(2)]
    writes.insert(place, lambda: fail_to_insert(desk, 9))
    futures = desk.in_one_group(*writes)
    assert isinstance(futures[place].exception(), ValueError)
    assert [future.exception() for future in futures if future is not futures[place]] == [None, None]
    assert desk.people() == [1, 2]


def test_nobody_returns_before_the_commit(desk):
    seen = []

    def insert_and_look() -> None:
        desk.insert(1)
        seen.append(desk.people())

    desk.in_one_group(insert_and_look, lambda: desk.insert(2))
    assert seen == [[1, 2]]


def test_who_fails_on_the_change_of_another_returns_when_that_can_be_seen(desk):
    seen = []

    def insert_the_same() -> None:
        try:
            desk.insert(1)
        except peewee.IntegrityError:
            seen.append(desk.people())

    desk.in_one_group(insert_the_same, insert_the_same, lambda: desk.insert(2))
    assert seen == [[1, 2]]


def test_a_commit_that_fails_fails_for_all_that_are_in_it(desk):
    futures = desk.in_one_group(lambda: desk.insert(1), lambda: desk.insert(404, table="pet"), lambda: desk.insert(2))
    assert [type(future.exception()) for future in futures] == [peewee.IntegrityError] * 3
    assert (desk.people(), desk.commits) == ([], 0)
    desk.insert(3)
    assert desk.people() == [3]


def test_a_transaction_that_sqlite_ends_by_itself_is_lost_and_said_to_be(desk):
    """Whoever was in it hears of it, and whoever comes later writes; the order in the line is not certain."""
    desk.insert(7)

    def lose() -> None:
        with desk.turns.transaction():
            desk.writer.execute_sql("INSERT OR ROLLBACK INTO person VALUES (7)")

    first, losing, last = desk.in_one_group(lambda: desk.insert(1), lose, lambda: desk.insert(2))
    assert isinstance(losing.exception(), peewee.IntegrityError | peewee.OperationalError)
    assert desk.people() == [id for id, future in ((1, first), (2, last)) if future.exception() is None] + [7]


def test_who_waits_too_long_for_a_transaction_gives_up(tmp_path):
    desk = Desk(tmp_path / "desk.db", patience=0.05)
    with ThreadPoolExecutor(1) as threads, suppress(LookupError), desk.turns.transaction():
        late = threads.submit(desk.insert, 1)
        time.sleep(0.1)
        raise LookupError
    assert isinstance(late.exception(), Overloaded)
    desk.insert(2)
    assert desk.people() == [2]
    desk.turns.close()


def test_another_process_that_writes_is_waited_for_and_then_an_error(desk, tmp_path):
    other = peewee.SqliteDatabase(str(tmp_path / "desk.db"))
    desk.writer.connect()
    desk.writer.execute_sql("PRAGMA busy_timeout = 10")
    locked = pytest.raises(peewee.OperationalError, match="locked")
    with other.connection_context(), other.atomic("IMMEDIATE"), locked:
        desk.insert(1)
    desk.insert(2)
    assert desk.people() == [2]


def test_processes_take_turns_and_lose_nothing(tmp_path):
    """Each with threads of its own; a queue between them, so that none is left to wait for long."""
    Desk(tmp_path / "desk.db")
    context = multiprocessing.get_context("spawn")
    with context.Pool(3) as pool:
        waits = pool.map(write_from_a_process, [(tmp_path / "desk.db", base) for base in (0, 1000, 2000)])
    other = peewee.SqliteDatabase(str(tmp_path / "desk.db"))
    with other.connection_context():
        assert other.execute_sql("SELECT count(*) FROM person").fetchone() == (300,)
    assert max(waits) < 5


def write_from_a_process(order: tuple[Path, int]) -> float:
    """Insert 100 people with four threads; gives the longest wait in seconds."""
    path, base = order
    writer = peewee.SqliteDatabase(str(path), thread_safe=False, check_same_thread=False)
    turns = Turns(writer, patience=5)

    def insert(id: int) -> float:
        start = time.monotonic()
        with turns.transaction():
            writer.execute_sql("INSERT INTO person VALUES (?)", (id,))
        return time.monotonic() - start

    with ThreadPoolExecutor(4) as threads:
        longest = max(threads.map(insert, range(base, base + 100)))
    turns.close()
    return longest


def test_many_threads_lose_nothing(desk):
    def write(id: int) -> bool:
        try:
            (fail_to_insert if id % 7 == 0 else Desk.insert)(desk, id)
        except ValueError:
            return False
        return True

    with ThreadPoolExecutor(16) as threads:
        kept = list(threads.map(write, range(400)))
    assert desk.people() == [id for id in range(400) if kept[id]]
    assert desk.commits <= sum(kept)
    assert threading.active_count() < 16
