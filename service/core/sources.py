"""A source: a publisher with the dated policies under which it publishes."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from service.core.articles import AiTerms, Article, Attribution, Request
from service.core.dates import PartialDate
from service.core.grants import Claim
from service.core.statements import combine_claims

Text = str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A license that a source states for everything it publishes from ``valid_from`` to ``valid_to``, both included."""

    claim: Claim
    valid_from: date | None = None
    valid_to: date | None = None

    def overlaps(self, first: date, last: date) -> bool:
        """Whether the policy covers any of the days from `first` to `last`."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContent:
    """What a client may say of a source."""

    name: str
    url: Text = None
    country: Text = None
    language: Text = None
    credit: Text = None
    policies: tuple[Policy, ...] = ()
    requests: tuple[Request, ...] = ()
    ai_terms: AiTerms = field(default_factory=AiTerms)
    more_permissions_url: Text = None

    @property
    def speaks_for_articles(self) -> bool:
        """Whether anything that it says, its policies apart, counts for an article that says nothing."""
        return bool(self.credit or self.requests or self.more_permissions_url) or self.ai_terms != AiTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as recorded: one version of it. ``id`` is its slug."""

    id: str
    version: int
    created_at: datetime
    updated_at: datetime
    content: SourceContent


def complete_article(article: Article, source: SourceContent) -> Article:
    """The article with what its source says where it says nothing itself, its license apart.

    That is the party to be credited, requests of another kind than its own, where to ask for more, and what is stated
    about machines.
    """
    if not source.speaks_for_articles:
        return article
    content = article.content
    spoken_for = replace(
        content,
        attribution=_credit(content.attribution, source),
        requests=_ask(content.requests, source.requests),
        more_permissions_url=content.more_permissions_url or source.more_permissions_url,
        ai_terms=content.ai_terms.or_else(source.ai_terms),
    )
    return replace(article, content=spoken_for)


def inherited_claim(policies: Sequence[Policy], published_at: PartialDate | None) -> Claim | None:
    """The claim of an article that states none: what its source's policies say for the days of its publication.

    Policies that together cover the days and differ are a dispute; a day that none covers makes it None (unknown). An
    article without a date takes only a sole policy without dates.
    """
    if published_at is None:
        undated = len(policies) == 1 and policies[0].valid_from is None and policies[0].valid_to is None
        return policies[0].claim if undated else None
    first, last = published_at.days
    covering = [policy for policy in policies if policy.overlaps(first, last)]
    if not _covers(covering, first, last):
        return None
    claim = combine_claims([policy.claim for policy in covering])
    evidence = covering[0].claim
    return replace(claim, statement=evidence.statement, statement_url=evidence.statement_url)


def _credit(own: Attribution, source: SourceContent) -> Attribution:
    """Who is to be credited; a source that names itself is found at its own address."""
    if own.credit or not source.credit:
        return own
    itself = source.url if source.credit == source.name else None
    return replace(own, credit=source.credit, credit_url=own.credit_url or itself)


def _ask(own: tuple[Request, ...], of_source: tuple[Request, ...]) -> tuple[Request, ...]:
    """The article's own requests, then those of the source that are of another kind."""
    kinds = {request.kind for request in own}
    return (*own, *(request for request in of_source if request.kind not in kinds or request.kind == "other"))


def _covers(policies: Sequence[Policy], first: date, last: date) -> bool:
    """Whether every day from `first` to `last` lies within one of `policies`."""
    open_day = first
    for policy in sorted(policies, key=lambda policy: policy.valid_from or date.min):
        if policy.valid_from and policy.valid_from > open_day:
            return False
        if policy.valid_to is None or policy.valid_to >= last:
            return True
        open_day = max(open_day, policy.valid_to + timedelta(days=1))
    return False


def slugs_for(name: str, url: str | None) -> Iterator[str]:
    """Slugs for a source called `name`, the best first: of its name, then ``source-`` and eight hex digits."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:64].strip("-")
    if slug:
        yield slug
    attempt = 0
    while True:
        seed = f"{name}\n{url or ''}\n{attempt}".encode("utf-8", "surrogatepass")
        yield f"source-{hashlib.sha256(seed).hexdigest()[:8]}"
        attempt += 1
