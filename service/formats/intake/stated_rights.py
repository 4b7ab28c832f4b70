"""What a record says of its rights, as one: licenses in places for them, words about rights, and copyright notices.

The rule is the same for every form. Licenses in places for them are alternatives. Words that name another license,
reserve all rights, or hold back what the license gives, are in dispute with it; other words are its statement. Words
alone are a license where they name one, and else other terms: whoever says anything of the rights does not leave it to
others to say it. A notice that names nothing but a year and a holder is none of these.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from service.core.catalogue import resolve_url
from service.core.grants import Claim
from service.core.grants.claims import is_spelling
from service.core.licenses import Known
from service.formats.intake.access_rights import begin_after, find_embargo, is_access, is_open_access
from service.formats.intake.addresses import read_address
from service.formats.intake.limiting_words import limits_use
from service.formats.intake.plain_text import cut_text
from service.formats.intake.stated_terms import (
    Terms,
    dispute_terms,
    drop_inexact,
    find_contradictions,
    gather_terms,
    is_among,
    names_license,
    read_terms,
    read_words,
    state_terms,
    unsettle_terms,
)
from service.formats.intake.values import text_of
from service.formats.members import known
from service.formats.schemas.claims import STATEMENT_LIMIT

_NOTICE = re.compile(r"\s*(?:©|\(c\)|℗|copyright\b(?!-[a-z])|copr\.)", re.IGNORECASE)
_HOLDER = re.compile(
    r"\s*+(?:(?i:©|\(c\)|℗|copyright\b|copr\.|by\b)\s*+|\d[\d\s,–-]*+)*+"
    r"(?:(?!(?:NOT|NO|ONLY|ALL|DO|MAY)\b)[A-ZÀ-ÖØ-ÞА-ЯЁЄІЇҐΑ-Ω][\w'’&-]*+(?:\.[\w.]++)?+\s*+"
    r"|(?:of|the|and|for|in|on|de|la|le|du|des|der|die|und|et|y|e)\s++|&\s*+)*+"
)
_SENTENCE_END = re.compile(r"[!?;](?=\s*\S)|(?<=\w{4})\.(?=\s+\S)")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_NOTICE = 2_000
_MOST = 100
_LIMITABLE = frozenset({"nc", "nd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A license as it stands in a place for licenses: at an address, in words, or both; or a claim that is ours.

    It `is_unsettled` where it begins nobody can say when.
    """

    url: object = None
    words: str | None = None
    claimed: Terms | None = None
    statement_url: str | None = None
    start: str | None = None
    is_unsettled: bool = False

    def state(self, more: Sequence[str] = ()) -> Terms | None:
        """The terms, with more words about them."""
        if self.claimed is not None:
            return self.claimed
        address = read_address(self.url)
        texts = list(dict.fromkeys(filter(None, (None if address else text_of(self.url), self.words, *more))))
        terms = state_terms(address, "\n".join(texts)) if address else _state_words(texts)
        if terms is None:
            return None
        dated = {**terms, **known(statement_url=self.statement_url, start=self.start)}
        return unsettle_terms(dated) if self.is_unsettled else dated


def license_of(
    offers: Iterable[Offer], words: Iterable[str] = (), notices: Iterable[str] = (), *, ends: Iterable[str | None] = ()
) -> Terms | list[Terms] | None:
    """The ``license`` member: one, or alternatives; None where nothing is said of the rights.

    `words` are about the rights in general, an address alone among them is an offer; `notices` stand in a place for
    copyright notices. The last one of `ends` ends an embargo, where a code among `words` says that there is one. Where
    a hundred things and more are said they are other terms.
    """
    given = [cut_text(text, STATEMENT_LIMIT) for text in words]
    addresses = [text for text in given if is_address(text) and not is_access(text)]
    listed = [offer for offer in (*offers, *(Offer(url=text) for text in addresses)) if offer.state()]
    said = _telling(given, [cut_text(text, STATEMENT_LIMIT) for text in notices])
    if not listed and not said:
        said = [text for text in given if is_access(text) and not is_open_access(text)]
    if len(listed) > _MOST or len(said) > _MOST:
        texts = [*said, *(str(offer.url or offer.words) for offer in listed)]
        return {"status": "other", "statement": cut_text("\n".join(texts[:_MOST]), STATEMENT_LIMIT)}
    license = _dispute(listed, said) or _state(listed, said)
    return begin_after(license, find_embargo(given, ends))


def _telling(words: Iterable[str], notices: Iterable[str]) -> list[str]:
    """What says more than where or whose the work is, each once."""
    said = [text for text in words if not (is_address(text) or is_access(text) or is_bare_notice(text))]
    return list(dict.fromkeys([*said, *(text for text in notices if not _is_bare(text))]))


def _dispute(listed: Sequence[Offer], said: Sequence[str]) -> Terms | None:
    """The dispute between what is offered and what is said beside it; None where there is none."""
    own = [(text, [str(offer.url)]) for offer in listed if offer.url and (text := offer.words)]
    if not said and not own:
        return None
    named = [text for text in said if names_license(text)]
    places = [str(offer.url or offer.words) for offer in listed if offer.claimed is None]
    others = [text for text, place in own for text in find_contradictions([text], place)]
    others += find_contradictions(named, places)
    claims = [claim for offer in listed if (claim := _claim(offer))]
    claims += [claim for text in named if text not in others and (claim := read_words(text))]
    if elements := _given(claims):
        free = [text for text in (*said, *(text for text, _ in own)) if not names_license(text)]
        others += [text for text in free if limits_use(text, elements - {""})]
    if not others:
        return None
    stated = [replace(offer, words=offer.words if offer.url is None else None).state() for offer in listed]
    if not listed:
        stated = [state_terms(None, text) for text in named if text not in others]
    disputed = dispute_terms([*stated, *(state_terms(None, text) for text in dict.fromkeys(others))])
    texts = dict.fromkeys([*(text for text, _ in own), *said])
    return {**(disputed or {}), **known(statement=cut_text("\n".join(texts), STATEMENT_LIMIT))}


def _given(claims: Sequence[Claim]) -> frozenset[str]:
    """What limits those of the claims that give something have in common, and "" to say that any does."""
    limits = [frozenset(claim.license_unit.split("-")) for claim in claims if claim.license_unit]
    return frozenset({"", *frozenset.intersection(_LIMITABLE, *limits)}) if limits else frozenset()


def _state(listed: Sequence[Offer], said: Sequence[str]) -> Terms | list[Terms] | None:
    """What is offered with the words about it, or else what the words say."""
    if not listed:
        return _state_words(said)
    return gather_terms(offer.state([text for text in said if _is_about(text, offer)]) for offer in listed)


def _is_about(text: str, offer: Offer) -> bool:
    """Whether words say something of an offer that is more than its name."""
    claim, named = _claim(offer), read_words(text)
    if named is None or named.status == "other":
        return not is_access(text)
    if claim is None or not is_among(named, [claim]):
        return False
    return not is_spelling(replace(claim, statement=text))


def _claim(offer: Offer) -> Claim | None:
    terms = replace(offer, words=offer.words if offer.url is None else None).state()
    return read_terms(terms) if terms else None


def _state_words(said: Sequence[str]) -> Terms | None:
    """Words alone: what those say that name a license, with all of them as the statement of it."""
    naming = [text for text in said if names_license(text)]
    first = next(iter(drop_inexact(naming)), None)
    texts = [text for text in said if text == first or not _repeats(text, first)]
    terms = state_terms(None, first or "\n".join(texts))
    joined = cut_text("\n".join(texts), STATEMENT_LIMIT)
    if terms is None or first is None or joined == first:
        return terms
    claim, whole = read_words(first), read_words(joined)
    if claim is None or (whole and whole.says == claim.says):
        return {**terms, "statement": joined}
    named = {"id": claim.license.id} if claim.license else known(unit=claim.unit)
    return {"status": claim.status, **named, "statement": joined}


def _repeats(text: str, first: str | None) -> bool:
    """Whether a text is no more than a name of what the first one says, maybe without its version."""
    claim, named = read_words(first) if first else None, read_words(text)
    if claim is None or named is None or named.status == "other":
        return False
    return named.status == "unversioned" or is_spelling(replace(claim, statement=text))


def show_terms(address: str) -> Terms:
    """The terms at an address in the form that documents show them in: repeated, they are no new statement."""
    resolution = resolve_url(address)
    if isinstance(resolution, Known):
        return {"status": "known", "id": resolution.license.id}
    return {"status": "other", "url": address}


def notice_of(words: Iterable[str]) -> str | None:
    """The copyright notice among words about rights."""
    return next((cut_text(text, _LONGEST_NOTICE) for text in words if begins_notice(text)), None)


def begins_notice(text: str) -> bool:
    """Whether words begin as a copyright notice does."""
    return _NOTICE.match(text) is not None


def is_bare_notice(text: str) -> bool:
    """Whether the words are a notice that names a year and a holder and nothing else, as far as one can see."""
    return begins_notice(text) and _is_bare(text)


@lru_cache(2048)
def _is_bare(notice: str) -> bool:
    """Whether a notice says no more behind the name of the holder, in which any word may stand."""
    holder = _HOLDER.match(notice)
    rest = notice[holder.end() :] if holder else notice
    return not (_SENTENCE_END.search(notice) or names_license(notice) or limits_use(rest))


def is_address(text: str) -> bool:
    """Whether the words are a web address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None
