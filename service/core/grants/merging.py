"""The ledger of an article into which a record of somebody else was merged: a feed, a table, a harvest.

Such a record comes again and again, and knows nothing of the ledger. So it never settles a dispute, never takes back
what a person wrote down, and two that disagree make a dispute instead of a change each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from service.core.grants.claims import Claim
from service.core.grants.entries import Grant, Ledger
from service.core.grants.ledger import add_offer, begin_on, first_day, next_ledger, state_claims
from service.core.grants.repetition import adds_nothing, has_words, says_already
from service.core.grants.standing import shown_claim, standing_on

REPLACED = "An imported record has stated another license since."
"""The reason of a grant that gave way to a merged record: it tells that no person has ended it."""


def merge_ledger(
    ledger: Sequence[Grant], claims: Sequence[Claim], inherited: Claim | None, *, anew: bool, now: datetime, by: str
) -> Ledger:
    """The ledger after a merge of a record that states `claims`; as `next_ledger`, but for what a person said.

    What a person has ended, marked as mistaken or replaced is not recorded again. What is left replaces what the same
    actor stated before; it is recorded beside it where somebody else stated that, where there is a dispute already, and
    where it had given way to a merged record itself.
    """
    settled = _find_settled(ledger)
    fresh = [claim for claim in claims if not _is_settled(claim, settled, ledger)]
    if not fresh:
        return next_ledger(ledger, (), inherited, anew=anew, now=now, by=by)
    today = now.date()
    first = first_day(fresh, today)
    day = max(today, first)
    lasting = [grant for grant in ledger if grant.is_own_word and grant.lasts_until(day)]
    if _is_known(ledger, fresh, lasting, day):
        return tuple(ledger)
    after = _with_reason(ledger, state_claims(ledger, fresh, now=now, by=by))
    is_disputed = _is_disputed(standing_on(ledger, today)) or _is_disputed(lasting)
    gives_way = all(_gives_way(grant, after[grant.n - 1], by) for grant in lasting)
    if gives_way and not is_disputed and not _is_return(fresh, ledger):
        return after
    if _agree(fresh, lasting):
        return tuple(ledger)
    return add_offer(ledger, begin_on(first, fresh), origin="article", now=now, by=by)


def _find_settled(ledger: Sequence[Grant]) -> list[Grant]:
    """The grants that a person has ended, marked as mistaken or replaced.

    Whoever made a statement that was no merge had those in view that it replaced, and all before them.
    """
    own = [grant for grant in ledger if grant.is_own_word]
    closed = [grant for grant in own if grant.claim.end is not None]
    replaced = [grant.offer for grant in closed if grant.reason is None and any(_outlasts(one, grant) for one in own)]
    ended = [
        grant for grant in closed if grant.reason not in (None, REPLACED) or grant.offer <= max(replaced, default=0)
    ]
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
    return [claim for claim in claims if not any(adds_nothing(claim, grant.claim, day) for grant in grants)]


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

    What a person has set an end to stays as it is, and so does what is yet to come.
    """
    start, end = closed.claim.start or date.min, closed.claim.end or date.max
    return (grant.recorded_by, grant.origin, grant.reason) == (by, "article", None) and start <= end


def _with_reason(before: Sequence[Grant], after: Ledger) -> Ledger:
    """The ledger `after` a merge, where each grant that gave way says so."""
    closed = (
        replace(new, reason=old.reason or REPLACED) if new != old else new
        for old, new in zip(before, after, strict=False)
    )
    return (*closed, *after[len(before) :])
