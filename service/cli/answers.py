"""What a server tells of an upload while it carries it out: a line for each record, and the sum behind them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from service.cli.tallies import COUNTS, Done

_LOST = 503
"""The status of the line by which a server tells that it has lost its database: none follows, and it is no record."""

_EFFECTS = {201: "created", 204: "deleted"}


class Course:
    """How far an upload is by what its answers say; that to a repetition has the lines of the one before once more.

    In a `dry_run` lines do not tell what would be updated and what is unchanged; the sum does.
    """

    def __init__(self, *, dry_run: bool) -> None:
        self._dry_run = dry_run
        self._told: Counter[str] = Counter()
        self._known = self._at = 0
        self.is_through = False

    def begin_again(self) -> None:
        """Expect an answer from its beginning."""
        self._at = 0

    def follow(self, lines: Sequence[Mapping[str, Any]]) -> Done:
        """What the next lines of an answer tell that was not known; with the sum the upload is through."""
        before = self._told.copy()
        refused = []
        for line in lines:
            problem = line.get("problem")
            if "summary" in line:
                self.is_through = True
                self._told = Counter(line["summary"])
            elif problem is None or problem.get("status") != _LOST:
                self._at += 1
                if self._at > self._known:
                    self._count(line)
                    refused += [(line["line"], problem)] if problem is not None else []
        return Done(counts={name: self._told[name] - before[name] for name in COUNTS}, refused=refused)

    def _count(self, line: Mapping[str, Any]) -> None:
        self._known = self._at
        self._told["lines"] += 1
        effect = self._effect(line)
        if effect is not None:
            self._told[effect] += 1

    def _effect(self, line: Mapping[str, Any]) -> str | None:
        """What became of a record; None where the line does not tell."""
        if "problem" in line:
            return "failed"
        effect = _EFFECTS.get(line["status"])
        if effect is not None or self._dry_run:
            return effect
        return "updated" if "seq" in line else "unchanged"
