"""Holding an Idempotency-Key for longer than a transaction: until let go, or until the process that holds it is gone.

PostgreSQL has locks of a session for this. For SQLite it is a lock on one byte of a file beside the database, which
the key's hash picks; between the threads of a process, which such locks do not part, a set of places does.
"""

import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

from service.core.errors import KeyInUse, Problem
from service.storage.answers import WAIT_SECONDS, Claim
from service.storage.database import Database

_PAUSE = 0.02


@contextmanager
def hold_key(database: Database, claim: Claim) -> Iterator[None]:
    """Hold the key of a claim, so that its twin waits; raises KeyInUse after two seconds."""
    place = _place(claim)
    deadline = time.monotonic() + WAIT_SECONDS
    while not _try_hold(database, place):
        if time.monotonic() > deadline:
            raise KeyInUse("The first request with this Idempotency-Key is still being answered.")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _let_go(database, place)


def _place(claim: Claim) -> int:
    """62 bits that stand for a key of its owner."""
    digest = hashlib.sha256(f"{claim.owner}\n{claim.key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 2


def _try_hold(database: Database, place: int) -> bool:
    if database.is_sqlite:
        return _locks_of(str(database.peewee.database)).try_hold(place)
    row = database.fetch_one("SELECT pg_try_advisory_lock(?)", (place,))
    return row is not None and bool(row[0])


def _let_go(database: Database, place: int) -> None:
    if database.is_sqlite:
        _locks_of(str(database.peewee.database)).let_go(place)
        return
    with suppress(Problem):  # with the connection its locks are gone
        database.execute("SELECT pg_advisory_unlock(?)", (place,))


@cache
def _locks_of(path: str) -> "_Places":
    return _Places(f"{path}-keys")


class _Places:
    """The places of a file that this process holds. The file is open while there are any."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._held: set[int] = set()
        self._file = -1

    def try_hold(self, place: int) -> bool:
        """Hold a place, unless another thread or process has it."""
        with self._mutex:
            if place in self._held:
                return False
            if not self._held:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            if self._lock(place):
                self._held.add(place)
                return True
            self._close_unused()
            return False

    def let_go(self, place: int) -> None:
        """Let the next one have a place."""
        with self._mutex:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
            self._held.discard(place)
            self._close_unused()

    def _lock(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return False
        return True

    def _close_unused(self) -> None:
        if not self._held:
            os.close(self._file)
            self._file = -1
