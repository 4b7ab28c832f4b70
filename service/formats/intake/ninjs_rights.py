"""The rights in a news item: linked, encoded, or in words."""

import re
from collections.abc import Mapping
from typing import Any

from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.stated_terms import Terms, dispute_terms, state_terms
from service.formats.intake.values import each_text_once, object_of, text_of, texts_of

_OURS = "urn:uuid:"
_COMMONS = re.compile(r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/[\w./+-]+", re.IGNORECASE)
_LONGEST = 100_000


def is_record(item: Mapping[str, Any]) -> bool:
    """Whether an item is named by the id of a record, as our own writer names it."""
    return (text_of(item.get("uri")) or "").lower().startswith(_OURS)


def read_license(item: Mapping[str, Any], *, start: str | None = None) -> Terms | list[Terms] | None:
    """The license of an item or an association: at the address that it links to, or else in its words."""
    rights = object_of(item.get("rightsinfo"))
    linked = texts_of(rights.get("linkedrights")) or _encoded(rights)
    words = text_of(item.get("usageterms"))
    if is_record(item):
        return state_terms(linked[0]) if linked else read_claim_words((words or "").partition("\n")[0])
    stated = [state_terms(url, words, start=start) for url in linked] or [state_terms(None, words, start=start)]
    return dispute_terms(stated)


def find_line(item: Mapping[str, Any], label: str) -> str | None:
    """What stands behind `label` in the last line of the usage terms."""
    line = (text_of(item.get("usageterms")) or "").rpartition("\n")[2]
    return line.removeprefix(label) if line.startswith(label) else None


def _encoded(rights: Mapping[str, Any]) -> list[str]:
    """The licenses of Creative Commons that an expression of rights refers to."""
    encoded = text_of(rights.get("encodedrights")) or ""
    return each_text_once(_COMMONS.findall(encoded[:_LONGEST]))
