"""XML as it is uploaded, in any charset, as text that is safe to parse: without a DOCTYPE, so without its entities."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from service.core.errors import InvalidValue
from service.formats.charsets import find_charset
from service.formats.intake.charset_pieces import PIECE, check_charset, decode_pieces, find_mark
from service.formats.intake.refusals import refuse

_MAX_PROLOG = 1024 * 1024  # characters
_DECLARED_WITHIN = 1024
# XML 1.0 appendix F.
_BARE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|(<!DOCTYPE\b)", re.DOTALL | re.IGNORECASE)
_IN_DOCTYPE = re.compile(r"""<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|[<>]""", re.DOTALL)


def stream_xml(stream: BinaryIO, charset: str | None) -> Iterator[str]:
    """The text of the document in pieces, from the root element's tag on.

    The charset is that of a byte order mark, else `charset`, else what the document declares, else UTF-8 (RFC 7303).
    Characters that XML does not know are left out; bytes that the charset does not know become a mark (see
    ``charset_pieces``). Raises UnsupportedMediaType for a charset that there is not, and Malformed where a million
    characters come before the root.
    """
    stream.seek(0)
    pieces = (_NO_CHARACTER.sub("", piece) for piece in _decode(stream, charset))
    head = next(pieces, "")
    while (start := _find_root(head)) is None:
        if len(head) > _MAX_PROLOG:
            raise refuse("malformed", "No element of XML comes within the first million characters.")
        piece = next(pieces, None)
        if piece is None:
            return
        head += piece
    yield from chain((head[start:],), pieces)


def _decode(stream: BinaryIO, charset: str | None) -> Iterator[str]:
    first = stream.read(PIECE)
    mark, codec = find_mark(first) or (b"", _charset_of(first, charset))
    return decode_pieces(first[len(mark) :], stream, codec)


def _charset_of(first: bytes, charset: str | None) -> str:
    """The codec of a document that begins with `first`, and with no byte order mark."""
    if charset is not None:
        return check_charset(charset)
    for start, name in _BARE:
        if first.startswith(start):
            return name
    return _declared(first[:_DECLARED_WITHIN])


def _declared(head: bytes) -> str:
    """The charset of the XML declaration; UTF-16 there is UTF-8, for it could be read. It is never guessed."""
    found = _DECLARED.match(head)
    try:
        name = find_charset(found[1].decode("ascii")) if found else "utf-8"
    except InvalidValue:
        return "utf-8"
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _find_root(head: str) -> int | None:
    """Where the root element begins, behind declaration, comments and DOCTYPE; None where `head` ends before that."""
    at = 0
    while at < len(head):
        found = _BEFORE_ROOT.match(head, at)
        if found is None:
            return None if head.startswith(("<?", "<!"), at) or head[at:] == "<" else at
        end = _end_of_doctype(head, found.start()) if found[1] else found.end()
        if end is None:
            return None
        at = end
    return None


def _end_of_doctype(head: str, start: int) -> int | None:
    depth = 0
    for token in _IN_DOCTYPE.finditer(head, start):
        depth += {"<": 1, ">": -1}.get(token[0], 0)
        if depth == 0 and token[0] == ">":
            return token.end()
    return None
