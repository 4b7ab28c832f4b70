"""What a change feed must be, whoever looks at it and whenever."""

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.chaos.clients import Client

SHOWN = ("seq", "type", "id", "version")


@dataclass(frozen=True)
class Acknowledged:
    """A write whose answer a client has read: its place in the feed, and what its entry must say."""

    seq: int
    type: str
    id: str
    version: int


class Poller:
    """Follows the feed in a thread of its own while others write, and looks back whether anything came late."""

    def __init__(self, port: int) -> None:
        self.entries: list[Any] = []
        self.looks = 0
        self._port = port
        self._ended = threading.Event()
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Poller":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        if self._errors:
            raise self._errors[0]

    def _run(self) -> None:
        try:
            with Client(self._port) as client, Client(self._port) as another:
                cursor: Any = 0
                while not self._ended.is_set():
                    cursor = self._look(client, cursor)
                    self._look_back(another)
                    self.looks += 1
        except BaseException as error:
            self._errors.append(error)

    def _look(self, client: Client, cursor: Any) -> Any:
        page = client.read(f"/v1/changes?after={cursor}&limit=50&wait=1")
        last = self.entries[-1]["seq"] if self.entries else 0
        assert numbers(page["data"]) == list(range(last + 1, last + 1 + len(page["data"])))
        self.entries += page["data"]
        return page["cursor"]

    def _look_back(self, client: Client) -> None:
        """What was seen to end at a number must look the same later, to another connection too."""
        tail = self.entries[-40:]
        if tail:
            page = client.read(f"/v1/changes?after={tail[0]['seq'] - 1}&limit=200")
            assert page["data"][: len(tail)] == tail


def numbers(entries: Iterable[Any]) -> list[int]:
    """The places of entries."""
    return [entry["seq"] for entry in entries]


def require_dense(entries: Sequence[Any]) -> None:
    """Fail where the feed does not count from 1 without a hole, or a record's versions do not count by one."""
    assert numbers(entries) == list(range(1, len(entries) + 1))
    versions: dict[tuple[str, str], int] = {}
    for entry in entries:
        record = (entry["type"].partition(".")[0], entry["id"])
        assert entry["version"] == versions.get(record, 0) + 1, entry
        versions[record] = entry["version"]


def require_acknowledged(entries: Sequence[Any], acknowledged: Iterable[Acknowledged]) -> None:
    """Fail where a write that was acknowledged has another entry than its answer said, or none."""
    kept = {entry["seq"]: tuple(entry[name] for name in SHOWN) for entry in entries}
    for write in acknowledged:
        assert kept.get(write.seq) == (write.seq, write.type, write.id, write.version), write


def require_nothing_else(entries: Sequence[Any], acknowledged: Iterable[Acknowledged]) -> None:
    """Fail where the feed holds what nobody did. A source made beside its first article stands right before that."""
    places = Counter(write.seq for write in acknowledged)
    assert max(places.values(), default=1) == 1, "no two writes have one place"
    for entry in entries:
        beside = entry["type"] == "source.created" and entry["version"] == 1 and entry["seq"] + 1 in places
        assert entry["seq"] in places or beside, entry


def replay(entries: Iterable[Any]) -> dict[str, Any]:
    """The records by their addresses, as somebody has them who knows the feed alone; None for deleted ones."""
    records: dict[str, Any] = {}
    for entry in entries:
        kind = entry["type"].partition(".")[0]
        assert (entry["data"] is None) == entry["type"].endswith(("deleted", "purged")), entry
        if entry["data"] is not None:
            assert (entry["data"]["id"], entry["data"]["version"]) == (entry["id"], entry["version"])
        records[f"/v1/{kind}s/{entry['id']}"] = entry["data"]
    return records


def require_same(client: Client, records: dict[str, Any]) -> None:
    """Fail where GET gives anything else than `records`, or the list anything more or less."""
    for address, document in records.items():
        answer = client.insist("GET", address)
        assert answer.status == (410 if document is None else 200), answer
        if document is not None:
            assert answer.json == document
            assert answer.version == document["version"]
    for kind, path in (("articles", "/v1/articles?sort=id&limit=200"), ("sources", "/v1/sources?limit=200")):
        living = {key: doc for key, doc in records.items() if doc is not None and key.startswith(f"/v1/{kind}/")}
        listed = {item["links"]["self"]: item for item in client.walk(path)}
        assert listed == living
