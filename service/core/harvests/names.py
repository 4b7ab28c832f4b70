"""How records and instants are written for harvesters."""

import re
from datetime import datetime, timedelta

from service.core.dates import format_instant, from_micros, to_micros
from service.core.errors import InvalidValue
from service.core.identifiers import ARTICLE_ID

_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_IN_FLIGHT = timedelta(seconds=5)


def identifier_of(repository: str, id: str) -> str:
    """What harvesters call an article (the guideline for oai-identifier, s. 2.1)."""
    return f"oai:{repository}:{id}"


def find_id(repository: str, identifier: str) -> str | None:
    """The id of the article that `identifier` names; None where it is none of this repository."""
    prefix = identifier_of(repository, "")
    id = identifier.removeprefix(prefix)
    return id if identifier.startswith(prefix) and ARTICLE_ID.fullmatch(id) else None


def format_datestamp(micros: int) -> str:
    """An instant to the second, as datestamps are written (s. 3.3): what is finer is cut off."""
    return format_instant(from_micros(micros // _SECOND * _SECOND))


def read_span(text: str) -> tuple[int, int]:
    """The first microsecond that a day or second means, and the first behind it. Raises InvalidValue."""
    match = _DATE.fullmatch(text)
    try:
        first = to_micros(datetime.fromisoformat(f"{match[1]}{match[2] or 'T00:00:00Z'}")) if match else None
    except ValueError:
        first = None
    if first is None or match is None:
        raise InvalidValue("invalid-date", "Give YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    return first, first + (_SECOND if match[2] else _DAY)


def settled_at(now: datetime, last: int | None) -> int:
    """Up to when nothing can appear any more that an answer lacks: what it gives as its date.

    A change has its time before it can be seen, so the present moment is too late to harvest on from. Times never fall,
    so that of the `last` change that could be seen is early enough, and so is a moment that no transaction lasts for.
    """
    return max(to_micros(now - _IN_FLIGHT), last or 0)
