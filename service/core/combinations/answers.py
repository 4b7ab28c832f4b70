"""The answer for works that are combined.

In a collection each work keeps its license and is used under it, unchanged (1.0 to 3.0 s. 3 and 4(a)). An adaptation
of several works needs a license that each of them lets its adaptations carry.
"""

from collections.abc import Sequence
from dataclasses import replace

from service.core.catalogue import find_license
from service.core.combinations.conflicts import adaptation_conflicts, barring_works, common_targets
from service.core.combinations.model import Combination, CombinedWork, Conflict, Kind, Member
from service.core.combinations.options import Option, Taken, Targets, rulings_of, take_work, usable_option
from service.core.permission.claims import RESULT_DUTIES
from service.core.permission.model import Duty, Reason, Ruling, Verdict
from service.core.permission.outbound import CURRENT, shown_targets, word_targets
from service.core.permission.rulings import Situation, worst_ruling
from service.core.permission.sentences import said_duty, said_questions, said_reason

# Where nothing is said the use is taken as noncommercial, and to keep it so becomes a duty.
_SUPPOSED = {True: "yes", False: "no", None: "supposed-no"}


def combine(
    works: Sequence[Member],
    *,
    as_: Kind,
    commercial: bool | None = None,
    outbound_license: str | None = None,
    territory: str = "unsaid",
) -> Combination:
    """The answer for works that are combined and shared; ``outbound_license`` is an id as ``find_outbound`` gives it.

    ``territory`` is a class as ``class_of_territory`` has it. A work whose license is not exactly known is taken under
    what each license that it may be allows. Raises ValueError without works.
    """
    if not works:
        raise ValueError("There is nothing to combine")
    situation = Situation(
        use="collect" if as_ == "collection" else "adapt", commercial=_SUPPOSED[commercial], territory=territory
    )
    taken = [take_work(work, situation) for work in works]
    noncommercial = commercial is None and _are_bound_to_noncommercial(works, taken, situation)
    if as_ == "collection":
        return _collect(taken, noncommercial=noncommercial)
    return _adapt(taken, outbound_license, noncommercial=noncommercial)


def _collect(taken: Sequence[Taken], *, noncommercial: bool) -> Combination:
    """The license of a collection covers what its maker adds, so it may be any."""
    options = [work.options[0] for work in taken]
    ruling = worst_ruling(rulings_of(options))
    return _answer(
        taken,
        options,
        ruling,
        said=said_reason("collection"),
        conflicts=barring_works(taken),
        outbound=tuple(id for id in CURRENT if find_license(id)) if ruling.permits else (),
        duties=(said_duty("noncommercial"),) if noncommercial and ruling.permits else (),
    )


def _adapt(taken: Sequence[Taken], outbound: str | None, *, noncommercial: bool) -> Combination:
    conflicts = adaptation_conflicts(taken, outbound)
    common = common_targets(taken)
    options = [usable_option(work, common) for work in taken]
    ruling = _with_chart(worst_ruling(rulings_of(options)), taken, conflicts)
    ruling = _with_result(ruling, options, common, outbound)
    bound = (said_duty("noncommercial"),) if noncommercial else ()
    duties = (*bound, *_license_of_whole(taken, common, outbound)) if ruling.permits else ()
    return _answer(
        taken,
        options,
        ruling,
        said=said_reason("common-license"),
        conflicts=conflicts,
        outbound=shown_targets(common) if ruling.permits else (),
        duties=duties,
    )


def _with_chart(ruling: Ruling, taken: Sequence[Taken], conflicts: Sequence[Conflict]) -> Ruling:
    """The ruling with what the chart makes of it: a conflict is a no, a work that it does not speak of is open."""
    if conflicts:
        rules = dict.fromkeys(Reason(rule=x.rule, clause=x.clause, text=x.text) for x in conflicts)
        barred = ruling.reasons if ruling.verdict == "deny" else ()
        return Ruling(verdict="deny", reasons=tuple(dict.fromkeys((*barred, *rules))))
    if ruling.permits and any(work.targets is None for work in taken):
        reasons = (said_reason("uncharted"), *ruling.reasons)
        return Ruling(verdict="unknown", reasons=reasons, questions=said_questions("uncharted"))
    return ruling


def _with_result(ruling: Ruling, options: Sequence[Option], common: Targets, outbound: str | None) -> Ruling:
    """The ruling, open where only some of the licenses that works may have let the result carry a license."""
    is_bound = any(not option.is_free for option in options)
    if not ruling.permits or not is_bound or (outbound in common if outbound else common):
        return ruling
    statuses = sorted({option.claim.status for option in options if option.claim and not option.claim.license})
    asked = (question for status in statuses for question in said_questions(status))
    reasons = (said_reason("no-shared-license"), *ruling.reasons)
    return Ruling(verdict="unknown", reasons=reasons, questions=tuple(asked))


def _answer(
    taken: Sequence[Taken],
    options: Sequence[Option],
    ruling: Ruling,
    *,
    said: Reason,
    conflicts: tuple[Conflict, ...],
    outbound: tuple[str, ...],
    duties: tuple[Duty, ...],
) -> Combination:
    kept = tuple(
        duty for duty in ruling.duties if duty.kind not in RESULT_DUTIES
    )  # the license of the whole takes their place
    return Combination(
        verdict=_verdict(ruling, (*kept, *duties)),
        outbound=outbound,
        conflicts=conflicts,
        duties=(*kept, *duties),
        reasons=(said, *ruling.reasons),
        questions=ruling.questions,
        works=tuple(_show(work, option) for work, option in zip(taken, options, strict=True)),
    )


def _verdict(ruling: Ruling, duties: Sequence[Duty]) -> Verdict:
    if not ruling.permits:
        return ruling.verdict
    return "allow_with_duties" if duties else "allow"


def _show(work: Taken, option: Option) -> CombinedWork:
    return CombinedWork(name=work.name, claim=option.claim, verdict=option.ruling.verdict)


def _are_bound_to_noncommercial(works: Sequence[Member], taken: Sequence[Taken], situation: Situation) -> bool:
    """Whether a work is free to be used, but not commercially."""
    commercial = replace(situation, commercial="yes")
    return any(
        one.ruling.permits and not take_work(work, commercial).ruling.permits
        for work, one in zip(works, taken, strict=True)
    )


def _license_of_whole(taken: Sequence[Taken], common: Targets, outbound: str | None) -> tuple[Duty, ...]:
    """The duty to publish under a license that fits, unless nothing binds the result."""
    if all(work.is_free for work in taken):
        return ()
    return (said_duty("combined-license", outbound=outbound or word_targets(common)),)
