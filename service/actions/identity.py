"""Ids made by the server. Python's uuid makes version 7 from 3.14 on; until then these six lines do."""

import secrets
import uuid
from datetime import datetime

from service.core.dates import to_micros


def new_id(now: datetime) -> str:
    """A UUID of version 7 (RFC 9562 s. 5.7): the milliseconds since 1970, then 74 random bits."""
    bits = (to_micros(now) // 1000) << 80 | secrets.randbits(80)
    bits = bits & ~(0xF << 76) | 7 << 76
    bits = bits & ~(0b11 << 62) | 0b10 << 62
    return str(uuid.UUID(int=bits))
