"""The rights in a news item: linked, encoded, or in words."""

import re
from collections.abc import Mapping
from typing import Any

from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.stated_rights import Offer, license_of
from service.formats.intake.stated_terms import Terms, dispute_terms, state_terms
from service.formats.intake.values import each_text_once, object_of, text_of, texts_of
from service.formats.signature import is_ours

_COMMONS = re.compile(r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/[\w./+-]+", re.IGNORECASE)
_LONGEST = 100_000


def is_record(item: Mapping[str, Any]) -> bool:
    """Whether an item is of our own writer, which signs it as its profile."""
    return is_ours(item.get("profile"))


def read_own_license(item: Mapping[str, Any]) -> Terms | list[Terms] | None:
    """The license of an item of ours, or of an association in one: its link, of which there is one, or our words."""
    linked = texts_of(object_of(item.get("rightsinfo")).get("linkedrights"))
    if linked:
        return dispute_terms(map(state_terms, linked))
    return read_claim_words((text_of(item.get("usageterms")) or "").partition("\n")[0])


def read_license(item: Mapping[str, Any]) -> Terms | None:
    """The license of an item or an association: at the address that it links to, or else in its words."""
    rights = object_of(item.get("rightsinfo"))
    linked = texts_of(rights.get("linkedrights")) or _encoded(rights)
    words, notices = texts_of(item.get("usageterms")), texts_of(item.get("copyrightnotice"))
    license = license_of((Offer(url=url) for url in linked), words, notices)
    return dispute_terms(license if isinstance(license, list) else [license])


def find_line(item: Mapping[str, Any], label: str) -> str | None:
    """What stands behind `label` in the last line of the usage terms."""
    line = (text_of(item.get("usageterms")) or "").rpartition("\n")[2]
    return line.removeprefix(label) if line.startswith(label) else None


def _encoded(rights: Mapping[str, Any]) -> list[str]:
    """The licenses of Creative Commons that an expression of rights refers to."""
    encoded = text_of(rights.get("encodedrights")) or ""
    return each_text_once(_COMMONS.findall(encoded[:_LONGEST]))
