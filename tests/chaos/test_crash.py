"""``kill -9`` in the middle of writing: what was acknowledged stays, what was lost can be repeated (I3, I4, I5)."""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.chaos.clients import PATIENCE, Answer, Client, Lost, in_crowd
from tests.chaos.conftest import Amounts
from tests.chaos.feeds import Acknowledged, require_acknowledged, require_dense
from tests.chaos.servers import Server
from tests.factories import another_moth

WRITERS = 8
WRITES_BEFORE_A_KILL = 40
REPLAYED_OF_A_ROUND = 60
KEPT = ("etag", "location", "feed-seq", "content-type")


@dataclass(frozen=True)
class Write:
    """A write under a key of its own; its mark stands in the title that it gives, and nowhere else."""

    method: str
    path: str
    document: dict[str, Any]
    headers: dict[str, str]
    mark: str

    def send(self, client: Client) -> Answer:
        return client.insist(self.method, self.path, self.document, **self.headers)


@dataclass
class Journal:
    """What a writer knows when the server is gone: answers that it has read, and at most one write without any."""

    answered: list[tuple[Write, Answer]] = field(default_factory=list)
    lost: list[Write] = field(default_factory=list)


def test_what_was_acknowledged_survives_and_what_was_lost_is_repeated_with_one_effect(
    server: Server, amounts: Amounts, record_property: Callable[[str, str], None]
) -> None:
    every: list[tuple[Write, Answer]] = []
    lost = 0
    for _ in range(amounts.kills):
        journals = _write_until_killed(server)
        server.start()
        answered = [pair for journal in journals for pair in journal.answered]
        with Client(server.port) as client:
            _require_kept(client, [*every, *answered])
            _require_replayed(client, answered[-REPLAYED_OF_A_ROUND:])
            repeated = [_repeat(client, write) for journal in journals for write in journal.lost]
            _require_kept(client, [*every, *answered, *repeated])
        lost += len(repeated)
        every += answered + repeated
    record_property("figures", f"{amounts.kills} kills, {len(every)} writes kept, {lost} of them repeated after a kill")
    assert lost > 0, "the kills came while writes were under way"
    with Client(server.port) as client:
        _require_replayed(client, every[:REPLAYED_OF_A_ROUND])


def _write_until_killed(server: Server) -> list[Journal]:
    """Let writers write, kill the server in the middle of that, and give what each of them knows."""
    journals = [Journal() for _ in range(WRITERS)]
    crowd = threading.Thread(target=in_crowd, args=(lambda journal: _write_until_lost(server.port, journal), journals))
    crowd.start()
    try:
        deadline = time.monotonic() + PATIENCE
        while sum(len(journal.answered) for journal in journals) < WRITES_BEFORE_A_KILL:
            assert time.monotonic() < deadline, "the writers do not get on"
            time.sleep(0.01)
    finally:
        server.kill()
        crowd.join()
    return journals


def _write_until_lost(port: int, journal: Journal) -> None:
    with Client(port) as client:
        for write in _writes(journal):
            try:
                journal.answered.append((write, write.send(client)))
            except Lost:
                journal.lost.append(write)
                return
    pytest.fail("the server was never killed")


def _writes(journal: Journal) -> Iterator[Write]:
    """Creations with a new source each, each followed by two changes and an upsert of what was made."""
    for _ in range(10_000):
        document = another_moth(source={"name": f"Paper {uuid.uuid4()}"})
        yield _write("POST", "/v1/articles", document)
        made = journal.answered[-1][1]
        for version in (1, 2):
            yield _write("PATCH", made.headers["location"], {}, If_Match=f'"{version}"')
        yield _write("POST", "/v1/articles?on_conflict=update", document)


def _write(method: str, path: str, document: dict[str, Any], **headers: str) -> Write:
    mark = str(uuid.uuid4())
    return Write(method, path, {**document, "title": mark}, {**headers, "Idempotency_Key": mark}, mark)


def _repeat(client: Client, write: Write) -> tuple[Write, Answer]:
    """Repeat a write whose answer was lost: it is done now, if it was not then, and it is done once."""
    answer = write.send(client)
    assert answer.status in (200, 201), answer
    return write, answer


def _require_kept(client: Client, pairs: Iterable[tuple[Write, Answer]]) -> None:
    """Fail where a write is not there, is there twice, or is not what its answer said."""
    pairs = list(pairs)
    entries = client.read_feed()
    require_dense(entries)
    require_acknowledged(entries, [_acknowledged(write, answer) for write, answer in pairs])
    marks = Counter(entry["data"]["title"] for entry in entries if entry["data"] and "title" in entry["data"])
    assert {write.mark: marks[write.mark] for write, _ in pairs} == {write.mark: 1 for write, _ in pairs}
    newest = {answer.json["id"]: answer.version for _, answer in pairs}
    listed = {item["id"]: item["version"] for item in client.walk("/v1/articles?sort=id&limit=200&fields=id")}
    assert all(listed[id] >= version for id, version in newest.items())


def _require_replayed(client: Client, pairs: Iterable[tuple[Write, Answer]]) -> None:
    """Fail where a repetition gets another answer than the first time, or has an effect."""
    head = client.read_head()
    for write, answer in pairs:
        again = write.send(client)
        assert again.headers.get("idempotency-replayed") == "true", again
        assert (again.status, again.body) == (answer.status, answer.body)
        assert {name: again.headers.get(name) for name in KEPT} == {name: answer.headers.get(name) for name in KEPT}
    assert client.read_head() == head


def _acknowledged(write: Write, answer: Answer) -> Acknowledged:
    assert answer.status in (200, 201), answer
    assert answer.seq is not None, answer
    kind = "article.created" if answer.status == 201 else "article.updated"
    return Acknowledged(answer.seq, kind, answer.json["id"], answer.version)
