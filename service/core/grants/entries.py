"""The entries of a license ledger: grants, and what may be asked of them."""

from dataclasses import dataclass
from datetime import date, datetime

from service.core.grants.claims import Claim

SCOPES = ("article", "tdm", "manuscript")
"""What a grant is for: the article as published, text and data mining of it alone, or its accepted manuscript alone."""

ORIGINS = ("article", "source", "extraction")
"""Where a grant comes from: the article's own word, its source's policies, or what was found in its page."""

REPLACED = "An imported record has stated another license since."
"""The reason of a grant that gave way to a merged record: it tells that no person has ended it."""

IMPORTED_END = "An imported record has stated this end."
"""The reason of a grant that a merged record brought with its end: no person has stated that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The application of a license to an article: an entry of its ledger, numbered from 1.

    ``offer`` numbers the statement that it came with: grants of one offer are alternatives (a dual license), grants of
    different offers that disagree are a dispute.
    """

    n: int
    claim: Claim
    scope: str = "article"
    origin: str = "article"
    offer: int
    recorded_at: datetime
    recorded_by: str
    state: str = "asserted"
    reason: str | None = None

    def is_open(self, day: date) -> bool:
        """Whether the grant is on offer on `day`; the day that it ends on still counts."""
        start, end = self.claim.start, self.claim.end
        return self.state == "asserted" and (start is None or start <= day) and (end is None or day <= end)

    def lasts_until(self, day: date) -> bool:
        """Whether the article is offered under the grant on `day`, or will be later."""
        return self.state == "asserted" and self.scope == "article" and (self.claim.end or date.max) >= day

    def is_to_come(self, day: date) -> bool:
        """Whether the grant is to be on offer, and only after `day`."""
        start = self.claim.start or date.min
        return self.state == "asserted" and day < start <= (self.claim.end or date.max)

    @property
    def is_own_word(self) -> bool:
        """Whether the article itself says this, or was found to say it, of its license as a whole."""
        return self.state == "asserted" and self.scope == "article" and self.origin != "source"


Ledger = tuple[Grant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant:
    """A checked request to record a grant."""

    claim: Claim
    scope: str = "article"
    origin: str = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """That `end` is the last day on which a grant is on offer, None that it goes on; with the reason."""

    end: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """That a grant had been recorded wrongly and was never given; with the reason."""

    reason: str
