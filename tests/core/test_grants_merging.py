"""What a merged record does to a ledger: it settles nothing, undoes no person's word, and never flips to and fro."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.grants import (
    IMPORTED_END,
    REPLACED,
    Claim,
    Ending,
    Grant,
    Ledger,
    Mistake,
    NewGrant,
    add_grant,
    amend_grant,
    disputed_claim,
    inherit_claim,
    merge_ledger,
    next_ledger,
    shown_claim,
    standing_on,
)
from tests.core.test_grants import BY3, BY4, NC, NOW, OTHER, RESERVED, TODAY, TOMORROW, UNVERSIONED, YESTERDAY, grant

DAY = timedelta(days=1)
SINCE_2020 = replace(BY4, start=date(2020, 1, 1))


def merged(ledger: Sequence[Grant], *claims: Claim, day: int = 0, by: str = "editor") -> Ledger:
    return merge_ledger(ledger, claims, None, anew=False, now=NOW + day * DAY, by=by)


def stated(ledger: Sequence[Grant], *claims: Claim, day: int = 0, by: str = "editor") -> Ledger:
    """The ledger after a person's word."""
    return next_ledger(ledger, claims, None, anew=False, now=NOW + day * DAY, by=by)


def shown(ledger: Ledger, day: int = 0) -> tuple[str, list[str]]:
    """The status of what is shown on a day, and the names of what stands."""
    standing = standing_on(ledger, TODAY + day * DAY)
    return shown_claim(standing).status, [item.claim.name for item in standing]


class TestDisputes:
    DISPUTED = (grant(1, BY4), grant(2, NC))

    @pytest.mark.parametrize(
        "claims",
        [[BY4], [NC], [SINCE_2020], [BY4, NC], [replace(BY4, statement="So it says.")], [disputed_claim([NC])]],
    )
    @pytest.mark.parametrize("by", ["editor", "harvest"])
    def test_a_side_of_it_says_nothing_new(self, claims, by):
        assert merged(self.DISPUTED, *claims, by=by) == self.DISPUTED

    @pytest.mark.parametrize("by", ["editor", "harvest"])
    def test_what_is_no_side_becomes_one(self, by):
        after = merged(self.DISPUTED, BY3, by=by)
        assert after[:2] == self.DISPUTED
        assert shown(after) == ("disputed", ["CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-3.0"])
        assert merged(after, BY3, day=1, by=by) == after

    def test_a_side_that_is_yet_to_come_says_nothing_new_either(self):
        later = replace(NC, start=TOMORROW)
        ledger = (grant(1, BY4, offer=1), grant(2, later, offer=1), grant(3, RESERVED, offer=2))
        assert merged(ledger, BY4, later) == ledger

    def test_one_that_is_yet_to_come_is_not_settled_before(self):
        ledger = (grant(1, BY4), grant(2, replace(NC, start=TOMORROW)))
        later = replace(BY3, start=TODAY + 9 * DAY)
        after = merged(ledger, later)
        assert after[:2] == ledger
        assert merged(after, later) == merged(after, replace(NC, start=TODAY + 9 * DAY)) == after

    def test_a_statement_that_contradicts_itself_is_not_settled_either(self):
        ledger = (grant(1, disputed_claim([BY4, NC])),)
        assert merged(ledger, BY4) == ledger
        assert shown(merged(ledger, BY3))[0] == "disputed"

    def test_one_with_what_is_inherited_is_not_settled_either(self):
        ledger = add_grant(inherit_claim((), BY4, now=NOW, by="editor"), NewGrant(claim=NC), now=NOW, by="editor")
        assert merged(ledger, NC, day=1) == ledger
        assert shown(merged(ledger, BY3, day=1), 1)[0] == "disputed"

    def test_a_person_settles_it_for_records_that_come_again(self):
        settled = stated(self.DISPUTED, BY4, day=1)
        for claim in (BY4, NC):
            assert merged(settled, claim, day=2) == settled
            assert merged(settled, claim, day=2, by="harvest") == settled


class TestEditorsWord:
    """What a person has taken out of the ledger, no record brings in again."""

    @pytest.mark.parametrize("again", [SINCE_2020, BY4, replace(SINCE_2020, statement="Licensed so.")])
    @pytest.mark.parametrize("change", [Mistake(reason="No."), Ending(end=date(2025, 1, 1), reason="Over.")])
    def test_what_was_ended_or_mistaken_stays_so(self, again, change):
        ledger = amend_grant((grant(1, SINCE_2020),), 1, change)
        assert merged(ledger, again) == ledger
        assert merged(ledger, again, by="harvest") == ledger

    def test_an_offer_of_other_days_is_another(self):
        mistaken = amend_grant((grant(1, SINCE_2020),), 1, Mistake(reason="Too early."))
        assert len(merged(mistaken, replace(BY4, start=date(2021, 1, 1)))) == 2
        ended = amend_grant((grant(1, SINCE_2020),), 1, Ending(end=date(2025, 1, 1), reason="Over."))
        assert len(merged(ended, replace(BY4, start=date(2025, 1, 2)))) == 2

    def test_an_earlier_day_before_its_end_is_no_other_offer(self):
        ended = amend_grant((grant(1, SINCE_2020),), 1, Ending(end=date(2025, 1, 1), reason="Over."))
        assert merged(ended, replace(BY4, start=date(2021, 1, 1))) == ended
        mistaken = amend_grant((grant(1, BY4),), 1, Mistake(reason="Never."))
        assert merged(mistaken, SINCE_2020) == mistaken

    def test_an_end_that_an_imported_record_brought_is_no_persons_word(self):
        over = replace(BY4, end=YESTERDAY)
        ledger = merged((), over)
        assert ledger[0].reason == IMPORTED_END
        assert merged(ledger, over) == ledger
        assert shown(merged(ledger, BY4)) == ("known", ["CC-BY-4.0"])
        assert len(merged((grant(1, NC), grant(2, over, reason=IMPORTED_END)), BY4)) == 3

    @pytest.mark.parametrize("again", [BY4, SINCE_2020, replace(BY4, statement="Licensed so.")])
    def test_an_end_that_a_person_stated_with_the_offer_stays(self, again):
        for ledger in (stated((), replace(BY4, end=YESTERDAY)), (grant(1, replace(BY4, end=YESTERDAY)),)):
            assert merged(ledger, again) == ledger
            assert merged(ledger, again, by="harvest") == ledger

    def test_what_a_person_scheduled_with_an_end_says_nothing_of_the_time_before(self):
        ledger = (grant(1, replace(BY4, start=TOMORROW, end=TODAY + 9 * DAY)),)
        assert shown(merged(ledger, BY4)) == ("known", ["CC-BY-4.0"])

    def test_a_person_who_replaces_an_imported_end_has_settled_it(self):
        ledger = stated(merged((), replace(BY4, end=TODAY + 9 * DAY)), NC, day=1)
        assert ledger[0].reason is None
        assert merged(ledger, BY4, day=2) == ledger

    def test_what_ends_later_by_a_persons_word_keeps_that(self):
        ending = Ending(end=TOMORROW, reason="Soon over.")
        ledger = amend_grant((grant(1, BY4),), 1, ending)
        assert merged(ledger, NC)[:1] == ledger
        inherited = amend_grant(inherit_claim((), BY4, now=NOW, by="editor"), 1, ending)
        assert merged(inherited, NC)[0].reason == "Soon over."

    def test_another_license_is_recorded(self):
        mistaken = amend_grant((grant(1, BY4),), 1, Mistake(reason="No."))
        assert shown(merged(mistaken, NC)) == ("known", ["CC-BY-NC-4.0"])

    @pytest.mark.parametrize("change", [Mistake(reason="No."), Ending(end=YESTERDAY, reason="Over.")])
    def test_of_alternatives_the_others_stay(self, change):
        ledger = amend_grant((grant(1, BY4, offer=1), grant(2, NC, offer=1)), 1, change)
        assert merged(ledger, BY4, NC) == ledger

    def test_an_end_that_was_taken_back_is_none(self):
        ledger = (grant(1, BY4),)
        for change in (Ending(end=YESTERDAY, reason="Over."), Ending(end=None, reason="Not at all.")):
            ledger = amend_grant(ledger, 1, change)
        assert merged(ledger, BY4) == ledger

    @pytest.mark.parametrize("by", ["editor", "harvest"])
    def test_what_a_person_replaced_does_not_come_back(self, by):
        ledger = stated(merged((), BY4, by=by), NC, day=1)
        assert merged(ledger, BY4, day=2, by=by) == ledger

    @pytest.mark.parametrize("by", ["editor", "harvest"])
    def test_nor_does_what_was_known_before_a_person_spoke(self, by):
        flipped = merged(merged((), BY4, by=by), NC, day=1, by=by)
        ledger = stated(flipped, BY3, day=2)
        for claim in (BY4, NC):
            assert merged(ledger, claim, day=3, by=by) == ledger

    def test_nor_does_a_dispute_that_a_person_settled(self):
        ledger = stated(TestDisputes.DISPUTED, BY4, day=1)
        assert merged(ledger, disputed_claim([BY4, NC]), day=2) == ledger
        after = merged(ledger, disputed_claim([BY4, BY3]), day=2, by="harvest")
        assert shown(after, 2)[0] == "disputed", "a side that nobody has seen yet counts"

    def test_a_dispute_between_what_stands_is_news(self):
        ledger = (grant(1, BY4, offer=1), grant(2, NC, offer=1))
        assert shown(merged(ledger, disputed_claim([BY4, NC]), day=1), 1)[0] == "disputed"

    def test_what_is_left_of_nothing_lets_a_policy_speak(self):
        mistaken = amend_grant((grant(1, BY4),), 1, Mistake(reason="No."))
        after = merge_ledger(mistaken, [BY4], NC, anew=True, now=NOW, by="editor")
        assert [(item.claim, item.origin) for item in after[1:]] == [(NC, "source")]
        assert merge_ledger(mistaken, [BY4], NC, anew=False, now=NOW, by="editor") == mistaken

    def test_a_policy_that_was_resolved_anew_is_no_ones_word(self):
        ledger = inherit_claim(inherit_claim((), BY4, now=NOW, by="editor"), None, now=NOW, by="editor")
        assert shown(merged(ledger, BY4)) == ("known", ["CC-BY-4.0"])


class TestDays:
    OVER = replace(BY4, end=date(2020, 1, 1))

    @pytest.mark.parametrize("by", ["editor", "harvest"])
    @pytest.mark.parametrize("standing", [NC, BY4])
    def test_what_has_ended_closes_nothing_and_is_recorded_once(self, standing, by):
        ledger = (grant(1, standing),)
        after = merged(ledger, self.OVER, by=by)
        assert after[:1] == ledger
        assert [item.claim for item in after[1:]] == [self.OVER], "no start, so that it stood on some day"
        assert shown(after) == ("known", [standing.name])
        assert merged(after, self.OVER, by=by) == merged(after, self.OVER, day=1, by=by) == after

    def test_beside_a_license_that_stands_it_is_recorded_once_too(self):
        after = merged((grant(1, NC),), self.OVER, NC)
        assert [item.claim for item in after] == [NC, self.OVER]
        assert merged(after, self.OVER, NC, day=1) == after

    @pytest.mark.parametrize("by", ["editor", "harvest"])
    def test_what_is_offered_now_is_not_known_because_it_will_be_offered_again(self, by):
        ledger = (grant(1, replace(BY4, start=TOMORROW)),)
        after = merged(ledger, BY4, by=by)
        assert (after[:1], shown(after)) == (ledger, ("known", ["CC-BY-4.0"]))
        assert merged(after, BY4, by=by) == merged(after, BY4, day=1, by=by) == after

    def test_days_of_a_license_that_began_today_are_recorded_on_a_later_day(self):
        ledger = merged((), replace(NC, start=TOMORROW), BY4)
        assert merged(ledger, SINCE_2020, NC, day=1) == ledger
        after = merged(ledger, SINCE_2020, NC, day=2)
        assert after[2].claim == SINCE_2020
        assert merged(after, SINCE_2020, NC, day=3) == after


class TestChanges:
    def test_the_same_actor_changes_what_it_said(self):
        after = merged(merged((), BY4), NC, day=1)
        assert shown(after, 1) == ("known", ["CC-BY-NC-4.0"])
        assert (after[0].claim.end, after[0].reason) == (TODAY, REPLACED)

    @pytest.mark.parametrize("standing", [grant(1, BY4), grant(1, BY4, origin="extraction", recorded_by="harvest")])
    def test_what_another_said_is_contradicted_and_not_replaced(self, standing):
        after = merged([standing], NC, by="harvest")
        assert after[0] == standing
        assert shown(after) == ("disputed", ["CC-BY-4.0", "CC-BY-NC-4.0"])
        assert after[1].claim.start == TODAY, "no earlier day becomes a dispute"

    @pytest.mark.parametrize("words", ["So it says.", None])
    def test_what_another_said_needs_no_second_word(self, words):
        ledger = (grant(1, BY4),)
        assert merged(ledger, replace(BY4, statement=words), by="harvest") == ledger

    def test_the_same_actor_brings_new_words(self):
        worded = replace(BY4, statement="So it says.")
        after = merged(merged((), BY4), worded, day=1)
        assert [item.claim.statement for item in standing_on(after, TOMORROW)] == ["So it says."]

    def test_a_list_with_something_new_in_it_is_a_change(self):
        ledger = merged(merged((), BY4), NC, day=1)
        assert shown(merged(ledger, BY4, BY3, day=2), 2) == ("known", ["CC-BY-4.0", "CC-BY-3.0"])

    def test_the_own_license_takes_the_place_of_what_is_inherited(self):
        after = merged(inherit_claim((), BY4, now=NOW, by="editor"), NC, day=1, by="harvest")
        assert shown(after, 1) == ("known", ["CC-BY-NC-4.0"])

    def test_two_records_that_disagree_come_to_rest_in_a_dispute(self):
        ledger = merged((), BY4)
        for day in range(1, 3):
            ledger = merged(ledger, (BY4, NC)[day % 2], day=day)
        assert shown(ledger, 2) == ("disputed", ["CC-BY-NC-4.0", "CC-BY-4.0"])
        for day in range(3, 9):
            assert merged(ledger, (BY4, NC)[day % 2], day=day) == ledger

    def test_two_records_with_other_words_for_one_license_come_to_rest_too(self):
        one, other = replace(BY4, statement="So says one."), replace(BY4, statement="So says the other.")
        ledger = merged(merged((), one), other, day=1)
        assert merged(merged(ledger, one, day=2), other, day=3) == ledger

    def test_what_began_today_or_is_to_come_is_not_taken_back(self):
        for standing in (replace(BY4, start=TODAY), replace(BY4, start=TOMORROW)):
            after = merged([grant(1, standing)], NC)
            assert after[0].claim == standing
        later = replace(BY4, start=TOMORROW)
        assert merged([grant(1, later)], later) == (grant(1, later),)

    def test_the_same_alternatives_in_another_order_change_nothing(self):
        ledger = merged((), SINCE_2020, NC)
        assert merged(ledger, NC, SINCE_2020, day=1) == ledger


class TestInheritance:
    INHERITED = replace(BY4, statement="All content is under CC BY 4.0.")
    LEDGER = (grant(1, INHERITED, origin="source", recorded_by="editor"),)

    @pytest.mark.parametrize("by", ["editor", "harvest"])
    @pytest.mark.parametrize(
        "claim", [BY4, INHERITED, SINCE_2020, replace(BY4, statement="So it says."), replace(BY4, start=TOMORROW)]
    )
    def test_a_record_that_says_the_same_license_changes_nothing(self, claim, by):
        assert merged(self.LEDGER, claim, by=by) == self.LEDGER
        assert merge_ledger(self.LEDGER, [claim], self.INHERITED, anew=True, now=NOW, by=by) == self.LEDGER

    def test_nor_does_one_that_says_the_same_dispute(self):
        ledger = (grant(1, disputed_claim([BY4, NC]), origin="source"),)
        assert merged(ledger, disputed_claim([BY4, NC]), day=1) == ledger

    def test_it_stays_inherited_beside_what_has_ended_or_is_yet_to_come(self):
        later = NewGrant(claim=replace(NC, start=TOMORROW))
        ledger = add_grant(self.LEDGER, later, now=NOW, by="editor")
        assert merged(ledger, BY4) == ledger
        over = replace(NC, end=YESTERDAY)
        after = merged(self.LEDGER, BY4, over)
        assert (after[:1], [item.claim for item in after[1:]]) == (self.LEDGER, [over])
        assert merged(after, BY4, over, day=1) == after

    @pytest.mark.parametrize("claims", [[NC], [BY4, NC], [replace(BY4, end=TOMORROW)]])
    def test_what_says_anything_else_takes_its_place(self, claims):
        after = merged(self.LEDGER, *claims)
        assert (after[0].claim.end, after[0].reason) == (YESTERDAY, REPLACED)
        assert shown(after) == ("known", [claim.name for claim in claims])

    def test_what_is_inherited_anew_stays_so_if_it_says_the_same_license_again(self):
        worded = replace(BY4, statement="So says the other source.")
        after = merge_ledger(self.LEDGER, [BY4], worded, anew=True, now=NOW, by="editor")
        assert [(item.claim, item.origin, item.state) for item in after] == [
            (self.INHERITED, "source", "mistaken"),
            (worded, "source", "asserted"),
        ]

    @pytest.mark.parametrize("inherited", [NC, None])
    def test_a_license_that_would_be_inherited_no_longer_is_stated(self, inherited):
        after = merge_ledger(self.LEDGER, [BY4], inherited, anew=True, now=NOW, by="editor")
        assert [(item.claim.name, item.origin) for item in standing_on(after, TODAY)] == [("CC-BY-4.0", "article")]

    def test_a_new_article_states_what_its_record_says(self):
        after = merge_ledger((), [BY4], self.INHERITED, anew=True, now=NOW, by="editor")
        assert [(item.claim, item.origin) for item in after] == [(BY4, "article")]


claims = st.sampled_from(
    [
        *(BY4, BY3, NC, RESERVED, OTHER, UNVERSIONED, SINCE_2020, replace(NC, start=TOMORROW)),
        *(replace(BY4, end=date(2020, 1, 1)), replace(SINCE_2020, end=YESTERDAY), replace(NC, end=TOMORROW)),
    ]
)
records = st.lists(claims, min_size=1, max_size=2, unique_by=lambda claim: claim.says)
actors = st.sampled_from(["editor", "harvest"])


def written(ledger: Ledger, step: tuple, day: int) -> Ledger:
    match step:
        case "merge", given, by:
            return merged(ledger, *given, day=day, by=by)
        case "state", given, by:
            return stated(ledger, *given, day=day, by=by)
        case "inherit", (claim, *_), by:
            return next_ledger(ledger, (), claim, anew=True, now=NOW + day * DAY, by=by)
        case "add", (claim, *_), by:
            return add_grant(ledger, NewGrant(claim=claim), now=NOW + day * DAY, by=by)
        case _, _, _:
            return amend_grant(ledger, 1, Mistake(reason="No."))
    raise AssertionError(step)


kinds = st.sampled_from(["merge", "state", "inherit", "add", "amend"])
steps = st.lists(st.tuples(kinds, records, actors), max_size=6)


@given(steps, records, actors)
def test_a_merge_settles_no_dispute_and_says_nothing_twice(steps, given, by):
    ledger: Ledger = ()
    for day, step in enumerate(steps):
        ledger = written(ledger, step, day)
    day = len(steps)
    after = merged(ledger, *given, day=day, by=by)
    if shown(ledger, day)[0] == "disputed":
        assert after[: len(ledger)] == ledger
        assert shown(after, day)[0] == "disputed"
    assert merged(after, *given, day=day, by=by) == after
    later = merged(after, *given, day=day + 2, by=by)  # when what began today, or ends tomorrow, has had its days
    assert merged(later, *given, day=day + 3, by=by) == later


@given(st.lists(records, min_size=1, max_size=4), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_records_that_come_in_turn_come_to_rest_and_every_offer_has_a_day(feeds, pauses):
    ledger: Ledger = ()
    day = 0
    for _ in range(8):
        before = ledger
        for feed, pause in zip(feeds, pauses, strict=False):
            day += pause
            ledger = merged(ledger, *feed, day=day)
    assert ledger == before
    assert all((item.claim.start or date.min) <= (item.claim.end or date.max) for item in ledger)
