"""Moving what SQLite has written from its log into the database file, beside the requests and not inside one."""

import threading
from pathlib import Path
from typing import Any

import peewee

from service.core.errors import Overloaded
from service.storage.gate import Gate

PAGES = 16_000
"""So many pages of log, 64 MiB, are worth a checkpoint."""
PATIENCE = 0.5
"""Seconds that writers wait at most for readers of an older state, before the rest is left for the next time."""


class Checkpoints:
    """Keeps the log of an SQLite file short, from a thread of its own that lives as long as there is work."""

    def __init__(self, path: Path) -> None:
        self._database: Any = peewee.SqliteDatabase(str(path), timeout=PATIENCE, autoconnect=False)
        self._log = Path(f"{path}-wal")
        self._gate = Gate(path, patience=10 * PATIENCE)
        self._left = 0
        self._running = threading.Lock()

    def note_commit(self) -> None:
        """Begin a checkpoint in the background if the log has grown by so much and none is under way."""
        length = self._length()
        self._left = min(self._left, length)
        if length - self._left > PAGES and self._running.acquire(blocking=False):
            threading.Thread(target=self._run, name="checkpoint", daemon=True).start()

    def _length(self) -> int:
        """The length of the log in pages of 4 KiB."""
        try:
            return self._log.stat().st_size // 4096
        except FileNotFoundError:
            return 0

    def _run(self) -> None:
        try:
            with self._database.connection_context():
                self._copy()
        except (peewee.PeeweeException, Overloaded):
            return  # the log only stays longer
        finally:
            self._gate.close()
            self._left = self._length()
            self._running.release()

    def _copy(self) -> None:
        """Copy nearly all while others write, then the rest while they wait, so that the log begins anew.

        SQLite would have to wait for a moment when nobody writes, which under load does not come by itself.
        """
        self._checkpoint("PASSIVE")
        self._checkpoint("PASSIVE")  # what was written during the first
        self._gate.enter()
        try:
            self._checkpoint("TRUNCATE")
        finally:
            self._gate.leave()

    def _checkpoint(self, mode: str) -> None:
        self._database.execute_sql(f"PRAGMA wal_checkpoint({mode})").fetchall()
