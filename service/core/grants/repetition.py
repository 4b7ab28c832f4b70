"""Whether a statement repeats what a ledger holds: then it is no new one."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

from service.core.grants.claims import Claim, disputed_claim, is_spelling
from service.core.grants.entries import Grant
from service.core.grants.standing import is_disputed, standing_on


def says_already(ledger: Sequence[Grant], claims: Sequence[Claim], day: date, *, origin: str = "article") -> bool:
    """Whether the article states just this already, with nothing new in words or dates, and nothing else stands.

    By another `origin` it is its page that states it. Alternatives may come in any order. A dispute that stands is
    stated already by the claim that names its sides, and what has ended before `day` by any entry that says so.
    """
    offers = _stated_offers(ledger, origin)
    if not all(holds(itertools.chain(*offers), claim, day) for claim in claims if claim.is_over(day)):
        return False
    current = _current(claims, day)
    standing = standing_on(ledger, day)
    if is_disputed(standing) and len(current) == 1:
        return adds_nothing(current[0], disputed_claim([grant.claim for grant in standing]), day)
    return not current or (
        {grant.claim.says for grant in standing} <= {claim.says for claim in current}
        and any(_is_offer(current, _current(offer, day), day) for offer in offers)
    )


def holds(known: Iterable[Claim], claim: Claim, day: date) -> bool:
    """Whether one of the claims `known` holds all that `claim` says on `day`."""
    return any(adds_nothing(claim, old, day) for old in known)


def adds_nothing(new: Claim, old: Claim, day: date) -> bool:
    """Whether `old` holds all that `new` says: it has begun by `day`, and not ended, unless `new` says when."""
    if new.end is None and old.is_over(day):
        return False
    if new.start is None and old.start is not None and old.start > day:
        return False
    return has_words(new, old) and new.start in (None, old.start) and new.end in (None, old.end)


def has_words(new: Claim, old: Claim) -> bool:
    """Whether `old` says what `new` says, and has its words."""
    statement = None if is_spelling(new) else new.statement
    return (
        new.says == old.says and statement in (None, old.statement) and new.statement_url in (None, old.statement_url)
    )


def _current(claims: Iterable[Claim], day: date) -> list[Claim]:
    return [claim for claim in claims if not claim.is_over(day)]


def _is_offer(claims: Sequence[Claim], offer: Sequence[Claim], day: date) -> bool:
    """Whether `claims` are what an `offer` holds, in any order."""
    return len(claims) == len(offer) and all(holds(offer, claim, day) for claim in claims)


def _stated_offers(ledger: Iterable[Grant], origin: str) -> list[list[Claim]]:
    """What the article, or its page, stated, offer by offer."""
    offers: dict[int, list[Claim]] = {}
    for grant in ledger:
        if grant.is_own_word and grant.origin == origin:
            offers.setdefault(grant.offer, []).append(grant.claim)
    return list(offers.values())
