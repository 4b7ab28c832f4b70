"""An editor at work, for the tests of every change: writes by the actions, looks by the storage."""

import json
from datetime import date, timedelta
from typing import Any

from service.actions.articles import add_article, replace_article
from service.actions.removals import delete_article
from service.actions.sources import add_source, replace_source
from service.actions.transactions import Order, Outcome
from service.core.grants import Grant
from service.core.keys import Actor
from service.formats.schemas.articles import load_article, load_patched_article
from service.storage.answers import Claim
from service.storage.articles import StoredArticle, find_article
from service.storage.database import Database
from service.storage.grants import list_grants
from service.storage.sources import find_source
from tests.factories import EDITOR, NOON, another_moth, checked_article, checked_source

DAY = timedelta(days=1)
BY, SA, ND = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0"


def policy(license: str = BY, valid_from: str | None = None, valid_to: str | None = None) -> dict[str, Any]:
    return {"license": license, "valid_from": valid_from, "valid_to": valid_to}


class Desk:
    """An editor at work: every write an hour after the last."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOON

    def add(
        self, *, actor: Actor = EDITOR, claim: Claim | None = None, dry_run: bool = False, **members: Any
    ) -> Outcome:
        new = checked_article(another_moth(**members))
        return add_article(self.database, self.next_order(actor=actor, claim=claim, dry_run=dry_run), new)

    def patch(self, id: str, *, actor: Actor = EDITOR, dry_run: bool = False, **members: Any) -> Outcome:
        present = self.present(id)
        new = load_patched_article(members, json.loads(present.document))
        return replace_article(self.database, self.next_order(actor=actor, dry_run=dry_run), id, present, new)

    def restore(self, id: str, **members: Any) -> Outcome:
        present = self.present(id)
        new = load_article(another_moth(**members), json.loads(present.document))
        return replace_article(self.database, self.next_order(), id, present, new)

    def delete(self, id: str, *, dry_run: bool = False) -> Outcome:
        return delete_article(self.database, self.next_order(dry_run=dry_run), id, self.present(id))

    def source(self, *policies: dict[str, Any], slug: str = "lantern", **members: Any) -> str:
        content = checked_source({"name": slug, "policies": list(policies), **members})
        return add_source(self.database, self.next_order(), content, slug=slug).id

    def change_policies(self, *policies: dict[str, Any], slug: str = "lantern") -> None:
        present = find_source(self.database, slug)
        content = checked_source({"name": slug, "policies": list(policies)})
        replace_source(self.database, self.next_order(), present, content)

    def present(self, id: str) -> StoredArticle:
        found = find_article(self.database, id)
        assert found is not None
        return found

    def document(self, id: str) -> dict[str, Any]:
        return json.loads(self.present(id).document)

    def license(self, id: str) -> tuple[str, str | None, str | None]:
        license = self.document(id)["license"]
        return license["status"], license["id"], license["origin"]

    def ledger(self, id: str) -> list[tuple[str | None, str, date | None, str]]:
        return [(grant.claim.name, grant.origin, grant.claim.end, grant.state) for grant in self.grants(id)]

    def grants(self, id: str) -> tuple[Grant, ...]:
        return list_grants(self.database, id)

    def feed(self) -> list[tuple[int, str, str, int]]:
        return self.database.fetch_all('SELECT seq, type, record, version FROM "change" ORDER BY seq')

    def order(self, *, actor: Actor = EDITOR, claim: Claim | None = None, dry_run: bool = False) -> Order:
        """An order of now."""
        return Order(actor=actor, now=self.now, claim=claim, dry_run=dry_run)

    def next_order(self, **members: Any) -> Order:
        """An order of an hour later."""
        self.now += timedelta(hours=1)
        return self.order(**members)
