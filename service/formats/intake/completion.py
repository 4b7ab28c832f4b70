"""Members of a record beside those that are known already: what it does not say of a thing stays as it is.

A merge replaces lists whole, but most forms say less of a creator, a part or another work than an article may. An item
that is about the same thing as one of the present list therefore keeps what it does not say itself.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from service.core.errors import InvalidValue
from service.core.urls import canonical_url
from service.formats.intake.echoes import drop_echoes
from service.formats.members import Members

_Item = Mapping[str, Any]

_GENERAL = {
    ("role", "contributor"): frozenset({"photographer", "editor", "translator"}),
    ("kind", "embed"): frozenset({"chart"}),
    ("relation", "adaptation"): frozenset({"excerpt", "version"}),
}
"""Words that forms have for several of ours, with those that they may stand for."""

_OF_REPOSITORIES = "oai"


def complete_members(members: _Item, present: _Item) -> Members:
    """The members with what the `present` document knows of the same creators, parts, works and corrections.

    What only repeats the document is left out; identifiers of other schemes and repositories stay, and a license that
    is no other than the one shown is none anew.
    """
    members = completed = drop_echoes(members, present)
    for name, is_same in _SAME.items():
        if isinstance(members.get(name), list):
            completed[name] = _complete(members[name], present.get(name) or [], is_same)
    if isinstance(members.get("identifiers"), list):
        completed["identifiers"] = _join_identifiers(members["identifiers"], present.get("identifiers") or [])
    if _says_nothing_new(members.get("license"), present.get("license") or {}):
        del completed["license"]
    return completed


def _complete(items: Iterable[Any], present: Iterable[_Item], is_same: Callable[[_Item, _Item], bool]) -> list[Any]:
    waiting, completed = list(present), []
    for item in items:
        about = {"name": item} if isinstance(item, str) else item
        other = next((other for other in waiting if isinstance(about, dict) and is_same(about, other)), None)
        if other is not None:
            waiting.remove(other)
        completed.append(item if other is None else _fill(about, other))
    return completed


def _fill(item: _Item, other: _Item) -> Members:
    """The item with the members of the other one that it lacks, or that say more exactly what it says."""
    filled = {**{name: value for name, value in other.items() if value not in (None, [])}, **item}
    for name, read in _SPELLINGS.items():
        if item.get(name) and read(item, name) == read(other, name):
            filled[name] = other[name]
    for (name, general), special in _GENERAL.items():
        if item.get(name) == general and other.get(name) in special:
            filled[name] = other[name]
    if _is_same_license(item.get("license"), other.get("license") or {}):
        filled["license"] = other["license"]
    if isinstance(item.get("creators"), list):
        filled["creators"] = _complete(item["creators"], other.get("creators") or [], _is_same_person)
    return filled


def _is_same_license(license: Any, shown: _Item) -> bool:
    """Whether a license says no more than its id or address, which the shown one has too."""
    said = license if isinstance(license, dict) else {}
    return len(said) == 1 and any(said.get(name) and said[name] == shown.get(name) for name in ("id", "url"))


def _is_same_person(item: _Item, other: _Item) -> bool:
    return _words(item, "name") == _words(other, "name") != ""


def _is_same_work(item: _Item, other: _Item) -> bool:
    """By address, or by title where one of them has no address."""
    if item.get("url") and other.get("url"):
        return _address(item, "url") == _address(other, "url")
    return _words(item, "title") == _words(other, "title") != ""


def _is_same_correction(item: _Item, other: _Item) -> bool:
    return item.get("at") == other.get("at") and item.get("text") in (None, other.get("text"))


_SAME: dict[str, Callable[[_Item, _Item], bool]] = {
    "creators": _is_same_person,
    "parts": _is_same_work,
    "based_on": _is_same_work,
    "corrections": _is_same_correction,
}


def _words(item: _Item, name: str) -> str:
    text = item.get(name)
    return " ".join(text.split()) if isinstance(text, str) else ""


def _address(item: _Item, name: str) -> str:
    """The address in the one spelling of all that mean it."""
    try:
        return canonical_url(item[name])
    except (InvalidValue, TypeError, KeyError):
        return str(item.get(name))


_SPELLINGS: dict[str, Callable[[_Item, str], Any]] = {"name": _words, "title": _words, "url": _address}


def _join_identifiers(items: list[Any], present: list[Any]) -> list[Any]:
    """The identifiers, and the present ones of schemes that they do not have; as they are where none is new.

    A work has a name in each repository that it is harvested from, so those stay beside each other.
    """
    schemes = {item.get("scheme") for item in items if isinstance(item, dict)} - {_OF_REPOSITORIES}
    joined = [*items, *(other for other in present if other["scheme"] not in schemes and other not in items)]
    is_old = all(item in present for item in joined) and all(other in joined for other in present)
    return list(present) if is_old else joined


def _says_nothing_new(license: Any, shown: _Item) -> bool:
    """Whether a license is in the form that documents show it in, and says what the shown one says."""
    return (
        isinstance(license, dict)
        and "status" in license
        and all(shown.get(name) == value for name, value in license.items())
    )
