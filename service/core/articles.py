"""An article record: what it is, who made it, where it came from, and the rights of what it contains."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from service.core.dates import PartialDate
from service.core.grants import Claim, Grant, next_change, shown_claim, standing_on
from service.core.identifiers import Identifier
from service.core.licenses import License

Text = str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Creator:
    """Somebody who made the work; ``kind`` is person, organization, or None where nobody said."""

    name: str
    role: str = "author"
    kind: Text = None
    url: Text = None
    orcid: Text = None
    affiliation: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """How the licensor wants to be credited; ``credit`` is the party to be named, ``requested`` the wording wished."""

    credit: Text = None
    credit_url: Text = None
    copyright_notice: Text = None
    copyright_holder: Text = None
    copyright_year: int | None = None
    disclaimer: Text = None
    requested: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A thing inside the article that has rights of its own."""

    kind: str
    url: Text = None
    title: Text = None
    creator: Text = None
    license: Claim
    credit: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A work that the article is made from, with what was changed; ``article`` is an id of ours."""

    relation: str
    url: Text = None
    article: Text = None
    title: Text = None
    creators: tuple[Creator, ...] = ()
    license: Claim
    changes: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the publisher asks beyond the license; never a license condition."""

    kind: str
    text: Text = None
    url: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AiTerms:
    """What the publisher states about machines."""

    train_ai: bool | None = None
    search: bool | None = None
    tdm_reservation: bool | None = None
    tdm_policy: Text = None

    def or_else(self, others: "AiTerms") -> "AiTerms":
        """These terms, and where they say nothing those of `others`."""
        own = {name: getattr(self, name) for name in self.__slots__}
        return replace(others, **{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction that the publisher made to the article."""

    at: PartialDate
    text: Text = None
    url: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceName:
    """A source as an article names it: by slug (``id``), or by name and address."""

    id: Text = None
    name: Text = None
    url: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a client may say of an article, its license apart (that goes through the ledger)."""

    url: str
    title: str
    creators: tuple[Creator, ...] = ()
    language: Text = None
    published_at: PartialDate | None = None
    modified_at: PartialDate | None = None
    summary: Text = None
    section: Text = None
    keywords: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    requests: tuple[Request, ...] = ()
    attribution: Attribution = field(default_factory=Attribution)
    parts: tuple[Part, ...] = ()
    based_on: tuple[Basis, ...] = ()
    more_permissions_url: Text = None
    ai_terms: AiTerms = field(default_factory=AiTerms)
    status: Literal["published", "corrected", "retracted", "withdrawn"] = "published"
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """A checked request to keep an article: its content, the source it names, and the licenses that it states.

    ``sides`` are the claims that a dispute among them is between, where they are known one by one. ``origin`` is that
    of the licenses: the article's own word, or what was found in its page ("extraction").
    """

    content: Content
    source: SourceName
    claims: tuple[Claim, ...] = ()
    sides: tuple[Claim, ...] = ()
    origin: str = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A claim as an article shows it, with where it came from: the article itself or its source."""

    claim: Claim
    origin: Text = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as recorded: one version of it.

    ``due_on`` is the day from which its licenses are others; ``may`` says what they surely allow, as bits. ``as_of`` is
    the day whose licenses are shown, where that was asked for.
    """

    id: str
    version: int
    created_at: datetime
    updated_at: datetime
    content: Content
    source: SourceName
    license: Shown
    licenses: tuple[Shown, ...]
    due_on: date | None = None
    may: int = 0
    as_of: date | None = None


def license_article(article: Article, ledger: Sequence[Grant], day: date) -> Article:
    """`article` under what stood on `day`, as `ledger` knows it."""
    standing = standing_on(ledger, day)
    origin = standing[0].origin if standing else None
    return replace(
        article,
        license=Shown(claim=shown_claim(standing), origin=origin),
        licenses=tuple(Shown(claim=grant.claim, origin=grant.origin) for grant in standing),
        due_on=next_change(ledger, day),
    )


def claims_of(article: Article) -> tuple[Claim, ...]:
    """What is claimed of an article: its licenses, any of which is enough; one that is disputed; or nothing at all."""
    shown = article.license.claim
    if shown.status == "disputed":
        return (shown,)
    claims = (shown, *(other.claim for other in article.licenses))
    return tuple({claim.says: claim for claim in claims if claim.status != "unknown"}.values())


def licenses_of(article: Article) -> tuple[License, ...]:
    """The licenses that an article is surely offered under, any of which is enough: none of what is disputed."""
    return tuple(claim.license for claim in claims_of(article) if claim.license)
