"""Lines of text whose literal words and values stay apart, so that no value is ever markup."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from service.core.errors import InvalidValue
from service.core.urls import check_url

Property = Literal["", "title", "name", "license", "terms", "address"]
Direction = Literal["ltr", "rtl"]

_CACHED = 1024  # every view asks for the same few values

_CONTROLS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Embeddings, overrides and isolates, which would turn the text around a value; lone surrogates; byte order marks.
_UNSAFE = re.compile(r"[\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_UNPRINTABLE_IN_URL = re.compile(r"[^\x21-\x7e]|[\"<>\\^`{|}]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. Literal words have no property and no `value`; `url` is where a value links to.

    ``lang`` is the language of a value that is known to be in another one than the sentence. The spans of one license
    belong together: ``license`` is that of the work, ``terms`` that of another one.
    """

    text: str
    value: bool = False
    property: Property = ""
    url: str | None = None
    lang: str | None = None


Line = tuple[Span, ...]


@lru_cache(maxsize=_CACHED)
def clean(text: str | None) -> str:
    """A value on one line: controls and line ends are a space, what would turn its surroundings is gone."""
    return _CONTROLS.sub(" ", _UNSAFE.sub("", text or "")).strip()


@lru_cache(maxsize=_CACHED)
def linkable(url: str | None) -> str | None:
    """An http or https address in printable ASCII, None for anything else."""
    try:
        checked = check_url(url or "")
    except InvalidValue:
        return None
    return _UNPRINTABLE_IN_URL.sub(_percent, checked)


def value(text: str | None, property: Property = "", url: str | None = None, *, lang: str | None = None) -> Line:
    """A value as one span, cleaned; an address that cannot be linked is dropped."""
    return (Span(clean(text), True, property, linkable(url), lang),)


def address(url: str, property: Property = "address") -> Line:
    """An address shown as itself."""
    return (Span(url, True, property, url),)


def plain(line: Line) -> str:
    """The words of a line and nothing else."""
    return "".join(span.text for span in line)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))
