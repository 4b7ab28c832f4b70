"""Templates of a language and their filling: literal text and values stay apart, so that no value is ever markup.

The languages are those that there is a catalogue for, ``credit.<lang>.toml`` beside the tables.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from string import Formatter

from service.core.attribution.cldr import direction_of
from service.core.attribution.spans import Direction, Line, Span, clean, plain
from service.core.errors import InvalidValue
from service.core.languages import canonical_language

_CATALOGUE = re.compile(r"credit\.([a-z]+)\.toml")
_STOPS = (".", "。")
_ENDINGS = (".", "!", "?", "…", "。", "！", "？", "\u061f", "\u06d4")


@dataclass(frozen=True, slots=True)
class Messages:
    """The wording of one language, by `section.key`; `fill` raises KeyError for a message or slot that is not there."""

    lang: str
    dir: Direction
    templates: dict[str, str]

    def fill(self, key: str, **slots: Line) -> Line:
        """The message with its slots filled. A full stop after a value that ends a sentence itself is left out."""
        return fill_template(self.templates[key], **slots)

    def choose(self, section: str, key: str, default: str) -> str:
        """`section.key` if the catalogue has it, else the default of that section."""
        chosen = f"{section}.{key}"
        return chosen if chosen in self.templates else f"{section}.{default}"

    def join(self, sentences: Sequence[Line]) -> Line:
        """The sentences that are not empty, one after the other; after a Latin full stop there is always a space."""
        line: Line = ()
        for sentence in sentences:
            if any(span.text for span in sentence):
                space = self.templates["sentences.space"] or (" " if plain(line)[-1:].isascii() else "")
                line += (Span(space), *sentence) if line else sentence
        return line

    def sentence(self, line: Line) -> Line:
        """The line with a full stop; nothing of nothing."""
        return self.fill("sentences.plain", text=line) if any(span.text for span in line) else ()


def fill_template(template: str, **slots: Line) -> Line:
    """The template with its slots filled."""
    line: list[Span] = []
    for literal, slot in _parse(template):
        line += _literal(literal, line)
        line += slots[slot] if slot else ()
    return tuple(line)


def match_language(tag: str) -> str:
    """The language of ours for a tag of BCP 47: ``de-AT`` is de. Raises InvalidValue `unknown-language`."""
    try:
        base = canonical_language(tag).partition("-")[0]
    except InvalidValue:
        base = ""
    if base not in LANGUAGES:
        shown = clean(tag)[:40]
        detail = f"There are no credits in {shown!r}; lang takes one of {', '.join(LANGUAGES)}."
        raise InvalidValue("unknown-language", detail)
    return base


@cache
def messages_for(lang: str) -> Messages:
    """The catalogue of a language that there is one for."""
    text = files("service.core.data").joinpath(f"credit.{lang}.toml").read_text(encoding="utf-8")
    return Messages(lang, direction_of(lang), dict(_flatten("", tomllib.loads(text))))


@lru_cache(maxsize=4096)
def _parse(template: str) -> tuple[tuple[str, str | None], ...]:
    """Literal words, each with the slot behind them."""
    return tuple((literal, slot) for literal, slot, _, _ in Formatter().parse(template))


def _literal(text: str, line: list[Span]) -> list[Span]:
    if text.startswith(_STOPS) and line and line[-1].text.endswith(_ENDINGS):
        text = text[1:]
    return [Span(text)] if text else []


def _flatten(prefix: str, table: dict[str, object]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += _flatten(f"{prefix}{key}.", value) if isinstance(value, dict) else [(prefix + key, str(value))]
    return pairs


def _find_languages() -> tuple[str, ...]:
    """English, which stands for what nobody asked for, and then the others."""
    names = (_CATALOGUE.fullmatch(entry.name) for entry in files("service.core.data").iterdir())
    return tuple(sorted((match[1] for match in names if match), key=lambda lang: (lang != "en", lang)))


LANGUAGES = _find_languages()
