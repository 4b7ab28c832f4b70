"""Where the terms of an article stand: licenses, and other terms that have an address."""

from service.core.articles import Article, claims_of
from service.core.attribution.spans import linkable
from service.core.grants import Claim


def terms_url(claim: Claim) -> str | None:
    """Where the terms stand: the canonical address of a license, or that of other terms; nothing in doubt."""
    return claim.license.url if claim.license else linkable(claim.url)


def terms_urls(article: Article) -> tuple[str, ...]:
    """The addresses of the terms of an article, any of which is enough."""
    return tuple(url for url in map(terms_url, claims_of(article)) if url)


def link_of(article: Article) -> str:
    """Where the original of an article is and the terms that it is under, as a Link header says it (RFC 8288)."""
    terms = (f'<{url}>; rel="license"' for url in terms_urls(article))
    return ", ".join([f'<{article.content.url}>; rel="canonical"', *terms])
