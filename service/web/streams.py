"""Answers in pieces: what must be done behind the last one, and how long a client may take for each."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress

from flask import request

PATIENCE = 60
"""Seconds that a client may take for a piece; one that stops reading must not keep others from what it holds."""


def ended(first: bytes, pieces: Iterator[bytes], end: Callable[[], None]) -> Iterator[bytes]:
    """The pieces, with `end` behind the last one, whatever becomes of them."""
    try:
        if first:
            yield first
        yield from pieces
    finally:
        end()


def once(*steps: Callable[[], object]) -> Callable[[], None]:
    """A function that takes the steps, the last one first, and none of them twice."""
    left = list(steps)

    def end() -> None:
        while left:
            left.pop()()

    return end


def limit_patience() -> Callable[[], None]:
    """Limit how long the server (gunicorn) waits for a client that does not read, and return how to undo that."""
    connection: socket.socket | None = request.environ.get("gunicorn.socket")
    if connection is None:
        return lambda: None
    before = connection.gettimeout()
    connection.settimeout(PATIENCE)

    def restore() -> None:
        with suppress(OSError):  # closed by now
            connection.settimeout(before)

    return restore
