"""Pages of a list: keyset positions as opaque cursors, each bound to the query that it belongs to."""

import base64
import binascii
import hashlib
import math
import re
from typing import Any, Literal

from service.core.errors import InvalidCursor
from service.core.identifiers import ARTICLE_ID

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
_CHECK = 6

Kind = Literal["integer", "id", "hex", "slug"]
_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "integer": re.compile(r"-?[0-9]{1,18}"),
    "id": ARTICLE_ID,
    "hex": re.compile(r"([0-9a-f]{2}){0,1000}"),
    "slug": re.compile(r"[a-z0-9-]{1,64}"),
}
_LONGEST: dict[Kind, int] = {"integer": 19, "id": 36, "hex": 2000, "slug": 64}


def longest_cursor(*kinds: Kind) -> int:
    """How many characters the cursor of a position, a value of each of `kinds`, has at most."""
    payload = sum(_LONGEST[kind] for kind in kinds) + len(kinds) - 1
    return math.ceil((_CHECK + payload) * 4 / 3)


def encode_cursor(query: str, position: list[Any]) -> str:
    """The cursor of `position`, a list of integers and plain words, in the list that `query` names."""
    payload = ":".join(map(str, position)).encode()
    return base64.urlsafe_b64encode(_check(query, payload) + payload).decode().rstrip("=")


def decode_cursor(query: str, cursor: str, *kinds: Kind) -> list[Any]:
    """The position in a cursor, a value of each of `kinds`.

    Raises InvalidCursor where it is damaged, made up, or belongs to another query.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        words = raw[_CHECK:].decode("ascii").split(":")
    except (binascii.Error, ValueError) as error:
        raise _invalid() from error
    fits = len(words) == len(kinds) and all(map(_fits, kinds, words))
    if not fits or encode_cursor(query, words) != cursor:
        raise _invalid()
    return [int(word) if kind == "integer" else word for kind, word in zip(kinds, words, strict=True)]


def _fits(kind: Kind, word: str) -> bool:
    return _PATTERNS[kind].fullmatch(word) is not None


def _check(query: str, payload: bytes) -> bytes:
    return hashlib.sha256(query.encode("utf-8", "surrogatepass") + b"\0" + payload).digest()[:_CHECK]


def _invalid() -> InvalidCursor:
    return InvalidCursor("This cursor is damaged or belongs to another query; start again without a cursor.")
