"""Articles as feeds, Atom 1.0 and RSS 2.0, each item with the license of its own.

A license of the feed would be that of every item without one (RFC 4946 s. 2.4, the RSS module likewise), so a feed has
none: the license of the records is said in its description, and an entry without a license says that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from service.core.articles import Article
from service.core.attribution.spans import linkable
from service.core.dates import format_instant
from service.core.licenses import License
from service.formats.documents.articles import read_article
from service.formats.members import urn_of
from service.formats.rights import copyright_notice, terms_urls, word_credit, word_rights, word_status
from service.formats.xml_text import DECLARATION, element

_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'
_RSS = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"><channel>'
)
_UNSPECIFIED = "http://purl.org/atompub/license#unspecified"
_NOTHING_KNOWN = "The license is not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed as a whole: its own address and that of the next page, when it changed last, and the records' license."""

    title: str
    address: str
    updated: datetime
    next: str | None = None
    metadata_license: License | None = None

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
        element("updated", format_instant(channel.updated)),
        element("link", rel="self", type="application/atom+xml", href=channel.address),
        *([element("link", rel="next", href=channel.next)] if channel.next else []),
    ]
    yield f"{DECLARATION}{_ATOM}{''.join(head)}\n".encode()
    for document in documents:
        yield f"<entry>{''.join(_entry(read_article(document)))}</entry>\n".encode()
    yield b"</feed>\n"


def stream_rss(documents: Iterable[bytes], channel: Channel) -> Iterator[bytes]:
    """The feed in pieces: its head, an item for each document of an article, its end."""
    head = [
        element("title", channel.title),
        element("link", channel.address),
        element("description", channel.about),
        element("lastBuildDate", format_datetime(channel.updated)),
        element("atom:link", rel="self", type="application/rss+xml", href=channel.address),
        *([element("atom:link", rel="next", href=channel.next)] if channel.next else []),
    ]
    yield f"{DECLARATION}{_RSS}{''.join(head)}\n".encode()
    for document in documents:
        yield f"<item>{''.join(_item(read_article(document)))}</item>\n".encode()
    yield b"</channel></rss>\n"


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
    yield from (element("category", term=keyword) for keyword in _categories(article))
    yield from (element("link", rel="license", href=url) for url in terms_urls(article) or [_UNSPECIFIED])
    yield element("rights", _rights(article), type="text")
    yield from _dublin_core(article)


def _atom_people(article: Article) -> Iterable[str]:
    """Authors and contributors. An entry needs an author: where nobody is named, it is who published it."""
    creators = article.content.creators
    people = [("author" if item.role == "author" else "contributor", item.name, item.url) for item in creators]
    if not any(role == "author" for role, _, _ in people):
        people.insert(0, ("author", article.source.name or "", article.source.url))
    for role, name, url in people:
        address = linkable(url)
        yield f"<{role}>{element('name', name)}{element('uri', address) if address else ''}</{role}>"


def _item(article: Article) -> Iterable[str]:
    content = article.content
    yield element("title", escape(content.title, quote=False))
    yield element("link", linkable(content.url) or "")
    yield element("guid", urn_of(article), isPermaLink="false")
    if content.summary:
        yield element("description", escape(content.summary, quote=False))
    if content.published_at and content.published_at.precision == "instant":
        yield element("pubDate", format_datetime(content.published_at.first))
    yield from (element("dc:creator", creator.name) for creator in content.creators if creator.role == "author")
    yield from (element("dc:contributor", item.name) for item in content.creators if item.role != "author")
    yield from (element("category", keyword) for keyword in _categories(article))
    yield from (element("creativeCommons:license", url) for url in terms_urls(article))
    yield element("dc:rights", _rights(article))
    yield from _dublin_core(article)


def _categories(article: Article) -> Iterable[str]:
    """The section, the keywords, and that it was corrected or taken back."""
    content = article.content
    return dict.fromkeys(filter(None, (content.section, *content.keywords, word_status(article))))


def _rights(article: Article) -> str:
    """The license in words, the copyright notice and the credit: never empty, since a feed's rights would stand in."""
    said = (word_rights(article) or _NOTHING_KNOWN, copyright_notice(article), word_credit(article))
    return ". ".join(filter(None, said))


def _dublin_core(article: Article) -> Iterable[str]:
    """What neither format has an element for: the publisher, the language, and a date that is no instant."""
    content = article.content
    if article.source.name:
        yield element("dc:publisher", article.source.name)
    if content.language:
        yield element("dc:language", content.language)
    if content.published_at and content.published_at.precision != "instant":
        yield element("dc:date", content.published_at.text)
