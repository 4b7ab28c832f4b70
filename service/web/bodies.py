"""Request bodies: their media type, read in pieces up to a limit, and parsed strictly."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from flask import request

from service.core.errors import (
    ContentTooLarge,
    Fault,
    InvalidJson,
    Malformed,
    MalformedJson,
    UnsupportedMediaType,
)
from service.formats.schemas.loading import invalid
from service.formats.strict_json import parse_json

LIMIT = 1024 * 1024
_PIECE = 64 * 1024
_DRAINED = 32 * LIMIT
JSON = ("application/json",)
PATCH = ("application/merge-patch+json", "application/json")


def read_body(accepted: Collection[str], limit: int = LIMIT, *, any_charset: Collection[str] = ()) -> bytes:
    """The bytes of the body; raises UnsupportedMediaType or ContentTooLarge. `any_charset` are the types of pages.

    Flask's own limit cuts a chunked body short without a word, so the pieces are counted here.
    """
    check_media_type(accepted, any_charset)
    read_coding()
    if (request.content_length or 0) > limit:
        raise too_large(limit)
    pieces, size = [], 0
    while piece := read_piece():
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        pieces.append(piece)
    if size < (request.content_length or 0):
        raise Malformed("The body ended before its Content-Length.")
    return b"".join(pieces)


def parse_body(body: bytes, free_text: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The JSON object in `body`, its members named by `free_text` being whole pages; raises Malformed or Invalid."""
    try:
        parsed = parse_json(body, free_text=free_text)
    except MalformedJson as error:
        fault = Fault("pointer", "", "malformed", error.detail)
        raise Malformed(error.detail, (fault,), line=error.line, column=error.column) from error
    except InvalidJson as error:
        raise invalid([Fault("pointer", *fault) for fault in error.faults]) from error
    assert isinstance(parsed, dict), "parse_json lets only an object through"
    return parsed


def drain_body() -> None:
    """Read what is left of a refused body, so that the client, still sending, gets to read the answer."""
    left = _DRAINED
    with suppress(Malformed):
        while left > 0 and (piece := read_piece()):
            left -= len(piece)


def read_piece() -> bytes:
    """The next piece of the body; whatever the server finds wrong with its framing is the client's fault."""
    try:
        return request.stream.read(_PIECE)
    except Exception as error:  # each server has exceptions of its own for this
        raise Malformed("The body could not be read: its chunks are damaged, or it ended early.") from error


def check_media_type(accepted: Collection[str], any_charset: Collection[str] = ()) -> None:
    """Raise UnsupportedMediaType unless the body has one of these types, in UTF-8 or, some of them, in any charset."""
    listed = ", ".join(accepted)
    if request.mimetype not in accepted:
        given = request.mimetype or "no media type"
        raise UnsupportedMediaType(f"The body has {given[:100]!r}; {listed} is taken here.")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8") and request.mimetype not in any_charset:
        raise UnsupportedMediaType(f"The body has the charset {charset[:100]!r}; utf-8 is taken here.")


def read_coding(*taken: str) -> str | None:
    """The content coding of the body, None where it has none; raises UnsupportedMediaType unless it is one of these."""
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return None
    if coding not in taken:
        listed = " or ".join(taken) or "none"
        raise UnsupportedMediaType(f"The body has the content coding {coding[:100]!r}; {listed} is taken here.")
    return coding


def too_large(limit: int) -> ContentTooLarge:
    """The problem of a body over its limit in bytes."""
    return ContentTooLarge(f"The body has more than {limit} bytes.", limit=limit)
