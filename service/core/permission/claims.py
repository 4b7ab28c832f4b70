"""A use under a claim: one license, several that it may be, alternatives, or a dispute between claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.core.catalogue import find_license
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim, Grant, shown_claim
from service.core.permission.model import Ruling
from service.core.permission.rulings import Situation, merge_rulings, rule_license, rule_status
from service.core.permission.sentences import said_duty, said_questions, said_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A ruling with the claim that it is made under."""

    claim: Claim
    ruling: Ruling


def judge_grants(standing: Sequence[Grant], situation: Situation) -> Judgement:
    """The judgement under the grants that stand: those of one offer are alternatives, offers that differ a dispute."""
    claims = [grant.claim for grant in standing] or [UNKNOWN]
    if is_disputed(standing) and situation.use != "index":
        ruling = _agree("disputed", [judge_claim(claim, situation) for claim in claims])
        return Judgement(claim=shown_claim(standing), ruling=ruling)
    return best_judgement([Judgement(claim=claim, ruling=judge_claim(claim, situation)) for claim in claims])


def is_disputed(standing: Sequence[Grant]) -> bool:
    """Whether grants of several offers say different things."""
    return len({grant.offer for grant in standing}) > 1 and len({grant.claim.says for grant in standing}) > 1


def best_judgement(judgements: Sequence[Judgement]) -> Judgement:
    """The judgement nearest to a plain yes; among equals the one that asks least, whatever order they stand in."""
    return min(judgements, key=lambda item: (item.ruling.severity, len(item.ruling.duties), item.claim.name))


def judge_claim(claim: Claim, situation: Situation) -> Ruling:
    """The ruling under one claim. A license that is not exactly known is asked for each that it may be."""
    if claim.license:
        return rule_license(claim.license, situation)
    if situation.use == "index" or not claim.candidates:
        return rule_status("unknown" if claim.status in ("disputed", "unversioned") else claim.status, situation)
    return _judge_candidates(claim.status, claim.candidates, situation)


@lru_cache(maxsize=1024)
def _judge_candidates(status: str, names: tuple[str, ...], situation: Situation) -> Ruling:
    return _agree(status, [_judge_name(name, situation) for name in names])


def _judge_name(name: str, situation: Situation) -> Ruling:
    """The ruling under a candidate: an id, all rights reserved, or what is no license of the catalogue."""
    license = find_license(name)
    if license:
        return rule_license(license, situation)
    known = (ALL_RIGHTS_RESERVED, "unknown")
    return rule_status(name if name in known else "other", situation)


def _agree(status: str, rulings: Sequence[Ruling]) -> Ruling:
    """The ruling that all candidates come to, with the duties of all; `unknown` where they differ."""
    reason, is_version = said_reason(status), status == "unversioned"
    if all(ruling.permits for ruling in rulings):
        with_duties = is_version or any(ruling.duties for ruling in rulings)
        merged = merge_rulings(rulings, "allow_with_duties" if with_duties else "allow")
        duties = (said_duty("version"),) if is_version else ()
        return Ruling(
            verdict=merged.verdict,
            duties=(*merged.duties, *duties),
            reasons=(*merged.reasons, reason),
            questions=merged.questions,
        )
    verdicts = {ruling.verdict for ruling in rulings}
    merged = merge_rulings(rulings, verdicts.pop() if len(verdicts) == 1 else "unknown")
    questions = (*merged.questions, *(said_questions(status) if verdicts else ()))
    return Ruling(
        verdict=merged.verdict,
        reasons=(*merged.reasons, reason),
        questions=questions if merged.verdict == "unknown" else (),
    )
