"""What the list of rights in a record of DataCite says: licenses, other terms, and the copyright notice.

The list has anything that is said of rights. Those with an address are alternatives; words without one are a notice
where they read like one, and else say something of the license beside them.
"""

import re
from collections.abc import Mapping
from typing import Any

from service.formats.datacite import CLAIMS
from service.formats.intake.addresses import read_address
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.stated_terms import Terms, gather_terms, state_terms
from service.formats.intake.values import objects_of, text_of
from service.formats.members import known
from service.formats.rights import OTHER_TERMS

_NOTICE = re.compile(r"\s*(?:©|\(c\)|℗|copyright\b)", re.IGNORECASE)
# Whether one may read a work (OpenAIRE's vocabulary, which repositories add) is no license of it.
_ACCESS = "info:eu-repo/"


def read_rights(doi: Mapping[str, Any]) -> Terms | list[Terms] | None:
    """The license or licenses of a record."""
    entries = [entry for entry in objects_of(doi.get("rightsList")) if not _uri(entry).startswith(_ACCESS)]
    claims = [_read_claim(entry) for entry in entries if _is_claim(entry)]
    addressed = [(_uri(entry), _words(entry)) for entry in entries if read_address(_uri(entry))]
    bare = [] if is_record(doi) else [_words(entry) for entry in entries if not _is_told_apart(entry)]
    said = "\n".join(words for words in bare if words)
    if said and addressed:
        url, words = addressed[0]
        addressed[0] = (url, f"{words}\n{said}" if words else said)
    elif said:
        claims.append(state_terms(None, said))
    return gather_terms([*(state_terms(url, words) for url, words in addressed), *claims])


def read_notice(doi: Mapping[str, Any]) -> str | None:
    """The copyright notice: in a record of our own the right that is no claim, in others what reads like a notice."""
    for entry in objects_of(doi.get("rightsList")):
        words = text_of(entry.get("rights"))
        is_bare = not _uri(entry) and not _is_claim(entry)
        if words and is_bare and (is_record(doi) or _NOTICE.match(words)):
            return words
    return None


def is_record(doi: Mapping[str, Any]) -> bool:
    """Whether it has the id of a record, as our own writer gives it."""
    return any(item.get("alternateIdentifierType") == "UUID" for item in objects_of(doi.get("alternateIdentifiers")))


def _uri(entry: Mapping[str, Any]) -> str:
    return text_of(entry.get("rightsUri")) or text_of(entry.get("rightsURI")) or ""


def _words(entry: Mapping[str, Any]) -> str | None:
    """The words of an entry, or else the id of its license."""
    words = text_of(entry.get("rights")) or text_of(entry.get("rightsIdentifier"))
    return None if words == OTHER_TERMS else words


def _is_claim(entry: Mapping[str, Any]) -> bool:
    return entry.get("rightsIdentifierScheme") == CLAIMS and not _uri(entry)


def _is_told_apart(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is read otherwise than as words about the license."""
    is_notice = _NOTICE.match(text_of(entry.get("rights")) or "")
    return bool(_is_claim(entry) or read_address(_uri(entry)) or is_notice)


def _read_claim(entry: Mapping[str, Any]) -> Terms | None:
    """A claim without an address, as our own writer marks it."""
    if entry.get("rightsIdentifier") == "other":
        return {"status": "other", **known(statement=_words(entry))}
    terms = read_claim_words(text_of(entry.get("rights")) or "")
    return terms if isinstance(terms, dict) else None
