"""Templates of a language and their filling: literal text and values stay apart, so that no value is ever markup."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal

from service.core.errors import InvalidValue
from service.core.urls import check_url

Property = Literal["", "title", "name", "license", "address"]

_CONTROLS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Embeddings, overrides and isolates, which would turn the text around a value; lone surrogates; byte order marks.
_UNSAFE = re.compile(r"[\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_UNPRINTABLE_IN_URL = re.compile(r"[^\x21-\x7e]|[\"<>\\^`{|}]")
_ENDINGS = (".", "!", "?", "…", "。", "\u061f", "\u06d4")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. Literal words have no property and no `value`; `url` is where a value links to."""

    text: str
    value: bool = False
    property: Property = ""
    url: str | None = None


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Messages:
    """The wording of one language, by `section.key`; `fill` raises KeyError for a message or slot that is not there."""

    lang: str
    templates: dict[str, str]

    def fill(self, key: str, **slots: Line) -> Line:
        """The message with its slots filled. A full stop after a value that ends a sentence itself is left out."""
        line: list[Span] = []
        for literal, slot, _, _ in Formatter().parse(self.templates[key]):
            line += _literal(literal, line)
            line += slots[slot] if slot else ()
        return tuple(line)

    def choose(self, section: str, key: str, default: str) -> str:
        """`section.key` if the catalogue has it, else the default of that section."""
        chosen = f"{section}.{key}"
        return chosen if chosen in self.templates else f"{section}.{default}"


def _literal(text: str, line: list[Span]) -> list[Span]:
    if text.startswith(".") and line and line[-1].text.endswith(_ENDINGS):
        text = text[1:]
    return [Span(text)] if text else []


@cache
def messages_for(lang: str) -> Messages:
    """The catalogue of a language that there is one for."""
    text = files("service.core.data").joinpath(f"credit.{lang}.toml").read_text(encoding="utf-8")
    return Messages(lang, dict(_flatten("", tomllib.loads(text))))


def _flatten(prefix: str, table: dict[str, object]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += _flatten(f"{prefix}{key}.", value) if isinstance(value, dict) else [(prefix + key, str(value))]
    return pairs


def clean(text: str | None) -> str:
    """A value on one line: controls and line ends are a space, what would turn its surroundings is gone."""
    return _CONTROLS.sub(" ", _UNSAFE.sub("", text or "")).strip()


def linkable(url: str | None) -> str | None:
    """An http or https address in printable ASCII, None for anything else."""
    try:
        checked = check_url(url or "")
    except InvalidValue:
        return None
    return _UNPRINTABLE_IN_URL.sub(_percent, checked)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))


def value(text: str | None, property: Property = "", url: str | None = None) -> Line:
    """A value as one span, cleaned; an address that cannot be linked is dropped."""
    return (Span(clean(text), True, property, linkable(url)),)


def address(url: str) -> Line:
    """An address shown as itself."""
    return (Span(url, True, "address", url),)
