"""What a reader gives: one item for each record, in the members that ``POST /v1/articles`` takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.core.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A record of an upload.

    ``line`` is its line in a file of lines (blank ones count), else its place among the records, from 1 on.
    ``members`` are those of an article that the record states, unchecked; what it does not state is absent.
    ``grants`` are further entries of the license ledger, as ``POST /v1/articles/{id}/grants`` takes them.
    A record that cannot be read has a ``problem`` and no members.
    """

    line: int
    members: Mapping[str, Any] | None = None
    grants: tuple[Mapping[str, Any], ...] = ()
    problem: Problem | None = None
