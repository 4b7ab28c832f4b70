"""The ledger of an article after a write: what was offered when is only added to, ended, or marked as mistaken."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from service.core.grants.claims import Claim, is_spelling
from service.core.grants.entries import Ending, Grant, Ledger, Mistake, NewGrant
from service.core.grants.standing import standing_on

_DAY = timedelta(days=1)


def next_ledger(
    ledger: Sequence[Grant], claims: Sequence[Claim], inherited: Claim | None, *, anew: bool, now: datetime, by: str
) -> Ledger:
    """The ledger after a write: what the article states now, or else what its source says.

    An article that ever stated a license inherits none. What was inherited is looked at again only if `anew`.
    """
    if claims:
        return (
            tuple(ledger) if _says_already(ledger, claims, now.date()) else state_claims(ledger, claims, now=now, by=by)
        )
    if not anew or any(grant.is_own_word for grant in ledger):
        return tuple(ledger)
    return inherit_claim(ledger, inherited, now=now, by=by)


def state_claims(ledger: Sequence[Grant], claims: Sequence[Claim], *, now: datetime, by: str) -> Ledger:
    """The ledger after a new statement: all offers that stand or are to come are closed, `claims` opened as one offer.

    A Creative Commons grant is irrevocable, so nothing is taken away: on the day of a change the new offer counts, and
    the old one ends the day before. What follows another offer, ended ones included, begins then unless it says when.
    """
    today = now.date()
    first = _first_day(claims, today)
    kept = [_close(grant, first, today) if _lasts_until(grant, max(first, today)) else grant for grant in ledger]
    follows = any(grant.state == "asserted" and grant.scope == "article" for grant in ledger)
    opened = [replace(claim, start=first) if follows and claim.start is None else claim for claim in claims]
    return _with_offer(kept, opened, origin="article", now=now, by=by)


def inherit_claim(ledger: Sequence[Grant], claim: Claim | None, *, now: datetime, by: str) -> Ledger:
    """The ledger with `claim` as what the source says; what it was thought to say before is marked as mistaken."""
    standing = [grant for grant in ledger if grant.origin == "source" and grant.is_open(now.date())]
    if [grant.claim for grant in standing] == ([claim] if claim else []):
        return tuple(ledger)
    reason = "What the source's policies say was resolved anew."
    kept = [replace(grant, state="mistaken", reason=reason) if grant in standing else grant for grant in ledger]
    return _with_offer(kept, [claim] if claim else [], origin="source", now=now, by=by)


def add_grant(ledger: Sequence[Grant], new: NewGrant, *, now: datetime, by: str) -> Ledger:
    """The ledger with one more claim, recorded beside all others: where it differs from them, there is a dispute."""
    return _with_offer(ledger, [new.claim], scope=new.scope, origin=new.origin, now=now, by=by)


def amend_grant(ledger: Sequence[Grant], n: int, change: Ending | Mistake) -> Ledger:
    """The ledger with the grant `n` ended, or marked as mistaken."""
    return tuple(_amend(grant, change) if grant.n == n else grant for grant in ledger)


def _says_already(ledger: Sequence[Grant], claims: Sequence[Claim], today: date) -> bool:
    """Whether the article states just this already, with nothing new in words or dates, and nothing else stands."""
    day = max(today, _first_day(claims, today))
    lasting = {claim.says for claim in claims if claim.end is None or claim.end >= day}
    return {grant.claim.says for grant in standing_on(ledger, day)} <= lasting and any(
        len(claims) == len(offer) and all(_adds_nothing(new, old, day) for new, old in zip(claims, offer, strict=True))
        for offer in _stated_offers(ledger)
    )


def _stated_offers(ledger: Iterable[Grant]) -> Iterable[list[Claim]]:
    """What the article stated, offer by offer."""
    offers: dict[int, list[Claim]] = {}
    for grant in ledger:
        if grant.is_own_word and grant.origin == "article":
            offers.setdefault(grant.offer, []).append(grant.claim)
    return offers.values()


def _adds_nothing(new: Claim, old: Claim, day: date) -> bool:
    """Whether `old`, which has not ended by `day` unless `new` says when, holds all that `new` says."""
    if new.end is None and old.end is not None and old.end < day:
        return False
    members = (
        (None if is_spelling(new) else new.statement, old.statement),
        (new.statement_url, old.statement_url),
        (new.start, old.start),
        (new.end, old.end),
    )
    return new.says == old.says and all(said is None or said == known for said, known in members)


def _first_day(claims: Iterable[Claim], today: date) -> date:
    """The day on which a statement takes the place of others: the first that it names, today where one names none.

    Of alternatives only some of which have a start, the others begin today: an earlier day would take from the old
    offer what they allow as well.
    """
    return min(claim.start or today for claim in claims) if all(claim.start for claim in claims) else today


def _lasts_until(grant: Grant, day: date) -> bool:
    """Whether the article is offered under `grant` on `day`, or will be later."""
    return grant.state == "asserted" and grant.scope == "article" and (grant.claim.end or date.max) >= day


def _close(grant: Grant, first: date, today: date) -> Grant:
    """`grant` with the day before `first` as its last; one that begins no earlier ends before today.

    Where that is no day after its start, it ends before its start and stands on no day.
    """
    start = grant.claim.start or date.min
    following = first if start < first else max(start, today)
    return replace(grant, claim=replace(grant.claim, end=following - _DAY))


def _with_offer(
    ledger: Sequence[Grant], claims: Sequence[Claim], *, scope: str = "article", origin: str, now: datetime, by: str
) -> Ledger:
    offer = max((grant.offer for grant in ledger), default=0) + 1
    first = len(ledger) + 1
    opened = (
        Grant(n=n, claim=claim, scope=scope, origin=origin, offer=offer, recorded_at=now, recorded_by=by)
        for n, claim in enumerate(claims, start=first)
    )
    return (*ledger, *opened)


def _amend(grant: Grant, change: Ending | Mistake) -> Grant:
    if isinstance(change, Mistake):
        return replace(grant, state="mistaken", reason=change.reason)
    return replace(grant, claim=replace(grant.claim, end=change.end), reason=change.reason)
