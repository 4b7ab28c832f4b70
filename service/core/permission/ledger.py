"""A use under a ledger: what is on offer on a day, and what was on offer before, for grants are irrevocable."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from service.core.grants import Claim, Grant, standing_on
from service.core.permission.claims import Judgement, best_judgement, judge_claim, judge_grants
from service.core.permission.conditions import Facts, license_facts, read_version
from service.core.permission.model import Reason, Ruling, Use
from service.core.permission.rulings import Situation
from service.core.permission.sentences import rules_of, said_questions, said_reason

_DAY = timedelta(days=1)
_SCOPES = {"tdm": ("article", "tdm")}  # a grant for text and data mining counts for that alone


def judge_use(ledger: Iterable[Grant], use: Use, situation: Situation) -> Judgement:
    """The judgement on the day asked, and what the day on which the copy was obtained makes of it.

    A Creative Commons grant is irrevocable (1.0 to 3.0 s. 7(b), 4.0 s. 2(a)(1)): who has a copy from its time keeps
    it. Where nobody says when the copy was obtained, and an earlier claim allowed the use, the answer is open; so it is
    where what stood on the day obtained leaves it open.
    """
    ledger = tuple(ledger)
    present = judge_day(ledger, situation, use.as_of)
    if use.obtained_on is not None and use.obtained_on <= use.as_of:
        return _keep(present, _judge_past(ledger, situation, use.obtained_on))
    if present.ruling.permits or use.obtained_on is not None or not _was_open(ledger, use, situation, present):
        return present
    return replace(present, ruling=_left_open(present.ruling))


def judge_day(ledger: Iterable[Grant], situation: Situation, day: date) -> Judgement:
    """The judgement under what stands on `day`. A license for the use alone is an alternative to the article's."""
    ledger = tuple(ledger)
    article, *special = _SCOPES.get(situation.use, ("article",))
    judgements = [judge_grants(standing_on(ledger, day, scope=article), situation)]
    for scope in special:
        standing = standing_on(ledger, day, scope=scope)
        judgements += [judge_grants(standing, situation)] if standing else []
    return best_judgement(judgements)


def closed_grants(ledger: Iterable[Grant], use: Use) -> tuple[Grant, ...]:
    """The grants that count for the use and were closed by the day asked."""
    scopes = _SCOPES.get(use.use, ("article",))
    return tuple(
        grant
        for grant in ledger
        if grant.state == "asserted" and grant.scope in scopes and grant.claim.end and grant.claim.end < use.as_of
    )


def _judge_past(ledger: tuple[Grant, ...], situation: Situation, day: date) -> Judgement | None:
    """The judgement under what stood on `day`; None where nothing did, which leaves it to the present."""
    scopes = _SCOPES.get(situation.use, ("article",))
    stood = any(standing_on(ledger, day, scope=scope) for scope in scopes)
    return judge_day(ledger, situation, day) if stood else None


def _keep(present: Judgement, past: Judgement | None) -> Judgement:
    """The better of both: a copy loses nothing by a later change, and what was in doubt then is not settled by it."""
    if past is None or past.ruling.severity >= present.ruling.severity:
        return present
    if not past.ruling.permits:
        return past
    return replace(past, ruling=past.ruling.plus(reasons=(_kept_reason(past),)))


def _kept_reason(past: Judgement) -> Reason:
    license = past.claim.license
    facts = Facts(frozenset(license_facts(license)), read_version(license.version)) if license else Facts(frozenset())
    return next(rule.reason for rule in rules_of("kept") if rule.when.holds(facts))


def _was_open(ledger: tuple[Grant, ...], use: Use, situation: Situation, present: Judgement) -> bool:
    """Whether another day than the one asked may have a better answer."""
    if _was_allowed(ledger, situation, use.as_of):
        return True
    return present.ruling.verdict != "unknown" and _was_said(ledger, use, situation)


def _was_allowed(ledger: tuple[Grant, ...], situation: Situation, as_of: date) -> bool:
    days = {day for grant in ledger for day in _turning_days(grant) if day < as_of}
    return any(judge_day(ledger, situation, day).ruling.permits for day in sorted(days))


def _turning_days(grant: Grant) -> tuple[date, ...]:
    """Days among which every set of grants that ever stood together is met."""
    start, end = grant.claim.start, grant.claim.end
    before = (start - _DAY,) if start and start > date.min else ()
    return (*before, *((start,) if start else ()), *((end,) if end else ()))


def _was_said(ledger: tuple[Grant, ...], use: Use, situation: Situation) -> bool:
    """Whether a claim that stood and was closed allowed the use, though others stood against it."""
    stood = [grant for grant in closed_grants(ledger, use) if _ever_stood(grant)]
    return any(judge_claim(side, situation).permits for grant in stood for side in _sides(grant.claim))


def _ever_stood(grant: Grant) -> bool:
    start, end = grant.claim.start, grant.claim.end
    return start is None or end is None or start <= end


def _sides(claim: Claim) -> list[Claim]:
    """What a dispute within one claim is between; any other claim is itself."""
    if claim.status != "disputed":
        return [claim]
    return [replace(claim, candidates=(name,)) for name in claim.candidates]


def _left_open(ruling: Ruling) -> Ruling:
    asked = said_questions("earlier-offer")
    return Ruling(
        verdict="unknown",
        reasons=(*ruling.reasons, said_reason("earlier-offer")),
        questions=(*ruling.questions, *asked),
    )
