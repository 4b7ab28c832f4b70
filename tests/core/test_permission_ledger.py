"""What was on offer when a copy was obtained: a copy loses nothing later, and what was in doubt then stays so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.catalogue import find_license
from service.core.grants import ALL_RIGHTS_RESERVED, Claim, Grant
from service.core.permission import Permission, Subject, Use, decide

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()
BY, NC = (Claim(status="known", license=find_license(id)) for id in ("CC-BY-4.0", "CC-BY-NC-4.0"))
RESERVED = Claim(status=ALL_RIGHTS_RESERVED)
SINCE, ENDED = date(2022, 1, 1), date(2024, 12, 31)
BETWEEN, BEFORE, AFTER = date(2023, 6, 1), date(2021, 6, 1), date(2025, 6, 1)


def offers(*claims: Claim) -> tuple[Grant, ...]:
    return tuple(
        Grant(n=n, claim=claim, offer=n, recorded_at=NOW, recorded_by="editor") for n, claim in enumerate(claims, 1)
    )


def sell(ledger: tuple[Grant, ...], obtained_on: date | None = None) -> Permission:
    use = Use(use="republish", commercial=True, as_of=TODAY, obtained_on=obtained_on)
    return decide(Subject(ledger=ledger), use)


def asked(permission: Permission) -> list[str]:
    return [question.question for question in permission.questions]


SETTLED = offers(replace(BY, end=ENDED), replace(RESERVED, start=SINCE))


@pytest.mark.parametrize(
    ("obtained_on", "verdict"), [(BEFORE, "allow_with_duties"), (BETWEEN, "unknown"), (AFTER, "deny")]
)
def test_the_day_obtained_decides_and_a_day_with_two_offers_is_open(obtained_on, verdict):
    permission = sell(SETTLED, obtained_on)
    assert permission.verdict == verdict
    assert asked(permission) == (["dispute"] if verdict == "unknown" else [])


def test_a_dispute_that_was_on_the_day_obtained_is_what_the_answer_stands_on():
    permission = sell(SETTLED, BETWEEN)
    assert permission.claim.status == "disputed"
    assert permission.claim.candidates == ("CC-BY-4.0", ALL_RIGHTS_RESERVED)
    assert "disputed" in [reason.rule for reason in permission.reasons]


CLOSED = offers(
    replace(BY, start=SINCE, end=ENDED),
    replace(RESERVED, start=SINCE, end=ENDED),
    replace(RESERVED, start=date(2025, 1, 1)),
)


def test_a_closed_dispute_in_which_one_claim_allowed_the_use_leaves_it_open():
    permission = sell(CLOSED)
    assert (permission.verdict, asked(permission)) == ("unknown", ["obtained_on"])
    assert sell(CLOSED, BETWEEN).verdict == "unknown"
    assert sell(CLOSED, AFTER).verdict == "deny"


def test_so_does_a_claim_that_contradicted_itself():
    doubtful = Claim(status="disputed", candidates=("CC-BY-4.0", ALL_RIGHTS_RESERVED), end=ENDED)
    ledger = offers(doubtful, replace(RESERVED, start=date(2025, 1, 1)))
    assert (sell(ledger).verdict, asked(sell(ledger))) == ("unknown", ["obtained_on"])
    assert sell(ledger, BETWEEN).verdict == "unknown"


def test_a_closed_dispute_in_which_no_claim_allowed_the_use_leaves_the_no():
    ledger = offers(replace(NC, end=ENDED), replace(RESERVED, end=ENDED), replace(RESERVED, start=date(2025, 1, 1)))
    assert (sell(ledger).verdict, sell(ledger, BETWEEN).verdict) == ("deny", "deny")


@pytest.mark.parametrize(
    "never", [replace(BY, start=AFTER, end=BEFORE), replace(BY, start=date(2027, 1, 1), end=date(2026, 12, 31))]
)
def test_an_offer_that_stood_on_no_day_opens_nothing(never):
    ledger = offers(never, RESERVED)
    assert (sell(ledger).verdict, sell(ledger, BETWEEN).verdict) == ("deny", "deny")


def test_a_copy_from_a_day_on_which_nothing_was_said_is_judged_by_the_present():
    ledger = offers(replace(RESERVED, start=SINCE))
    assert sell(ledger, BEFORE).verdict == "deny"


days = st.none() | st.sampled_from([BEFORE, SINCE, BETWEEN, ENDED, AFTER])
claims = st.builds(
    lambda claim, start, end: replace(claim, start=start, end=end), st.sampled_from([BY, NC, RESERVED]), days, days
)


@given(st.lists(claims, max_size=4), st.sampled_from([BEFORE, SINCE, BETWEEN, ENDED, AFTER]))
def test_a_no_means_that_no_offer_of_that_day_allowed_the_use_and_a_yes_that_some_day_was_a_yes_by_all(stated, day):
    ledger = offers(*stated)
    standing = [grant.claim.license for grant in ledger if grant.is_open(day)]
    present = [grant.claim.license for grant in ledger if grant.is_open(TODAY)]
    verdict = sell(ledger, day).verdict
    if verdict == "deny":
        assert BY.license not in standing
    if verdict == "allow_with_duties":
        assert {BY.license} in (set(standing), set(present))
