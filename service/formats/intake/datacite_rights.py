"""What the list of rights in a record of DataCite says: licenses, other terms, and the copyright notice.

The list has anything that is said of rights. Those with an address are alternatives; words without one are a notice
where they read like one, and else say something of every license beside them, or contradict it. Our own writer marks
what it says without an address, entry by entry: its claims are read as what they stand for, and its notice is nothing
but a notice.
"""

from collections.abc import Mapping
from typing import Any

from service.formats.datacite import NOTICE
from service.formats.intake.addresses import read_address
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.stated_rights import begins_notice
from service.formats.intake.stated_terms import (
    Terms,
    dispute_terms,
    drop_inexact,
    find_contradictions,
    gather_terms,
    names_license,
    state_terms,
)
from service.formats.intake.values import objects_of, text_of
from service.formats.members import known
from service.formats.rights import OTHER_TERMS
from service.formats.signature import is_ours

# Whether one may read a work (OpenAIRE's vocabulary, which repositories add) is no license of it.
_ACCESS = "info:eu-repo/"
_SCHEME = "rightsIdentifierScheme"


def read_rights(doi: Mapping[str, Any]) -> Terms | list[Terms] | None:
    """The license or licenses of a record."""
    entries = [entry for entry in objects_of(doi.get("rightsList")) if not _uri(entry).startswith(_ACCESS)]
    claims = [_read_claim(entry) for entry in entries if _is_claim(entry)]
    addressed = [(_uri(entry), _words(entry)) for entry in entries if read_address(_uri(entry))]
    bare = [words for entry in entries if not _is_told_apart(entry) and (words := _words(entry))]
    others = find_contradictions(bare, [url for url, _ in addressed])
    if others:
        stated = [state_terms(url, words) for url, words in addressed]
        return dispute_terms([*stated, *claims, *(state_terms(None, words) for words in others)])
    said = "\n".join(drop_inexact(bare))
    if said and addressed:
        addressed = [(url, f"{words}\n{said}" if words else said) for url, words in addressed]
    elif said:
        claims.append(state_terms(None, said))
    return gather_terms([*(state_terms(url, words) for url, words in addressed), *claims])


def read_notice(doi: Mapping[str, Any]) -> str | None:
    """The copyright notice: what our writer marks as it, or what reads like one."""
    entries = [entry for entry in objects_of(doi.get("rightsList")) if not _uri(entry)]
    return next((text_of(entry.get("rights")) for entry in entries if _is_notice(entry)), None)


def _uri(entry: Mapping[str, Any]) -> str:
    return text_of(entry.get("rightsUri")) or text_of(entry.get("rightsURI")) or ""


def _words(entry: Mapping[str, Any]) -> str | None:
    """The words of an entry, or else the id of its license."""
    words = text_of(entry.get("rights")) or text_of(entry.get("rightsIdentifier"))
    return None if words == OTHER_TERMS else words


def _is_notice(entry: Mapping[str, Any]) -> bool:
    if is_ours(entry.get(_SCHEME)):
        return entry.get("rightsIdentifier") == NOTICE
    return begins_notice(text_of(entry.get("rights")) or "")


def _is_claim(entry: Mapping[str, Any]) -> bool:
    return is_ours(entry.get(_SCHEME)) and not _uri(entry) and not _is_notice(entry)


def _is_told_apart(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is read otherwise than as words about the license."""
    is_bare = _is_notice(entry) and (is_ours(entry.get(_SCHEME)) or not names_license(text_of(entry["rights"]) or ""))
    return bool(_is_claim(entry) or read_address(_uri(entry)) or is_bare)


def _read_claim(entry: Mapping[str, Any]) -> Terms | None:
    """A claim without an address, as our own writer marks it; what is not in its words is a statement."""
    if entry.get("rightsIdentifier") == "other":
        return {"status": "other", **known(statement=_words(entry))}
    words = _words(entry) or ""
    terms = read_claim_words(words)
    return terms if isinstance(terms, dict) else state_terms(None, words)
