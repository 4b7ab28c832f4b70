"""Works to be combined, and the answer: values alone."""

from dataclasses import dataclass
from typing import Literal

from service.core.attribution.model import RULE_SET
from service.core.grants import UNKNOWN, Claim
from service.core.permission.model import Duty, Question, Reason, Verdict

Kind = Literal["collection", "adaptation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A work to be combined, as it was named.

    ``claims`` are alternatives, any one of which may be taken; a dispute is one claim. None for a work that is not
    found.
    """

    name: str
    claims: tuple[Claim, ...] | None = (UNKNOWN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinedWork:
    """A work in the answer: the claim that it goes in under, and its own verdict; no claim if it is not found."""

    name: str
    claim: Claim | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Works that cannot go together, by name in order: two as a rule; one that bars the result by itself is alone."""

    works: tuple[str, ...]
    rule: str
    clause: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The answer: a verdict, the ids of the licenses that the result may carry, and why.

    At most 100 conflicts are listed. ``works`` stand in the order given; nothing else depends on it.
    """

    verdict: Verdict
    outbound: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    duties: tuple[Duty, ...] = ()
    reasons: tuple[Reason, ...]
    questions: tuple[Question, ...] = ()
    works: tuple[CombinedWork, ...]
    rule_set: str = RULE_SET
