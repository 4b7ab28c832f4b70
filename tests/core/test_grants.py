"""The ledger of grants: nothing is taken away, and what stands on a day is what was on offer then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.catalogue import find_license
from service.core.grants import (
    ALL_RIGHTS_RESERVED,
    UNKNOWN,
    Claim,
    Grant,
    disputed_claim,
    inherit_claim,
    next_ledger,
    open_grants,
    shown_claim,
    state_claims,
)

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
BY4 = Claim(status="known", license=find_license("CC-BY-4.0"))
BY3 = Claim(status="known", license=find_license("CC-BY-3.0"))
NC = Claim(status="known", license=find_license("CC-BY-NC-4.0"))
RESERVED = Claim(status=ALL_RIGHTS_RESERVED)
OTHER = Claim(status="other", url="https://lantern.example/terms")
UNVERSIONED = Claim(status="unversioned", unit="by", candidates=("CC-BY-4.0", "CC-BY-3.0"))


def grant(n: int = 1, claim: Claim = BY4, **changes) -> Grant:
    return Grant(**{"n": n, "claim": claim, "offer": n, "recorded_at": NOW, "recorded_by": "editor", **changes})


def ledger_after(*steps: list[Claim] | None) -> tuple[Grant, ...]:
    """The ledger of an article that stated these licenses, one day after the other."""
    ledger: tuple[Grant, ...] = ()
    for number, claims in enumerate(steps):
        now = NOW + timedelta(days=number)
        ledger = next_ledger(ledger, claims or [], None, anew=False, now=now, by="editor")
    return ledger


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TOMORROW, None, False),
        (None, TODAY, True),
        (None, YESTERDAY, False),
        (TODAY, TODAY, True),
        (YESTERDAY, TOMORROW, True),
    ],
)
def test_a_grant_is_open_from_its_first_to_its_last_day(start, end, is_open):
    assert grant(claim=replace(BY4, start=start, end=end)).is_open(TODAY) == is_open


@pytest.mark.parametrize("changes", [{"state": "mistaken"}, {"state": "withdrawn"}, {"scope": "tdm"}])
def test_a_grant_that_is_mistaken_or_of_another_scope_is_not_what_the_article_offers(changes):
    assert not grant(**changes).is_open(TODAY)


def test_the_article_shows_the_first_open_grant():
    ledger = (grant(1, BY3, state="mistaken"), grant(2, BY4, offer=2), grant(3, NC, offer=2))
    standing = open_grants(ledger, TODAY)
    assert [item.n for item in standing] == [2, 3]
    assert shown_claim(standing) == BY4, "grants of one offer are alternatives"


def test_an_article_without_an_open_grant_shows_that_nothing_is_known():
    assert shown_claim(()) == UNKNOWN
    assert shown_claim(open_grants((grant(state="mistaken"),), TODAY)) == UNKNOWN


def test_offers_that_agree_are_one_and_offers_that_differ_are_a_dispute():
    worded = replace(BY4, statement="CC BY 4.0", start=YESTERDAY)
    assert shown_claim((grant(1, BY4), grant(2, worded))) == BY4
    disputed = shown_claim((grant(1, worded), grant(2, NC)))
    assert (disputed.status, disputed.candidates) == ("disputed", ("CC-BY-4.0", "CC-BY-NC-4.0"))
    assert disputed.statement == "CC BY 4.0", "it keeps the words of the first"


def test_a_dispute_lists_each_claim_once_and_a_claim_without_version_by_what_it_may_be():
    disputed = disputed_claim([UNVERSIONED, BY3, OTHER, RESERVED, OTHER])
    assert disputed.candidates == ("CC-BY-4.0", "CC-BY-3.0", OTHER.url, ALL_RIGHTS_RESERVED)


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        (BY4, "CC-BY-4.0"),
        (RESERVED, ALL_RIGHTS_RESERVED),
        (OTHER, OTHER.url),
        (UNVERSIONED, "by"),
        (UNKNOWN, "unknown"),
        (Claim(status="other", statement="Ask us first."), "Ask us first."),
    ],
)
def test_a_claim_has_a_name_for_a_dispute(claim, name):
    assert claim.name == name


def test_claims_agree_whatever_their_words_and_dates():
    assert BY4.says == replace(BY4, statement="x", statement_url="y", start=TODAY, end=TODAY).says
    assert RESERVED.says == replace(RESERVED, statement="All rights reserved.").says
    distinct = [BY4, BY3, NC, RESERVED, OTHER, UNVERSIONED, UNKNOWN, Claim(status="other", statement="a")]
    assert len({claim.says for claim in distinct}) == len(distinct)


def test_the_first_statement_opens_an_offer_with_all_its_alternatives():
    (first, second) = ledger_after([BY4, NC])
    assert (first.n, second.n, first.offer, second.offer) == (1, 2, 1, 1)
    assert {(item.origin, item.recorded_by, item.recorded_at, item.state) for item in (first, second)} == {
        ("article", "editor", NOW, "asserted")
    }
    assert [first.claim, second.claim] == [BY4, NC]


def test_a_change_ends_the_old_offer_the_day_before_and_takes_nothing_away():
    first, second = ledger_after([BY3], [BY4])
    assert (first.claim, second.claim) == (replace(BY3, end=TODAY), replace(BY4, start=TOMORROW))
    assert (first.state, second.offer, second.n) == ("asserted", 2, 2)
    assert shown_claim(open_grants((first, second), YESTERDAY)) == first.claim
    assert shown_claim(open_grants((first, second), TODAY)) == first.claim
    assert shown_claim(open_grants((first, second), TOMORROW)) == second.claim


def test_a_change_on_the_same_day_leaves_the_new_offer_alone_on_that_day():
    ledger = state_claims((), [BY3], now=NOW, by="editor")
    ledger = state_claims(ledger, [BY4], now=NOW + timedelta(hours=1), by="editor")
    assert ledger[0].claim.end == YESTERDAY
    assert shown_claim(open_grants(ledger, TODAY)) == replace(BY4, start=TODAY)


def test_what_follows_another_offer_begins_on_that_day_unless_it_says_when():
    dated = replace(NC, start=date(2024, 5, 4))
    ledger = ledger_after([BY3], [BY4, dated])
    assert [item.claim.start for item in ledger] == [None, TOMORROW, date(2024, 5, 4)]
    ended = state_claims((), [replace(BY3, end=date(2020, 1, 1))], now=NOW, by="editor")
    assert state_claims(ended, [BY4], now=NOW, by="editor")[1].claim == BY4, "nothing stood that it could follow"


def test_a_change_leaves_alone_what_has_ended_what_is_yet_to_come_and_other_scopes():
    ended, coming = replace(BY3, end=date(2020, 1, 1)), replace(NC, start=date(2030, 1, 1))
    before = (grant(1, ended), grant(2, coming), grant(3, BY3, scope="tdm"))
    assert state_claims(before, [BY4], now=NOW, by="editor")[:3] == before


@pytest.mark.parametrize("again", [[BY4], [replace(BY4, statement="CC BY 4.0.")], [replace(BY4, start=TODAY)]])
def test_saying_again_what_stands_is_no_new_statement(again):
    stated = [replace(BY4, statement="CC BY 4.0.", start=TODAY)]
    assert ledger_after(stated, again) == ledger_after(stated)


@pytest.mark.parametrize(
    "changed",
    [
        [replace(BY4, statement="Other words.")],
        [replace(BY4, statement_url="https://lantern.example/terms")],
        [replace(BY4, end=date(2030, 1, 1))],
        [BY4, NC],
        [NC],
    ],
)
def test_new_words_dates_or_licenses_are_a_new_statement(changed):
    ledger = ledger_after([BY4], changed)
    assert len(ledger) == 1 + len(changed)
    assert {item.offer for item in ledger} == {1, 2}


def test_silence_leaves_the_ledger_as_it_is():
    assert ledger_after([BY4], [], None, []) == ledger_after([BY4])
    assert ledger_after(None) == ()


def test_an_article_that_states_nothing_inherits():
    (inherited,) = next_ledger((), [], BY4, anew=True, now=NOW, by="editor")
    assert (inherited.claim, inherited.origin, inherited.offer) == (BY4, "source", 1)
    assert next_ledger((), [], None, anew=True, now=NOW, by="editor") == ()


def test_what_was_inherited_is_looked_at_again_only_when_asked_to():
    before = inherit_claim((), BY3, now=NOW, by="editor")
    assert next_ledger(before, [], BY4, anew=False, now=NOW, by="editor") == before
    after = next_ledger(before, [], BY4, anew=True, now=NOW, by="editor")
    assert [(item.claim, item.state) for item in after] == [(BY3, "mistaken"), (BY4, "asserted")]
    assert after[0].reason
    assert shown_claim(open_grants(after, TODAY)) == BY4


def test_an_article_that_ever_stated_a_license_inherits_none():
    stated = ledger_after([replace(BY3, end=date(2020, 1, 1))])
    assert next_ledger(stated, [], BY4, anew=True, now=NOW, by="editor") == stated
    mistaken = tuple(replace(item, state="mistaken") for item in stated)
    assert len(next_ledger(mistaken, [], BY4, anew=True, now=NOW, by="editor")) == 2


def test_inheriting_the_same_again_changes_nothing_and_nothing_in_its_place_marks_it_as_mistaken():
    before = inherit_claim((), BY4, now=NOW, by="editor")
    assert inherit_claim(before, BY4, now=NOW + timedelta(days=9), by="other") == before
    (left,) = inherit_claim(before, None, now=NOW, by="editor")
    assert left.state == "mistaken"
    assert inherit_claim((left,), None, now=NOW, by="editor") == (left,)


def test_a_statement_closes_what_was_inherited():
    inherited = inherit_claim((), BY3, now=NOW, by="editor")
    stated = next_ledger(inherited, [BY4], BY3, anew=True, now=NOW, by="editor")
    assert [(item.origin, item.state) for item in stated] == [("source", "asserted"), ("article", "asserted")]
    assert shown_claim(open_grants(stated, TODAY)) == replace(BY4, start=TODAY)


def test_stating_what_was_only_inherited_is_a_statement_of_the_article():
    inherited = inherit_claim((), BY4, now=NOW, by="editor")
    stated = next_ledger(inherited, [BY4], BY4, anew=False, now=NOW, by="editor")
    assert [item.origin for item in open_grants(stated, TODAY)] == ["article"]


claims = st.sampled_from([BY4, BY3, NC, RESERVED, OTHER, UNVERSIONED])
steps = st.lists(st.tuples(st.lists(claims, max_size=2), st.none() | claims, st.booleans()), max_size=8)


@given(steps)
def test_whatever_is_written_no_grant_goes_and_numbers_and_offers_only_rise(steps):
    ledger: tuple[Grant, ...] = ()
    for number, (stated, inherited, anew) in enumerate(steps):
        now = NOW + timedelta(hours=9 * number)
        after = next_ledger(ledger, stated, inherited, anew=anew, now=now, by="editor")
        assert [item.n for item in after] == list(range(1, len(after) + 1))
        offers = [item.offer for item in after]
        assert offers == sorted(offers)
        for old, new in zip(ledger, after, strict=False):
            assert (new.n, new.offer, new.recorded_at, new.claim.says) == (
                old.n,
                old.offer,
                old.recorded_at,
                old.claim.says,
            )
        if stated:
            says = [item.claim.says for item in open_grants(after, now.date())]
            assert says == [claim.says for claim in stated], "on the day of a statement it alone stands"
        ledger = after
