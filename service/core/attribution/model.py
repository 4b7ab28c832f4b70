"""What a credit is made from, and what it comes to: facts and elements, before any wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from service.core.articles import Article, Attribution, Basis, Creator, Part
from service.core.attribution.spans import Direction
from service.core.dates import PartialDate
from service.core.grants import UNKNOWN, Claim
from service.core.sources import SourceContent, complete_article

RULE_SET = "2026-11"

Medium = Literal["web", "print", "social", "audio"]
Form = Literal["standard", "news"]

ElementName = Literal[
    "title",
    "creators",
    "credit",
    "source",
    "url",
    "license",
    "license_url",
    "copyright_notice",
    "disclaimer",
    "changes",
]

_POINTERS: dict[ElementName, str] = {
    "source": "/source/name",
    "license_url": "/license",
    "credit": "/attribution/credit",
    "copyright_notice": "/attribution/copyright_notice",
    "disclaimer": "/attribution/disclaimer",
    "changes": "/based_on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The facts about a work that its credit is made from; all text as it was recorded, None where nothing is known."""

    title: str | None = None
    url: str | None = None
    creators: tuple[Creator, ...] = ()
    credit: str | None = None
    credit_url: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    copyright_notice: str | None = None
    disclaimer: str | None = None
    requested: str | None = None
    claim: Claim = UNKNOWN
    based_on: tuple[Basis, ...] = ()
    parts: tuple[Part, ...] = ()
    language: str | None = None
    published_at: PartialDate | None = None
    more_permissions_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """What the reuser did, and where the credit is to stand.

    ``changes`` is a word such as translated or abridged, or free text; ``into`` the BCP 47 tag of the language that a
    translation is in. ``medium`` chooses what the view text is, ``form`` the sentence.
    """

    changes: str | None = None
    changed_by: str | None = None
    into: str | None = None
    medium: Medium = "web"
    form: Form = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A piece of a credit as plain text, with the clause that asks for it; None where none does or it is unclear.

    ``part`` is the index of the part that it belongs to, None for the work itself.
    """

    element: ElementName
    clause: str | None = None
    text: str
    part: int | None = None

    @property
    def pointer(self) -> str:
        """The JSON pointer into an article of the fact that the element comes from."""
        place = _POINTERS.get(self.element, f"/{self.element}")
        return place if self.part is None else f"/parts/{self.part}{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCredit:
    """The credit line of a part that has rights of its own; `index` is its place among the parts."""

    index: int
    text: str
    html: str
    markdown: str
    license: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A ready credit. A fact stands in one of required, requested, optional and omitted.

    ``requested`` is what the licensor wishes beyond the license, ``missing`` what it would need and is not known (its
    text says so), ``omitted`` what is known and not printed on its own. ``jsonld`` is an object of schema.org.
    """

    required: tuple[Element, ...]
    requested: tuple[Element, ...]
    optional: tuple[Element, ...]
    missing: tuple[Element, ...]
    omitted: tuple[Element, ...]
    text: str
    html: str
    markdown: str
    short: str
    spoken: str
    jsonld: Mapping[str, object] = field(hash=False)
    parts: tuple[PartCredit, ...] = ()
    license: Claim
    lang: str = "en"
    dir: Direction = "ltr"


def work_of(article: Article, source: SourceContent | None = None) -> Work:
    """The work that an article's record describes, under the claim that it shows.

    Where the article says nothing, its `source` may, if that is given: whom to credit, and where to ask for more.
    """
    content = (complete_article(article, source) if source else article).content
    attribution = content.attribution
    return Work(
        title=content.title,
        url=content.url,
        creators=content.creators,
        credit=attribution.credit,
        credit_url=attribution.credit_url,
        source_name=article.source.name,
        source_url=article.source.url,
        copyright_notice=_copyright_notice(attribution),
        disclaimer=attribution.disclaimer,
        requested=attribution.requested,
        claim=article.license.claim,
        based_on=content.based_on,
        parts=content.parts,
        language=content.language,
        published_at=content.published_at,
        more_permissions_url=content.more_permissions_url,
    )


def _copyright_notice(attribution: Attribution) -> str | None:
    """The notice as supplied; without one, the holder with the year, if it is known."""
    if attribution.copyright_notice or not attribution.copyright_holder:
        return attribution.copyright_notice
    year = f"{attribution.copyright_year} " if attribution.copyright_year else ""
    return f"© {year}{attribution.copyright_holder}"
