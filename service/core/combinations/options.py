"""The ways to take a work into a combination: under which claim, and what the result may then carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.core.combinations.model import Member
from service.core.grants import UNKNOWN, Claim
from service.core.licenses import License
from service.core.permission.claims import judge_claim, possible_licenses
from service.core.permission.model import Reason, Ruling
from service.core.permission.outbound import charted_targets, compatibility_rows, is_public_domain, shared_targets
from service.core.permission.rulings import Situation
from service.core.permission.sentences import said_reason

Targets = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to take a work in."""

    claim: Claim | None
    ruling: Ruling

    @property
    def licenses(self) -> tuple[License, ...]:
        """The license, or each that it may be; none where not all of these are licenses of the catalogue."""
        found = possible_licenses(self.claim) if self.claim else ()
        return found if self.claim and len(found) == (1 if self.claim.license else len(self.claim.candidates)) else ()

    @property
    def targets(self) -> Targets | None:
        """The ids that an adaptation surely may carry, none with NoDerivatives; None where that is not known."""
        return shared_targets(self.licenses) if self.licenses else None

    @property
    def widest(self) -> Targets | None:
        """The ids that an adaptation may carry under some license that this may be; None where those are not known."""
        sets = [charted_targets(license) for license in self.licenses if not is_public_domain(license)]
        known = [targets for targets in sets if targets is not None]
        is_bound = bool(sets) and len(known) == len(self.licenses)
        return frozenset().union(*known) if is_bound else None

    @property
    def is_free(self) -> bool:
        """Whether the work binds the result to nothing."""
        return bool(self.licenses) and all(map(is_public_domain, self.licenses))

    @property
    def reason(self) -> Reason | None:
        """The rule that says what an adaptation may carry."""
        rows = [rows[0] for rows in map(compatibility_rows, self.licenses) if rows]
        reasons = {row.reason for row in rows}
        return reasons.pop() if len(reasons) == 1 else None


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
        """What the result surely may carry by any of the ways; None where that is not known of any."""
        known = [option.targets for option in self.options if option.targets is not None]
        if len(known) == 1:
            return known[0]
        return frozenset().union(*known) if known else None

    @property
    def widest(self) -> Targets | None:
        """What the result may carry at the very most; None where that is not known of every way."""
        sets = [option.widest for option in self.options]
        known = [targets for targets in sets if targets is not None]
        return frozenset().union(*known) if len(known) == len(sets) else None

    @property
    def reason(self) -> Reason | None:
        """The rule that says so, of the way that leaves most open."""
        named = [option for option in self.options if option.reason]
        widest = max(named, key=lambda option: len(option.targets or ()), default=None)
        return widest.reason if widest else None


def take_work(work: Member, situation: Situation) -> Taken:
    """The ways to take a work in for a use. One that is not exactly known is asked for each license that it may be."""
    if work.claims is None:
        missing = Ruling(verdict="unknown", reasons=(said_reason("problem"),))
        return Taken(name=work.name, options=(Option(claim=None, ruling=missing),))
    options = [Option(claim=claim, ruling=judge_claim(claim, situation)) for claim in work.claims or (UNKNOWN,)]
    permitted = [option for option in options if option.ruling.permits]
    return Taken(name=work.name, options=tuple(sorted(permitted or options, key=_order)))


def usable_option(taken: Taken, common: Targets) -> Option:
    """The way that asks least of those that let the result carry one of `common`, unless all of these are barred."""
    open_ways = [option for option in taken.options if option.ruling.verdict != "deny"]
    fitting = [option for option in open_ways if option.is_free or not common.isdisjoint(option.targets or ())]
    return (fitting or taken.options)[0]


def _order(option: Option) -> tuple[int, int, str]:
    name = option.claim.name if option.claim else ""
    return option.ruling.severity, len(option.ruling.duties), name


def rulings_of(options: Sequence[Option]) -> tuple[Ruling, ...]:
    """The rulings, each once, in one order, whatever order the works stand in."""
    return tuple(dict.fromkeys(option.ruling for option in sorted(options, key=_order)))
