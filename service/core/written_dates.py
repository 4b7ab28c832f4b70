"""Dates as people write them: in many languages, in words or numbers, in the middle of other text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from service.core.data import read_table
from service.core.detection.folding import IGNORED, fold

FIRST_YEAR = 1990
"""No page of the web is older."""

_WORDS = r"[^\W\d_]{3,12}"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th|er|º|°|\.(?!\d))?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_PATTERNS = tuple(
    re.compile(rf"(?<![\d/.-])(?:{pattern})")
    for pattern in (
        # 2014-05-18, 2014/5/18, 2014.05.18 and 2014年5月18日
        _YEAR.format("y").replace(r"(?!\d)", "")
        + r"\s?(?:[-/.]|年|년)\s?(?P<m>[01]?\d)\s?(?:[-/.]|月|월)\s?(?P<d>[0-3]?\d)(?!\d)",
        # 18. Mai 2014, 18 de mayo de 2014, 18th of May, 2014
        _DAY.format("d")
        + rf",?[\s-]{{0,3}}(?:de |of |d')?(?P<name>{_WORDS})\.?,?[\s/-]{{0,3}}(?:de |del )?"
        + _YEAR.format("y"),
        # May 18, 2014 and mai 18 2014
        rf"(?<![^\W\d_])(?P<name>{_WORDS})\.?\s{{1,3}}" + _DAY.format("d") + r"\s?,?\s{0,3}" + _YEAR.format("y"),
        # 18.05.2014, 18/5/2014, 18-05-2014; 5/18/2014 where the other order is no day
        r"(?P<d>[0-3]?\d)\s?(?P<sep>[./-])\s?(?P<m>[0-3]?\d)\s?(?P=sep)\s?" + _YEAR.format("y"),
        # 18.05.14
        r"(?P<d>[0-3]?\d)(?P<sep>[.])(?P<m>[01]?\d)(?P=sep)(?P<short>\d\d)(?![\d.])",
    )
)
_ANY_DIGIT = re.compile(r"\d")
_IN_URL = re.compile(
    r"[/_-](?P<y>(?:19|20)\d\d)(?:(?P<sep>[/_-])(?P<m>0?[1-9]|1[0-2])(?:(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)"
    r"|(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])(?=[/_.-]|$))"
)
# Where the month comes first in figures: en without a region is read as such pages are written most.
_MONTH_FIRST = ("en", "en-us", "fil", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A day that a text names in the words at [start, end)."""

    day: date
    start: int
    end: int


def find_dates(text: str, language: str | None = None) -> Iterator[WrittenDate]:
    """The days that a text names, form by form, those with the year first before others.

    The language decides which names of months count first and whether 3/4/2014 is in March or April.
    """
    if not _ANY_DIGIT.search(text):
        return
    folded = fold(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            day = _read(match, (language or "").lower())
            if day is not None:
                yield WrittenDate(day=day, start=match.start(), end=match.end())


def find_first_date(text: str, language: str | None = None) -> WrittenDate | None:
    """The day that a text names first."""
    return min(find_dates(text, language), key=lambda found: found.start, default=None)


@lru_cache(maxsize=1024)
def find_url_date(url: str) -> tuple[str, str] | None:
    """The day or month in the path of a URL, as YYYY-MM-DD or YYYY-MM, and the words that say it."""
    path = "/" + url.partition("//")[2].partition("/")[2].partition("?")[0]
    best = None
    for match in _IN_URL.finditer(path):
        month, day = match["m"] or match["mm"], match["d"] or match["dd"]
        if not month or _day(int(match["y"]), int(month), int(day or 1)) is None:
            continue
        text = f"{match['y']}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        if best is None or len(text) > len(best[0]):
            best = text, match[0].strip("/_-")
    return best


def _read(match: re.Match[str], language: str) -> date | None:
    said = match.groupdict()
    year = int(said.get("y") or 2000 + int(said["short"] or 0)) if said.get("y") or said.get("short") else 0
    if said.get("name"):
        month = _month(said["name"], language)
        return _day(year, month, int(said["d"])) if month else None
    day, month = int(said["d"]), int(said["m"])
    if said.get("sep") == "/" and language in _MONTH_FIRST:
        day, month = month, day
    return _day(year, month, day) or (_day(year, day, month) if said.get("sep") else None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _month(name: str, language: str) -> int | None:
    """The number of a month by its name in the language, else in any."""
    bare = name.replace(IGNORED, "")
    own = _months_of(language.partition("-")[0])
    return own.get(bare) or _months_of("").get(bare)


@cache
def _months_of(language: str) -> dict[str, int]:
    """Folded names and abbreviations of months in a language; in all, the first of the table before others, for ""."""
    months: dict[str, int] = {}
    for row in read_table("month_names.tsv"):
        if row["language"] == language or not language:
            months.setdefault(row["name"], int(row["month"]))
    return months
