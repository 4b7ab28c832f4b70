"""The ledger of grants: nothing is taken away, and what stands on a day is what was on offer then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.articles import Article, Content, Shown, SourceName, license_article
from service.core.catalogue import find_license, resolve_license
from service.core.grants import (
    ALL_RIGHTS_RESERVED,
    SCOPES,
    UNKNOWN,
    Claim,
    Ending,
    Grant,
    Mistake,
    NewGrant,
    add_grant,
    amend_grant,
    disputed_claim,
    distinct_claims,
    inherit_claim,
    next_change,
    next_ledger,
    shown_claim,
    standing_on,
    state_claims,
)

DAY = timedelta(days=1)
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


@pytest.mark.parametrize("changes", [{"state": "mistaken"}, {"scope": "tdm"}, {"scope": "manuscript"}])
def test_a_grant_that_is_mistaken_or_of_another_scope_is_not_what_the_article_offers(changes):
    assert standing_on((grant(1, **changes), grant(2, NC)), TODAY) == (grant(2, NC),)


def test_a_scope_is_asked_for_by_itself():
    ledger = (grant(1), grant(2, NC, scope="tdm"), grant(3, BY3, scope="manuscript"), grant(4, BY3, scope="tdm"))
    assert [item.n for item in standing_on(ledger, TODAY, scope="tdm")] == [2, 4]
    assert [item.n for item in standing_on(ledger, TODAY, scope="manuscript")] == [3]


def test_the_article_shows_the_first_open_grant():
    ledger = (grant(1, BY3, state="mistaken"), grant(2, BY4, offer=2), grant(3, NC, offer=2))
    standing = standing_on(ledger, TODAY)
    assert [item.n for item in standing] == [2, 3]
    assert shown_claim(standing) == BY4, "grants of one offer are alternatives"


def test_an_article_without_an_open_grant_shows_that_nothing_is_known():
    assert shown_claim(()) == UNKNOWN
    assert shown_claim(standing_on((grant(state="mistaken"),), TODAY)) == UNKNOWN


def test_offers_that_agree_are_one_and_offers_that_differ_are_a_dispute():
    worded = replace(BY4, statement="CC BY 4.0", start=YESTERDAY)
    assert shown_claim((grant(1, BY4), grant(2, worded))) == BY4
    disputed = shown_claim((grant(1, worded), grant(2, NC)))
    assert (disputed.status, disputed.candidates) == ("disputed", ("CC-BY-4.0", "CC-BY-NC-4.0"))
    assert disputed.statement == "CC BY 4.0", "it keeps the words of the first"


def test_two_offers_of_the_same_alternatives_agree_in_any_order():
    dual = (grant(1, BY4, offer=1), grant(2, NC, offer=1))
    again = (grant(3, NC, offer=2), grant(4, BY4, offer=2))
    assert shown_claim((*dual, *again)) == BY4
    assert shown_claim((*dual, again[0])).status == "disputed", "an offer of NC alone says something else"


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
    assert shown_claim(standing_on((first, second), YESTERDAY)) == first.claim
    assert shown_claim(standing_on((first, second), TODAY)) == first.claim
    assert shown_claim(standing_on((first, second), TOMORROW)) == second.claim


def test_a_change_on_the_same_day_leaves_the_new_offer_alone_on_that_day():
    ledger = state_claims((), [BY3], now=NOW, by="editor")
    ledger = state_claims(ledger, [BY4], now=NOW + timedelta(hours=1), by="editor")
    assert ledger[0].claim.end == YESTERDAY
    assert shown_claim(standing_on(ledger, TODAY)) == replace(BY4, start=TODAY)


def test_what_follows_another_offer_begins_on_that_day_unless_it_says_when():
    dated = replace(NC, start=date(2024, 5, 4))
    ledger = ledger_after([BY3], [BY4, dated])
    assert [item.claim.start for item in ledger] == [None, TOMORROW, date(2024, 5, 4)]


@pytest.mark.parametrize("origin", ["article", "extraction", "source"])
def test_what_follows_an_offer_that_has_ended_never_reaches_back_over_it(origin):
    ended = grant(1, replace(BY4, end=date(2020, 1, 1)), origin=origin)
    old, new = state_claims((ended,), [NC], now=NOW, by="editor")
    assert (old, new.claim) == (ended, replace(NC, start=TODAY))
    assert standing_on((old, new), date(2019, 1, 1)) == (ended,)


@pytest.mark.parametrize("changes", [{"state": "mistaken"}, {"scope": "tdm"}])
def test_what_was_never_given_for_the_whole_article_is_not_followed(changes):
    before = (grant(1, BY3, **changes),)
    assert state_claims(before, [BY4], now=NOW, by="editor") == (*before, grant(2, BY4))


def test_a_change_leaves_alone_what_has_ended_and_other_scopes():
    before = (grant(1, replace(BY3, end=date(2020, 1, 1))), grant(2, BY3, scope="tdm"))
    assert state_claims(before, [BY4], now=NOW, by="editor")[:2] == before


def test_a_change_takes_back_what_was_yet_to_come():
    scheduled = ledger_after([BY3], [replace(BY4, start=date(2030, 1, 1))])
    now = NOW + 2 * DAY
    after = state_claims(scheduled, [NC], now=now, by="editor")
    assert [item.claim.end for item in after] == [TODAY + DAY, date(2029, 12, 31), None]
    assert [item.state for item in after] == ["asserted"] * 3
    for day in (now.date(), date(2030, 1, 1), date(2999, 1, 1)):
        assert standing_on(after, day) == (after[2],)


@pytest.mark.parametrize(("first", "stands"), [(date(2029, 1, 1), "BY3"), (date(2031, 1, 1), "BY4")])
def test_a_later_day_leaves_what_is_scheduled_before_it_and_takes_back_what_is_scheduled_after(first, stands):
    scheduled = ledger_after([BY3], [replace(BY4, start=date(2030, 1, 1))])
    after = state_claims(scheduled, [replace(NC, start=first)], now=NOW, by="editor")
    (before,) = standing_on(after, first - DAY)
    assert before.claim.says == {"BY3": BY3, "BY4": BY4}[stands].says
    assert standing_on(after, first) == (after[2],)
    assert standing_on(after, date(2999, 1, 1)) == (after[2],)


def test_a_day_that_is_past_ends_the_old_offer_the_day_before_it():
    since = date(2024, 5, 1)
    old, new = ledger_after([BY3], [replace(BY4, start=since)])
    assert (old.claim.end, new.claim.start) == (date(2024, 4, 30), since)
    again = next_ledger((old, new), [replace(BY4, start=since)], None, anew=False, now=NOW + DAY, by="editor")
    assert again == (old, new)


@pytest.mark.parametrize("began", [date(2024, 5, 1), date(2025, 1, 1)])
def test_an_offer_that_began_no_earlier_than_the_new_one_keeps_its_days_until_the_change(began):
    before = (grant(1, replace(BY3, start=began)),)
    old, new = state_claims(before, [replace(BY4, start=date(2024, 5, 1))], now=NOW, by="editor")
    assert (old.claim.start, old.claim.end) == (began, YESTERDAY)
    assert shown_claim(standing_on((old, new), began)).status == "disputed"


def test_the_first_day_of_the_calendar_is_a_day_like_others():
    old, new = ledger_after([BY3], [replace(BY4, start=date.min)])
    assert (old.claim.end, new.claim.start) == (TODAY, date.min)


@pytest.mark.parametrize("words", ["CC BY 4.0", "http://www.creativecommons.org/licenses/by/4.0/deed.fr", "cc-by-4.0"])
def test_another_name_or_address_of_the_license_that_stands_is_no_new_statement(words):
    assert ledger_after([BY4], [replace(BY4, statement=words)]) == ledger_after([BY4])
    vague = replace(UNVERSIONED, candidates=resolve_license("CC BY").candidates)
    assert ledger_after([vague], [replace(vague, statement="CC BY")]) == ledger_after([vague])


def test_the_name_of_another_license_beside_one_is_evidence():
    assert len(ledger_after([BY4], [replace(BY4, statement="CC BY 3.0")])) == 2


def test_a_list_has_each_claim_once_whatever_its_spelling():
    assert distinct_claims([BY4, NC, replace(BY4, statement="CC BY 4.0"), BY4]) == (BY4, NC)
    kept = [BY4, replace(BY4, statement="Licensed so."), replace(BY4, start=TODAY)]
    assert distinct_claims(kept) == tuple(kept)


def test_a_statement_that_begins_later_leaves_the_old_offer_until_the_day_before():
    later = date(2030, 1, 1)
    old, new = ledger_after([BY3], [replace(BY4, start=later)])
    assert (old.claim.end, new.claim.start) == (date(2029, 12, 31), later)
    assert standing_on((old, new), date(2029, 12, 31)) == (old,)
    assert standing_on((old, new), later) == (new,)


def test_a_statement_that_begins_later_leaves_an_offer_that_ends_before_as_it_is():
    before = (grant(1, replace(BY3, end=TOMORROW)),)
    after = state_claims(before, [replace(BY4, start=date(2030, 1, 1))], now=NOW, by="editor")
    assert after[0] == before[0]


def test_an_offer_that_is_replaced_on_the_day_it_began_stood_on_no_day():
    ledger: tuple[Grant, ...] = (grant(1, BY3),)
    for claim in (BY4, NC):
        ledger = state_claims(ledger, [claim], now=NOW, by="editor")
    days = [TODAY + timedelta(days=number) for number in range(-3, 4)]
    assert ledger[1] not in [item for day in days for item in standing_on(ledger, day)]


@pytest.mark.parametrize(
    "stated",
    [
        [replace(BY4, end=date(2020, 1, 1))],
        [replace(BY4, start=date(2030, 1, 1))],
        [BY4, replace(NC, start=date(2030, 1, 1))],
        [replace(BY4, start=date(2020, 1, 1), end=date(2020, 12, 31)), NC],
    ],
)
@pytest.mark.parametrize("before", [[], [BY3]])
def test_saying_the_same_again_is_no_new_statement_whatever_its_days(before, stated):
    assert ledger_after(before, stated, stated, stated) == ledger_after(before, stated)


@pytest.mark.parametrize("start", [None, date(2019, 1, 1)])
@pytest.mark.parametrize("standing", [BY3, BY4])
def test_what_has_ended_before_the_change_gets_no_start_and_closes_nothing(standing, start):
    over = replace(BY4, start=start, end=date(2020, 1, 1))
    assert [item.claim for item in ledger_after([standing], [over])] == [standing, over]
    assert ledger_after([standing], [over], [over]) == ledger_after([standing], [over])


def test_what_has_ended_does_not_set_the_day_of_a_change():
    over = replace(BY3, start=date(2019, 1, 1), end=date(2020, 1, 1))
    ledger = ledger_after([NC], [over, replace(BY4, start=date(2024, 5, 1))])
    assert ledger[0].claim.end == date(2024, 4, 30)


def test_what_is_yet_to_come_is_no_answer_to_a_statement_of_today():
    ledger = ledger_after([replace(BY4, start=date(2030, 1, 1))], [BY4])
    assert shown_claim(standing_on(ledger, TOMORROW)) == replace(BY4, start=TOMORROW)
    assert next_ledger(ledger, [BY4], None, anew=False, now=NOW + 2 * DAY, by="editor") == ledger


def test_a_statement_settles_a_dispute_though_it_was_part_of_it():
    ledger = (grant(1, BY4), grant(2, NC, origin="extraction"))
    after = next_ledger(ledger, [BY4], None, anew=False, now=NOW, by="editor")
    assert shown_claim(standing_on(after, TODAY)) == replace(BY4, start=TODAY)


def test_a_license_that_was_closed_and_is_stated_again_is_a_new_offer():
    ledger = ledger_after([BY4], [NC], [BY4])
    assert [item.claim.says for item in ledger] == [BY4.says, NC.says, BY4.says]


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


@pytest.mark.parametrize("again", [[NC, BY4], [NC, replace(BY4, statement="CC BY 4.0")]])
def test_the_same_alternatives_in_another_order_are_no_new_statement(again):
    assert ledger_after([BY4, NC], again) == ledger_after([BY4, NC])


def test_alternatives_of_which_one_has_new_words_are_a_new_statement():
    assert len(ledger_after([BY4, NC], [NC, replace(BY4, statement="Other words.")])) == 4


def test_a_dispute_that_stands_is_stated_already_by_its_sides():
    ledger = (grant(1, BY4), grant(2, NC))
    dispute = disputed_claim([BY4, NC])
    assert next_ledger(ledger, [dispute], None, anew=False, now=NOW, by="editor") == ledger
    assert len(next_ledger(ledger, [disputed_claim([BY4, BY3])], None, anew=False, now=NOW, by="editor")) == 3


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
    assert shown_claim(standing_on(after, TODAY)) == BY4


def test_an_article_that_ever_stated_a_license_inherits_none():
    stated = ledger_after([replace(BY3, end=date(2020, 1, 1))])
    assert next_ledger(stated, [], BY4, anew=True, now=NOW, by="editor") == stated
    mistaken = tuple(replace(item, state="mistaken") for item in stated)
    assert len(next_ledger(mistaken, [], BY4, anew=True, now=NOW, by="editor")) == 2


def test_a_grant_of_another_scope_is_no_word_of_the_license_as_a_whole():
    mined = add_grant((), NewGrant(claim=NC, scope="tdm"), now=NOW, by="editor")
    after = next_ledger(mined, [], BY4, anew=True, now=NOW, by="editor")
    assert [(item.claim, item.origin) for item in after] == [(NC, "article"), (BY4, "source")]


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
    assert shown_claim(standing_on(stated, TODAY)) == replace(BY4, start=TODAY)


def test_stating_what_was_only_inherited_is_a_statement_of_the_article():
    inherited = inherit_claim((), BY4, now=NOW, by="editor")
    stated = next_ledger(inherited, [BY4], BY4, anew=False, now=NOW, by="editor")
    assert [item.origin for item in standing_on(stated, TODAY)] == ["article"]


class TestAdding:
    """A grant is recorded beside the others, and touches none of them."""

    def test_one_that_differs_makes_a_dispute_and_one_that_agrees_makes_none(self):
        ledger = ledger_after([BY4])
        agreed = add_grant(ledger, NewGrant(claim=replace(BY4, statement="CC BY 4.0")), now=NOW, by="other")
        assert shown_claim(standing_on(agreed, TODAY)) == BY4
        disputed = add_grant(agreed, NewGrant(claim=NC, origin="extraction"), now=NOW, by="other")
        shown = shown_claim(standing_on(disputed, TODAY))
        assert (shown.status, shown.candidates) == ("disputed", ("CC-BY-4.0", "CC-BY-NC-4.0"))
        assert disputed[:2] == agreed
        assert (disputed[2].n, disputed[2].offer, disputed[2].origin, disputed[2].recorded_by) == (
            3,
            3,
            "extraction",
            "other",
        )

    @pytest.mark.parametrize("scope", ["tdm", "manuscript"])
    def test_one_for_another_scope_is_never_shown(self, scope):
        ledger = add_grant(ledger_after([BY4]), NewGrant(claim=NC, scope=scope), now=NOW, by="editor")
        assert shown_claim(standing_on(ledger, TODAY)) == BY4


class TestAmending:
    """A grant is ended or marked as mistaken; all else of it stays."""

    def test_an_end_is_the_last_day(self):
        (ended,) = amend_grant(ledger_after([BY4]), 1, Ending(end=TODAY, reason="They stopped."))
        assert ended == grant(claim=replace(BY4, end=TODAY), reason="They stopped.")
        assert standing_on((ended,), TODAY)
        assert not standing_on((ended,), TOMORROW)

    def test_an_end_that_was_wrong_is_taken_back(self):
        ended = (grant(claim=replace(BY4, end=YESTERDAY)),)
        (reopened,) = amend_grant(ended, 1, Ending(end=None, reason="They go on."))
        assert standing_on((reopened,), TODAY)

    def test_what_is_mistaken_counts_on_no_day(self):
        ledger = (grant(1, BY3), grant(2, NC))
        after = amend_grant(ledger, 2, Mistake(reason="Misread."))
        assert after == (ledger[0], grant(2, NC, state="mistaken", reason="Misread."))
        assert shown_claim(standing_on(after, TODAY)) == BY3

    def test_the_last_own_word_that_was_mistaken_lets_the_article_inherit_again(self):
        ledger = amend_grant(ledger_after([NC]), 1, Mistake(reason="Misread."))
        after = next_ledger(ledger, [], BY4, anew=True, now=NOW, by="editor")
        assert [item.claim for item in standing_on(after, TODAY)] == [BY4]


class TestNextChange:
    """The day from which another set of grants stands."""

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            (None, None, None),
            (YESTERDAY, None, None),
            (TODAY, None, None),
            (TOMORROW, None, TOMORROW),
            (None, YESTERDAY, None),
            (None, TODAY, TOMORROW),
            (TOMORROW, date(2030, 1, 1), TOMORROW),
            (TOMORROW, YESTERDAY, None),
            (None, date.max, None),
        ],
    )
    def test_it_is_a_first_day_or_the_day_after_a_last_one(self, start, end, expected):
        assert next_change((grant(claim=replace(BY4, start=start, end=end)),), TODAY) == expected

    @pytest.mark.parametrize("changes", [{"state": "mistaken"}, {"scope": "tdm"}])
    def test_what_is_not_shown_changes_nothing(self, changes):
        assert next_change((grant(claim=replace(BY4, start=TOMORROW), **changes),), TODAY) is None

    def test_the_article_is_under_what_stands_on_a_day_and_due_on_the_next_change(self):
        article = Article(
            id="x",
            version=1,
            created_at=NOW,
            updated_at=NOW,
            content=Content(url="https://lantern.example/", title="x"),
            source=SourceName(id="lantern"),
            license=Shown(claim=UNKNOWN),
            licenses=(),
        )
        old, new = grant(1, replace(BY3, end=TODAY), origin="source"), grant(2, replace(BY4, start=TOMORROW))
        today, tomorrow = (license_article(article, (old, new), day) for day in (TODAY, TOMORROW))
        assert (today.license, today.due_on) == (Shown(claim=old.claim, origin="source"), TOMORROW)
        assert (tomorrow.licenses, tomorrow.due_on) == ((Shown(claim=new.claim, origin="article"),), None)


words = st.sampled_from([BY4, BY3, NC, RESERVED, OTHER, UNVERSIONED])
writes = st.one_of(
    st.builds(lambda claim, scope: ("add", NewGrant(claim=claim, scope=scope)), words, st.sampled_from(SCOPES)),
    st.builds(lambda n: ("amend", n, Mistake(reason="Misread.")), st.integers(1, 6)),
    st.builds(
        lambda n, ago: ("amend", n, Ending(end=TODAY - ago * DAY, reason="x")), st.integers(1, 6), st.integers(0, 9)
    ),
    st.builds(lambda claim: ("state", claim), words),
    st.builds(lambda claim: ("inherit", claim), st.none() | words),
)


@given(st.lists(writes, max_size=10))
def test_whatever_is_done_a_mistake_never_counts_and_what_was_said_is_kept(writes):
    ledger: tuple[Grant, ...] = ()
    for number, write in enumerate(writes):
        now = NOW + number * DAY
        match write:
            case "add", new:
                after = add_grant(ledger, new, now=now, by="editor")
                assert after[:-1] == ledger
            case "amend", n, change:
                after = amend_grant(ledger, n, change)
            case "state", claim:
                after = next_ledger(ledger, [claim], None, anew=False, now=now, by="editor")
            case "inherit", claim:
                after = next_ledger(ledger, [], claim, anew=True, now=now, by="editor")
        assert [item.n for item in after] == list(range(1, len(after) + 1))
        assert [item.claim.says for item in after][: len(ledger)] == [item.claim.says for item in ledger]
        mistaken = {item.n for item in ledger if item.state == "mistaken"}
        assert mistaken <= {item.n for item in after if item.state == "mistaken"}
        shown = {item.n for ago in range(12) for item in standing_on(after, now.date() - ago * DAY)}
        assert not shown & mistaken
        ledger = after


days = st.none() | st.integers(-4, 4).map(lambda number: TODAY + timedelta(days=number))
dated = st.builds(lambda start, end: replace(BY4, start=start, end=end), days, days)


@given(st.lists(dated, max_size=5), st.integers(-6, 6))
def test_the_next_change_is_the_first_day_on_which_something_else_stands(claims, offset):
    ledger = [grant(n, claim) for n, claim in enumerate(claims, start=1)]
    day = TODAY + timedelta(days=offset)
    following = [day + timedelta(days=number) for number in range(1, 20)]
    differs = [later for later in following if standing_on(ledger, later) != standing_on(ledger, day)]
    assert next_change(ledger, day) == (differs[0] if differs else None)


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
            says = [item.claim for item in standing_on(after, now.date())]
            assert sorted(claim.name for claim in says) == sorted(claim.name for claim in stated), (
                "on the day of a statement it alone stands"
            )
        ledger = after


starts = st.none() | st.integers(-9, 9).map(lambda number: TODAY + number * DAY)
stated = st.builds(lambda claim, start: replace(claim, start=start), claims, starts)
span = [TODAY + number * DAY for number in range(-12, 24)]


@given(st.lists(st.tuples(stated, st.integers(0, 3)), min_size=1, max_size=6))
def test_after_a_statement_it_alone_stands_from_its_day_on_and_no_earlier_day_has_other_words(steps):
    ledger: tuple[Grant, ...] = ()
    now = NOW
    for claim, pause in steps:
        now += pause * DAY
        before, ledger = ledger, state_claims(ledger, [claim], now=now, by="editor")
        first = ledger[-1].claim.start or span[0]
        for day in span:
            standing = standing_on(ledger, day)
            if day >= max(first, now.date()):
                assert standing == ledger[-1:]
            elif day < first:
                assert [item.n for item in standing] == [item.n for item in standing_on(before, day)]
