"""The ways to take a work into a combination: under which claim, and what the result may then carry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.core.combinations.model import Member
from service.core.grants import UNKNOWN, Claim
from service.core.licenses import License
from service.core.permission.claims import judge_claim
from service.core.permission.model import Reason, Ruling
from service.core.permission.outbound import charted_targets, compatibility_rows, is_public_domain
from service.core.permission.rulings import Situation
from service.core.permission.sentences import said_questions, said_reason

Targets = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to take a work in."""

    claim: Claim | None
    ruling: Ruling

    @property
    def license(self) -> License | None:
        return self.claim.license if self.claim else None

    @property
    def targets(self) -> Targets | None:
        """The ids that an adaptation may carry, none with NoDerivatives; None where that is not known."""
        return charted_targets(self.license) if self.license else None

    @property
    def is_free(self) -> bool:
        """Whether the work binds the result to nothing."""
        return self.license is not None and is_public_domain(self.license)

    @property
    def reason(self) -> Reason | None:
        """The rule that says what an adaptation may carry."""
        rows = compatibility_rows(self.license) if self.license else ()
        return rows[0].reason if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A work with the ways to take it in that come nearest to a yes, the one that asks least first."""

    name: str
    options: tuple[Option, ...]

    @property
    def ruling(self) -> Ruling:
        return self.options[0].ruling

    @property
    def is_free(self) -> bool:
        """Whether one way binds the result to nothing."""
        return any(option.is_free for option in self.options)

    @property
    def targets(self) -> Targets | None:
        """What the result may carry by any of the ways; None where that is not known of any."""
        known = [option.targets for option in self.options if option.targets is not None]
        if len(known) == 1:
            return known[0]
        return frozenset().union(*known) if known else None

    @property
    def reason(self) -> Reason | None:
        """The rule that says so, of the way that leaves most open."""
        named = [option for option in self.options if option.reason]
        widest = max(named, key=lambda option: len(option.targets or ()), default=None)
        return widest.reason if widest else None


def take_work(work: Member, situation: Situation) -> Taken:
    """The ways to take a work in for a use; the license of a yes is exactly known."""
    if work.claims is None:
        missing = Ruling(verdict="unknown", reasons=(said_reason("problem"),))
        return Taken(name=work.name, options=(Option(claim=None, ruling=missing),))
    options = [Option(claim=claim, ruling=_rule(claim, situation)) for claim in work.claims or (UNKNOWN,)]
    permitted = [option for option in options if option.ruling.permits]
    return Taken(name=work.name, options=tuple(sorted(permitted or options, key=_order)))


def usable_option(taken: Taken, common: Targets) -> Option:
    """The way that asks least of those that let the result carry one of `common`."""
    fitting = [option for option in taken.options if option.is_free or not common.isdisjoint(option.targets or ())]
    return (fitting or taken.options)[0]


def _order(option: Option) -> tuple[int, int, str]:
    name = option.claim.name if option.claim else ""
    return option.ruling.severity, len(option.ruling.duties), name


def _rule(claim: Claim, situation: Situation) -> Ruling:
    """The ruling on a claim, which is a yes only where the license is exactly known."""
    ruling = judge_claim(claim, situation)
    if claim.license or not ruling.permits:
        return ruling
    questions = said_questions(claim.status)
    return replace(
        ruling, verdict="unknown", duties=(), questions=tuple(dict.fromkeys((*ruling.questions, *questions)))
    )


def rulings_of(options: Sequence[Option]) -> tuple[Ruling, ...]:
    """The rulings, each once, in one order, whatever order the works stand in."""
    return tuple(dict.fromkeys(option.ruling for option in sorted(options, key=_order)))
