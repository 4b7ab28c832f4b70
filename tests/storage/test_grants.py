"""Ledgers in the database."""

from dataclasses import replace
from datetime import date

from service.actions.articles import add_article
from service.core.grants import Grant, state_claims
from service.core.statements import read_claim
from service.storage.grants import list_grants, save_grants
from tests.factories import NOON, ORDER, another_moth, checked_article

CLAIMS = (
    replace(read_claim("CC-BY-4.0"), statement="Text: CC BY 4.0", statement_url="https://lantern.example/terms",
            start=date(2024, 1, 1), end=date(2030, 12, 31)),
    read_claim("CC BY"),
    read_claim("all-rights-reserved"),
    read_claim("https://terms.example/"),
    read_claim("Ask the editor, “please”."),
)  # fmt: skip


def test_a_ledger_comes_back_as_it_was_saved(database):
    id = add_article(database, ORDER, checked_article(another_moth())).id
    ledger: tuple[Grant, ...] = ()
    for claims in ([claim] for claim in CLAIMS):
        with database.transaction():
            after = state_claims(ledger, claims, now=NOON, by="editor")
            save_grants(database, id, ledger, after)
        ledger = after
        assert list_grants(database, id) == ledger
    assert [grant.n for grant in ledger] == [1, 2, 3, 4, 5]


def test_a_grant_is_changed_and_never_removed(database):
    id = add_article(database, ORDER, checked_article(another_moth(license=["CC0-1.0", "CC-BY-4.0"]))).id
    before = list_grants(database, id)
    after = (replace(before[0], state="mistaken", reason="Misread."), before[1])
    with database.transaction():
        save_grants(database, id, before, after)
    assert list_grants(database, id) == after


def test_ledgers_of_two_articles_are_two(database):
    ids = [
        add_article(database, ORDER, checked_article(another_moth(license=license))).id
        for license in ("CC0-1.0", "CC-BY-4.0")
    ]
    assert [list_grants(database, id)[0].claim.license.id for id in ids] == ["CC0-1.0", "CC-BY-4.0"]
    assert list_grants(database, "01900000-0000-7000-8000-000000000000") == ()
