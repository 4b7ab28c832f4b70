"""What a request may do: where to, how long, how much."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.delivery.addresses import is_public
from service.delivery.errors import TimedOut, Unreachable

MEBIBYTE = 1024 * 1024


def resolve_host(host: str, port: int, seconds: float | None) -> Sequence[str]:
    """The addresses of a host in the order of the system's preference.

    Raises Unreachable where it has none, and TimedOut where none is known after `seconds`: the system's own patience
    can be much longer, and cannot be set.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(address[0]) for *_, address in found])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimedOut(f"The address of {host} was not found in time; try again later.") from None
    if isinstance(answer, Exception):
        raise Unreachable(f"There is no host {host}; check the address.") from answer
    return list(dict.fromkeys(answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a request may do.

    `permits` says which addresses may be connected to. `seconds` are for the whole, redirects included, `patience` for
    each single wait; None is without end. `max_bytes` counts the body of an answer once it is unpacked. `redirects` are
    followed for GET and HEAD alone. `ca_file` has the certificates of those to be trusted, instead of the system's.
    `resolve` tells the addresses of a host.
    """

    permits: Callable[[str], bool] = is_public
    seconds: float | None = 60
    patience: float = 15
    max_bytes: int | None = 32 * MEBIBYTE
    redirects: int = 5
    ca_file: str | None = None
    resolve: Callable[[str, int, float | None], Sequence[str]] = resolve_host
