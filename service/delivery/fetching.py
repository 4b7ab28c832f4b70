"""Getting a document that may have changed since, politely."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from service.delivery.client import Response, send
from service.delivery.errors import Refused, TryLater
from service.delivery.policy import Policy

LONGEST_WAIT = 300
"""Seconds that an answer may ask us to wait within one fetch."""

_ATTEMPTS = 4
_BUSY = (429, 502, 503, 504)
_USUAL_WAIT = 5
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_VISIBLE = re.compile(r"[\x20-\x7e]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an answer said of its state (RFC 9110 section 8.8), to ask whether it is still so."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for news only."""
        given = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document as it came; `body` is None where it is what we have. `media_type` is in lower case, "" if unsaid."""

    url: str
    body: bytes | None
    media_type: str
    charset: str | None
    validators: Validators


def fetch(
    url: str,
    *,
    policy: Policy,
    validators: Validators | None = None,
    headers: Mapping[str, str] | None = None,
    pause: Callable[[float], object] = time.sleep,
) -> Fetched:
    """The document at `url`, or that it is still as `validators` say.

    A host that is busy is asked again when it says, up to LONGEST_WAIT. Raises DeliveryError: Refused for every status
    but 200 and 304, TryLater where the host stays busy.
    """
    validators = validators or Validators()
    asked = {**(headers or {}), **validators.conditions}
    for attempt in range(_ATTEMPTS):
        response = send("GET", url, headers=asked, policy=policy)
        if response.status not in _BUSY:
            break
        seconds = _wait(response, attempt)
        if seconds > LONGEST_WAIT or attempt == _ATTEMPTS - 1:
            raise _later(response)
        pause(seconds)
    if response.status == 304 and validators.conditions:
        return Fetched(url=response.url, body=None, media_type="", charset=None, validators=validators)
    if response.status != 200:
        raise Refused(f"{response.url} answers with status {response.status}.", status=response.status)
    return _read(response)


def read_retry_after(value: str | None, *, now: datetime) -> int | None:
    """The whole seconds that a Retry-After asks to wait (RFC 9110 section 10.2.3); None where it says nothing."""
    text = (value or "").strip()
    if re.fullmatch("[0-9]{1,9}", text):
        return int(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, round((moment - now).total_seconds()))


def _wait(response: Response, attempt: int) -> int:
    """What it asks for, else longer each time."""
    asked = read_retry_after(response.headers.get("retry-after"), now=datetime.now(UTC))
    return _USUAL_WAIT * 2**attempt if asked is None else asked


def _later(response: Response) -> TryLater:
    seconds = read_retry_after(response.headers.get("retry-after"), now=datetime.now(UTC))
    when = "later" if seconds is None else f"in {seconds} seconds"
    detail = f"{response.url} is too busy (status {response.status}); try again {when}."
    return TryLater(detail, status=response.status, seconds=seconds)


def _read(response: Response) -> Fetched:
    message = Message()
    message["content-type"] = response.headers.get("content-type", "")
    charset = message.get_content_charset()
    return Fetched(
        url=response.url,
        body=response.body,
        media_type=message.get_content_type() if response.headers.get("content-type") else "",
        charset=charset,
        validators=_validators(response.headers),
    )


def _validators(headers: Mapping[str, str]) -> Validators:
    """What may be sent back in a header; anything else is forgotten."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Validators(
        etag=etag if _ETAG.fullmatch(etag) else None, last_modified=modified if _VISIBLE.fullmatch(modified) else None
    )
