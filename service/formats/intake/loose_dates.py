"""Dates as feeds and repositories write them: those of ISO 8601, and those of e-mail."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from service.core.dates import format_instant
from service.formats.intake import record_dates

_LONGEST = 100
_UTC = re.compile(r"(\d\d:\d\d(?::\d\d)?) ?(?:UTC|GMT)")
_NAMED_MONTH = re.compile(r"[A-Za-z]{3}")


def read_loose_date(text: str | None) -> str | None:
    """The date in `text` as precise as it is known, None where there is none.

    A time of day without an offset that is known is no point in time, so its day is kept.
    """
    text = (text or "").strip()
    if not 4 <= len(text) <= _LONGEST:
        return None
    if not text[:4].isdigit():
        return _read_rfc_822(text) if _NAMED_MONTH.search(text) else None
    return record_dates.read_date(_UTC.sub(r"\1Z", text))


def _read_rfc_822(text: str) -> str | None:
    """RFC 822 section 5 as feeds have it, with or without a time of day."""
    try:
        moment = parsedate_to_datetime(text if ":" in text else f"{text} 00:00:00")
        if moment.tzinfo is None and text.endswith("-0000"):  # UTC, from wherever it was said (RFC 5322 s. 3.3)
            moment = moment.replace(tzinfo=UTC)
        return moment.date().isoformat() if moment.tzinfo is None else format_instant(moment)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
