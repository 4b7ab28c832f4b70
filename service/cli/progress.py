"""How far a command is: a bar on a terminal, a line now and then elsewhere, always on standard error."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

EVERY = 5
"""Seconds between two lines."""


class Progress:
    """Counts what is done; `unit` is what is counted."""

    def __init__(self, unit: str, bar: Any = None) -> None:
        self._unit = unit
        self._bar = bar
        self._done = 0
        self._told = time.monotonic()

    def advance(self, count: int) -> None:
        """So many more are done."""
        self._done += count
        if self._bar is not None:
            self._bar.update(count)
        elif time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            click.echo(f"{self._done:,} {self._unit} so far", err=True)


@contextmanager
def show_progress(unit: str, *, total: int | None = None, shown: str = "auto") -> Iterator[Progress]:
    """Show how far the block is of `total`, None where that is not known; `shown` is auto, bar, lines or none."""
    if shown == "none":
        yield Progress(unit, _Silence())
    elif shown == "bar" or (shown == "auto" and sys.stderr.isatty()):
        from tqdm import tqdm  # takes a while to load, and most runs need none

        with tqdm(total=total, unit=f" {unit}", dynamic_ncols=True, file=sys.stderr, leave=False) as bar:
            yield Progress(unit, bar)
    else:
        yield Progress(unit)


class _Silence:
    """A bar that shows nothing."""

    def update(self, count: int) -> None:
        """Nothing."""
