"""Articles as feeds, Atom 1.0 and RSS 2.0, each item with the license of its own.

A license of the feed would be that of every item without one (RFC 4946 s. 2.4, the RSS module likewise), so a feed has
none: the license of the records is said in its description, and an entry without a license says that.

What these formats have one element for and a record several members, categories, is told apart by schemes, so that
``service.formats.intake.feeds`` gives back what went in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape

from service.core.articles import Article
from service.core.attribution.spans import linkable
from service.core.dates import format_instant
from service.core.licenses import License
from service.core.sources import SourceContent, complete_article
from service.core.terms import terms_urls
from service.formats.documents.articles import read_article
from service.formats.members import urn_of
from service.formats.rights import copyright_notice, word_credit, word_rights, word_status
from service.formats.signature import SIGNATURE
from service.formats.xml_text import DECLARATION, element

SECTION = "https://schema.org/articleSection"
STATUS = "https://schema.org/creativeWorkStatus"
"""The schemes of the categories that are no keywords."""

PUBLISHER = "publisher"
"""The type of an author who stands there for want of another."""

UNSPECIFIED = "http://purl.org/atompub/license#unspecified"
"""The address that says of an entry that its license is not stated (RFC 4946 s. 2.1)."""

NOTHING_KNOWN = "The license is not known"
"""The words that say so."""

_MODULES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
_ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom" {_MODULES}>'
_RSS = (
    f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" {_MODULES} '
    'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"><channel>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed as a whole: its own address and that of the next page, when it changed last, and the records' license.

    `sources` are those that speak for articles in it, by their slugs.
    """

    title: str
    address: str
    updated: datetime
    next: str | None = None
    metadata_license: License | None = None
    sources: Mapping[str, SourceContent] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """What the feed says of itself."""
        license = self.metadata_license
        records = f" The records are under {license.name} ({license.url})." if license else ""
        return f"Each article has a license of its own.{records}"


def stream_atom(documents: Iterable[bytes], channel: Channel) -> Iterator[bytes]:
    """The feed in pieces: its head, an entry for each document of an article, its end."""
    head = [
        element("id", channel.address),
        element("title", channel.title),
        element("subtitle", channel.about),
        element("generator", SIGNATURE),
        element("updated", format_instant(channel.updated)),
        element("link", rel="self", type="application/atom+xml", href=channel.address),
        *([element("link", rel="next", href=channel.next)] if channel.next else []),
    ]
    yield f"{DECLARATION}{_ATOM}{''.join(head)}\n".encode()
    for article in _read(documents, channel):
        yield f"<entry>{''.join(_entry(article))}</entry>\n".encode()
    yield b"</feed>\n"


def stream_rss(documents: Iterable[bytes], channel: Channel) -> Iterator[bytes]:
    """The feed in pieces: its head, an item for each document of an article, its end."""
    head = [
        element("title", channel.title),
        element("link", channel.address),
        element("description", channel.about),
        element("generator", SIGNATURE),
        element("lastBuildDate", format_datetime(channel.updated)),
        element("atom:link", rel="self", type="application/rss+xml", href=channel.address),
        *([element("atom:link", rel="next", href=channel.next)] if channel.next else []),
    ]
    yield f"{DECLARATION}{_RSS}{''.join(head)}\n".encode()
    for article in _read(documents, channel):
        yield f"<item>{''.join(_item(article))}</item>\n".encode()
    yield b"</channel></rss>\n"


def _read(documents: Iterable[bytes], channel: Channel) -> Iterator[Article]:
    """The articles, with what their sources say where they say nothing."""
    for document in documents:
        article = read_article(document)
        source = channel.sources.get(article.source.id or "")
        yield complete_article(article, source) if source else article


def _entry(article: Article) -> Iterable[str]:
    content = article.content
    yield element("id", urn_of(article))
    yield element("title", content.title, type="text")
    yield element("link", rel="alternate", href=linkable(content.url), hreflang=content.language)
    yield element("updated", format_instant(article.updated_at))
    if content.published_at and content.published_at.precision == "instant":
        yield element("published", content.published_at.text)
    yield from _atom_people(article)
    if content.summary:
        yield element("summary", content.summary, type="text")
    yield from (element("category", term=word, scheme=scheme) for word, scheme in _categories(article))
    yield from (element("link", rel="license", href=url) for url in terms_urls(article) or [UNSPECIFIED])
    yield element("rights", _rights(article), type="text")
    yield from _dublin_core(article)


def _atom_people(article: Article) -> Iterable[str]:
    """Authors and contributors. An entry needs an author: where nobody is named, it is who published it, marked so."""
    creators = article.content.creators
    if all(creator.role != "author" for creator in creators):
        yield _atom_person("author", article.source.name or "", article.source.url, element("dc:type", PUBLISHER))
    for creator in creators:
        yield _atom_person("author" if creator.role == "author" else "contributor", creator.name, creator.url)


def _atom_person(role: str, name: str, url: str | None, mark: str = "") -> str:
    address = linkable(url)
    return f"<{role}>{element('name', name)}{element('uri', address) if address else ''}{mark}</{role}>"


def _item(article: Article) -> Iterable[str]:
    content = article.content
    yield element("title", escape(content.title, quote=False))
    yield element("link", linkable(content.url) or "")
    yield element("guid", urn_of(article), isPermaLink="false")
    if content.summary:
        yield element("description", escape(content.summary, quote=False))
    if content.published_at and content.published_at.precision == "instant":
        yield element("pubDate", format_datetime(content.published_at.first))
    for creator in content.creators:
        yield element("dc:creator" if creator.role == "author" else "dc:contributor", creator.name)
    yield from (element("category", word, domain=scheme) for word, scheme in _categories(article))
    yield from (element("creativeCommons:license", url) for url in terms_urls(article))
    yield element("dc:rights", _rights(article))
    yield from _dublin_core(article)


def _categories(article: Article) -> Iterable[tuple[str, str | None]]:
    """The section, the keywords, and that it was corrected or taken back, each with the scheme that it is of."""
    content = article.content
    said = [(content.section, SECTION), *((keyword, None) for keyword in content.keywords)]
    return [(word, scheme) for word, scheme in [*said, (word_status(article), STATUS)] if word]


def _rights(article: Article) -> str:
    """The license in words, the copyright notice and the credit: never empty, since a feed's rights would stand in."""
    said = (word_rights(article) or NOTHING_KNOWN, copyright_notice(article), word_credit(article))
    return ". ".join(filter(None, said))


def _dublin_core(article: Article) -> Iterable[str]:
    """What the formats have no element for: the publisher, the language, a change, and a date that is no instant."""
    content = article.content
    if article.source.name:
        yield element("dc:publisher", article.source.name)
    if content.language:
        yield element("dc:language", content.language)
    if content.published_at and content.published_at.precision != "instant":
        yield element("dc:date", content.published_at.text)
    if content.modified_at:
        yield element("dcterms:modified", content.modified_at.text)
