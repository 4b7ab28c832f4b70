"""How large a record in a document of JSON may be: as large as one on a line of its own."""

from typing import Any

import orjson

from service.core.errors import ContentTooLarge
from service.formats.intake.lines import LINE_LIMIT


def refuse_large(record: Any) -> ContentTooLarge | None:
    """Why a record is too large to be taken; None where it is not."""
    if _size(record) <= LINE_LIMIT:
        return None
    return ContentTooLarge(f"A record has at most {LINE_LIMIT} bytes.", limit=LINE_LIMIT)


def _size(record: Any) -> int:
    """The bytes that a value has in JSON without spaces; those of its numbers may be told only roughly."""
    try:
        return len(orjson.dumps(record))
    except orjson.JSONEncodeError:
        return len(repr(record))
