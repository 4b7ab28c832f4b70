"""The license of a draft as an article takes it, with the words that say so."""

from collections.abc import Sequence
from typing import Any

from service.core.grants import ALL_RIGHTS_RESERVED
from service.core.licenses import License
from service.formats.pages.addresses import join_address
from service.formats.pages.claims import Claim, Found, is_choice, weigh_claims, write_claim
from service.formats.pages.facts import Fact, distinct_facts
from service.formats.pages.licenses import PageLicenses

_MOST_FACTS = 12


def write_license(licenses: PageLicenses, url: str | None) -> tuple[Any, list[Fact]]:
    """The license of the page at `url`, None where it has none, and its evidence.

    It has a status, as documents show a license: so the words beside it are kept as they stand, and not read again.
    """
    terms = _terms(licenses, url)
    against = [fact for fact in (licenses.own_reservation, licenses.restriction, licenses.reserved) if fact]
    found = [Fact(write_claim(item.claim), item.source, item.quote) for item in licenses.found]
    license = _license(licenses, terms)
    if license is None:
        return None, []
    at = {"statement_url": url} if url else {}
    placed = [item | at for item in license] if isinstance(license, list) else license | at
    return placed, distinct_facts([*found, *against, *terms], _MOST_FACTS)


def _license(licenses: PageLicenses, terms: Sequence[Fact]) -> dict[str, Any] | list[dict[str, Any]] | None:
    """What the page says, without its address."""
    claims, own = weigh_claims(licenses.found), licenses.own_reservation
    if len(claims) > 1 and not own and is_choice(licenses.found, claims):
        return [_write(claim, licenses.found) for claim in claims]
    if claims and (own or len(claims) > 1):
        names = [claim.id if isinstance(claim, License) else claim for claim in claims]
        return _dispute([*names, ALL_RIGHTS_RESERVED] if own else names, _words_of(claims[0], licenses.found))
    if claims:
        return _write(claims[0], licenses.found)
    reserved = own if own and own.value == ALL_RIGHTS_RESERVED else None if terms else licenses.reserved
    if reserved:
        return {"status": ALL_RIGHTS_RESERVED, "statement": reserved.quote}
    if terms:
        return _write_terms(terms)
    return {"status": "other", "statement": own.quote} if own else None


def _terms(licenses: PageLicenses, url: str | None) -> list[Fact]:
    """The unknown terms, by their whole addresses."""
    wholes = ((join_address(url, fact.value), fact) for fact in licenses.terms)
    return [Fact(whole, fact.source, fact.quote) for whole, fact in wholes if whole]


def _write_terms(terms: Sequence[Fact]) -> dict[str, Any]:
    addresses = list(dict.fromkeys(fact.value for fact in terms))
    if len(addresses) > 1:
        return _dispute(addresses, terms[0].quote)
    return {"status": "other", "url": addresses[0], "statement": terms[0].quote}


def _write(claim: Claim, found: Sequence[Found]) -> dict[str, Any]:
    words = {"statement": _words_of(claim, found)}
    if isinstance(claim, License):
        return {"status": "known", "id": claim.id, "url": claim.url, **words}
    return {"status": "unversioned", "unit": claim, **words}


def _dispute(candidates: Sequence[str], statement: str) -> dict[str, Any]:
    return {"status": "disputed", "candidates": list(candidates), "statement": statement}


def _words_of(claim: Claim, found: Sequence[Found]) -> str:
    """The words that say it the most surely."""
    return next(item.quote for item in found if item.claim == claim)
