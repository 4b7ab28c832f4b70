"""The values of other people's JSON, taken as what they should be: what is of another type is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from service.formats.intake.plain_text import drop_controls
from service.formats.members import Members

MOST = 1000
"""So many items are read of a list: as many as a list of an article may have."""

_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a record states: members of an article, and further entries of its license ledger."""

    members: Members
    grants: tuple[Members, ...] = ()


def text_of(value: object) -> str | None:
    """A text with something in it, as given but for control characters, which no member may hold."""
    if not isinstance(value, str) or not value or value.isspace():
        return None
    if value.isascii() and value.isprintable():
        return value
    return drop_controls(value) or None


def word_of(value: object) -> str | None:
    """A text without space around it, or the digits of a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**20 else None
    text = text_of(value)
    return text.strip() if text else None


def items_of(value: object) -> list[Any]:
    """The items of a list; anything else is the only one, None is none."""
    if isinstance(value, list):
        return value[:MOST]
    return [] if value is None else [value]


def texts_of(value: object) -> list[str]:
    """The texts in a list, or the text itself."""
    return [text for text in map(text_of, items_of(value)) if text]


def first_text(*values: object) -> str | None:
    """The first text among values that are texts or lists of them."""
    return next((text for value in values for text in texts_of(value)), None)


def object_of(value: object) -> Mapping[str, Any]:
    """An object, an empty one for anything else; of a list the first."""
    return next(iter(objects_of(value)), _NOTHING)


def objects_of(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list, or the object itself."""
    return [item for item in items_of(value) if isinstance(item, dict)]


def each_text_once(texts: Iterable[str | None]) -> list[str]:
    """The texts in their order, equal ones once."""
    return list(dict.fromkeys(text for text in texts if text))
