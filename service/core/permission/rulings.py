"""What the rule tables say of one use under one license: a verdict with its duties, reasons and questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from service.core.attribution.reuse_wording import said_changes
from service.core.licenses import License
from service.core.permission.conditions import Facts, license_facts, read_version
from service.core.permission.model import SEVERITY, USES, Duty, Question, Reason, Ruling, Use, Verdict
from service.core.permission.outbound import charted_targets, is_public_domain, word_targets
from service.core.permission.sentences import Rule, duties_under, rules_of, verdict_of
from service.core.permission.territories import class_of_territory

Said = TypeVar("Said", Duty, Reason)

_SAID = {True: "yes", False: "no", None: "unsaid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A use as the rules see it: what was not said is taken as the demanding case, or is `unsaid`.

    `is_changed` says that something was changed in what the use takes as it is.
    """

    use: str
    commercial: str = "unsaid"
    share: bool = True
    territory: str = "unsaid"
    outbound: str | None = None
    is_changed: bool = False


def situation_of(use: Use) -> Situation:
    """The situation that a use describes."""
    traits = USES[use.use]
    shares = {"always": True, "never": False}.get(traits["shares"], use.share is not False)
    return Situation(
        use=use.use,
        commercial=_SAID[use.commercial],
        share=shares,
        territory=class_of_territory(use.territory, use.as_of),
        outbound=use.outbound_license,
        is_changed=traits["changed"] == "yes" and bool(said_changes(use.changes)),
    )


@lru_cache(maxsize=8192)
def rule_license(license: License, situation: Situation) -> Ruling:
    """The ruling on a use under one license."""
    version = read_version(license.version)
    rulings = [
        _rule(
            Facts(frozenset((*_words(use, situation, license), *license_facts(license))), version),
            _word_outbound(license, situation),
        )
        for use in _uses(situation)
    ]
    return worst_ruling(rulings)


@lru_cache(maxsize=1024)
def rule_status(status: str, situation: Situation) -> Ruling:
    """The ruling on a use where no license is known: under other terms, with all rights reserved, or unknown."""
    return _rule(Facts(frozenset((*_words(situation.use, situation, None), f"status:{status}"))), "")


def worst_ruling(rulings: Sequence[Ruling]) -> Ruling:
    """The ruling furthest from a yes; where all are a yes, what all of them say."""
    verdict = max((ruling.verdict for ruling in rulings), key=SEVERITY.__getitem__)
    telling = [ruling for ruling in rulings if ruling.verdict == verdict]
    return merge_rulings(rulings if telling[0].permits else telling, verdict)


def merge_rulings(rulings: Sequence[Ruling], verdict: Verdict) -> Ruling:
    """One ruling of several, with all that they say, each thing once; a clause in which they differ is left out."""
    if len(rulings) == 1:
        return replace(rulings[0], verdict=verdict)
    return Ruling(
        verdict=verdict,
        duties=_merge_said(duty for ruling in rulings for duty in ruling.duties),
        reasons=_merge_said(reason for ruling in rulings for reason in ruling.reasons),
        questions=tuple(dict.fromkeys(question for ruling in rulings for question in ruling.questions)),
    )


def _merge_said(said: Iterable[Said]) -> tuple[Said, ...]:
    clauses: dict[Said, set[str | None]] = {}
    for item in said:
        clauses.setdefault(replace(item, clause=None), set()).add(item.clause)
    return tuple(
        replace(item, clause=next(iter(found))) if len(found) == 1 else item for item, found in clauses.items()
    )


def _uses(situation: Situation) -> tuple[str, ...]:
    """The use, and that it is an adaptation as well where something was changed."""
    return (situation.use, "adapt") if situation.is_changed else (situation.use,)


def _words(use: str, situation: Situation, license: License | None) -> tuple[str, ...]:
    return (
        f"use:{use}",
        f"commercial:{situation.commercial}",
        f"share:{'yes' if situation.share else 'no'}",
        f"territory:{situation.territory}",
        f"outbound:{_class_of_outbound(use, situation, license)}",
        f"charted:{'yes' if license and charted_targets(license) else 'no'}",
    )


def _class_of_outbound(use: str, situation: Situation, license: License | None) -> str:
    """What the named license means for this one; a work that nothing is asked for goes under any."""
    if situation.outbound is None:
        return "unsaid"
    if USES[use]["adapts"] == "no":
        return "adapted" if situation.is_changed else "verbatim"
    targets = charted_targets(license) if license else None
    if targets is None or not license:
        return "uncharted"
    if is_public_domain(license):
        return "compatible"
    return "compatible" if situation.outbound in targets else "incompatible"


def _rule(facts: Facts, outbound: str) -> Ruling:
    """The first grant that holds, with every limit that does; of those the furthest from a yes are the reasons."""
    decisive = next(rule for rule in rules_of("grant") if rule.when.holds(facts))
    rules = [decisive, *(rule for rule in rules_of("limit") if rule.when.holds(facts))]
    verdict = max((verdict_of(rule) for rule in rules), key=SEVERITY.__getitem__)
    rules = [rule for rule in rules if verdict_of(rule) == verdict]
    is_yes = verdict == "allow"
    duties = duties_under(facts, outbound=outbound) if is_yes else ()
    notes = [rule for rule in rules_of("note") if (is_yes or not rule.verdict) and rule.when.holds(facts)]
    return Ruling(
        verdict="allow_with_duties" if duties else verdict,
        duties=duties,
        reasons=tuple(rule.reason for rule in (*rules, *notes)),
        questions=() if verdict == "deny" else _questions([*rules, *notes]),
    )


def _questions(rules: Iterable[Rule]) -> tuple[Question, ...]:
    return tuple(dict.fromkeys(question for rule in rules for question in rule.questions))


def _word_outbound(license: License, situation: Situation) -> str:
    """The licenses that an adaptation may carry, or the one that was chosen."""
    return situation.outbound or word_targets(charted_targets(license) or ())
