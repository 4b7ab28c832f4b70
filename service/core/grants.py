"""Claims and grants: what is said about the license of a work, and the ledger of what was offered when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from service.core.licenses import License

ALL_RIGHTS_RESERVED = "all-rights-reserved"


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
        asserted = self.state == "asserted" and self.scope == "article"
        return asserted and (start is None or start <= day) and (end is None or day <= end)


def open_grants(ledger: Iterable[Grant], day: date) -> tuple[Grant, ...]:
    """The grants that stand on `day`, the first stated one first."""
    return tuple(grant for grant in ledger if grant.is_open(day))


def shown_claim(standing: Sequence[Grant]) -> Claim:
    """The claim that ``article.license`` shows: the first open one, or the dispute between several that differ."""
    if not standing:
        return UNKNOWN
    if len({grant.offer for grant in standing}) == 1 or len({grant.claim.says for grant in standing}) == 1:
        return standing[0].claim
    return disputed_claim([grant.claim for grant in standing])


def disputed_claim(claims: Sequence[Claim]) -> Claim:
    """One claim that says that `claims` disagree; it keeps the words of the first."""
    names = tuple(dict.fromkeys(name for claim in claims for name in (claim.candidates or (claim.name,))))
    first = claims[0]
    return Claim(status="disputed", candidates=names, statement=first.statement, statement_url=first.statement_url)


def next_ledger(
    ledger: Sequence[Grant], claims: Sequence[Claim], inherited: Claim | None, *, anew: bool, now: datetime, by: str
) -> tuple[Grant, ...]:
    """The ledger after a write: what the article states now, or else what its source says.

    An article that ever stated a license inherits none. What was inherited is looked at again only if `anew`.
    """
    if claims:
        return (
            tuple(ledger) if _says_already(ledger, claims, now.date()) else state_claims(ledger, claims, now=now, by=by)
        )
    if not anew or any(grant.origin != "source" and grant.state == "asserted" for grant in ledger):
        return tuple(ledger)
    return inherit_claim(ledger, inherited, now=now, by=by)


def state_claims(ledger: Sequence[Grant], claims: Sequence[Claim], *, now: datetime, by: str) -> tuple[Grant, ...]:
    """The ledger after a new statement: the offers that stand are closed, and `claims` are opened as one offer.

    A Creative Commons grant is irrevocable, so nothing is taken away: on the day of a change the new offer counts, and
    the old one ends the day before. What follows another offer and names no start begins on that day.
    """
    today = now.date()
    changes = bool(open_grants(ledger, today))
    opened = [replace(claim, start=today) if changes and claim.start is None else claim for claim in claims]
    return _with_offer([_close(grant, today) for grant in ledger], opened, origin="article", now=now, by=by)


def inherit_claim(ledger: Sequence[Grant], claim: Claim | None, *, now: datetime, by: str) -> tuple[Grant, ...]:
    """The ledger with `claim` as what the source says; what it was thought to say before is marked as mistaken."""
    standing = [grant for grant in ledger if grant.origin == "source" and grant.is_open(now.date())]
    if [grant.claim for grant in standing] == ([claim] if claim else []):
        return tuple(ledger)
    reason = "What the source's policies say was resolved anew."
    kept = [replace(grant, state="mistaken", reason=reason) if grant in standing else grant for grant in ledger]
    return _with_offer(kept, [claim] if claim else [], origin="source", now=now, by=by)


def _with_offer(
    ledger: Sequence[Grant], claims: Sequence[Claim], *, origin: str, now: datetime, by: str
) -> tuple[Grant, ...]:
    offer = max((grant.offer for grant in ledger), default=0) + 1
    opened = (
        Grant(n=len(ledger) + index, claim=claim, origin=origin, offer=offer, recorded_at=now, recorded_by=by)
        for index, claim in enumerate(claims, start=1)
    )
    return (*ledger, *opened)


def _says_already(ledger: Sequence[Grant], claims: Sequence[Claim], today: date) -> bool:
    """Whether the article itself states just this already, with nothing new in words or dates."""
    standing = [grant.claim for grant in ledger if grant.origin == "article" and grant.is_open(today)]
    return len(standing) == len(claims) and all(
        _adds_nothing(new, old) for new, old in zip(claims, standing, strict=True)
    )


def _adds_nothing(new: Claim, old: Claim) -> bool:
    members = (
        (new.statement, old.statement),
        (new.statement_url, old.statement_url),
        (new.start, old.start),
        (new.end, old.end),
    )
    return new.says == old.says and all(said is None or said == known for said, known in members)


def _close(grant: Grant, today: date) -> Grant:
    if not grant.is_open(today):
        return grant
    return replace(grant, claim=replace(grant.claim, end=today - timedelta(days=1)))
