"""What an OAI-PMH repository or a feed has had new since the last time, part by part."""

import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from service.core.dates import format_instant
from service.core.errors import CreditlineError, Problem
from service.delivery.errors import Refused
from service.delivery.fetching import Fetched, Validators, fetch
from service.delivery.policy import Policy
from service.formats.intake.items import Item
from service.formats.intake.oai import Answer, Header, read_answer, stream_oai_records
from service.formats.intake.reading import Reader, Reading
from service.formats.intake.registry import FORMS, find_reader
from service.formats.intake.xml_records import Records, local_name, read_records

OVERLAP = timedelta(minutes=10)
"""So much of the last harvest is asked for again where times are exact, and a day where they are not: what a repository
commits late has an earlier time. What is the same by then changes nothing."""

RESTARTS = 3
"""So often a list is begun anew within one harvest because the repository has forgotten where we were."""

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_TOKEN = re.compile(rb"<resumptionToken[^<>]{0,500}>([^<>]{0,2000})</resumptionToken>")
_TAIL = 4000
_GENERIC = re.compile(r"|(?:text|application)/(?:plain|html|xml|json|octet-stream|xhtml\+xml)")


class HarvestError(CreditlineError):
    """An address that gives nothing to harvest, or a repository that breaks off; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far the harvest of an address has come.

    ``kind`` is what answers there. A repository: what it had before `since` is in; while a list is under way `token`
    asks for the rest of it, and `began` is when its first part was made. A feed: what it was like the last time.
    """

    kind: Literal["oai", "feed"] | None = None
    since: str | None = None
    began: str | None = None
    token: str | None = None
    is_exact: bool = True
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """New records, each with its header where it is of a repository, and where the harvest is once they are in.

    Where they cannot be read at all, going through them raises Problem.
    """

    records: Iterable[tuple[Header | None, Item]]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What is asked, within which policy; of a repository only the `set`, if one is named."""

    url: str
    policy: Policy
    set: str | None = None

    def fetch(self, query: Mapping[str, str] | None = None, validators: Validators | None = None) -> Fetched:
        """The document there, or what it answers to a query; raises DeliveryError."""
        url = f"{self.url}?{urlencode(query)}" if query else self.url
        return fetch(url, policy=self.policy, validators=validators, headers={"accept": _ACCEPT})


def stream_parts(address: Address, place: Place) -> Iterator[Part]:
    """What is new at the address since `place`.

    Raises HarvestError or DeliveryError, between two parts too: those that were given stay good.
    """
    if place.kind == "oai":
        yield from _of_repository(address, place)
    elif place.kind == "feed":
        yield from _of_feed(address.fetch(validators=place.validators), place)
    else:
        yield from _of_whatever(address, place)


def _of_whatever(address: Address, place: Place) -> Iterator[Part]:
    """A repository names itself in every answer; some want to be asked something first."""
    if "verb=" in address.url.partition("?")[2]:
        raise HarvestError(
            f"{address.url} is a request: give the address of the repository, without the ? and the rest."
        )
    failure: Refused | None = None
    try:
        fetched = address.fetch()
        if _answer(fetched) is None:
            if not _looks_like_page(fetched):
                yield from _of_feed(fetched, replace(place, kind="feed"))
                return
            failure = Refused(f"{address.url} is neither a feed nor an OAI-PMH repository.", status=200)
    except Refused as error:
        failure = error
    if failure is not None and not _is_repository(address):
        raise failure
    yield from _of_repository(address, replace(place, kind="oai"))


def _is_repository(address: Address) -> bool:
    if "?" in address.url:
        return False
    try:
        return _answer(address.fetch({"verb": "Identify"})) is not None
    except Refused:
        return False


def _of_feed(fetched: Fetched, place: Place) -> Iterator[Part]:
    if fetched.body is None:
        return
    items = _reader_of_feed(fetched)(io.BytesIO(fetched.body), Reading(charset=fetched.charset))
    yield Part(records=((None, item) for item in items), place=replace(place, validators=fetched.validators))


def _reader_of_feed(fetched: Fetched) -> Reader:
    """By the media type, or where that says little by the first character."""
    reader = None if _GENERIC.fullmatch(fetched.media_type) else find_reader(fetched.media_type)
    if reader is not None:
        return reader
    is_json = (fetched.body or b"")[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return FORMS["jsonfeed" if is_json else "xml"].reader


def _looks_like_page(fetched: Fetched) -> bool:
    head = (fetched.body or b"")[:1000].lower()
    return b"<html" in head or b"<!doctype html" in head or not head.strip()


def _of_repository(address: Address, place: Place) -> Iterator[Part]:
    if place.token is None:
        place = replace(place, is_exact=_is_exact(_read(address, {"verb": "Identify"})[1]), began=None)
    restarts = 0
    seen: set[str] = set()
    while True:
        records, answer = _read(address, _list_query(address, place))
        codes = [code for code, _ in answer.errors]
        if "badResumptionToken" in codes and place.token and restarts < RESTARTS:
            restarts += 1
            seen.clear()
            place = replace(place, token=None, began=None)
            continue
        if answer.errors and codes != ["noRecordsMatch"]:
            said = "; ".join(f"{code} {text}".strip() for code, text in answer.errors)
            raise HarvestError(f"{address.url} refuses: {said}")
        if answer.fault and answer.token is None:  # it may be in what is missing, and with it all that follows
            yield Part(records=stream_oai_records(records), place=place)
            raise HarvestError(f"{address.url} gives an answer that is not well-formed: {answer.fault}")
        place = _following(place, answer)
        yield Part(records=() if answer.errors else stream_oai_records(records), place=place)
        if place.token is None:
            return
        if place.token in seen:
            raise HarvestError(f"{address.url} gives the same part of its list again and again.")
        seen.add(place.token)


def _is_exact(answer: Answer) -> bool:
    """Whether a repository knows times to the second."""
    return answer.identity is None or "hh" in answer.identity.granularity.lower()


def _following(place: Place, answer: Answer) -> Place:
    """Where the harvest is behind an answer: at the next part, or through, so that the next time begins here."""
    said = answer.date if answer.date and _DATE.fullmatch(answer.date) else None
    began = place.began or said or format_instant(datetime.now(UTC).replace(microsecond=0))
    if answer.token is not None:
        return replace(place, token=answer.token, began=began)
    return replace(place, token=None, began=None, since=began)


def _list_query(address: Address, place: Place) -> dict[str, str]:
    if place.token is not None:
        return {"verb": "ListRecords", "resumptionToken": place.token}
    query = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    if place.since is not None:
        query["from"] = _from(place.since, is_exact=place.is_exact)
    if address.set is not None:
        query["set"] = address.set
    return query


def _from(since: str, *, is_exact: bool) -> str:
    """The date to ask from, a little before the last harvest, as exact as the repository takes it."""
    moment = datetime.fromisoformat(since)
    if is_exact:
        return format_instant(moment - OVERLAP)
    return f"{moment - timedelta(days=1):%Y-%m-%d}"


def _read(address: Address, query: Mapping[str, str]) -> tuple[Records, Answer]:
    fetched = address.fetch(query)
    found = _answer(fetched)
    if found is None:
        raise HarvestError(f"{fetched.url} gives no answer of an OAI-PMH repository.")
    return found


def _answer(fetched: Fetched) -> tuple[Records, Answer] | None:
    """The records of a repository's answer and what it says beside them; None where it is no such answer."""
    body = fetched.body or b""
    try:
        records = read_records(io.BytesIO(body), fetched.charset)
    except Problem:
        return None
    if local_name(records.root) != "OAI-PMH":
        return None
    answer = read_answer(records)
    if answer.fault and answer.token is None:
        answer = replace(answer, token=_find_token(body))
    return records, answer


def _find_token(body: bytes) -> str | None:
    """The token at the end of an answer that is not well-formed, as far as it can be told."""
    found = _TOKEN.findall(body[-_TAIL:])
    return html.unescape(found[-1].decode("utf-8", "replace")).strip() or None if found else None
