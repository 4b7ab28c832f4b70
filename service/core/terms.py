"""Where the terms of an article stand: licenses, and other terms that have an address."""

from service.core.articles import Article, claims_of
from service.core.attribution.spans import linkable
from service.core.grants import Claim

_MOST_OF_OTHERS = 2_000
"""Characters that the addresses of other terms may take in a header, which proxies cut or refuse when it is long."""


def terms_url(claim: Claim) -> str | None:
    """Where the terms stand: the canonical address of a license, or that of other terms; nothing in doubt."""
    return claim.license.url if claim.license else linkable(claim.url)


def terms_urls(article: Article) -> tuple[str, ...]:
    """The addresses of the terms of an article, any of which is enough."""
    return tuple(url for url in map(terms_url, claims_of(article)) if url)


def link_of(article: Article) -> str:
    """Where the original of an article is and the terms that it is under, as a Link header says it (RFC 8288)."""
    left, terms = _MOST_OF_OTHERS, []
    for claim in claims_of(article):
        url = terms_url(claim)
        left -= len(url) if url and not claim.license else 0
        if url and (claim.license or left >= 0):
            terms.append(f'<{url}>; rel="license"')
    return ", ".join([f'<{article.content.url}>; rel="canonical"', *terms])
