"""What a command remembers of a run that was broken off, so that its repetition goes on: a key, in a small file.

Under the same key the database, or the server, knows what it has done already. Once a run is through its key is
forgotten: the same command is a new run then, and does what the file says anew.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
import orjson

from service.cli.writing import write_file

FOLDER = Path("var/imports")


@contextmanager
def keep_key(*names: str | bytes) -> Iterator[str]:
    """The key of a run that `names` tell from others; it is kept as long as the block ends before its time."""
    path = FOLDER / f"{_digest(names)}.json"
    key = _read(path)
    if key is None:
        key = f"import-{secrets.token_hex(16)}"
        _write(path, key)
    yield key
    with suppress(OSError):
        path.unlink()


def _digest(names: tuple[str | bytes, ...]) -> str:
    parts = [name if isinstance(name, bytes) else name.encode("utf-8", "surrogateescape") for name in names]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:32]


def _read(path: Path) -> str | None:
    """The key in a file; None where there is none that can be read."""
    try:
        key = orjson.loads(path.read_bytes())["key"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return key if isinstance(key, str) and key.startswith("import-") and key.isascii() else None


def _write(path: Path, key: str) -> None:
    try:
        write_file(path, orjson.dumps({"key": key}) + b"\n")
    except OSError as error:
        click.echo(f"Note: {path} cannot be written ({error.strerror}); a repetition begins anew.", err=True)
