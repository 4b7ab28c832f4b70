"""A limit on the time of a whole exchange, which no slow trickle of bytes can stretch."""

import contextlib
import socket
import threading
import time


class Deadline:
    """Ends the connections that it watches when `seconds` are over; None is never.

    A time limit of a socket starts anew with every byte that comes, so the other side could keep us for ever.
    """

    def __init__(self, seconds: float | None) -> None:
        self._ends = None if seconds is None else time.monotonic() + seconds
        self._watched: socket.socket | None = None
        self._timer: threading.Timer | None = None

    @property
    def has_passed(self) -> bool:
        """Whether the time is over."""
        return self._ends is not None and time.monotonic() >= self._ends

    def left(self, most: float | None = None) -> float | None:
        """The seconds that are left, at least a moment and at most `most`; None is without end."""
        if self._ends is None:
            return most
        rest = max(self._ends - time.monotonic(), 0.001)
        return rest if most is None else min(rest, most)

    def watch(self, connection: socket.socket) -> None:
        """Hang up on the other side when the time is over, in whatever state the connection is by then."""
        self.release()
        rest = self.left()
        if rest is None:
            return
        # TLS takes the socket over and leaves an empty one behind: another handle on the same connection stays.
        self._watched = watched = connection.dup()
        self._timer = threading.Timer(rest, _hang_up, (watched,))
        self._timer.daemon = True
        self._timer.start()

    def release(self) -> None:
        """Watch no longer."""
        if self._timer:
            self._timer.cancel()
        if self._watched:
            self._watched.close()
        self._timer = self._watched = None


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
