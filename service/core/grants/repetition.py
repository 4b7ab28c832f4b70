"""Whether a statement repeats what a ledger holds: then it is no new one."""

from collections.abc import Iterable, Sequence
from datetime import date

from service.core.grants.claims import Claim, disputed_claim, is_spelling
from service.core.grants.entries import Grant
from service.core.grants.standing import is_disputed, standing_on


def says_already(ledger: Sequence[Grant], claims: Sequence[Claim], day: date, *, origin: str = "article") -> bool:
    """Whether the article states just this already, with nothing new in words or dates, and nothing else stands.

    By another `origin` it is its page that states it. Alternatives may come in any order. A dispute that stands is
    stated already by the claim that names its sides.
    """
    standing = standing_on(ledger, day)
    if is_disputed(standing) and len(claims) == 1:
        return adds_nothing(claims[0], disputed_claim([grant.claim for grant in standing]), day)
    lasting = {claim.says for claim in claims if claim.end is None or claim.end >= day}
    return {grant.claim.says for grant in standing} <= lasting and any(
        len(claims) == len(offer) and all(any(adds_nothing(new, old, day) for old in offer) for new in claims)
        for offer in _stated_offers(ledger, origin)
    )


def adds_nothing(new: Claim, old: Claim, day: date) -> bool:
    """Whether `old`, which has not ended by `day` unless `new` says when, holds all that `new` says."""
    if new.end is None and old.end is not None and old.end < day:
        return False
    return has_words(new, old) and new.start in (None, old.start) and new.end in (None, old.end)


def has_words(new: Claim, old: Claim) -> bool:
    """Whether `old` says what `new` says, and has its words."""
    statement = None if is_spelling(new) else new.statement
    return (
        new.says == old.says and statement in (None, old.statement) and new.statement_url in (None, old.statement_url)
    )


def _stated_offers(ledger: Iterable[Grant], origin: str) -> Iterable[list[Claim]]:
    """What the article, or its page, stated, offer by offer."""
    offers: dict[int, list[Claim]] = {}
    for grant in ledger:
        if grant.is_own_word and grant.origin == origin:
            offers.setdefault(grant.offer, []).append(grant.claim)
    return offers.values()
