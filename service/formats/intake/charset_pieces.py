"""Text as it is uploaded, decoded piece by piece, with a mark for each place that cannot be."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from service.core.errors import InvalidValue, UnsupportedMediaType
from service.formats.charsets import find_charset

MARK = "\udcff"
"""What stands for bytes that the charset does not have: half of a surrogate pair, so no character of any text."""

PIECE = 65_536
"""Bytes that are read at a time."""

# A mark of UTF-32 begins as one of UTF-16 does, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
# The order of bytes where no mark tells it, as the Encoding Standard reads the label utf-16 (s. 4.2).


def find_mark(first: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that a text begins with, and the codec of its charset."""
    return next(((mark, name) for mark, name in _MARKS if first.startswith(mark)), None)


def check_charset(label: str) -> str:
    """The codec of the charset that a sender names; raises UnsupportedMediaType where there is none."""
    try:
        return find_charset(label)
    except InvalidValue as error:
        raise UnsupportedMediaType(error.detail) from error


def decode_pieces(first: bytes, stream: BinaryIO, codec: str) -> Iterator[str]:
    """`first` and what follows it in `stream` as text; what the charset does not have is `MARK`."""
    decoder = codecs.getincrementaldecoder(_WITHOUT_MARK.get(codec, codec))("creditline.mark")
    piece = first
    while piece:
        yield decoder.decode(piece)
        piece = stream.read(PIECE)
    yield decoder.decode(b"", True)


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MARK, error.end


codecs.register_error("creditline.mark", _mark)
