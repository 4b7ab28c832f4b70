"""The records that a chunk of commands is about: as the database has them, and as the commands before left them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from service.actions.articles import Written
from service.actions.sources import find_named_source, take_source
from service.actions.transactions import Order
from service.core.articles import SourceName
from service.core.changes import Change
from service.core.dates import to_micros
from service.core.grants import Ledger
from service.storage.articles import StoredArticle
from service.storage.bulk import find_articles, find_ids_by_url
from service.storage.database import Database
from service.storage.grants import list_ledgers
from service.storage.sources import StoredSource


@dataclass(frozen=True, kw_only=True)
class Record:
    """An article in the state that it is in, with its ledger."""

    id: str
    present: StoredArticle
    ledger: Ledger

    @cached_property
    def members(self) -> dict[str, Any]:
        """Its document, read when it is asked for."""
        members: dict[str, Any] = orjson.loads(self.present.document)
        return members


class Records:
    """Articles by id and by address. Three statements fetch them, however many there are; notes keep them up to date.

    With `lock`, inside a transaction, they stay as they are until its end.
    """

    def __init__(self, database: Database, *, lock: bool) -> None:
        self._database = database
        self._lock = lock
        self._records: dict[str, Record] = {}
        self._ids: dict[str, str] = {}
        self._urls: dict[str, str] = {}

    def fetch(self, *, urls: Collection[str], ids: Collection[str]) -> None:
        """Look for the articles at these addresses and with these ids."""
        self._ids = find_ids_by_url(self._database, urls)
        self._urls = {id: url for url, id in self._ids.items()}
        found = find_articles(self._database, {*ids, *self._urls}, lock=self._lock)
        ledgers = list_ledgers(self._database, found)
        self._records = {
            id: Record(id=id, present=present, ledger=ledgers.get(id, ())) for id, present in found.items()
        }

    def find(self, id: str) -> Record | None:
        """The article `id`, a tombstone included."""
        return self._records.get(id)

    def find_id_at(self, url: str) -> str | None:
        """The id of the living article at a canonical address."""
        return self._ids.get(url)

    def find_url(self, id: str) -> str | None:
        """The address of the living article `id`."""
        record = self._records.get(id)
        if record is not None and id not in self._urls and record.present.deleted_at is None:
            self._urls[id] = record.members["url"]
        return self._urls.get(id)

    def note_state(self, written: Written) -> None:
        """Note what an article is from now on."""
        outcome, source, url = written.outcome, written.source, written.article.content.url
        self._let_go(outcome.id)
        present = StoredArticle(
            version=outcome.version,
            document=outcome.document,
            updated_at=to_micros(written.article.updated_at),
            deleted_at=None,
            source_row=source.row,
            source_slug=source.slug,
        )
        self._records[outcome.id] = Record(id=outcome.id, present=present, ledger=written.ledger)
        self._ids[url], self._urls[outcome.id] = outcome.id, url

    def note_removal(self, id: str) -> None:
        """Look at an article anew, which has been deleted; its address is free."""
        self._let_go(id)
        found = find_articles(self._database, [id])
        self._records |= {id: Record(id=id, present=present, ledger=()) for id, present in found.items()}

    def _let_go(self, id: str) -> None:
        self._ids.pop(self.find_url(id) or "", None)
        self._urls.pop(id, None)
        self._records.pop(id, None)


class Sources:
    """The sources that a chunk's articles name, each looked for once and held until the end of the transaction."""

    def __init__(self, database: Database, order: Order) -> None:
        self._database = database
        self._order = order
        self._known: dict[SourceName, StoredSource] = {}

    def check(self, name: SourceName) -> None:
        """Raise what `take` would raise; nothing is made."""
        if name not in self._known:
            found = find_named_source(self._database, self._order, name)
            if found is not None:
                self._known[name] = found

    def take(self, name: SourceName) -> tuple[StoredSource, list[Change]]:
        """The source of this name, and the changes by which it was made if it is new."""
        changes: list[Change] = []
        if name not in self._known:
            self._known[name], changes = take_source(self._database, self._order, name)
        return self._known[name], changes
