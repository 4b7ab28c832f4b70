"""Pages of a list: keyset positions as opaque cursors, each bound to the query that it belongs to."""

import base64
import binascii
import hashlib
import json
from typing import Any

from service.core.errors import InvalidCursor

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
_CHECK = 6


def encode_cursor(query: str, position: list[Any]) -> str:
    """The cursor of `position` (integers and texts) in the list that `query` names."""
    payload = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(query, payload) + payload).decode().rstrip("=")


def decode_cursor(query: str, cursor: str) -> list[Any]:
    """The position in a cursor; raises InvalidCursor where it is damaged or belongs to another query."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _invalid() from error
    check, payload = raw[:_CHECK], raw[_CHECK:]
    if check != _check(query, payload) or encode_cursor(query, position := json.loads(payload)) != cursor:
        raise _invalid()
    result: list[Any] = position
    return result


def _check(query: str, payload: bytes) -> bytes:
    return hashlib.sha256(query.encode("utf-8", "surrogatepass") + b"\0" + payload).digest()[:_CHECK]


def _invalid() -> InvalidCursor:
    return InvalidCursor("This cursor is damaged or belongs to another query; start again without a cursor.")
