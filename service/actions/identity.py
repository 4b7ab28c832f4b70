"""Ids made by the server. Python's uuid makes version 7 from 3.14 on; until then these lines do."""

import secrets
import uuid
from datetime import datetime

from service.core.dates import to_micros


def new_id(now: datetime) -> str:
    """A UUID of version 7 (RFC 9562 s. 5.7, with its s. 6.2, method 3): ids sort by the microsecond of their making.

    48 bits of milliseconds since 1970, 12 for the fraction of the millisecond, then 62 at random.
    """
    milliseconds, micros = divmod(to_micros(now), 1000)
    bits = milliseconds << 80 | 7 << 76 | (micros * 4096 // 1000) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=bits))
