"""What the list of rights in a record of DataCite says: licenses, other terms, and the copyright notice.

The list has anything that is said of rights: those with an address are licenses, what has none are words about the
rights. Our own writer marks what it says without an address, entry by entry: its claims are read as what they stand
for, and its notice is nothing but a notice.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from service.formats.datacite import NOTICE
from service.formats.intake.access_rights import is_access
from service.formats.intake.addresses import read_address
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.stated_rights import Offer, begins_notice, license_of
from service.formats.intake.stated_terms import Terms, state_terms
from service.formats.intake.values import items_of, object_of, text_of
from service.formats.members import known
from service.formats.rights import OTHER_TERMS
from service.formats.signature import is_ours

_SCHEME = "rightsIdentifierScheme"


def read_rights(doi: Mapping[str, Any], *, ends: Iterable[str | None]) -> Terms | list[Terms] | None:
    """The license or licenses of a record; `ends` are the dates of which the last one ends an embargo."""
    entries = _entries(doi)
    offers = [offer for entry in entries if (offer := _offer(entry))]
    words = [text for entry in entries if not _is_marked(entry) for text in _bare_words(entry)]
    return license_of(offers, words, ends=ends)


def read_notice(doi: Mapping[str, Any]) -> str | None:
    """The copyright notice: what our writer marks as it, or what reads like one."""
    entries = [entry for entry in _entries(doi) if not _uri(entry)]
    return next((text_of(entry.get("rights")) for entry in entries if _is_notice(entry)), None)


def _entries(doi: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entries of the list; a text is one that has nothing but words."""
    return [{"rights": item} if isinstance(item, str) else object_of(item) for item in items_of(doi.get("rightsList"))]


def _uri(entry: Mapping[str, Any]) -> str:
    return text_of(entry.get("rightsUri")) or text_of(entry.get("rightsURI")) or ""


def _offer(entry: Mapping[str, Any]) -> Offer | None:
    """The license of an entry: at its address, or claimed in our own words."""
    if _is_claim(entry):
        return Offer(claimed=_read_claim(entry))
    if read_address(_uri(entry)) and not is_access(_uri(entry)):
        return Offer(url=_uri(entry), words=_words(entry))
    return None


def _bare_words(entry: Mapping[str, Any]) -> list[str]:
    """What an entry says beside its address: all of it where there is none, the id of its license in any case."""
    uri, id = _uri(entry), text_of(entry.get("rightsIdentifier"))
    if is_access(uri):
        return [uri]
    is_addressed = read_address(uri) is not None
    return [text for text in (None if is_addressed else _words(entry), None if is_addressed else uri, id) if text]


def _words(entry: Mapping[str, Any]) -> str | None:
    words = text_of(entry.get("rights"))
    return None if words == OTHER_TERMS else words


def _is_notice(entry: Mapping[str, Any]) -> bool:
    if is_ours(entry.get(_SCHEME)):
        return entry.get("rightsIdentifier") == NOTICE
    return begins_notice(text_of(entry.get("rights")) or "")


def _is_claim(entry: Mapping[str, Any]) -> bool:
    return _is_marked(entry) and not _is_notice(entry)


def _is_marked(entry: Mapping[str, Any]) -> bool:
    """Whether our own writer marks an entry as what it is."""
    return is_ours(entry.get(_SCHEME)) and not _uri(entry)


def _read_claim(entry: Mapping[str, Any]) -> Terms | None:
    """A claim without an address, as our own writer marks it; what is not in its words is a statement."""
    if entry.get("rightsIdentifier") == "other":
        return {"status": "other", **known(statement=_words(entry))}
    words = _words(entry) or text_of(entry.get("rightsIdentifier")) or ""
    terms = read_claim_words(words)
    return terms if isinstance(terms, dict) else state_terms(None, words)
