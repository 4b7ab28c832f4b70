"""The change feed over HTTP."""

import socket
import threading
import time

import orjson
from flask import Blueprint, Response, request

from service.core.dates import format_instant, from_micros
from service.core.errors import CursorExpired, FeedReset
from service.core.paging import decode_cursor, encode_cursor
from service.storage.changes import Entry, find_change_time, get_floor, get_head, list_changes
from service.storage.database import Database
from service.web.calls import Call, reading
from service.web.pages import read_limit
from service.web.parameters import Parameters, invalid_parameter
from service.web.responses import answer_json, require_json

changes = Blueprint("changes", __name__)
TYPES = (
    *(f"article.{what}" for what in ("created", "updated", "deleted", "restored", "purged")),
    *(f"source.{what}" for what in ("created", "updated", "deleted")),
)
MAX_WAIT = 30
_BETWEEN_LOOKS = 0.1
_poll = threading.Lock()
_QUERY = "changes"


@changes.get("/v1/changes")
@reading("after", "type", "limit", "wait")
def read(call: Call) -> Response:
    """Read the changes behind a place in the feed, waiting for one if there is none yet."""
    require_json()
    database = call.context.database
    types, wait = _types(call.parameters), _wait(call.parameters)
    limit = read_limit(call.parameters)
    after, made_at = _place(call.parameters)
    head = _check_place(database, after, made_at)
    if wait and head == after:
        head = _wait_for_change(database, after, wait)
    entries = list_changes(database, after=after, types=types, limit=limit + 1)
    _check_floor(database, after)  # after the entries, which a command may delete meanwhile
    more = len(entries) > limit
    shown = entries[:limit]
    last = shown[-1].seq if more else max(head, shown[-1].seq if shown else 0)
    body = {"cursor": _cursor(database, last, shown, after, made_at), "has_more": more, "head": max(head, last)}
    data = b",".join(map(_render, shown))
    return answer_json(b'{"data":[' + data + b"]," + orjson.dumps(body)[1:], headers={"Cache-Control": "no-store"})


def _types(parameters: Parameters) -> tuple[str, ...]:
    text = parameters.get("type")
    if text is None:
        return ()
    types = tuple(dict.fromkeys(text.split(",")))
    if not set(types) <= set(TYPES):
        raise invalid_parameter("type", f"type takes one or more of {', '.join(TYPES)}, separated by commas.")
    return types


def _wait(parameters: Parameters) -> int:
    text = parameters.get("wait", "0")
    if not text.isascii() or not text.isdigit() or len(text) > 2 or int(text) > MAX_WAIT:
        raise invalid_parameter("wait", f"wait takes whole seconds from 0 to {MAX_WAIT}.")
    return int(text)


def _place(parameters: Parameters) -> tuple[int, int | None]:
    """The number after which to read, and when the entry of that number was made, where a cursor says it."""
    text = parameters.get("after", "0")
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text), None
    position = decode_cursor(_QUERY, text, "integer", "integer")
    return position[0], position[1]


def _check_place(database: Database, after: int, made_at: int | None) -> int:
    """The head of the feed; raises FeedReset where the feed never came to this place, or came there otherwise."""
    head = get_head(database)
    known_at = find_change_time(database, after) if made_at is not None else None
    if after > head or (known_at is not None and known_at != made_at):
        raise FeedReset(f"The feed ends at {head} and does not know this place; take a new snapshot.", head=head)
    return head


def _check_floor(database: Database, after: int) -> None:
    floor = get_floor(database)
    if after < floor:
        raise CursorExpired(f"The feed begins after {floor}; take a new snapshot.", floor=floor)


def _wait_for_change(database: Database, after: int, seconds: int) -> int:
    """The head once it has moved on or the time is up. One poll at a time waits in a process; others do not."""
    if not _poll.acquire(blocking=False):
        return get_head(database)
    try:
        deadline = time.monotonic() + seconds
        while (head := get_head(database)) == after and time.monotonic() < deadline and not _has_hung_up():
            time.sleep(_BETWEEN_LOOKS)
        return head
    finally:
        _poll.release()


def _has_hung_up() -> bool:
    """Whether the client has closed its connection, as far as the server (gunicorn) lets that be seen."""
    connection = request.environ.get("gunicorn.socket")
    if connection is None:
        return False
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except (BlockingIOError, ValueError):  # nothing to read, or TLS, which takes no flags
        return False
    except OSError:
        return True


def _cursor(database: Database, last: int, shown: list[Entry], after: int, made_at: int | None) -> str:
    """The cursor of the place `last`, with the time of its entry, by which a feed that was put back is noticed."""
    times = {entry.seq: entry.at for entry in shown} | {after: made_at}
    at = times.get(last)
    if at is None:
        at = find_change_time(database, last)
    return str(last) if at is None else encode_cursor(_QUERY, [last, at])


def _render(entry: Entry) -> bytes:
    members = {
        "seq": entry.seq,
        "type": entry.type,
        "id": entry.record,
        "version": entry.version,
        "at": format_instant(from_micros(entry.at)),
    }
    return orjson.dumps(members)[:-1] + b',"data":' + (entry.document or b"null") + b"}"
