"""What a representation says of the rights in an article: its claims, their addresses and their words."""

from service.core.articles import Article, Request
from service.core.attribution.grant_wording import word_license
from service.core.attribution.messages import messages_for
from service.core.attribution.model import work_of
from service.core.attribution.spans import linkable
from service.core.grants import ALL_RIGHTS_RESERVED, Claim

_ENGLISH = "en"

DISPUTED, RESERVED, OTHER_TERMS = "License in dispute: ", "All rights reserved", "Other terms"
"""The words for claims that are no license."""


def claims_of(article: Article) -> tuple[Claim, ...]:
    """What is claimed of an article: its licenses, any of which is enough; one that is disputed; or nothing at all."""
    shown = article.license.claim
    if shown.status == "disputed":
        return (shown,)
    claims = (shown, *(other.claim for other in article.licenses))
    return tuple({claim.says: claim for claim in claims if claim.status != "unknown"}.values())


def terms_url(claim: Claim) -> str | None:
    """Where the terms stand: the canonical address of a license, or that of other terms; nothing in doubt."""
    return claim.license.url if claim.license else linkable(claim.url)


def terms_urls(article: Article) -> tuple[str, ...]:
    """The addresses of the terms of an article, any of which is enough."""
    return tuple(url for url in map(terms_url, claims_of(article)) if url)


def word_claim(claim: Claim) -> str:
    """A claim in a few English words, "" where nothing is known."""
    if claim.license:
        return f"{claim.license.title} ({claim.license.name})"
    if claim.status == "disputed":
        return f"{DISPUTED}{', '.join(claim.candidates)}"
    if claim.status == ALL_RIGHTS_RESERVED:
        return RESERVED
    if claim.status == "other":
        return claim.statement or OTHER_TERMS
    return word_license(claim, messages_for(_ENGLISH))


def word_rights(article: Article) -> str:
    """What is claimed of an article in a line, with the address where it is known; "" where nothing is."""
    lines = (" ".join(filter(None, (word_claim(claim), terms_url(claim)))) for claim in claims_of(article))
    return "; or ".join(lines)


def word_request(request: Request) -> str:
    """What a publisher asks beyond the license, in its own words or else by its kind."""
    return " ".join(filter(None, (request.text or request.kind, request.url)))


def word_credit(article: Article) -> str | None:
    """How the licensor wants to be credited: the wording asked for, or else the party to be named."""
    wished = article.content.attribution.requested or article.content.attribution.credit
    return f"Credit: {wished}" if wished else None


def word_status(article: Article) -> str | None:
    """That an article has been corrected or taken back, in a word; None where it simply stands."""
    status = article.content.status
    return None if status == "published" else status.capitalize()


def copyright_notice(article: Article) -> str | None:
    """The notice as supplied, or else the holder with the year."""
    return work_of(article).copyright_notice
