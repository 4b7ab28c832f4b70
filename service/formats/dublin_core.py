"""An article in the fifteen elements of Dublin Core, as OAI-PMH has them (``oai_dc``)."""

from collections.abc import Iterable

from service.core.articles import Article, claims_of
from service.core.attribution.spans import linkable
from service.core.terms import terms_url
from service.formats.members import urn_of
from service.formats.rights import copyright_notice, word_claim, word_credit, word_status
from service.formats.signature import SIGNATURE
from service.formats.xml_text import DECLARATION, element

_DC = "http://purl.org/dc/elements/1.1/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ROOT = (
    f'<oai_dc:dc xmlns:oai_dc="{_OAI_DC}" xmlns:dc="{_DC}" xmlns:xsi="{_XSI}" '
    f'xsi:schemaLocation="{_OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd">'
)


def render_dublin_core(article: Article) -> bytes:
    """The record as a document of its own."""
    return f"{DECLARATION}{dublin_core_record(article)}\n".encode()


def dublin_core_record(article: Article) -> str:
    """The record as an element, to stand inside another document."""
    inside = "".join(f"\n  {item}" for item in (*_described(article), *_rights(article)))
    return f"{_ROOT}{inside}\n</oai_dc:dc>"


def _described(article: Article) -> Iterable[str]:
    content, lang = article.content, article.content.language
    yield element("dc:title", content.title, xml_lang=lang)
    for creator in content.creators:
        yield element("dc:creator" if creator.role == "author" else "dc:contributor", creator.name)
    yield from _elements("subject", [content.section, *content.keywords])
    if content.summary:
        yield element("dc:description", content.summary, xml_lang=lang)
    yield from _elements("description", [word_status(article)])
    yield from _elements("publisher", [article.source.name])
    yield from _elements("date", [content.published_at.text if content.published_at else None])
    yield element("dc:type", "Text")
    yield from _elements("identifier", [linkable(content.url), *_identifiers(article)])
    yield from _elements("source", [linkable(basis.url) or basis.title for basis in content.based_on])
    yield from _elements("language", [lang])
    yield from _elements("relation", [linkable(part.url) for part in content.parts])


def _identifiers(article: Article) -> Iterable[str]:
    """The names of the work, then those of its record: its URN, and that by which a record of ours is known.

    No identifier of an article can be taken for the latter, since their schemes have no capital letters.
    """
    yield from (f"{item.scheme}:{item.value}" for item in article.content.identifiers if item.scheme != "urn")
    yield from (item.value for item in article.content.identifiers if item.scheme == "urn")
    yield urn_of(article)
    yield f"{SIGNATURE}:{article.id}"


def _rights(article: Article) -> Iterable[str]:
    """Each license by its name and then by its address, the copyright notice, and the credit wished."""
    for claim in claims_of(article):
        yield from _elements("rights", [word_claim(claim), terms_url(claim)])
    yield from _elements("rights", [copyright_notice(article), word_credit(article)])


def _elements(name: str, values: Iterable[str | None]) -> Iterable[str]:
    yield from (element(f"dc:{name}", value) for value in dict.fromkeys(values) if value)
