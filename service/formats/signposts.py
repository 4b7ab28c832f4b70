"""Links by which machines find their way from the page of an article, by the FAIR Signposting Profile, level 1.

They say what to cite, who wrote it, where the article and its descriptions are and what both kinds of thing are. The
profile's link to the license stands beside them in every answer about an article.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.core.articles import Article
from service.core.attribution.spans import linkable
from service.formats.media_types import MEDIA_TYPES

_KINDS = ("https://schema.org/AboutPage", "https://schema.org/NewsArticle")
"""What the page is, and what it is about."""

_DOI = "https://doi.org/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """A typed link (RFC 8288): its relation and its target, with the media type of that where it is known."""

    rel: str
    target: str
    type: str | None = None

    @property
    def header(self) -> str:
        """The link as a Link header has it."""
        type = f'; type="{self.type}"' if self.type else ""
        return f'<{self.target}>; rel="{self.rel}"{type}'


def signposts_of(article: Article) -> tuple[Signpost, ...]:
    """The links of the page of an article; those to this service are paths."""
    original = linkable(article.content.url)
    links = [
        *(Signpost(rel="cite-as", target=url) for url in _cited(article, original)),
        *(Signpost(rel="author", target=url) for url in _authors(article)),
        *(Signpost(rel="type", target=kind) for kind in _KINDS),
        *([Signpost(rel="item", target=original)] if original else []),
    ]
    return (*links, *_descriptions(article))


def description_of(id: str, day: date | None = None) -> str:
    """What a description of the article `id` says of itself in a Link header: which page it describes.

    For a day that is the page as of that day.
    """
    target = f"/v1/articles/{id}?{form_query('html', day)}" if day else f"/articles/{id}"
    return Signpost(rel="describes", target=target).header


def form_query(name: str, day: date | None = None) -> str:
    """The query that asks for a form of an article, as of a day if one is given."""
    asked = f"as_of={day.isoformat()}&" if day else ""
    return f"{asked}format={name}"


def _cited(article: Article, original: str | None) -> Iterable[str]:
    """What to refer to rather than to a page of this service (RFC 8574): the DOI, or else the original."""
    dois = (linkable(f"{_DOI}{item.value}") for item in article.content.identifiers if item.scheme == "doi")
    found = next((doi for doi in dois if doi), original)
    return (found,) if found else ()


def _authors(article: Article) -> Iterable[str]:
    """Where the authors are found: by ORCID, or else by an address of their own."""
    authors = (creator for creator in article.content.creators if creator.role == "author")
    found = (linkable(creator.orcid) or linkable(creator.url) for creator in authors)
    return dict.fromkeys(url for url in found if url)


def _descriptions(article: Article) -> Iterable[Signpost]:
    address = f"/v1/articles/{article.id}"
    for name, type in MEDIA_TYPES.items():
        if name != "html":
            yield Signpost(rel="describedby", target=f"{address}?{form_query(name, article.as_of)}", type=type)
