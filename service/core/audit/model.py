"""What an audit is asked of, and what it comes to: findings, each about one thing that a credit owes or should have."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from service.core.articles import Request
from service.core.attribution import Credit, Work
from service.core.grants import Claim
from service.core.licenses import License

Status = Literal["found", "missing", "wrong"]
Severity = Literal["required", "recommended"]
Basis = Literal["license", "request", "advice", "law"]
Verdict = Literal["complete", "incomplete", "unclear"]

STATUSES: tuple[Status, ...] = ("found", "missing", "wrong")
SEVERITIES: tuple[Severity, ...] = ("required", "recommended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is audited: a work, with what the ledger of its licenses says of a day.

    ``alternatives`` are the claims that stand, each of them enough by itself; none where claims are in dispute.
    ``earlier`` are those that were closed by then, and ``requests`` what the publisher asks beyond the license.
    """

    work: Work
    alternatives: tuple[Claim, ...] = ()
    earlier: tuple[Claim, ...] = ()
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Republication:
    """The page that republishes the work, what its maker says to have changed, and when a breach was discovered."""

    html: str
    changes: str | None = None
    discovered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words at [start, end) of the page's source, in Unicode characters; long ones are cut."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one element of the credit: `text` is what should stand, `detail` what was seen.

    ``element`` is a name of an element, ``part:<index>`` or the kind of a request. ``clause`` is that of the license
    which asks for it, ``under`` that license; None where no license does.
    """

    element: str
    status: Status
    severity: Severity
    basis: Basis
    clause: str | None = None
    text: str
    detail: str
    evidence: Quote | None = None
    under: License | None = None

    @property
    def is_lacking(self) -> bool:
        """Whether something that has to stand does not, or stands wrongly."""
        return self.severity == "required" and self.status != "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """What cannot be judged, and why."""

    element: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """By which day a breach is mended so that the license comes back, with the clause; None with the reason."""

    by: date | None = None
    clause: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The findings on a page under a claim, in the order of a credit, and the credit that should stand there."""

    claim: Claim
    findings: tuple[Finding, ...]
    unjudged: tuple[Unjudged, ...]
    cure: Cure
    credit: Credit

    @property
    def verdict(self) -> Verdict:
        """Whether all that is required was found; `unclear` where it cannot be told of the license itself."""
        if any(finding.is_lacking for finding in self.findings):
            return "incomplete"
        return "unclear" if any(item.element == "license" for item in self.unjudged) else "complete"

    def count(self, severity: Severity, status: Status) -> int:
        """How many findings there are of a kind."""
        return sum(1 for finding in self.findings if (finding.severity, finding.status) == (severity, status))
