"""What a record says of its license, as the ``license`` member of an article takes it.

What is said is handed on as it was said. Where it names a Creative Commons license that does not exist it is kept as
other terms, in its own words: the record is not lost, and nothing is made of it.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from service.core.errors import InvalidValue
from service.core.grants import Claim
from service.core.grants.claims import is_spelling
from service.core.statements import read_claim, read_statement, read_url
from service.formats.intake.addresses import read_address
from service.formats.intake.plain_text import cut_text
from service.formats.intake.values import text_of
from service.formats.members import Members, drop_unknown, known
from service.formats.schemas.claims import STATEMENT_LIMIT

Terms = Members

_CACHED = 2048


def state_terms(url: object, words: object = None, **evidence: str | None) -> Terms | None:
    """The license at an address, or in words, or both; None where there is neither.

    `evidence` is ``statement_url``, ``start`` and ``end``. What should be an address and is none is words.
    """
    address, named = read_address(url), text_of(url)
    said = text_of(words) or (None if address else named)
    said = cut_text(said, STATEMENT_LIMIT) if said else None
    if address is None and said is None:
        return None
    return drop_unknown({**_state(address, said), **evidence})


def gather_terms(stated: Iterable[Terms | None]) -> Terms | list[Terms] | None:
    """One license, or a list of alternatives; None where nothing is stated."""
    distinct: list[Terms] = []
    for terms in stated:
        if terms and terms not in distinct:
            distinct.append(terms)
    return distinct[0] if len(distinct) == 1 else distinct or None


def dispute_terms(stated: Iterable[Terms | None]) -> Terms | None:
    """The one license that is stated, or the dispute between several of which it is not said which one holds."""
    terms = gather_terms(stated)
    if not isinstance(terms, list):
        return terms
    names = [str(item.get("id") or item.get("url") or item.get("statement")) for item in terms]
    return {"status": "disputed", "candidates": names}


def unsettle_terms(terms: Terms) -> Terms:
    """A license that begins nobody can say when, as other terms: to take it for one that has begun would be a guess."""
    said = terms.get("statement") or terms.get("url") or terms.get("id") or ", ".join(terms.get("candidates", ()))
    return {"status": "other", **known(statement=said)}


def names_license(words: str) -> bool:
    """Whether words name a Creative Commons license, or say that all rights are reserved."""
    claim = _read_words(cut_text(words, STATEMENT_LIMIT))
    return claim is not None and claim.status != "other"


def _state(address: str | None, said: str | None) -> Terms:
    if address is None:
        return _state_words(said or "")
    claim = _read_address(address)
    if claim is None:
        return {"status": "other", "statement": said or address}
    if said is None or is_spelling(replace(claim, statement=said)):
        return _named(address, claim)
    return _state_both(address, claim, said)


def _named(address: str, claim: Claim) -> Terms:
    """An address; that under which a license is kept says no more than its id, other spellings are evidence."""
    is_plain = claim.license and claim.license.url == address
    return {"id": claim.license.id} if claim.license and is_plain else {"url": address}


def _state_words(said: str) -> Terms:
    """Words alone: a name is read as a name, which says more than the same words in a sentence."""
    named, worded = _read_name(said), _read_words(said)
    if named is None or worded is None:
        return {"status": "other", "statement": said}
    if named.says == worded.says:
        return {"statement": said}
    name = {"id": named.license.id} if named.license else {"unit": named.unit} if named.unit else {}
    return {"status": named.status, **name, "statement": said}


def _state_both(address: str, claim: Claim, said: str) -> Terms:
    """An address with words beside it: a license that they name without its version is no other one."""
    worded = _read_words(said)
    if worded is None:
        return {"status": "disputed", "candidates": [claim.name, cut_text(said, 100)], "statement": said}
    if claim.license and worded.status == "unversioned" and claim.license.id in worded.candidates:
        return {"status": "known", "id": claim.license.id, "statement": said}
    return {"url": address, "statement": said}


@lru_cache(_CACHED)
def _read_address(address: str) -> Claim | None:
    """The claim of an address; None where it is that of a Creative Commons license that does not exist."""
    try:
        return read_url(address)
    except InvalidValue:
        return None


@lru_cache(_CACHED)
def _read_name(words: str) -> Claim | None:
    """The claim of a name, or else of words; None where there is no such license."""
    try:
        return read_claim(words)
    except InvalidValue:
        return None


@lru_cache(_CACHED)
def _read_words(words: str) -> Claim | None:
    """The claim of words; None where the only license that they name does not exist."""
    try:
        return read_statement(words)
    except InvalidValue:
        return None
