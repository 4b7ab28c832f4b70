"""Uploads: bodies of many records, taken in whole and onto disk before anything is answered, unpacked if need be."""

import hashlib
import tempfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import request

from service.core.errors import Malformed
from service.web.bodies import check_media_type, read_coding, read_piece, too_large

UPLOAD_LIMIT = 32 * 1024 * 1024
"""So many bytes may an upload have, unpacked."""

_IN_MEMORY = 1 << 20
_PIECE = 1 << 16
_GZIP = 31  # the bits of the window for zlib, and that gzip's header and checksum are wanted
_PADDING = b"\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """An upload as a file that can seek, with the SHA-256 of its bytes."""

    file: BinaryIO
    digest: bytes

    def close(self) -> None:
        """Delete the file."""
        self.file.close()


def take_upload(accepted: Collection[str], *, any_charset: Collection[str] = ()) -> UploadedFile:
    """Take the body in, unpacked where it is gzip.

    Raises UnsupportedMediaType, ContentTooLarge, or Malformed for one that was cut or damaged on its way.
    """
    check_media_type(accepted, any_charset)
    packed = read_coding("gzip", "x-gzip") is not None
    if (request.content_length or 0) > UPLOAD_LIMIT:
        raise too_large(UPLOAD_LIMIT)
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - closed with the upload
    try:
        pieces = _received()
        return UploadedFile(file=file, digest=_fill(file, _unpack(pieces) if packed else pieces))
    except BaseException:
        file.close()
        raise


def _fill(file: BinaryIO, pieces: Iterator[bytes]) -> bytes:
    """Write the pieces into the file and return their digest; raises ContentTooLarge."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > UPLOAD_LIMIT:
            raise too_large(UPLOAD_LIMIT)
        digest.update(piece)
        file.write(piece)
    return digest.digest()


def _received() -> Iterator[bytes]:
    size = 0
    while piece := read_piece():
        size += len(piece)
        if size > UPLOAD_LIMIT:
            raise too_large(UPLOAD_LIMIT)
        yield piece
    if size < (request.content_length or 0):
        raise Malformed("The body ended before its Content-Length.")


def _unpack(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What is in a gzip file, in small pieces, however much a piece of it holds; several files in a row are one."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            left = piece
            while left:
                if unpacker.eof and not (left := left.lstrip(_PADDING)):
                    break
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                yield unpacker.decompress(left, _PIECE)
                left = unpacker.unused_data or unpacker.unconsumed_tail
    except zlib.error as error:
        raise Malformed("The body is not the gzip that its Content-Encoding promises, or it was damaged.") from error
    if not unpacker.eof:
        raise Malformed("The body ended in the middle of its gzip.")
