"""Whether one may read a work, in the codes of repositories: no license, but it may be that none has begun.

The codes are those of OpenAIRE (``info:eu-repo/``) and of COAR (http://purl.org/coar/access_right/).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from service.core.dates import PartialDate
from service.formats.intake.record_dates import add_days, read_date, read_day
from service.formats.intake.stated_terms import Terms, begin_terms

_ACCESS = re.compile(
    r"\s*(?:info:eu-repo/semantics/(open|embargoed|closed|restricted)Access"
    r"|https?://(?:www\.)?purl\.org/coar/access_right/c_(abf2|f1cf|14cb|16ec))/?\s*",
    re.IGNORECASE,
)
_OPEN, _EMBARGOED = ("open", "abf2"), ("embargoed", "f1cf")
_EMBARGO_END = re.compile(r"\s*info:eu-repo/date/embargoEnd/(\S+)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Embargo:
    """Before its end nobody may publish; `start` is the first whole UTC day behind it, None where none can be told."""

    start: str | None


def is_access(text: str) -> bool:
    """Whether a text is such a code and nothing else."""
    return _code(text) is not None


def is_open_access(text: str) -> bool:
    """Whether a text is the code for open access."""
    return _code(text) in _OPEN


def find_embargo(texts: Iterable[str], ends: Iterable[str | None]) -> Embargo | None:
    """The embargo that a code among `texts` speaks of, which ends on the latest of the dates in `ends`."""
    if not any(_code(text) in _EMBARGOED for text in texts):
        return None
    days = [read_embargo(end) for end in ends if end]
    starts = [day.start for day in days if day.start]
    return Embargo(max(starts) if starts and len(starts) == len(days) else None)


def read_embargo_end(text: str) -> str | None:
    """The date in a text that says when an embargo ends, as OpenAIRE writes it among dates; None in any other."""
    found = _EMBARGO_END.fullmatch(text)
    return found[1] if found else None


def read_embargo(end: object) -> Embargo:
    """An embargo until an instant, or until a day: on that day itself it is over."""
    known = read_date(end)
    if known is None:
        return Embargo(None)
    date = PartialDate.parse(known)
    if date.precision != "instant":
        return Embargo(read_day(known))
    day = date.first.date().isoformat()
    return Embargo(day if date.first.time() == time.min else add_days(day, 1))


def begin_after(license: Terms | list[Terms] | None, embargo: Embargo | None) -> Terms | list[Terms] | None:
    """A license, or alternatives, from the end of an embargo on; without an end that is known it is no license yet."""
    if embargo is None or license is None:
        return license
    if isinstance(license, list):
        return [begin_terms(terms, embargo.start) for terms in license]
    return begin_terms(license, embargo.start)


def _code(text: str) -> str | None:
    found = _ACCESS.fullmatch(text)
    return (found[1] or found[2]).lower() if found else None
