"""``fields=``: a document cut down to the members that were asked for."""

from collections.abc import Iterable
from typing import Any

import orjson

from service.formats.documents.line_separators import escape_separators

Tree = dict[str, Any]
_KEPT = ("id", "version")


def read_fields(text: str, members: Tree) -> tuple[Tree, list[str]]:
    """The tree of the members in a comma-separated list, and those that `members` does not have."""
    wanted: Tree = dict.fromkeys(_KEPT)
    unknown = []
    for path in text.split(","):
        steps = path.strip().split(".")
        if not _has(members, steps):
            unknown.append(path.strip())
            continue
        _add(wanted, steps)
    return wanted, unknown


def trim_document(document: bytes, wanted: Tree) -> bytes:
    """`document` with the members in `wanted` alone."""
    return escape_separators(orjson.dumps(_trim(orjson.loads(document), wanted)))


def _has(members: Tree, steps: Iterable[str]) -> bool:
    at: Any = members
    for step in steps:
        if not isinstance(at, dict) or step not in at:
            return False
        at = at[step]
    return True


def _add(wanted: Tree, steps: list[str]) -> None:
    at = wanted
    for step in steps[:-1]:
        inner = at.setdefault(step, {})
        if inner is None:
            return
        at = inner
    at[steps[-1]] = None


def _trim(value: Any, wanted: Tree | None) -> Any:
    if wanted is None:
        return value
    if isinstance(value, list):
        return [_trim(item, wanted) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _trim(member, wanted[name]) for name, member in value.items() if name in wanted}
