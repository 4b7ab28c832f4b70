"""How far harvests have come, in a small file for each address, database and wish."""

import fcntl
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from service.actions.harvest_parts import Place
from service.cli.endings import Stopped
from service.cli.writing import write_file
from service.delivery.fetching import Validators

FOLDER = Path("var/harvests")
_TEXTS = ("since", "began", "token")
_VALIDATORS = ("etag", "last_modified")

Options = Mapping[str, str | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFile:
    """The file that keeps the place of a harvest; `options` are those that decide what becomes of a record."""

    path: Path
    address: str
    options: Options

    def read(self) -> Place:
        """The place that is kept, or the beginning where none is, or that of a harvest with other options.

        Raises Stopped for a file that holds something else.
        """
        try:
            members: dict[str, Any] = orjson.loads(self.path.read_bytes())
            if members["address"] != self.address:
                raise Stopped(f"{self.path} is of {members['address']}; name another file with --state.")
            validators = Validators(**{name: _text(members, name) for name in _VALIDATORS})
            texts = {name: _text(members, name) for name in _TEXTS}
            kind = members["kind"] if members["kind"] in ("oai", "feed") else None
            place = Place(kind=kind, is_exact=members["is_exact"] is True, validators=validators, **texts)
            return place if members.get("options") == self.options else Place()
        except FileNotFoundError:
            return Place()
        except (ValueError, KeyError, TypeError) as error:
            raise Stopped(f"{self.path} cannot be read; delete it to harvest everything anew.") from error

    def write(self, place: Place) -> None:
        """Keep a place."""
        texts = {name: getattr(place, name) for name in ("kind", "is_exact", *_TEXTS)}
        validators = {name: getattr(place.validators, name) for name in _VALIDATORS}
        content = {"address": self.address, "options": self.options, **texts, **validators}
        write_file(self.path, orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")


@contextmanager
def hold_place(path: Path | None, address: str, *, target: str, options: Options) -> Iterator[PlaceFile]:
    """The file of a harvest into the database `target`; raises Stopped while another runs."""
    found = path or FOLDER / f"{_digest(address, target, orjson.dumps(options).decode())}.json"
    found.parent.mkdir(parents=True, exist_ok=True)
    with found.with_name(f"{found.name}.lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stopped(f"{address}: another harvest of it is under way.") from error
        yield PlaceFile(path=found, address=address, options=options)


def _digest(*names: str) -> str:
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _text(members: dict[str, Any], name: str) -> str | None:
    value = members.get(name)
    if value is not None and not isinstance(value, str):
        raise TypeError(name)
    return value
