"""What a record says of its license, as the ``license`` member of an article takes it.

What is said is handed on as it was said. Where it names a Creative Commons license that does not exist it is kept as
other terms, in its own words: the record is not lost, and nothing is made of it.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from marshmallow import ValidationError

from service.core.errors import InvalidValue
from service.core.grants import ALL_RIGHTS_RESERVED, Claim
from service.core.grants.claims import is_spelling
from service.core.statements import read_claim, read_statement, read_url
from service.formats.intake.addresses import read_address
from service.formats.intake.plain_text import cut_text
from service.formats.intake.values import text_of
from service.formats.members import Members, drop_unknown, known
from service.formats.schemas.claims import STATEMENT_LIMIT, read_license

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
    names = list(dict.fromkeys(name for item in terms for name in _names(item)))
    if len(names) == 1:
        return terms[0]
    start = max((item["start"] for item in terms if "start" in item), default=None)
    return {"status": "disputed", "candidates": names, **known(start=start)}


def _names(terms: Terms) -> Iterable[str]:
    """What is stated in a word; that of a license is its id, at whichever of its addresses and by whichever name."""
    if "candidates" in terms:
        return list(terms["candidates"])
    claim, place = read_terms(terms), terms.get("id") or terms.get("url")
    is_known = claim and (claim.license or claim.status == ALL_RIGHTS_RESERVED)
    name = claim.name if claim and is_known else str(place or terms.get("statement"))
    others = find_contradictions(filter(None, [terms.get("statement")]), [place]) if place else []
    return [name, *others]


def read_terms(terms: Terms) -> Claim | None:
    """What is claimed by terms that this module made; None where that is a license that does not exist."""
    if "status" in terms:
        status, id = terms["status"], terms.get("id")
        return read_claim(id) if id else Claim(status=status, unit=terms.get("unit"), statement=terms.get("statement"))
    if "id" in terms:
        return read_claim(terms["id"])
    return _read_address(terms["url"]) if "url" in terms else read_words(terms["statement"])


def is_same_license(terms: Terms, words: str) -> bool:
    """Whether terms and words, be they an id, an address, a name or a sentence, claim the same."""
    try:
        stated = read_license(terms)
    except ValidationError:
        return True  # what is wrong there is a fault of its own
    claim = _read_name(words.strip())
    return claim is not None and is_among(claim, [stated])


def begin_terms(terms: Terms, day: str | None) -> Terms:
    """Terms that begin on a day at the earliest, or nobody can say when; those that give nothing need no beginning."""
    claim = read_terms(terms)
    if claim is None or claim.status in ("other", ALL_RIGHTS_RESERVED):
        return terms
    return {**terms, "start": max(day, terms.get("start", day))} if day else unsettle_terms(terms)


def unsettle_terms(terms: Terms) -> Terms:
    """A license that begins nobody can say when, as other terms: to take it for one that has begun would be a guess."""
    said = terms.get("statement") or terms.get("url") or terms.get("id") or ", ".join(terms.get("candidates", ()))
    return {"status": "other", **known(statement=said)}


def names_license(words: str) -> bool:
    """Whether words name a Creative Commons license, be it one that does not exist, or reserve all rights."""
    claim = read_words(words)
    return claim is None or claim.status != "other"


def read_words(words: str) -> Claim | None:
    """The claim of words, be they a name or a sentence; None where the only license that they name does not exist."""
    said = cut_text(words, STATEMENT_LIMIT)
    claim = _read_words(said)
    named = _read_name(said) if claim and claim.status == "other" else None
    return named or claim


def find_contradictions(texts: Iterable[str], stated: Iterable[str] = ()) -> list[str]:
    """Those `texts` that name another license than the addresses and names in `stated`, or reserve all rights.

    Where nothing is stated, all texts that name one are contradictions as soon as two name different ones. A license
    without its version is no other one.
    """
    named = {text: read_words(text) for text in texts if names_license(text)}
    known = [claim for claim in map(_read_stated, stated) if claim]
    if known:
        return [text for text, claim in named.items() if claim is None or not is_among(claim, known)]
    exact = [claim for claim in named.values() if claim and claim.license]
    first = exact or [claim for claim in named.values() if claim]
    agree = all(claim and is_among(claim, first[:1]) for claim in named.values())
    return [] if agree else list(named)


def drop_inexact(texts: Iterable[str]) -> list[str]:
    """The texts without those that name a license without its version, where another one names it with that."""
    named = {text: read_words(text) for text in texts}
    if not any(claim and claim.license for claim in named.values()):
        return list(named)
    return [text for text, claim in named.items() if claim is None or claim.status != "unversioned"]


def is_among(claim: Claim, known: Iterable[Claim]) -> bool:
    """Whether one of the `known` claims says the same, one of the two maybe without a version."""
    return any(one.says == claim.says or _may_be(one, claim) or _may_be(claim, one) for one in known)


def _may_be(vague: Claim, exact: Claim) -> bool:
    return vague.status == "unversioned" and exact.license is not None and exact.license.id in vague.candidates


def _read_stated(stated: str) -> Claim | None:
    """What an address, or a name, stands for."""
    return _read_address(stated) if read_address(stated) else _read_name(stated)


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
