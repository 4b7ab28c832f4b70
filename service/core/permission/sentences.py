"""The rule tables, read once: rules with their verdicts, duties, questions and what else an answer says."""

from dataclasses import dataclass
from typing import cast

from service.core.data import read_table
from service.core.permission.conditions import Condition, Facts, read_condition
from service.core.permission.model import Basis, Duty, Question, Reason, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of `permission_rules.tsv`.

    The first rule of the stage ``grant`` that holds decides, every ``limit`` that holds counts as well, a ``note``
    only says something: with a verdict, only beside a yes. ``kept`` and ``said`` are taken up by name.
    """

    name: str
    when: Condition
    verdict: str
    reason: Reason
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule:
    """A row of `permission_duties.tsv`: of each kind the first that holds is a duty."""

    when: Condition
    duty: Duty


def rules_of(stage: str) -> tuple[Rule, ...]:
    """The rules of a stage in the order of the table."""
    return _RULES[stage]


def verdict_of(rule: Rule) -> Verdict:
    """The verdict of a rule that has one."""
    return cast(Verdict, rule.verdict)


def duties_under(facts: Facts, **slots: str) -> tuple[Duty, ...]:
    """The duties of a license for a use; `slots` fill their texts."""
    duties: dict[str, Duty] = {}
    for rule in _DUTIES:
        if rule.duty.kind not in duties and rule.when.holds(facts):
            duties[rule.duty.kind] = fill_duty(rule.duty, **slots)
    return tuple(duties.values())


def said_duty(kind: str, **slots: str) -> Duty:
    """A duty that the code takes up by its kind."""
    return fill_duty(next(rule.duty for rule in _DUTIES if rule.duty.kind == kind), **slots)


def fill_duty(duty: Duty, **slots: str) -> Duty:
    """The duty with its text filled."""
    text = duty.text.format(**slots)
    return Duty(kind=duty.kind, basis=duty.basis, clause=duty.clause, text=text)


def said_reason(name: str, **slots: str) -> Reason:
    """A reason that the code takes up by its name."""
    reason = _SAID[name].reason
    return Reason(rule=reason.rule, clause=reason.clause, text=reason.text.format(**slots))


def said_questions(name: str) -> tuple[Question, ...]:
    """The questions that go with such a reason."""
    return _SAID[name].questions


def _load_rules() -> dict[str, tuple[Rule, ...]]:
    stages: dict[str, tuple[Rule, ...]] = {}
    for row in read_table("permission_rules.tsv"):
        stages[row["stage"]] = (*stages.get(row["stage"], ()), _load_rule(row))
    return stages


def _load_rule(row: dict[str, str]) -> Rule:
    return Rule(
        name=row["rule"],
        when=read_condition(row["when"]),
        verdict=row["verdict"],
        reason=Reason(rule=row["rule"], clause=row["clause"] or None, text=row["text"]),
        questions=(_QUESTIONS[row["question"]],) if row["question"] else (),
    )


def _load_duty(row: dict[str, str]) -> DutyRule:
    basis = cast(Basis, row["basis"])
    duty = Duty(kind=row["kind"], basis=basis, clause=row["clause"] or None, text=row["text"])
    return DutyRule(when=read_condition(row["when"]), duty=duty)


_QUESTIONS = {
    row["question"]: Question(question=row["question"], text=row["text"])
    for row in read_table("permission_questions.tsv")
}
_RULES = _load_rules()
_SAID = {rule.name: rule for rule in _RULES["said"]}
_DUTIES = tuple(_load_duty(row) for row in read_table("permission_duties.tsv"))
