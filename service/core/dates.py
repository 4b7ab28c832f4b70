"""Points in time, and dates of which only the day, month or year is known."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from service.core.errors import InvalidValue

Precision = Literal["instant", "day", "month", "year"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# RFC 3339 section 5.6. Its note that a space may stand for the T is about reading by people: not taken here.
_DATE_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]"
    r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(?:\.([0-9]+))?"
    r"([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it is known: `first` is its first instant, in UTC."""

    first: datetime
    precision: Precision

    def __post_init__(self) -> None:
        if self.first.utcoffset() != timedelta(0):
            raise ValueError("The first instant must be in UTC")
        if self.first != _first_instant(self.first, self.precision):
            raise ValueError(f"{self.first} is not the first instant of a {self.precision}")

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read an RFC 3339 date-time with offset, or YYYY-MM-DD, YYYY-MM, YYYY.

        Fractions are cut after microseconds; a leap second is the last microsecond before it.
        Raises InvalidValue `invalid-date`.
        """
        partial = _PARTIAL.fullmatch(text)
        if partial is None:
            return cls(_parse_instant(text), "instant")
        year, month, day = partial.groups()
        precision: Precision = "day" if day else "month" if month else "year"
        known = _real_day(int(year), int(month or 1), int(day or 1))
        return cls(datetime(known.year, known.month, known.day, tzinfo=UTC), precision)

    @property
    def text(self) -> str:
        """The canonical form: UTC with Z and no needless zeros, or YYYY-MM-DD, YYYY-MM, YYYY."""
        if self.precision == "instant":
            return format_instant(self.first)
        length = {"day": 10, "month": 7, "year": 4}[self.precision]
        return self.first.date().isoformat()[:length]

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last UTC day that it may mean."""
        first = self.first.date()
        if self.precision == "year":
            return first, date(first.year, 12, 31)
        if self.precision == "month":
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        return first, first


def parse_day(text: str) -> date:
    """Read YYYY-MM-DD and nothing else. Raises InvalidValue `invalid-date`."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise _invalid("Give a day as YYYY-MM-DD.")
    return _real_day(*map(int, match.groups()))


def format_instant(instant: datetime) -> str:
    """RFC 3339 in UTC with Z, fractional seconds only as far as they are not zero: 2026-11-24T21:24:14.1234Z.

    Raises ValueError for a datetime without offset.
    """
    if instant.utcoffset() is None:
        raise ValueError("An instant needs an offset")
    text = instant.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z, exact, negative before. Raises TypeError without offset."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The UTC datetime of so many microseconds since the epoch. Raises OverflowError outside years 1 to 9999."""
    return _EPOCH + micros * _MICROSECOND


def _first_instant(instant: datetime, precision: Precision) -> datetime:
    if precision == "instant":
        return instant
    day = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision == "day":
        return day
    return day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)


def _parse_instant(text: str) -> datetime:
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise _invalid("Give a date-time with offset such as 2026-11-24T21:24:14Z, or YYYY-MM-DD, YYYY-MM, YYYY.")
    day, hour, minute, second, fraction, offset = match.groups()
    if offset is None:
        raise _invalid("Add Z or an offset such as +01:00: without one, a date-time is no point in time.")
    known = parse_day(day)
    local = datetime(known.year, known.month, known.day, int(hour), int(minute), min(int(second), 59), tzinfo=UTC)
    instant = _shift(local, offset)
    if second == "60":
        return _before_leap_second(instant)
    return instant.replace(microsecond=int((fraction or "")[:6].ljust(6, "0")))


def _shift(local: datetime, offset: str) -> datetime:
    """The UTC time of a local one, given the numeric offset or Z."""
    if offset in "Zz":
        return local
    distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
    try:
        return local - distance if offset[0] == "+" else local + distance
    except OverflowError:
        raise _invalid("With its offset this date-time falls outside the years 0001 to 9999.") from None


def _before_leap_second(instant: datetime) -> datetime:
    """The last microsecond that a datetime can hold before a leap second.

    Leap seconds end a month in UTC (RFC 3339 section 5.7); which months had one is not checked.
    """
    last_day = monthrange(instant.year, instant.month)[1]
    if (instant.day, instant.hour, instant.minute) != (last_day, 23, 59):
        raise _invalid("Second 60 exists only as a leap second, at 23:59:60 UTC on the last day of a month.")
    return instant.replace(microsecond=999_999)


def _real_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _invalid(f"{year:04}-{month:02}-{day:02} is no day of the calendar (years 0001 to 9999).") from None


def _invalid(detail: str) -> InvalidValue:
    return InvalidValue("invalid-date", detail)
