"""What keeps works apart: one that bars the result by itself, and pairs that no license can carry together."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain, combinations, islice, product
from operator import and_

from service.core.combinations.model import Conflict
from service.core.combinations.options import Taken, Targets
from service.core.permission.model import Reason
from service.core.permission.outbound import PUBLIC_DOMAIN_TARGETS
from service.core.permission.sentences import said_reason

_LISTED = 100


def barring_works(taken: Iterable[Taken]) -> tuple[Conflict, ...]:
    """The works that bar the result by themselves, each with the rule that does."""
    barred = [_conflict(work.ruling.reasons[0], work) for work in _by_name(taken) if work.ruling.verdict == "deny"]
    return tuple(barred[:_LISTED])


def adaptation_conflicts(taken: Iterable[Taken], outbound: str | None) -> tuple[Conflict, ...]:
    """All that keeps the works from being adapted together, under the license named if there is one."""
    works = _by_name(taken)
    open_works = [work for work in works if work.widest or work.is_free or work.widest is None]
    found = chain(
        barring_works(open_works),
        _without_derivatives(works),
        _incompatible_pairs(open_works),
        (_conflict(_outbound_reason(work), work) for work in open_works if not _carries(work, outbound)),
    )
    return tuple(islice(found, _LISTED)) or _no_common_license(open_works)


def common_targets(taken: Iterable[Taken]) -> Targets:
    """The ids that every work surely lets the result carry; where nothing binds it, those of public domain works."""
    sets = [work.targets or frozenset() for work in taken if not work.is_free]
    return reduce(and_, sets) if sets else PUBLIC_DOMAIN_TARGETS


def _by_name(taken: Iterable[Taken]) -> list[Taken]:
    named = {work.name: work for work in taken}
    return [named[name] for name in sorted(named)]


def _without_derivatives(works: Sequence[Taken]) -> Iterator[Conflict]:
    """NoDerivatives goes into no adaptation, neither alone nor with anything else."""
    closed = {work.name for work in works if not work.is_free and work.widest == frozenset()}
    if closed and len(works) == 1:
        yield _conflict(_rule_of(works[0]), works[0])
    for one, other in combinations(works, 2) if closed else ():
        if one.name in closed or other.name in closed:
            yield _conflict(_rule_of(one if one.name in closed else other), one, other)


def _incompatible_pairs(works: Iterable[Taken]) -> Iterator[Conflict]:
    bound = [(work, work.widest) for work in works if work.widest and not work.is_free]
    apart = {
        (one, other) for one, other in product({targets for _, targets in bound}, repeat=2) if one.isdisjoint(other)
    }
    for (one, first), (other, second) in combinations(bound, 2) if apart else ():
        if (first, second) in apart:
            narrower = one if len(first) <= len(second) else other
            yield _conflict(_rule_of(narrower), one, other)


def _no_common_license(works: Sequence[Taken]) -> tuple[Conflict, ...]:
    """Works that go together two by two and not all at once, as alternatives can bring about."""
    bound = [work for work in works if work.widest and not work.is_free]
    if len(bound) < 2 or reduce(and_, [work.widest or frozenset() for work in bound]):
        return ()
    return (_conflict(said_reason("no-common-license"), *bound),)


def _carries(work: Taken, outbound: str | None) -> bool:
    return outbound is None or work.is_free or not work.widest or outbound in work.widest


def _outbound_reason(work: Taken) -> Reason:
    rule, said = _rule_of(work), said_reason("outbound")
    return Reason(rule=said.rule, clause=rule.clause, text=f"{said.text} {rule.text}")


def _rule_of(work: Taken) -> Reason:
    return work.reason or said_reason("incompatible")


def _conflict(reason: Reason, *works: Taken) -> Conflict:
    names = tuple(work.name for work in works)
    return Conflict(works=names, rule=reason.rule, clause=reason.clause, text=reason.text)
