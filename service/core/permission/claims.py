"""A use under a claim: one license, several that it may be, alternatives, or a dispute between claims."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from service.core.catalogue import find_license
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim, Grant, shown_claim
from service.core.licenses import License
from service.core.permission.model import Duty, Ruling, Verdict
from service.core.permission.outbound import shared_targets, word_targets
from service.core.permission.rulings import Situation, merge_rulings, rule_license, rule_status, worst_ruling
from service.core.permission.sentences import said_duty, said_questions, said_reason

RESULT_DUTIES = ("outbound-license", "share-alike")
"""The kinds of duties that say under which license a result may go, the stronger one last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A ruling with the claim that it is made under."""

    claim: Claim
    ruling: Ruling


def judge_grants(standing: Sequence[Grant], situation: Situation) -> Judgement:
    """The judgement under the grants that stand: those of one offer are alternatives, offers that differ a dispute."""
    claims = [grant.claim for grant in standing] or [UNKNOWN]
    rulings = [judge_claim(claim, situation) for claim in claims]
    if not is_disputed(standing):
        pairs = zip(claims, rulings, strict=True)
        return best_judgement([Judgement(claim=claim, ruling=ruling) for claim, ruling in pairs])
    if situation.use == "index":
        return Judgement(claim=shown_claim(standing), ruling=worst_ruling(rulings))
    licenses = [license for claim in claims for license in possible_licenses(claim)]
    return Judgement(claim=shown_claim(standing), ruling=_agree("disputed", rulings, licenses, situation))


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


def possible_licenses(claim: Claim) -> tuple[License, ...]:
    """The license of a claim, or those of the catalogue among its candidates."""
    if claim.license:
        return (claim.license,)
    return tuple(license for license in map(find_license, claim.candidates) if license)


@lru_cache(maxsize=1024)
def _judge_candidates(status: str, names: tuple[str, ...], situation: Situation) -> Ruling:
    licenses = [license for license in map(find_license, names) if license]
    return _agree(status, [_judge_name(name, situation) for name in names], licenses, situation)


def _judge_name(name: str, situation: Situation) -> Ruling:
    """The ruling under a candidate: an id, all rights reserved, or what is no license of the catalogue."""
    license = find_license(name)
    if license:
        return rule_license(license, situation)
    known = (ALL_RIGHTS_RESERVED, "unknown")
    return rule_status(name if name in known else "other", situation)


def _agree(status: str, rulings: Sequence[Ruling], licenses: Sequence[License], situation: Situation) -> Ruling:
    """The ruling that all candidates come to, with the duties of all; `unknown` where they differ."""
    reason = said_reason(status)
    if all(ruling.permits for ruling in rulings):
        return _agree_on_yes(status, rulings, licenses, situation)
    verdicts = {ruling.verdict for ruling in rulings}
    merged = merge_rulings(rulings, verdicts.pop() if len(verdicts) == 1 else "unknown")
    questions = (*merged.questions, *(said_questions(status) if verdicts else ()))
    return Ruling(
        verdict=merged.verdict,
        reasons=(*merged.reasons, reason),
        questions=questions if merged.verdict == "unknown" else (),
    )


def _agree_on_yes(status: str, rulings: Sequence[Ruling], licenses: Sequence[License], situation: Situation) -> Ruling:
    """The yes that all candidates come to, where one license for the result can keep what each of them asks."""
    merged, reason = merge_rulings(rulings, "allow"), said_reason(status)
    duties = merged.duties if situation.outbound else _word_result(merged.duties, licenses)
    if duties is None:
        return Ruling(
            verdict="unknown",
            reasons=(said_reason("no-shared-license"), reason),
            questions=(*merged.questions, *said_questions(status), *said_questions("no-shared-license")),
        )
    duties = (*duties, said_duty("version")) if status == "unversioned" else duties
    verdict: Verdict = "allow_with_duties" if duties else "allow"
    return replace(merged, verdict=verdict, duties=duties, reasons=(*merged.reasons, reason))


def _word_result(duties: tuple[Duty, ...], licenses: Sequence[License]) -> tuple[Duty, ...] | None:
    """The duties with one that says under what the result may go, whichever license it is; None where nothing may."""
    bound = [duty for duty in duties if duty.kind in RESULT_DUTIES]
    targets = shared_targets(licenses)
    if not bound or (targets is None and len(bound) == 1):
        return duties
    if not targets:
        return None
    kind = max((duty.kind for duty in bound), key=RESULT_DUTIES.index)
    clauses = {duty.clause for duty in bound}
    said = replace(said_duty(kind, outbound=word_targets(targets)), clause=clauses.pop() if len(clauses) == 1 else None)
    place = duties.index(bound[0])
    kept = [duty for duty in duties if duty not in bound]
    return (*kept[:place], said, *kept[place:])
