"""A client over plain HTTP that checks what every answer must have, and crowds of them."""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from tests.api import ADMIN_KEY

PATIENCE = 60
T = TypeVar("T")
R = TypeVar("R")


class Lost(Exception):
    """The connection broke before the answer came: the request had its effect, or had not."""


@dataclass(frozen=True)
class Answer:
    """An answer as it came; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes

    @cached_property
    def json(self) -> Any:
        """The document in the body."""
        return json.loads(self.body)

    @property
    def version(self) -> int:
        """The version that the ETag names."""
        return int(self.headers["etag"].strip('"'))

    @property
    def seq(self) -> int | None:
        """The place in the change feed, where the write made an entry."""
        return int(self.headers["feed-seq"]) if "feed-seq" in self.headers else None

    @property
    def problem(self) -> str | None:
        """The slug of the problem."""
        return str(self.json["type"]).rpartition("/")[2] if self.status >= 400 else None


class Client:
    """One connection to a server, kept open; not for several threads at once."""

    def __init__(self, port: int, *, key: str | None = ADMIN_KEY) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._key = key

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def send(self, method: str, path: str, document: Any = None, **headers: str) -> Answer:
        """Send a request (keyword arguments are headers); raises Lost where no answer comes."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._key:
            given.setdefault("Authorization", f"Bearer {self._key}")
        body = None if document is None else json.dumps(document).encode()
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        try:
            self._connection.request(method, path, body, given)
            response = self._connection.getresponse()
            headers_of = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(response.status, headers_of, response.read())
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Lost(str(error)) from error
        check_answer(answer)
        return answer

    def insist(self, method: str, path: str, document: Any = None, **headers: str) -> Answer:
        """Send a request again while the service asks for patience (503, or a key that is in use)."""
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self.send(method, path, document, **headers)
            if answer.status != 503 and answer.problem != "idempotency-key-in-use":
                return answer
            assert time.monotonic() < deadline, answer
            time.sleep(0.1)

    def read(self, path: str) -> Any:
        """The document at `path`."""
        answer = self.insist("GET", path)
        assert answer.status == 200, answer
        return answer.json

    def walk(self, path: str) -> list[Any]:
        """The items of a list, page by page."""
        items: list[Any] = []
        following: str | None = path
        while following:
            page = self.read(following)
            items += page["data"]
            following = page["page"]["next"]
        return items

    def read_head(self) -> int:
        """The number of the last entry of the change feed, as a snapshot begins with it."""
        return int(self.insist("GET", "/v1/articles?sort=id&limit=1").headers["feed-seq"])

    def read_feed(self, after: int = 0) -> list[Any]:
        """All entries of the change feed behind a number."""
        entries: list[Any] = []
        cursor: Any = after
        more = True
        while more:
            page = self.read(f"/v1/changes?after={cursor}&limit=200")
            entries += page["data"]
            cursor, more = page["cursor"], page["has_more"]
        return entries


def check_answer(answer: Answer) -> None:
    """Fail where an answer is a fault of the service, or lacks what every answer of the application has."""
    assert answer.status < 500 or answer.status == 503, answer
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,64}", answer.headers["request-id"]), answer
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.status < 400:
        return
    assert answer.headers["content-type"] == "application/problem+json", answer
    if answer.body:
        assert answer.json["status"] == answer.status
        assert answer.json["type"].startswith("/v1/problems/")
        assert {"title", "detail", "request_id"} <= answer.json.keys()
    if answer.status == 503:
        assert int(answer.headers["retry-after"]) > 0


def in_crowd(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Do `work` on every item at the same time, a thread for each, all let go at once; the first error is raised."""
    given = list(items)
    gate = threading.Barrier(len(given))

    def start(item: T) -> R:
        gate.wait(PATIENCE)
        return work(item)

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(start, given))
