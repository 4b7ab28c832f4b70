"""Lists that are given in pages: where they begin and end, and the resumption tokens that carry them on (s. 3.5)."""

from dataclasses import dataclass
from typing import Any

from service.core.errors import InvalidCursor
from service.core.harvests.names import read_span
from service.core.harvests.requests import PREFIX, HarvestRequest, Refused
from service.core.harvests.subsets import Subset, find_subset
from service.core.paging import Kind, decode_cursor, encode_cursor

_OPEN = 0  # an end before 1970-01-01T00:00:01Z excludes everything as well as any other


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """A list of records as it is to go on: from an instant, or behind a place in the feed, until before an instant.

    Instants are microseconds. `given` says how many records the pages before had.
    """

    subset: Subset | None = None
    since: int | None = None
    until: int | None = None
    after: int | None = None
    given: int = 0


def require_format(request: HarvestRequest) -> None:
    """Raise Refused ``cannotDisseminateFormat`` where a request asks for another format than there is."""
    if request.arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise Refused("cannotDisseminateFormat", f"Records are given as {PREFIX}.")


def no_match() -> Refused:
    """The refusal of a list that has nothing in it."""
    return Refused("noRecordsMatch", "No record fits what is asked for.")


def read_harvest(request: HarvestRequest) -> Harvest:
    """The list that a request begins or goes on with.

    Raises Refused ``badResumptionToken``, ``cannotDisseminateFormat``, or ``noRecordsMatch`` where there can be no such
    set.
    """
    token = request.arguments.get("resumptionToken")
    if token is not None:
        return _decode_harvest(request.verb, token)
    require_format(request)
    spec, since, until = (request.arguments.get(name) for name in ("set", "from", "until"))
    subset = find_subset(spec) if spec else None
    if spec and subset is None:
        raise no_match()
    return Harvest(
        subset=subset, since=read_span(since)[0] if since else None, until=read_span(until)[1] if until else None
    )


def encode_harvest(verb: str, harvest: Harvest) -> str:
    """The resumption token of a list that goes on behind the place `after`."""
    until = _OPEN if harvest.until is None else max(harvest.until, _OPEN + 1)
    spec = harvest.subset.spec if harvest.subset else ""
    return encode_cursor(_query(verb), [harvest.after, harvest.given, until, spec.encode().hex()])


def read_set_place(request: HarvestRequest) -> Subset | None:
    """Behind which set a list of sets goes on; None where it begins. Raises Refused ``badResumptionToken``."""
    token = request.arguments.get("resumptionToken")
    return None if token is None else _read_subset(_decode(request.verb, token, "hex")[0])


def encode_set_place(subset: Subset) -> str:
    """The resumption token of a list of sets that goes on behind `subset`."""
    return encode_cursor(_query("ListSets"), [subset.spec.encode().hex()])


def _decode_harvest(verb: str, token: str) -> Harvest:
    after, given, until, raw = _decode(verb, token, "integer", "integer", "integer", "hex")
    if min(after, given, until) < 0:
        raise _bad_token()
    subset = _read_subset(raw) if raw else None
    return Harvest(subset=subset, until=None if until == _OPEN else until, after=after, given=given)


def _read_subset(raw: str) -> Subset:
    subset = find_subset(bytes.fromhex(raw).decode("utf-8", "replace"))
    if subset is None:
        raise _bad_token()
    return subset


def _decode(verb: str, token: str, *kinds: Kind) -> list[Any]:
    try:
        return decode_cursor(_query(verb), token, *kinds)
    except InvalidCursor as error:
        raise _bad_token() from error


def _query(verb: str) -> str:
    """What a token is bound to."""
    return f"oai {verb} {PREFIX}"


def _bad_token() -> Refused:
    return Refused("badResumptionToken", "This token is damaged or belongs to another list; begin the list anew.")
