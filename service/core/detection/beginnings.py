"""Whether a license that a statement names is yet to begin: on a day to come, after an embargo, or some time.

There is no clock here. What had begun when these rules were made, by the end of November 2026, has begun whenever they
are used; of what is later nothing is taken for granted.
"""

import re

from service.core.data import read_table
from service.core.detection.folding import fold
from service.core.detection.subjects import any_word

_BEGUN = 2026
_CLAUSE = re.compile(r"[,;:]")
_REACH, _DATE = 40, 6


def is_yet_to_begin(before: str, behind: str) -> bool:
    """Whether the license between the words of its sentence before and behind it does not yet hold.

    `behind` are those that belong to this license, and not to the next one.
    """
    if _PLANNED.search(_CLAUSE.split(before)[-1]):
        return True
    days = (x for pattern in (_OPENING, _LEADING, _ONWARDS) for x in pattern.finditer(before))
    if not all(map(_has_begun, (*days, *_FOLLOWING.finditer(behind), *_ONWARDS.finditer(behind)))):
        return True
    if any(not _has_begun(x) and _SINCE.search(before, x.end()) for x in _UNTIL.finditer(before)):
        return True
    if _WAIT_BEFORE.search(before) is not None or _WAIT_BEHIND.match(behind) is not None:
        return True
    return any(_is_in_force(sentence, x) for sentence in (before, behind) for x in _EMBARGO.finditer(sentence))


def is_under_embargo(folded: str) -> bool:
    """Whether a statement, wherever it does, tells how long an embargo lasts that has not ended for certain."""
    return any(_is_in_force(folded, x) and _TERM.match(folded, x.end()) for x in _EMBARGO.finditer(folded))


def _is_in_force(folded: str, embargo: re.Match[str]) -> bool:
    """Whether it is the embargo of a text, not one on oil or arms, and may still last."""
    before = folded[max(0, embargo.start() - _REACH) : embargo.start()]
    sanction = _SANCTION_BEFORE.search(before) or _SANCTION_BEHIND.match(folded, embargo.end())
    return not sanction and not _is_over(folded, *embargo.span())


def _is_over(folded: str, start: int, end: int) -> bool:
    before, behind = folded[max(0, start - _REACH) : start], folded[end : end + _REACH]
    if _NONE_BEFORE.search(before) or _NONE_BEHIND.match(behind):
        return True
    year = _YEAR.search(behind)
    return year is not None and int(year[0]) <= _BEGUN and not _LATE.search(behind)


def _has_begun(match: re.Match[str]) -> bool:
    """Whether the day that is told had begun; a month alone may be any."""
    year = match["year"]
    if year is None or int(year) > _BEGUN:
        return False
    return int(year) < _BEGUN or not _LATE.search(match.string[match.start() : match.end() + _DATE])


def _months(*numbers: str) -> str:
    rows = (row for row in read_table("month_names.tsv") if not numbers or row["month"] in numbers)
    names = {fold(row["name"]).replace("\0", "'") for row in rows}
    return "|".join(re.escape(x) for x in sorted(names, key=len, reverse=True))


_PLANNED, _EMBARGO, _SINCE = any_word("planned"), any_word("embargo"), any_word("since")
_NONE, _FROM, _AFTER, _DURATION = (any_word(kind).pattern for kind in ("none", "from when", "after", "duration"))
_SANCTION_BEFORE = re.compile(rf"(?:{any_word('sanction before').pattern})[\s-]$")
_SANCTION_BEHIND = re.compile(rf"\W{{1,3}}(?:{any_word('sanction behind').pattern})")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NONE_BEFORE = re.compile(rf"(?:{_NONE})(?:\W{{1,3}}[^\W_]{{1,12}})?\W{{0,3}}$")
_NONE_BEHIND = re.compile(rf"\W{{0,3}}(?:(?:[^\W_]{{1,12}}\W{{1,3}}){{0,2}}(?:{_NONE}|0\b))")
_DAY = r"(?:\W{0,4}[^\W_]{1,12}){0,4}?\W{0,4}(?<!\d)(?P<year>20\d\d)(?!\d)"
_NO_YEAR = r"(?!\W+(?:\d{1,2}\W+)?\d{4})"
_MONTH = rf"\W{{1,4}}(?:the\W)?(?:\d{{1,2}}[^\W_]{{0,2}}\W{{1,3}})?(?:{_months()})(?![^\W\d_]){_NO_YEAR}"
_START = rf"(?:{_FROM})(?:{_DAY}|{_MONTH})"
_TERM = re.compile(rf"[^.!?\n]{{0,{_REACH}}}?(?:(?:{_DURATION})|(?<!\d)20\d\d(?!\d))")
# A day of 2026 that had not yet begun: in December.
_LATE = re.compile(rf"(?<![^\W\d_])(?:{_months('12')})(?![^\W\d_])|(?<!\d)12[./-]\s?{_BEGUN}|{_BEGUN}[./-]12")
# Not "after six months of research".
_OF_WHAT = rf"(?!\s(?:{any_word('of').pattern})\s)"
_AFTER_A_WHILE = rf"(?:{_AFTER})(?:\W{{1,3}}[^\W_]{{1,12}}){{0,3}}?\W{{1,3}}(?:{_DURATION}){_OF_WHAT}"
_A_WHILE_AFTER = rf"(?:{_DURATION})\W{{1,3}}(?:{_AFTER})"
_WAIT = rf"{_AFTER_A_WHILE}|{_A_WHILE_AFTER}"
# At the beginning of the sentence, close before the license, and close behind it.
_OPENING = re.compile(rf"^\W*{_START}")
_LEADING = re.compile(rf"{_START}[^,;:]{{0,{_REACH}}}$")
_FOLLOWING = re.compile(rf"^\W*(?:[^\W_]{{1,20}}\W{{1,3}}){{0,4}}?{_START}")
_WAIT_BEFORE = re.compile(
    rf"(?:^\W*(?:{_AFTER_A_WHILE}|(?:[^\W_]{{1,20}}\W{{1,3}})?(?:{_A_WHILE_AFTER}))|,\s?(?:{_WAIT}))"
    rf"[^,;:]{{0,{_REACH}}}(?:,[^,;:]*)?$"
    rf"|(?:{_WAIT})[^,;:]{{0,{_REACH}}}$"
)
_WAIT_BEHIND = re.compile(rf"\W*(?:[^\W_]{{1,20}}\W{{1,3}}){{0,2}}?(?:{_WAIT})")
_ONWARDS = re.compile(rf"(?<!\d)(?P<year>20\d\d)(?!\d)[^,;]{{0,12}}?(?:{any_word('onwards').pattern})")
_UNTIL = re.compile(rf"(?:{any_word('until').pattern})[^,;]{{0,20}}?(?<!\d)(?P<year>20\d\d)(?!\d)")
