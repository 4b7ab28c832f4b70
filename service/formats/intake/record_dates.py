"""Dates of records, in the forms in which an article takes them, as precise as they are known."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from service.core.dates import PartialDate
from service.core.errors import InvalidValue
from service.formats.intake.values import word_of

_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt ]\s?(\d\d:\d\d)(:\d\d(?:[.,]\d+)?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)")


def read_date(value: object) -> str | None:
    """A date of ISO 8601 as an article takes it; None for what is none.

    A time without an offset is no point in time, so its day is kept. A month or a day of 00 is one that is not known.
    """
    text = word_of(value) or ""
    match = _DATE.fullmatch(text) or _BASIC.fullmatch(text)
    if match is None:
        return None
    parts: list[Any] = [*match.groups(), None, None, None]
    known = _join(*parts[:3])
    minutes, seconds, offset = parts[3:6]
    if len(known) < 10 or not minutes or not offset:
        return _checked(known)
    moment = f"{known}T{minutes}{(seconds or ':00').replace(',', '.')}{_offset(offset)}"
    return _checked(moment) or _checked(known)


def read_date_parts(value: object) -> str | None:
    """The date of an object with ``date-parts``, as CSL and Crossref have it; of a span its beginning."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    listed = parts if isinstance(parts, list) else []
    first = listed[0] if listed and isinstance(listed[0], list) else listed
    words = [word_of(part) for part in first[:3]]
    known = [word for word in words if word and word.isascii() and word.isdigit()]
    if not known or len(known[0]) > 4:
        return None
    return _checked(_join(known[0].zfill(4), *[*known[1:], None, None][:2]))


def find_first_date(record: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The date in the first member that has one; where a later one says the same more exactly, that."""
    dates = [found for found in (read_date_parts(record.get(name)) for name in names) if found]
    if not dates:
        return None
    return max((found for found in dates if found.startswith(dates[0])), key=len)


def read_day(text: str | None) -> str | None:
    """The last day that a date may mean, as YYYY-MM-DD: by then it has come, whatever it means."""
    return PartialDate.parse(text).days[1].isoformat() if text else None


def add_days(day: str, count: int) -> str | None:
    """The day so many days after `day`; None beyond the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(days=count)).isoformat()
    except OverflowError:
        return None


def _join(year: str, month: str | None, day: str | None) -> str:
    """Year, month and day as far as they are known."""
    if not month or not int(month):
        return year
    return f"{year}-{month:0>2}-{day:0>2}" if day and int(day) else f"{year}-{month:0>2}"


def _offset(text: str) -> str:
    if text in "Zz" or ":" in text:
        return text
    return f"{text[:3]}:{text[3:] or '00'}"


def _checked(text: str) -> str | None:
    try:
        PartialDate.parse(text)
    except InvalidValue:
        return None
    return text
