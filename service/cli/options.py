"""What the options of several commands take, read for click."""

import re
from collections.abc import Callable
from typing import Any

import click

from service.core.errors import InvalidValue
from service.core.urls import check_url
from service.formats.charsets import find_charset
from service.formats.schemas.fields import read_slug

LEAST_SPAN = 10
"""Seconds between two rounds, at least."""

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}

Callback = Callable[[Any, Any, str | None], str | None]


def _checked(check: Callable[[str], str]) -> Callback:
    """A callback that gives what `check` makes of a value."""

    def read(_context: Any, _option: Any, value: str | None) -> str | None:
        try:
            return None if value is None else check(value)
        except InvalidValue as error:
            raise click.BadParameter(str(error)) from error

    return read


take_slug = _checked(read_slug)
"""The slug of a source."""

take_charset = _checked(find_charset)
"""The name of a charset."""

take_url = _checked(check_url)
"""A web address."""


def read_pairs(_context: Any, _option: Any, values: tuple[str, ...]) -> dict[str, str]:
    """The values of an option such as ``--filter name=value`` by their names."""
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not name or not equals:
            raise click.BadParameter(f"{value!r} is not name=value.")
        if name in pairs:
            raise click.BadParameter(f"{name} is given twice.")
        pairs[name] = given
    return pairs


def take_urls(context: Any, option: Any, values: tuple[str, ...]) -> tuple[str, ...]:
    """Several web addresses."""
    return tuple(str(take_url(context, option, value)) for value in values)


def read_span(_context: Any, _option: Any, value: str | None) -> int | None:
    """The seconds of a span such as 90s, 30m, 1h or 1d."""
    if value is None:
        return None
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", value)
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    if seconds < LEAST_SPAN:
        raise click.BadParameter(f"{value!r} is no span such as 30m, 1h or 1d, of at least {LEAST_SPAN} seconds.")
    return seconds
