"""Claims and grants: what is said about the license of a work, and the ledger of what was offered when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from service.core.catalogue import resolve_license
from service.core.licenses import Known, License, Unversioned

ALL_RIGHTS_RESERVED = "all-rights-reserved"
SCOPES = ("article", "tdm", "manuscript")
"""What a grant is for: the article as published, text and data mining of it alone, or its accepted manuscript alone."""

ORIGINS = ("article", "source", "extraction")
"""Where a grant comes from: the article's own word, its source's policies, or what was found in its page."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says the license of a work is, beside the words it was said in.

    ``status`` is ``known`` (then ``license`` is set), ``other`` (terms that are no Creative Commons tool: ``url`` or
    ``statement``), ``all-rights-reserved``, ``unknown`` (nothing was said), ``unversioned`` (``unit`` and the ids in
    ``candidates``) or ``disputed`` (``candidates`` names what the claims say). ``start`` and ``end`` are the first and
    the last day on offer.
    """

    status: str
    license: License | None = None
    unit: str | None = None
    candidates: tuple[str, ...] = ()
    url: str | None = None
    statement: str | None = None
    statement_url: str | None = None
    start: date | None = None
    end: date | None = None

    @property
    def says(self) -> tuple[str, str | None, tuple[str, ...]]:
        """What the claim asserts, apart from its evidence and dates: equal values agree."""
        if self.license:
            return "known", self.license.id, ()
        return (
            self.status,
            self.unit or self.url or (self.statement if self.status == "other" else None),
            self.candidates,
        )

    @property
    def name(self) -> str:
        """The claim in a word, as ``candidates`` of a dispute lists it."""
        if self.license:
            return self.license.id
        return self.url or self.unit or (self.statement if self.status == "other" else None) or self.status


UNKNOWN = Claim(status="unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The application of a license to an article: an entry of its ledger, numbered from 1.

    ``offer`` numbers the statement that it came with: grants of one offer are alternatives (a dual license), grants of
    different offers that disagree are a dispute.
    """

    n: int
    claim: Claim
    scope: str = "article"
    origin: str = "article"
    offer: int
    recorded_at: datetime
    recorded_by: str
    state: str = "asserted"
    reason: str | None = None

    def is_open(self, day: date) -> bool:
        """Whether the grant is on offer on `day`; the day that it ends on still counts."""
        start, end = self.claim.start, self.claim.end
        return self.state == "asserted" and (start is None or start <= day) and (end is None or day <= end)

    @property
    def is_own_word(self) -> bool:
        """Whether the article itself says this, or was found to say it, of its license as a whole."""
        return self.state == "asserted" and self.scope == "article" and self.origin != "source"


Ledger = tuple[Grant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant:
    """A checked request to record a grant."""

    claim: Claim
    scope: str = "article"
    origin: str = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """That `end` is the last day on which a grant is on offer, None that it goes on; with the reason."""

    end: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """That a grant had been recorded wrongly and was never given; with the reason."""

    reason: str


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


def disputed_claim(claims: Sequence[Claim]) -> Claim:
    """One claim that says that `claims` disagree; it keeps the words of the first."""
    names = tuple(dict.fromkeys(name for claim in claims for name in (claim.candidates or (claim.name,))))
    first = claims[0]
    return Claim(status="disputed", candidates=names, statement=first.statement, statement_url=first.statement_url)


def distinct_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims of a list, each once: another name or address of the same license is no other claim."""
    distinct: dict[Claim, Claim] = {}
    for claim in claims:
        distinct.setdefault(replace(claim, statement=None) if _is_spelling(claim) else claim, claim)
    return tuple(distinct.values())


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


def _turns(ledger: Iterable[Grant], day: date) -> list[date]:
    """The days after `day` on which a grant begins, or has just ended."""
    claims = [grant.claim for grant in ledger if grant.state == "asserted"]
    starts = {claim.start for claim in claims if claim.start}
    ends = {claim.end + _DAY for claim in claims if claim.end and claim.end < date.max}
    return sorted(turn for turn in starts | ends if turn > day)


def _amend(grant: Grant, change: Ending | Mistake) -> Grant:
    if isinstance(change, Mistake):
        return replace(grant, state="mistaken", reason=change.reason)
    return replace(grant, claim=replace(grant.claim, end=change.end), reason=change.reason)


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
        (None if _is_spelling(new) else new.statement, old.statement),
        (new.statement_url, old.statement_url),
        (new.start, old.start),
        (new.end, old.end),
    )
    return new.says == old.says and all(said is None or said == known for said, known in members)


def _is_spelling(claim: Claim) -> bool:
    """Whether the words of `claim` are nothing but another name or address of its license."""
    match resolve_license(claim.statement or ""):
        case Known(license=license):
            return license == claim.license
        case Unversioned(candidates=candidates):
            return candidates == claim.candidates
    return False
