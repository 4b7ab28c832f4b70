"""The turns of processes to write to one SQLite file: who waits is next, where SQLite would leave it to chance.

SQLite's own way to wait is to look again after a while, and after a longer while each time. Of two busy processes one
then writes and the other sleeps. Here a process that waits stands at the line, and nobody gets past it.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from service.core.errors import Overloaded

_FIRST_PAUSE, _LONGEST_PAUSE = 0.0003, 0.002


class Gate:
    """A lock between processes on two files beside `path`, which waits `patience` seconds at most.

    Locks of a process that is killed are gone with it. Threads of one process must not use it at once.
    """

    def __init__(self, path: Path, *, patience: float) -> None:
        self._paths = (Path(f"{path}-line"), Path(f"{path}-turn"))
        self._patience = patience
        self._files: tuple[IO[str], IO[str]] | None = None

    def enter(self) -> None:
        """Wait for the turn of this process; raises Overloaded."""
        line, turn = self._open()
        deadline = time.monotonic() + self._patience
        with _held(line, deadline):
            _lock(turn, deadline)

    def leave(self) -> None:
        """Let the next one in."""
        _, turn = self._open()
        fcntl.flock(turn, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the files, which the next turn opens anew."""
        for file in self._files or ():
            file.close()
        self._files = None

    def _open(self) -> tuple[IO[str], IO[str]]:
        if self._files is None:
            line, turn = self._paths
            self._files = (line.open("w", encoding="ascii"), turn.open("w", encoding="ascii"))
        return self._files


@contextmanager
def _held(file: IO[str], deadline: float) -> Iterator[None]:
    _lock(file, deadline)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _lock(file: IO[str], deadline: float) -> None:
    pause = _FIRST_PAUSE
    while not _try_lock(file):
        if time.monotonic() > deadline:
            raise Overloaded("The database is busy; try again shortly.")
        time.sleep(pause)
        pause = min(pause * 1.2, _LONGEST_PAUSE)


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
