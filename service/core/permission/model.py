"""A use, what it is asked of, and the answer: values alone, no rules."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from service.core.articles import AiTerms, Correction, Part, Request
from service.core.attribution.model import RULE_SET
from service.core.data import read_table
from service.core.grants import Claim, Grant
from service.core.licenses import License

Verdict = Literal["allow", "allow_with_duties", "ask", "deny", "unknown"]
Basis = Literal["license", "request", "law"]

USES: dict[str, dict[str, str]] = {row["use"]: row for row in read_table("uses.tsv")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What somebody wants to do; None is what they did not say.

    ``use`` is a word of ``USES``; ``share`` says whether the result is shared; ``changes`` what was changed, which
    turns a use of the unchanged work into an adaptation, unless it says that nothing was; ``outbound_license`` the id,
    as ``find_outbound`` gives it, of the license that the result is to carry; ``territory`` an ISO 3166-1 alpha-2 code.
    ``medium`` is for the credit: no rule reads it. Raises ValueError for a use that there is not.
    """

    use: str
    commercial: bool | None = None
    share: bool | None = None
    changes: str | None = None
    outbound_license: str | None = None
    medium: str | None = None
    territory: str | None = None
    as_of: date
    obtained_on: date | None = None

    def __post_init__(self) -> None:
        if self.use not in USES:
            raise ValueError(f"There is no use {self.use!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is known of an article that bears on its permission."""

    ledger: tuple[Grant, ...] = ()
    more_permissions_url: str | None = None
    requests: tuple[Request, ...] = ()
    ai_terms: AiTerms = field(default_factory=AiTerms)
    status: str = "published"
    corrections: tuple[Correction, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something to do along with the use. Only the basis ``request`` is a wish; ``clause`` is None where unclear."""

    kind: str
    basis: Basis = "license"
    clause: str | None = None
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that the verdict rests on, or a note beside it."""

    rule: str
    clause: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What would settle the answer; ``question`` is its id, for what a use may say the name of that member."""

    question: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the rules say of one use under one claim."""

    verdict: Verdict
    duties: tuple[Duty, ...] = ()
    reasons: tuple[Reason, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def permits(self) -> bool:
        """Whether it is a yes, with or without duties."""
        return self.verdict in ("allow", "allow_with_duties")

    @property
    def severity(self) -> int:
        """How far the verdict is from a plain yes."""
        return SEVERITY[self.verdict]

    def plus(
        self,
        *,
        duties: tuple[Duty, ...] = (),
        reasons: tuple[Reason, ...] = (),
        questions: tuple[Question, ...] = (),
    ) -> "Ruling":
        """The ruling with more beside it, the verdict as it was."""
        return replace(
            self,
            duties=(*self.duties, *duties),
            reasons=(*self.reasons, *reasons),
            questions=(*self.questions, *questions),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """The answer to a use: the verdict, what it asks of the user, and why.

    ``claim`` is the one that the verdict stands on: among alternatives the best for this use, in a dispute the dispute.
    ``earlier_grants`` are those that were closed by ``as_of``.
    """

    verdict: Verdict
    duties: tuple[Duty, ...]
    reasons: tuple[Reason, ...]
    questions: tuple[Question, ...]
    claim: Claim
    earlier_grants: tuple[Grant, ...]
    as_of: date
    rule_set: str = RULE_SET

    @property
    def license(self) -> License | None:
        """The license that the verdict stands on, if it is exactly known."""
        return self.claim.license


SEVERITY: dict[Verdict, int] = {"allow": 0, "allow_with_duties": 1, "unknown": 2, "ask": 3, "deny": 3}
