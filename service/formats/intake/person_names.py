"""Names of people that come in parts, as one line in the order in which they are spoken."""

import re
from collections.abc import Mapping
from typing import Any

from service.core.errors import InvalidValue
from service.core.identifiers import check_orcid
from service.formats.intake.values import text_of, word_of

_GIVEN = ("given", "dropping-particle", "non-dropping-particle", "family")
# Han, kana and Hangul: the family name comes first, with no space where there is none in Han.
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def read_parted_name(name: Mapping[str, Any]) -> str | None:
    """The name in an object with ``given`` and ``family``, as CSL and Crossref have it; None where it has neither."""
    given, family = word_of(name.get("given")), word_of(name.get("family"))
    if given and family and _EASTERN.fullmatch(given) and _EASTERN.fullmatch(family):
        return family + given
    words = [word for word in (word_of(name.get(part)) for part in _GIVEN) if word]
    if not words:
        return None
    suffix = word_of(name.get("suffix"))
    return " ".join([*words, suffix] if suffix else words)


def read_orcid(value: object) -> str | None:
    """An ORCID iD, however it is written; None for what is none."""
    text = text_of(value)
    try:
        return check_orcid(text.strip()) if text else None
    except InvalidValue:
        return None
