"""Members of an article from which everything is taken that the article schema would refuse.

A record of somebody else is not lost for an address that is no address or a language that does not exist: what is ill
and may be missing is left out, a title or a summary that is too long is cut. Address, title and source stay as they
are: without them there is no article, and the schema says what is wrong with them.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from service.formats.intake.plain_text import cut_text
from service.formats.intake.values import MOST
from service.formats.members import Members
from service.formats.schemas.articles import ARTICLE, PROSE, TITLE

_NEEDED = frozenset({"url", "title", "source"})
_APART = "license"
_ROUNDS = 4
_GONE = object()


def make_sound(members: Mapping[str, Any]) -> Members:
    """`members` without what the schema refuses; the license apart, which is made so that it is taken."""
    sound = {name: value[:MOST] if isinstance(value, list) else value for name, value in members.items()}
    for name, limit in (("title", TITLE), ("summary", PROSE)):
        text = sound.get(name)
        if isinstance(text, str):
            sound[name] = cut_text(text, limit)
    for _ in range(_ROUNDS):
        errors = _find_errors(sound)
        if not errors:
            return sound
        sound = {name: kept for name, value in sound.items() if (kept := _mend(name, value, errors)) is not _GONE}
    return {name: value for name, value in sound.items() if name in _NEEDED or name not in _find_errors(sound)}


def _find_errors(members: Members) -> Mapping[str, Any]:
    try:
        ARTICLE.load({name: value for name, value in members.items() if name != _APART})
    except ValidationError as error:
        return {name: found for name, found in error.messages_dict.items() if name in members}
    return {}


def _mend(name: str, value: Any, errors: Mapping[str, Any]) -> Any:
    if name not in errors:
        return value
    mended = _without(value, errors[name])
    is_lost = mended is _GONE or (isinstance(mended, dict) and "name" not in mended)
    return value if name in _NEEDED and is_lost else mended


def _without(value: Any, errors: Any) -> Any:
    """The value without what is ill in it; gone where that is all of it, or what it may not lack."""
    if not isinstance(errors, dict):
        return _GONE
    if isinstance(value, list):
        kept = [_without(item, errors[place]) if place in errors else item for place, item in enumerate(value)]
        return [item for item in kept if item is not _GONE]
    if not isinstance(value, dict) or any(name not in value for name in errors):
        return _GONE
    kept_members = {name: _without(item, errors[name]) if name in errors else item for name, item in value.items()}
    return {name: item for name, item in kept_members.items() if item is not _GONE}
