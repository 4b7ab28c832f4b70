"""Many changes at once: the commands of an upload, what each came to, and their sum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.core.errors import Problem

OPS = ("create", "upsert", "update", "delete")
"""What a line of an upload may ask for; records of other people ask for ``merge``."""

CHUNK = 500
"""So many commands are carried out and kept together."""


def restate_problem(problem: Problem, *, place: str = "") -> Problem:
    """The same problem of what stands at `place` in a line, with pointers into the line.

    It is new and knows nothing of where it was raised: what is kept with a traceback keeps everything that was there.
    """
    faults = problem.faults
    if place:
        faults = tuple(replace(fault, at=place + fault.at) if fault.kind == "pointer" else fault for fault in faults)
    return type(problem)(problem.detail, faults, **problem.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The versions in which a record may be for a command to touch it; None for any."""

    versions: frozenset[int] | None = None

    def admits(self, version: int) -> bool:
        """Whether a record at `version` may be touched."""
        return self.versions is None or version in self.versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A change that an upload asks for.

    ``op`` is create, upsert, update, delete or merge: upsert puts the whole record in the place of the one at its URL
    or of that by `id`; update merges into one that is there; merge makes it, or merges what it states into the one at
    its URL, and adds ``grants`` to the ledger where it lacks them. ``data`` are members as ``POST /v1/articles`` takes
    them, which stand at the JSON pointer ``place`` of the line. A line that cannot be read has a ``problem`` alone.
    """

    line: int
    op: str = "upsert"
    id: str | None = None
    condition: Condition | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    grants: tuple[Mapping[str, Any], ...] = ()
    place: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a command came to.

    ``effect`` is created, updated, unchanged, deleted, or failed with a ``problem``; ``seq`` its place in the change
    feed, 0 where it made no entry. ``request`` is the id of the request that carried it out, which may be an earlier
    one.
    """

    line: int
    effect: str
    id: str = ""
    version: int = 0
    seq: int = 0
    problem: Problem | None = None
    request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many commands there were and what they came to; ``committed`` is False where nothing was kept."""

    lines: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: int = 0
    committed: bool = True

    def plus(self, results: Iterable[Result]) -> "Summary":
        """The sum with some more results."""
        counts = {name: getattr(self, name) for name in ("created", "updated", "unchanged", "deleted", "failed")}
        lines = self.lines
        for result in results:
            counts[result.effect] += 1
            lines += 1
        return replace(self, lines=lines, **counts)
