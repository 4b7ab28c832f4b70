"""Lists over HTTP: a page of documents with the address of the next one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, request

from service.core.catalogue import find_license
from service.core.errors import UriTooLong
from service.core.paging import DEFAULT_LIMIT, MAX_LIMIT, Kind, decode_cursor, encode_cursor, longest_cursor
from service.web.calls import Call
from service.web.parameters import MAX_REQUEST_LINE, Parameters, invalid_parameter
from service.web.responses import answer_json

_AROUND = len("HEAD ? HTTP/1.1")
_BESIDE = len("&format=ndjson&cursor=")


@dataclass(frozen=True, slots=True)
class Page:
    """The documents of a page, the position of the next one if there is one, and what was counted if asked for."""

    documents: Sequence[bytes]
    next: list[Any] | None
    count: tuple[int, str] | None = None
    facets: dict[str, Any] | None = None


def read_limit(parameters: Parameters) -> int:
    """How many items a page may have: 1 to 200, 50 where nothing is said."""
    raw = parameters.get("limit")
    if raw is None:
        return DEFAULT_LIMIT
    if not raw.isascii() or not raw.isdigit() or int(raw[:20]) < 1:
        raise invalid_parameter("limit", f"limit takes a whole number from 1 to {MAX_LIMIT}.")
    return min(int(raw[:20]), MAX_LIMIT)


def read_position(call: Call, query: str, *kinds: Kind) -> list[Any] | None:
    """The position in the cursor of the request, a value of each of `kinds`; None for the first page.

    Raises InvalidCursor, or UriTooLong where no address of a next page could be asked for.
    """
    _require_room(call.parameters, longest_cursor(*kinds))
    cursor = call.parameters.get("cursor")
    return None if cursor is None else decode_cursor(query, cursor, *kinds)


def _require_room(parameters: Parameters, cursor: int) -> None:
    """Raise UriTooLong where the request line of the next page would be longer than the server reads."""
    length = len(urlencode({name: value for name, value in parameters.items() if name not in ("cursor", "format")}))
    limit = MAX_REQUEST_LINE - _AROUND - len(request.path) - _BESIDE - cursor
    if length > limit:
        detail = f"Up to {limit} characters of query are taken here, percent-encoded; these are {length}."
        raise UriTooLong(detail, limit=limit)


def answer_page(
    page: Page,
    path: str,
    call: Call,
    *,
    limit: int,
    query: str,
    extra: dict[str, str] | None = None,
    links: Iterable[str] = (),
) -> Response:
    """The answer with a page: its documents as they are stored, joined.

    Link has the address of the next page, the license of the records, and what `links` adds.
    """
    address = next_address(page, path, call.parameters, query)
    members: dict[str, Any] = {"page": {"limit": limit, "next": address}}
    if page.count:
        members["count"] = {"value": page.count[0], "relation": page.count[1]}
    if page.facets:
        members["facets"] = page.facets
    members["metadata_license"] = call.context.metadata_license
    body = b'{"data":[' + b",".join(page.documents) + b"]," + orjson.dumps(members)[1:]
    headers = {
        "Cache-Control": call.context.document_cache,
        "Vary": call.context.vary,
        "Link": join_links(address, call, links),
        **(extra or {}),
    }
    return answer_json(body, headers=headers)


def join_links(following: str | None, call: Call, links: Iterable[str]) -> str:
    """Link of a page: where the next one is, the license of the records, and other links."""
    following_link = [f'<{following}>; rel="next"'] if following else []
    return ", ".join([*following_link, record_license_link(call), *links])


def record_license_link(call: Call) -> str:
    """The license of the records as a Link header says it."""
    license = find_license(call.context.metadata_license)
    assert license is not None, "the start of the application looks for it"
    return f'<{license.url}>; rel="license"'


def next_address(page: Page, path: str, parameters: Parameters, query: str) -> str | None:
    """The address of the page after `page`, if there is one."""
    if page.next is None:
        return None
    return f"{path}?{urlencode({**parameters, 'cursor': encode_cursor(query, page.next)})}"
