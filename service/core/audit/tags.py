"""What the elements of HTML mean to somebody who looks at a page: which hide, which break a line, which show media."""

import re
from collections.abc import Iterator
from html import unescape

from service.core.data import read_table

_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9A-Fa-f]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
# A number as long as this is no character, and Python refuses to read one of thousands of digits.
_NO_CHARACTER = re.compile(r"&#(?=[xX]?[0-9A-Fa-f]{9})")
_HIDING = re.compile(
    r"(?:^|[;\s])(?:display\s?:\s?none|visibility\s?:\s?(?:hidden|collapse)|(?:opacity|font-size)\s?:\s?0(?![.\d]*[1-9]))",
    re.IGNORECASE,
)
_ROWS = read_table("audit_tags.tsv")


Attributes = dict[str, tuple[str, int, int]]
"""The attributes of a tag, each with its value and the value's place in the source."""


def is_hidden(name: str, attributes: Attributes) -> bool:
    """Whether an element says by itself that readers do not see what it holds."""
    if name in HIDDEN or "hidden" in attributes:
        return True
    return "style" in attributes and _HIDING.search(attributes["style"][0]) is not None


def clean_source(html: str) -> str:
    """The page without character references that are numbers of no character; every place stays where it is."""
    return _NO_CHARACTER.sub("& ", html)


def resolve_references(text: str) -> str:
    """The text with its character references resolved."""
    return _REFERENCE.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def split_references(source: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The text at [start, end) in pieces, each with its place: between character references, and what they mean."""
    position = start
    for match in _REFERENCE.finditer(source, start, end):
        yield source[position : match.start()], position
        yield unescape(match[0]), match.start()
        position = match.end()
    yield source[position:end], position


def _tags(kind: str) -> dict[str, tuple[str, ...]]:
    return {row["tag"]: tuple(row["attributes"].split()) for row in _ROWS if row["kind"] == kind}


BLOCKS = {tag: bool(flags) for tag, flags in _tags("block").items()}
"""Elements that break a line, and whether one ends the one before it."""

OPAQUE, HIDDEN, VOID, SELF_CLOSING = (frozenset(_tags(kind)) for kind in ("opaque", "hidden", "void", "foreign"))
MEDIA = _tags("media")
"""Elements that show something from elsewhere, with the attributes that say from where."""

SPOKEN, TITLED = _tags("spoken"), frozenset(_tags("titled"))
