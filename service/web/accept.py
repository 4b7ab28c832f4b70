"""Which of the media types that a resource has the client takes best (RFC 9110 s. 12.5.1)."""

from collections.abc import Sequence

from flask import request
from werkzeug.datastructures import MIMEAccept


def best_type(available: Sequence[str]) -> str | None:
    """The type that Accept prefers, the first one where it says nothing, and None where it takes none of them.

    Parameters of a media range other than its weight, such as a charset, are not looked at: no type has any.
    """
    if not request.environ.get("HTTP_ACCEPT", "").strip():
        return available[0]
    ranges = [(range.partition(";")[0].strip(), weight) for range, weight in request.accept_mimetypes]
    best: str | None = MIMEAccept(ranges).best_match(available)
    return best
