"""How an upload is to be read, and what reads it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from service.formats.intake.items import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the sender says of the upload beside its form.

    ``charset`` is that of its media type, None where it names none. ``columns`` gives the column of a table for a
    member of ours where the two have different names; other forms have none.
    """

    charset: str | None = None
    columns: Mapping[str, str] | None = None


Reader = Callable[[BinaryIO, Reading], Iterator[Item]]
"""Reads a file piece by piece into items, one for each record, in order.

What is wrong with one record is that item's `problem`. What is wrong with the whole is a Problem, raised before the
first item where it shows by then; it ends the reading where it shows later. The file is at its beginning and can seek.
"""
