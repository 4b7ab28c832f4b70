"""How a command ends before its time: one sentence that says what to do, and a number for scripts."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import click

from service.config import ConfigError
from service.core.errors import ContentTooLarge, CreditlineError, Invalid, Malformed, Problem, UnsupportedMediaType

REFUSED = 1
"""Some records, or files, were refused; the others are in."""

STOPPED = 3
"""Something could not be reached, or was broken off: repeat the command."""

UNHEARD = 141
"""Whoever read the results has stopped reading: what a shell shows of a program that a closed pipe has ended."""

_ILL = (Invalid, Malformed, ContentTooLarge, UnsupportedMediaType)

Ending = Callable[[str], click.ClickException]


class Stopped(click.ClickException):
    """What is asked for cannot be reached, or broke off."""

    exit_code = STOPPED


class Refused(click.ClickException):
    """An input that cannot be taken for what is in it."""

    exit_code = REFUSED


@contextmanager
def naming_errors(ending: Ending) -> Iterator[None]:
    """End the command with a sentence in the place of whatever is raised on purpose."""
    try:
        yield
    except (ConfigError, CreditlineError) as error:
        raise ending(say(error)) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise ending(f"{tell(error)}.") from error


@contextmanager
def naming_refusal(name: str, ending: Ending = Refused) -> Iterator[None]:
    """End by `ending`, with the name of an input, where it cannot be read at all for what is in it."""
    try:
        yield
    except _ILL as problem:
        raise ending(f"{name}: {say(problem)}") from problem


@contextmanager
def ending_output() -> Iterator[None]:
    """End with a sentence where the results cannot be written, and without a word where nobody reads them any more."""
    try:
        with naming_errors(Stopped):
            yield
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        sys.exit(UNHEARD)
    except BaseException:
        try:
            sys.stdout.flush()
        except OSError:
            _drop_output()
        raise


def _drop_output() -> None:
    """Forget what could not be written, or it would be tried again, and told, when the process ends."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError):
        os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def tell(error: OSError) -> str:
    """What the system says, without a full stop, and about which file where it tells."""
    said = error.strerror or str(error)
    return said if error.filename is None else f"{error.filename}: {said}"


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
