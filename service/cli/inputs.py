"""Files of records as a command is given them: compressed or not, from a disk or a pipe, of a form to be found out."""

import gzip
import hashlib
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click
import orjson

from service.cli.endings import Refused
from service.formats.intake.registry import FORMS, find_form

NDJSON = "ndjson"
_GZIP = b"\x1f\x8b"
_PIECE = 1024 * 1024
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A file of records, unpacked, on a disk, at its beginning; `digest` is the SHA-256 of its `size` bytes."""

    name: str
    stream: BinaryIO
    digest: bytes
    size: int

    def head(self) -> bytes:
        """The first bytes, without a byte order mark."""
        self.stream.seek(0)
        return self.stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf")


@contextmanager
def open_records_file(name: str) -> Iterator[Records]:
    """The records in a file, or in standard input for -, unpacked where it is gzip.

    What cannot be gone through twice goes to a temporary file first: memory holds a piece at a time. Raises Refused for
    gzip that is cut or damaged, and OSError.
    """
    if name == "-":
        with tempfile.TemporaryFile() as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept, _PIECE)
            yield from _open(name, kept)
    else:
        with Path(name).open("rb") as stream:
            if stream.seekable():
                yield from _open(name, stream)
                return
            with tempfile.TemporaryFile() as kept:
                shutil.copyfileobj(stream, kept, _PIECE)
                yield from _open(name, kept)


def find_out_form(records: Records) -> str:
    """The form by the file's name, else by its beginning; raises UsageError where neither tells.

    What is empty has no records in any form.
    """
    name = records.name.lower().removesuffix(".gz")
    if name.endswith((".ndjson", ".jsonl")):
        return NDJSON
    form = find_form(name)
    found = form.name if form else _guess(records.head())
    if found is None:
        raise click.UsageError(f"{records.name}: what is this? Name it with --format, one of {', '.join(FORMATS)}.")
    return found


FORMATS = (NDJSON, *FORMS)
"""The forms of files, by the word for ``--format``."""


def _open(name: str, stream: BinaryIO) -> Iterator[Records]:
    stream.seek(0)
    if stream.read(2) != _GZIP:
        digest, size = _digest(stream)
        yield Records(name=name, stream=stream, digest=digest, size=size)
        return
    with tempfile.TemporaryFile() as plain:
        stream.seek(0)
        try:
            with gzip.GzipFile(fileobj=stream) as packed:
                shutil.copyfileobj(packed, plain, _PIECE)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise Refused(f"{name}: the gzip file is cut or damaged; nothing was taken from it.") from error
        digest, size = _digest(plain)
        yield Records(name=name, stream=plain, digest=digest, size=size)


def _digest(stream: BinaryIO) -> tuple[bytes, int]:
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    size = stream.tell()
    stream.seek(0)
    return digest.digest(), size


def _guess(head: bytes) -> str | None:
    """A form that the first bytes leave no doubt of."""
    text = head.lstrip()
    if not text and len(head) < _HEAD:
        return NDJSON
    if text.startswith(b"<"):
        return "xml"
    if text.startswith(b"{"):
        if b"jsonfeed.org/version/" in text[:1000]:
            return "jsonfeed"
        return NDJSON if _is_object(text.partition(b"\n")[0]) else None
    header = text.partition(b"\n")[0].lower()
    return "csv" if b"," in header and b"url" in header and b"title" in header else None


def _is_object(line: bytes) -> bool:
    """Whether a line is a JSON object of its own; one that is longer than the head may be one."""
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return len(line) >= _HEAD - 1024
