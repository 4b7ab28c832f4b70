"""Writers that make, change, delete and restore shared records at the same time, and note what was acknowledged."""

import itertools
import random
import threading
from typing import Any

from tests.chaos.clients import Answer, Client, in_crowd
from tests.chaos.feeds import Acknowledged

REFUSED = {409, 410, 412}


class Board:
    """What the writers know in common: the records with the versions that somebody saw last, and all notes."""

    def __init__(self, writes: int) -> None:
        self.acknowledged: list[Acknowledged] = []
        self.refused = 0
        self._left = writes
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._living: dict[str, tuple[str, int]] = {}
        self._deleted: dict[str, str] = {}

    def number(self) -> int:
        """A number that no one else has."""
        return next(self._numbers)

    def is_done(self) -> bool:
        """Whether enough has been written."""
        return self._left <= 0

    def pick_living(self, chance: random.Random) -> tuple[str, str, int] | None:
        """The id, address and version of an article that lived when somebody saw it last."""
        with self._lock:
            if not self._living:
                return None
            id = chance.choice(list(self._living))
            return (id, *self._living[id])

    def pick_deleted(self, chance: random.Random) -> tuple[str, str] | None:
        """The id and address of a deleted article."""
        with self._lock:
            return chance.choice(list(self._deleted.items())) if self._deleted else None

    def note(self, answer: Answer, kind: str, id: str, version: int, url: str = "") -> None:
        """Note a write that was acknowledged; one without a place in the feed has changed nothing."""
        with self._lock:
            if answer.seq is not None:
                self.acknowledged.append(Acknowledged(answer.seq, kind, id, version))
                self._left -= 1
            if not kind.startswith("article."):
                return
            if kind == "article.deleted":
                self._living.pop(id, None)
                self._deleted[id] = url
            elif version >= self._living.get(id, ("", 0))[1]:
                self._living[id] = (url, version)
                self._deleted.pop(id, None)

    def note_refusal(self) -> None:
        """Note a write that another one forestalled."""
        with self._lock:
            self.refused += 1


class Writer:
    """One of the writers, with a connection of its own and choices that a seed decides."""

    def __init__(self, client: Client, board: Board, seed: int) -> None:
        self._client = client
        self._board = board
        self._chance = random.Random(seed)

    def run(self) -> None:
        """Write until the board says that it is enough."""
        steps = (self._create, self._upsert, self._put, self._patch, self._delete, self._restore, self._patch_source)
        weights = (5, 4, 3, 6, 2, 2, 1)
        for _ in range(100_000):
            if self._board.is_done():
                return
            self._chance.choices(steps, weights)[0]()

    def _create(self) -> None:
        url = f"https://gazette.example/moths/{self._board.number()}"
        self._take(self._client.send("POST", "/v1/articles", self._article(url)), "article.created", url)

    def _upsert(self) -> None:
        url = f"https://gazette.example/shared/{self._chance.randrange(12)}"
        answer = self._client.send("POST", "/v1/articles?on_conflict=update", self._article(url))
        self._take(answer, "article.created" if answer.status == 201 else "article.updated", url)

    def _put(self) -> None:
        if known := self._board.pick_living(self._chance):
            id, url, version = known
            document = self._article(url)
            answer = self._client.send("PUT", f"/v1/articles/{id}", document, If_Match=f'"{version}"')
            self._take(answer, "article.updated", url)

    def _patch(self) -> None:
        if known := self._board.pick_living(self._chance):
            id, url, version = known
            change = {"title": f"Moth {self._board.number()}", "keywords": [str(self._chance.randrange(5))]}
            answer = self._client.send("PATCH", f"/v1/articles/{id}", change, If_Match=f'"{version}"')
            self._take(answer, "article.updated", url)

    def _delete(self) -> None:
        if known := self._board.pick_living(self._chance):
            id, url, version = known
            answer = self._client.send("DELETE", f"/v1/articles/{id}", If_Match=f'"{version}"')
            if answer.status == 204:
                self._board.note(answer, "article.deleted", id, version + 1, url)
            else:
                self._refuse(answer)

    def _restore(self) -> None:
        if known := self._board.pick_deleted(self._chance):
            id, url = known
            answer = self._client.send("PUT", f"/v1/articles/{id}", self._article(url), If_None_Match="*")
            self._take(answer, "article.restored", url)

    def _patch_source(self) -> None:
        change = {"credit": f"Desk {self._board.number()}"}
        answer = self._client.send("PATCH", "/v1/sources/gazette-0", change, If_Match="*")
        if answer.status != 404:
            self._take(answer, "source.updated", "")

    def _article(self, url: str) -> Any:
        """An article of one of a few sources, which its first article makes."""
        name = f"Gazette {self._chance.randrange(20)}"
        source = {"name": name} if self._chance.random() < 0.5 else {"name": f"The {name}", "url": _home_of(name)}
        return {
            "url": url,
            "title": f"Moth {self._board.number()}",
            "source": source,
            "creators": [{"name": f"Writer {self._chance.randrange(9)}"}],
            "license": self._chance.choice(["CC-BY-4.0", "CC-BY-SA-3.0", None]),
            "published_at": f"20{self._chance.randrange(10, 30)}-03-01",
        }

    def _take(self, answer: Answer, kind: str, url: str) -> None:
        if answer.status in (200, 201):
            self._board.note(answer, kind, answer.json["id"], answer.version, url)
        else:
            self._refuse(answer)

    def _refuse(self, answer: Answer) -> None:
        assert answer.status in REFUSED | {503}, answer
        self._board.note_refusal()


def write_in_crowd(port: int, *, writers: int, writes: int) -> Board:
    """Let so many writers make so many changes."""
    board = Board(writes)

    def run(seed: int) -> None:
        with Client(port) as client:
            Writer(client, board, seed).run()

    in_crowd(run, range(writers))
    return board


def _home_of(name: str) -> str:
    return f"https://{name.lower().replace(' ', '-')}.example/"
