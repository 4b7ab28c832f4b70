"""What stands on a day: which grants of a ledger are on offer, what that comes to, and when it changes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from service.core.grants.claims import UNKNOWN, Claim, disputed_claim
from service.core.grants.entries import Grant, Ledger

_DAY = timedelta(days=1)


def standing_on(ledger: Iterable[Grant], day: date, *, scope: str = "article") -> Ledger:
    """The grants of `scope` that stand on `day`, as we know it today, the first stated one first."""
    return tuple(grant for grant in ledger if grant.scope == scope and grant.is_open(day))


def next_change(ledger: Sequence[Grant], day: date) -> date | None:
    """The first day after `day` on which another set of grants stands for the article; None where none is known."""
    present = standing_on(ledger, day)
    return next((later for later in _turns(ledger, day) if standing_on(ledger, later) != present), None)


def shown_claim(standing: Sequence[Grant]) -> Claim:
    """The claim that ``article.license`` shows: the first open one, or the dispute between offers that differ."""
    if not standing:
        return UNKNOWN
    return disputed_claim([grant.claim for grant in standing]) if is_disputed(standing) else standing[0].claim


def is_disputed(standing: Iterable[Grant]) -> bool:
    """Whether offers say different things; those with the same alternatives, in any order, agree."""
    offers: dict[int, set[object]] = {}
    for grant in standing:
        offers.setdefault(grant.offer, set()).add(grant.claim.says)
    return any(said != other for said, other in pairwise(offers.values()))


def _turns(ledger: Iterable[Grant], day: date) -> list[date]:
    """The days after `day` on which a grant begins, or has just ended."""
    claims = [grant.claim for grant in ledger if grant.state == "asserted"]
    starts = {claim.start for claim in claims if claim.start}
    ends = {claim.end + _DAY for claim in claims if claim.end and claim.end < date.max}
    return sorted(turn for turn in starts | ends if turn > day)
