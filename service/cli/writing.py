"""Files that are there in full or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """Where a command writes: standard output, or a file that takes the name `path` once it is whole.

    A failure leaves what was there. What is no plain file, such as a pipe, is written to as it is.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
    else:
        with _replaced(path.resolve(), path) as stream:
            yield stream


def write_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of what a file holds; its folder is made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _replaced(path, path) as stream:
        stream.write(content)


@contextmanager
def _replaced(path: Path, given: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of that at `path`, which somebody calls `given`."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:  # of a name that nobody has given
        raise OSError(error.errno, error.strerror, str(given)) from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _mode(path: Path) -> int:
    """The permissions that the file had, or that a new one gets."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
