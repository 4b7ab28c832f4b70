"""What a representation says of the rights in an article: its claims, their addresses and their words."""

from service.core.articles import Article, Request, claims_of
from service.core.attribution.grant_wording import word_license
from service.core.attribution.messages import messages_for
from service.core.attribution.model import work_of
from service.core.grants import ALL_RIGHTS_RESERVED, Claim
from service.core.terms import terms_url

_ENGLISH = "en"

DISPUTED, RESERVED, OTHER_TERMS = "License in dispute: ", "All rights reserved", "Other terms"
"""The words for claims that are no license."""


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


def word_rights_note(article: Article) -> str:
    """What is claimed as a note that says what it speaks of; "" where nothing is."""
    rights, is_disputed = word_rights(article), article.license.claim.status == "disputed"
    return rights if is_disputed or not rights else f"License: {rights}"


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
