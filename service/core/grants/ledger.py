"""The ledger of an article after a write: what was offered when is only added to, ended, or marked as mistaken."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from service.core.grants.claims import Claim
from service.core.grants.entries import IMPORTED_END, Ending, Grant, Ledger, Mistake, NewGrant
from service.core.grants.repetition import says_already

_DAY = timedelta(days=1)


def next_ledger(
    ledger: Sequence[Grant],
    claims: Sequence[Claim],
    inherited: Claim | None,
    *,
    origin: str = "article",
    anew: bool,
    now: datetime,
    by: str,
) -> Ledger:
    """The ledger after a write: what the article states now, or else what its source says.

    `origin` is that of `claims`: the article's own word, or what was found in its page. An article that ever stated a
    license inherits none. What was inherited is looked at again only if `anew`.
    """
    if claims:
        day = max(now.date(), first_day(claims, now.date()))
        if says_already(ledger, claims, day, origin=origin):
            return tuple(ledger)
        return state_claims(ledger, claims, origin=origin, now=now, by=by)
    if not anew or any(grant.is_own_word for grant in ledger):
        return tuple(ledger)
    return inherit_claim(ledger, inherited, now=now, by=by)


def state_claims(
    ledger: Sequence[Grant], claims: Sequence[Claim], *, origin: str = "article", now: datetime, by: str
) -> Ledger:
    """The ledger after a new statement: all offers that stand or are to come are closed, `claims` opened as one offer.

    A Creative Commons grant is irrevocable, so nothing is taken away: on the day of a change the new offer counts, and
    the old one ends the day before. What follows another offer, ended ones included, begins then unless it says when.
    What has ended before today takes the place of nothing.
    """
    today = now.date()
    first = first_day(claims, today)
    closes = not all(claim.is_over(today) for claim in claims)
    kept = [_close(one, first, today) if closes and one.lasts_until(max(first, today)) else one for one in ledger]
    follows = any(grant.state == "asserted" and grant.scope == "article" for grant in ledger)
    opened = begin_on(first, claims) if follows else claims
    return add_offer(kept, opened, origin=origin, now=now, by=by)


def inherit_claim(ledger: Sequence[Grant], claim: Claim | None, *, now: datetime, by: str) -> Ledger:
    """The ledger with `claim` as what the source says; what it was thought to say before is marked as mistaken."""
    standing = [grant for grant in ledger if grant.origin == "source" and grant.is_open(now.date())]
    if [grant.claim for grant in standing] == ([claim] if claim else []):
        return tuple(ledger)
    reason = "What the source's policies say was resolved anew."
    kept = [replace(grant, state="mistaken", reason=reason) if grant in standing else grant for grant in ledger]
    return add_offer(kept, [claim] if claim else [], origin="source", now=now, by=by)


def add_grant(ledger: Sequence[Grant], new: NewGrant, *, now: datetime, by: str) -> Ledger:
    """The ledger with one more claim, recorded beside all others: where it differs from them, there is a dispute."""
    return add_offer(ledger, [new.claim], scope=new.scope, origin=new.origin, now=now, by=by)


def amend_grant(ledger: Sequence[Grant], n: int, change: Ending | Mistake) -> Ledger:
    """The ledger with the grant `n` ended, or marked as mistaken."""
    return tuple(_amend(grant, change) if grant.n == n else grant for grant in ledger)


def add_offer(
    ledger: Sequence[Grant], claims: Sequence[Claim], *, scope: str = "article", origin: str, now: datetime, by: str
) -> Ledger:
    """The ledger with `claims` as one more offer."""
    offer = max((grant.offer for grant in ledger), default=0) + 1
    first = len(ledger) + 1
    opened = (
        Grant(n=n, claim=claim, scope=scope, origin=origin, offer=offer, recorded_at=now, recorded_by=by)
        for n, claim in enumerate(claims, start=first)
    )
    return (*ledger, *opened)


def first_day(claims: Iterable[Claim], today: date) -> date:
    """The day on which a statement takes the place of others: the first that it names, today where one names none.

    Of alternatives only some of which have a start, the others begin today: an earlier day would take from the old
    offer what they allow as well. What has ended before today does not count.
    """
    current = [claim for claim in claims if not claim.is_over(today)]
    return min((one.start or today for one in current), default=today) if all(one.start for one in current) else today


def begin_on(day: date, claims: Iterable[Claim]) -> list[Claim]:
    """`claims`, those that do not say when they begin from `day` on, unless they have ended before."""
    return [claim if claim.start or claim.is_over(day) else replace(claim, start=day) for claim in claims]


def _close(grant: Grant, first: date, today: date) -> Grant:
    """`grant` with the day before `first` as its last; one that begins no earlier ends before today.

    Where that is no day after its start, it ends before its start and stands on no day. An end that an imported record
    stated is no longer the one that counts.
    """
    start = grant.claim.start or date.min
    following = first if start < first else max(start, today)
    reason = None if grant.reason == IMPORTED_END else grant.reason
    return replace(grant, claim=replace(grant.claim, end=following - _DAY), reason=reason)


def _amend(grant: Grant, change: Ending | Mistake) -> Grant:
    if isinstance(change, Mistake):
        return replace(grant, state="mistaken", reason=change.reason)
    return replace(grant, claim=replace(grant.claim, end=change.end), reason=change.reason)
