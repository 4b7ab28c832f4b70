"""How a command ends before its time: one sentence that says what to do, and a number for scripts."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from service.config import ConfigError
from service.core.errors import CreditlineError, Problem

REFUSED = 1
"""Some records, or files, were refused; the others are in."""

STOPPED = 3
"""Something could not be reached, or was broken off: repeat the command."""

Ending = Callable[[str], click.ClickException]


class Stopped(click.ClickException):
    """What is asked for cannot be reached, or broke off."""

    exit_code = STOPPED


@contextmanager
def naming_errors(ending: Ending) -> Iterator[None]:
    """End the command with a sentence in the place of whatever is raised on purpose."""
    try:
        yield
    except (ConfigError, CreditlineError) as error:
        raise ending(say(error)) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename is None:
            raise
        raise ending(f"{error.filename}: {error.strerror}.") from error


def say(error: Exception) -> str:
    """The sentence of an error; a problem says all that is wrong."""
    if not isinstance(error, Problem) or not error.faults:
        return str(error)
    return " ".join(dict.fromkeys(f"{_place(fault.at)}{fault.detail}" for fault in error.faults))


def _place(at: str) -> str:
    return f"{at}: " if at else ""


class Signals:
    """Whether somebody has asked the command to end."""

    asked = False

    def handle(self, number: int, _frame: object) -> None:
        """Break off what is under way."""
        self.asked = True
        raise KeyboardInterrupt


@contextmanager
def ending_on_signals() -> Iterator[Signals]:
    """Let Ctrl-C and a request to end (SIGTERM) break the block off with KeyboardInterrupt.

    What is in the middle of something may make another error of it; the signals tell what it was.
    """
    signals = Signals()
    if threading.current_thread() is not threading.main_thread():
        yield signals
        return
    before = {number: signal.signal(number, signals.handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
