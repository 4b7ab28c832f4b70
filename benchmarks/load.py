"""A client in processes of its own: kept connections, each sending its share of requests as fast as it gets answers."""

import http.client
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """One request to send, and the status that its answer must have."""

    method: str
    path: str
    expect: int
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """Requests a second over all clients, latencies in milliseconds, and how many answers were wrong."""

    rate: float
    median: float
    p99: float
    wrong: int


def measure(port: int, requests: Sequence[Request], clients: int) -> Result:
    """Send `requests`, split among `clients` processes, and time them."""
    shares = [(port, requests[index::clients]) for index in range(clients)]
    with multiprocessing.get_context("fork").Pool(clients) as pool:
        started = time.perf_counter()
        parts = pool.map(_send, shares, chunksize=1)
        seconds = time.perf_counter() - started
    times = sorted(taken for share, _ in parts for taken in share)
    return Result(len(times) / seconds, _at(times, 0.5), _at(times, 0.99), sum(wrong for _, wrong in parts))


def _send(share: tuple[int, Sequence[Request]]) -> tuple[list[float], int]:
    port, requests = share
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, wrong = [], 0
    for request in requests:
        started = time.perf_counter()
        connection.request(request.method, request.path, request.body, request.headers)
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - started) * 1000)
        wrong += answer.status != request.expect
    connection.close()
    return times, wrong


def _at(times: Sequence[float], part: float) -> float:
    return times[min(len(times) - 1, int(len(times) * part))]
