"""Facts: what a page says of an article, each with the element that says it and the words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.core.text import fold

QUOTE_LIMIT = 300
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff\ud800-\udfff]+")

_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value as ``POST /v1/articles`` takes it, the element or property that says it, and the words there."""

    value: Any
    source: str
    quote: str


def one_line_of(text: str | None) -> str:
    """The text in one line: spaces single, no control characters, no marks that are not seen."""
    if not text:
        return ""
    return " ".join(_CONTROL.sub(" ", text).split())


def quote_of(text: str | None) -> str:
    """The beginning of a text, as evidence quotes it."""
    quote = one_line_of(text)
    return quote if len(quote) <= QUOTE_LIMIT else quote[: QUOTE_LIMIT - 1] + "…"


@lru_cache(maxsize=1024)
def squash(text: str) -> str:
    """The letters and digits of a text, run together, by which titles and names are compared."""
    return _LETTERS.sub("", fold(text))


def distinct_facts(facts: Iterable[Fact], most: int) -> list[Fact]:
    """The first few facts, each source and value once."""
    seen: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        seen.setdefault((fact.source, repr(fact.value)), fact)
        if len(seen) == most:
            break
    return list(seen.values())
