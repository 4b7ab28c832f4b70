"""Writing to SQLite by turns: the threads of a process share one connection, and who waits joins the transaction.

SQLite has one writer. Its own way to wait is to poll, and every COMMIT costs the same whether it holds one change or
ten. So a thread that is done hands the open transaction on to the next one in line, and the last commits for all of
them. Nobody returns before the COMMIT that his change is in.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from service.core.errors import Overloaded
from service.storage.gate import Gate

TOGETHER = 16
"""So many changes may share a transaction; then other processes get their turn."""


class _Group:
    """A transaction and the changes in it, which are committed or lost together."""

    def __init__(self) -> None:
        self.size = 0
        self.error: Exception | None = None
        self.ended = threading.Event()

    def end(self, error: Exception | None = None) -> None:
        self.error = error
        self.ended.set()

    def wait(self) -> None:
        """Wait for the COMMIT; raises what it failed with."""
        self.ended.wait()
        if self.error:
            raise self.error


class Turns:
    """The turns of a process's threads to write through the one connection of `database`.

    A thread waits `patience` seconds at most for a transaction of its own; `after_commit` is called behind each COMMIT.
    ``waiting`` says how many threads are in line.
    """

    def __init__(
        self, database: peewee.SqliteDatabase, *, patience: float, after_commit: Callable[[], None] = lambda: None
    ) -> None:
        self._database: Any = database
        self._patience = patience
        self._after_commit = after_commit
        self._gate = Gate(Path(str(database.database)), patience=patience)
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self.waiting = 0
        self._owner: int | None = None
        self._group: _Group | None = None

    @property
    def is_mine(self) -> bool:
        """Whether it is this thread's turn."""
        return self._owner == threading.get_ident()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what happens inside is committed when this ends, and undone alone on any exception.

        Who fails waits for the COMMIT too: what he failed on may be the change of another one in it.
        """
        self._wait_for_turn()
        group = None
        try:
            group = self._join()
            with self._undone_alone(group):
                yield
            group.size += 1
        finally:
            self._hand_on()
            if group:
                group.wait()

    def close(self) -> None:
        """Close the connection, unless somebody is about to write; the next transaction opens it anew."""
        with self._turn:
            if self._group is None:
                self._database.close()
                self._gate.close()

    def _wait_for_turn(self) -> None:
        deadline = time.monotonic() + self._patience
        with self._count:
            self.waiting += 1
        self._turn.acquire()
        with self._count:
            self.waiting -= 1
        self._owner = threading.get_ident()
        if self._group is None and time.monotonic() > deadline:
            self._hand_on()
            raise Overloaded("The database is busy; try again shortly.")

    def _join(self) -> _Group:
        """The open transaction, or a new one."""
        if self._group is None:
            self._begin()
            self._group = _Group()
        return self._group

    def _begin(self) -> None:
        self._database.connect(reuse_if_open=True)
        self._gate.enter()
        try:
            self._run("BEGIN IMMEDIATE")
        except BaseException:
            self._gate.leave()
            raise

    @contextmanager
    def _undone_alone(self, group: _Group) -> Iterator[None]:
        """Keep the changes of others where those inside are undone."""
        if not group.size:
            yield
            return
        self._run("SAVEPOINT turn")
        try:
            yield
        except BaseException:
            if self._is_open:
                self._run("ROLLBACK TO turn")
            raise
        finally:
            if self._is_open:
                self._run("RELEASE turn")

    def _hand_on(self) -> None:
        """Give the turn to the next thread: with the open transaction, unless it is time to end it."""
        group = self._group
        if group and (not self._is_open or not group.size or not self.waiting or group.size >= TOGETHER):
            self._group = None
            self._end(group)
        self._owner = None
        self._turn.release()

    def _end(self, group: _Group) -> None:
        error = None
        try:
            if group.size:
                error = self._commit()
            else:
                self._roll_back()
        finally:
            self._gate.leave()
            group.end(error)
        if group.size and error is None:
            self._after_commit()

    def _commit(self) -> Exception | None:
        """End the transaction; returns what went wrong, a transaction that is gone included."""
        try:
            self._run("COMMIT")
        except Exception as error:
            self._roll_back()
            return error
        return None

    def _roll_back(self) -> None:
        if self._is_open:
            self._run("ROLLBACK")

    @property
    def _is_open(self) -> bool:
        """Whether there is a transaction still: SQLite ends it by itself where the disk is full or fails."""
        return bool(self._database.connection().in_transaction)

    def _run(self, sql: str) -> None:
        self._database.execute_sql(sql)
