"""The ledger of an article into which a record of somebody else was merged: a feed, a table, a harvest.

Such a record comes again and again, and knows nothing of the ledger. So it never settles a dispute, never takes back
what a person wrote down, and two that disagree make a dispute instead of a change each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from service.core.grants.claims import Claim
from service.core.grants.entries import IMPORTED_END, REPLACED, Grant, Ledger
from service.core.grants.ledger import add_offer, begin_on, first_day, next_ledger, state_claims
from service.core.grants.repetition import has_words, holds, says_already
from service.core.grants.standing import shown_claim, standing_on


def merge_ledger(
    ledger: Sequence[Grant], claims: Sequence[Claim], inherited: Claim | None, *, anew: bool, now: datetime, by: str
) -> Ledger:
    """The ledger after a merge of a record that states `claims`; as `next_ledger`, but for what a person said.

    What a person has ended, marked as mistaken or replaced is not recorded again. What is left replaces what the same
    actor stated before; it is recorded beside it where somebody else stated that, where there is a dispute already, and
    where it had given way to a merged record itself. What is inherited before the merge, and would be after it, stays
    so.
    """
    today = now.date()
    fresh = _find_fresh(ledger, claims, today)
    resolved = next_ledger(ledger, (), inherited, anew=anew, now=now, by=by)
    if all(_is_inherited(fresh, known, today) for known in (ledger, resolved)):
        ledger, fresh = resolved, [claim for claim in fresh if claim.is_over(today)]
    if not fresh:
        return resolved
    return _with_reasons(ledger, _merge(ledger, fresh, now=now, by=by))


def _merge(ledger: Sequence[Grant], claims: Sequence[Claim], *, now: datetime, by: str) -> Ledger:
    """The ledger with `claims`, of which nothing is settled, in the place of what gives way, beside it, or not at all.

    What has ended before today is recorded in any case, and takes no part in that.
    """
    today = now.date()
    current = [claim for claim in claims if not claim.is_over(today)]
    first = first_day(current, today)
    day = max(today, first)
    lasting = [grant for grant in ledger if grant.is_own_word and grant.lasts_until(day)]
    news = claims
    if not current or _is_known(ledger, current, lasting, day):
        news = [claim for claim in claims if claim.is_over(today)]
    elif _may_replace(ledger, current, lasting, now=now, by=by):
        return state_claims(ledger, claims, now=now, by=by)
    elif _agree(current, lasting) and not _find_sooner(current, lasting, day):
        news = [claim for claim in claims if claim.is_over(today)]
    return add_offer(ledger, begin_on(first, news), origin="article", now=now, by=by)


def _may_replace(
    ledger: Sequence[Grant], claims: Sequence[Claim], lasting: Sequence[Grant], *, now: datetime, by: str
) -> bool:
    """Whether a merge may replace what is `lasting`: it all gives way, and there is no dispute to be settled."""
    after = state_claims(ledger, claims, now=now, by=by)
    gives_way = all(_gives_way(grant, after[grant.n - 1], by) for grant in lasting)
    is_disputed = _is_disputed(standing_on(ledger, now.date())) or _is_disputed(lasting)
    return gives_way and not is_disputed and not _is_return(claims, ledger)


def _find_fresh(ledger: Sequence[Grant], claims: Sequence[Claim], today: date) -> list[Claim]:
    """Those of `claims` that are not settled, nor have ended before today as the ledger says already.

    With one that lasts come those that were settled and that the ledger holds since: they are its alternatives.
    """
    settled = _find_settled(ledger, today)
    own = [grant for grant in ledger if grant.is_own_word]
    known = [grant.claim for grant in own]
    held = [grant.claim for grant in own if grant.lasts_until(today)]
    unsettled = [claim for claim in claims if not _is_settled(claim, settled, ledger)]
    fresh = [claim for claim in unsettled if not (claim.is_over(today) and holds(known, claim, today))]
    if all(claim.is_over(today) for claim in fresh):
        return fresh
    return [claim for claim in claims if claim in fresh or holds(held, claim, today)]


def _is_inherited(claims: Iterable[Claim], ledger: Sequence[Grant], today: date) -> bool:
    """Whether `claims` are no more than what is inherited when they begin, where nothing else stands."""
    current = [claim for claim in claims if not claim.is_over(today)]
    standing = standing_on(ledger, max(today, first_day(current, today)))
    ends = {None, *(grant.claim.end for grant in standing)}
    is_sole = all(grant.origin == "source" for grant in standing)
    return is_sole and _agree(current, standing) and all(claim.end in ends for claim in current)


def _find_settled(ledger: Sequence[Grant], today: date) -> list[Grant]:
    """The grants that a person has given an end, marked as mistaken or replaced.

    Whoever made a statement that was no merge had those in view that it replaced, and all before them. What is yet to
    come says nothing of the time before.
    """
    own = [grant for grant in ledger if grant.is_own_word]
    closed = [grant for grant in own if grant.claim.end is not None and not grant.is_to_come(today)]
    replaced = [grant.offer for grant in closed if grant.reason is None and any(_outlasts(one, grant) for one in own)]
    last = max(replaced, default=0)
    ended = [grant for grant in closed if grant.reason not in (REPLACED, IMPORTED_END) or grant.offer <= last]
    mistaken = [grant for grant in ledger if (grant.state, grant.scope) == ("mistaken", "article")]
    return [*ended, *(grant for grant in mistaken if grant.origin != "source")]


def _outlasts(later: Grant, earlier: Grant) -> bool:
    return later.offer > earlier.offer and (later.claim.end or date.max) > (earlier.claim.end or date.max)


def _is_settled(claim: Claim, settled: Sequence[Grant], ledger: Iterable[Grant]) -> bool:
    """Whether `claim` says what is `settled`, or is a dispute between that and what stands."""
    if any(_holds_days(grant, claim) for grant in settled if grant.claim.says == claim.says):
        return True
    if claim.status != "disputed":
        return False
    gone = _names_of(grant.claim for grant in settled)
    left = _names_of(grant.claim for grant in ledger if grant.is_own_word and grant.claim.end is None)
    sides = set(claim.candidates)
    return bool(sides & gone) and sides <= gone | left


def _holds_days(settled: Grant, claim: Claim) -> bool:
    """Whether what is said of a settled grant is said of a claim with these days too."""
    start, end = settled.claim.start, settled.claim.end
    if claim.start in (None, start):
        return True
    return start is None if settled.state == "mistaken" else end is not None and claim.start <= end


def _names_of(claims: Iterable[Claim]) -> set[str]:
    """What claims say, as a dispute between them lists it."""
    return {name for claim in claims for name in (claim.candidates or (claim.name,))}


def _is_known(ledger: Sequence[Grant], claims: Sequence[Claim], lasting: Sequence[Grant], day: date) -> bool:
    """Whether `claims`, which count from `day` on, are stated already, or no more than the sides of a dispute."""
    if says_already(ledger, claims, day):
        return True
    if _agree(claims, lasting) and not _find_unheard(claims, lasting, day):
        return True
    coming = [grant for grant in ledger if grant.lasts_until(day) and not grant.is_open(day)]
    sides = _find_unheard(claims, coming, day)
    return _are_sides(sides, standing_on(ledger, day))


def _agree(claims: Iterable[Claim], grants: Iterable[Grant]) -> bool:
    """Whether `claims` say what `grants` say, apart from words and days."""
    return {claim.says for claim in claims} == {grant.claim.says for grant in grants}


def _find_unheard(claims: Iterable[Claim], grants: Sequence[Grant], day: date) -> list[Claim]:
    """Those of `claims` that say anything which none of `grants` says."""
    return [claim for claim in claims if not holds((grant.claim for grant in grants), claim, day)]


def _find_sooner(claims: Iterable[Claim], grants: Iterable[Grant], day: date) -> list[Claim]:
    """Those of `claims`, which count from `day` on, that begin before all of `grants` that say the same."""
    begun = [(grant.claim.says, grant.claim.start or date.min) for grant in grants]
    return [
        claim
        for claim in claims
        if not any(says == claim.says and start <= max(claim.start or day, day) for says, start in begun)
    ]


def _are_sides(claims: Iterable[Claim], standing: Sequence[Grant]) -> bool:
    """Whether there is a dispute, and nothing in `claims` but what it is between."""
    return _is_disputed(standing) and _names_of(claims) <= set(shown_claim(standing).candidates)


def _is_disputed(grants: Sequence[Grant]) -> bool:
    """Whether grants contradict each other, or one of them does so in itself."""
    return shown_claim(grants).status == "disputed"


def _is_return(claims: Iterable[Claim], ledger: Iterable[Grant]) -> bool:
    """Whether `claims` are nothing but what gave way to a merged record before: then two records disagree."""
    replaced = [grant.claim for grant in ledger if grant.reason == REPLACED]
    return all(any(has_words(claim, known) for known in replaced) for claim in claims)


def _gives_way(grant: Grant, closed: Grant, by: str) -> bool:
    """Whether a merge of the actor `by` may replace `grant`: its own statement, which keeps a day when it is `closed`.

    What a person has set an end to, for a reason, stays as it is, and so does what is yet to come.
    """
    start, end = closed.claim.start or date.min, closed.claim.end or date.max
    is_own = (grant.recorded_by, grant.origin) == (by, "article") and grant.reason in (None, IMPORTED_END)
    return is_own and start <= end


def _with_reasons(before: Sequence[Grant], after: Ledger) -> Ledger:
    """The ledger `after` a merge, where each grant that gave way says so, and each that brought an end."""
    closed = (
        replace(new, reason=new.reason or REPLACED) if new != old else new
        for old, new in zip(before, after, strict=False)
    )
    opened = (replace(new, reason=IMPORTED_END) if new.claim.end else new for new in after[len(before) :])
    return (*closed, *opened)
