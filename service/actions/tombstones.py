"""What a deleted record says of itself."""

from service.core.dates import format_instant, from_micros
from service.core.errors import Gone


def gone(what: str, *, version: int, deleted_at: int) -> Gone:
    """The problem of a deleted record: when it went, in microseconds as it is stored, and at which version."""
    at = format_instant(from_micros(deleted_at))
    return Gone(f"This {what} has been deleted.", deleted_at=at, version=version)
