"""What a list of articles is asked for: filters, a search, an order and what to count, read from query parameters."""

import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.core.catalogue import UNITS, resolve_license
from service.core.dates import PartialDate
from service.core.errors import Fault, InvalidParameter, InvalidValue, Problem, UnknownParameter
from service.core.identifiers import ARTICLE_ID, parse_identifier
from service.core.languages import canonical_language
from service.core.licenses import Known
from service.core.paging import Kind
from service.core.permission import may_mask
from service.core.search import MAX_QUERY, Search, read_search
from service.core.urls import canonical_url

MAX_VALUES = 100
MAX_FACETS = 3
SORTS = ("published_at", "updated_at", "created_at", "title", "id")
DEFAULT_SORT = "-published_at"
RELEVANCE = "relevance"
FACETS = ("source", "license", "license.unit", "language")
SETTINGS = ("q", "sort", "count", "facet", "fields", "limit", "cursor")
"""The parameters of a list that are no filters."""

_OWN = ("q", "sort", "count", "facet")
_OPERATION = re.compile(r"([a-z_.]+)(?:\[([a-z]*)\])?")
_COMMA = re.compile(r"(?<!\\),")

_SAME = ("eq", "ne", "in", "exists")
_TEXT = ("eq", "ne", "in", "prefix", "exists")
_ORDERED = ("eq", "ne", "in", "gt", "gte", "lt", "lte", "exists")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: `values` are texts, or PartialDates for a date; for ``exists`` a single boolean."""

    field: str
    op: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list as it is asked for. `query` names it: cursors of another query do not fit.

    What is due by `today` is left out where a list asks what an article may be used for. By relevance, hits in the
    title come before others, and among both the newest first.
    """

    filters: tuple[Filter, ...] = ()
    search: Search | None = None
    sort: str = "published_at"
    descending: bool = True
    count: str = "none"
    facets: tuple[str, ...] = ()
    query: str = ""
    today: date = date.max

    @property
    def position(self) -> tuple[Kind, ...]:
        """What a position is made of: the key of the order, then the id."""
        orders: dict[str, tuple[Kind, ...]] = {
            "id": ("id",),
            "created_at": ("id",),
            "title": ("hex", "id"),
            RELEVANCE: ("integer", "integer", "id"),
        }
        return orders.get(self.sort, ("integer", "id"))


def _language(value: str) -> str:
    return canonical_language(value)


def _word(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise InvalidValue("not-allowed", f"use one of {', '.join(allowed)}")
        return value

    return read


def _license(value: str) -> str:
    resolution = resolve_license(value)
    if not isinstance(resolution, Known):
        raise InvalidValue("unknown-license", "use the id or the URL of one license")
    return resolution.license.id


def _unit(value: str) -> str:
    return _word(*sorted(UNITS))(value.strip().lower())


def _identifier(value: str) -> str:
    identifier = parse_identifier(value)
    return f"{identifier.scheme}:{identifier.value}"


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,64}", value):
        raise InvalidValue("invalid-slug", "use the slug of a source")
    return value


def _id(value: str) -> str:
    if not ARTICLE_ID.fullmatch(value.lower()):
        raise InvalidValue("invalid-id", "use the id of an article")
    return value.lower()


def _may(value: str) -> int:
    return may_mask(word.strip() for word in value.split(","))


def _text(value: str) -> str:
    return value


_STATUSES = ("known", "other", "all-rights-reserved", "unknown", "unversioned", "disputed")
_FIELDS: dict[str, tuple[Callable[[str], Any], tuple[str, ...]]] = {
    "source": (_slug, ("eq", "ne", "in")),
    "license": (_license, _SAME),
    "license.unit": (_unit, _SAME),
    "license.status": (_word(*_STATUSES), ("eq", "ne", "in")),
    "may": (_may, ("eq",)),
    "language": (_language, _SAME),
    "creator": (_text, _TEXT),
    "keyword": (_text, _TEXT),
    "title": (_text, ("eq", "ne", "in", "prefix")),
    "status": (_word("published", "corrected", "retracted", "withdrawn"), ("eq", "ne", "in")),
    "url": (canonical_url, ("eq", "ne", "in", "prefix")),
    "identifier": (_identifier, _SAME),
    "published_at": (PartialDate.parse, _ORDERED),
    "updated_at": (PartialDate.parse, ("eq", "ne", "in", "gt", "gte", "lt", "lte")),
    "id": (_id, ("eq", "ne", "in", "gt", "gte", "lt", "lte")),
}
FILTERS: Mapping[str, tuple[str, ...]] = {name: ops for name, (_, ops) in _FIELDS.items()}
"""The fields that a list may be filtered by, with their operators."""


def read_listing(
    parameters: Mapping[str, str], *, today: date = date.max, settings: tuple[str, ...] = SETTINGS
) -> Listing:
    """The list that `parameters` ask for on the day `today`; raises UnknownParameter or InvalidParameter.

    ``q``, ``sort``, ``count`` and ``facet`` are taken as well; whatever else is no filter is unknown. What is said then
    names the `settings`, which are what the resource takes beside filters.
    """
    unknown: list[Fault] = []
    wrong: list[Fault] = []
    filters = []
    named = {name: value for name, value in parameters.items() if name not in _OWN}
    for name, value in named.items():
        try:
            filters.append(_read_filter(name, value, settings))
        except UnknownParameter as error:
            unknown += error.faults
        except InvalidParameter as error:
            wrong += error.faults
    wrong += (_repeated(name) for name in _FIELDS if name in named and f"{name}[eq]" in named)
    search = _read_search(parameters, wrong)
    sort = _read_sort(parameters, search, wrong)
    count = _read_word(parameters, "count", "none", ("exact", "bounded", "none"), wrong)
    facets = _read_facets(parameters, wrong)
    if unknown:
        raise UnknownParameter(unknown[0].detail, tuple(unknown + wrong))
    if wrong:
        raise InvalidParameter(wrong[0].detail, tuple(wrong))
    return Listing(
        filters=tuple(filters),
        search=search,
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-") or sort == RELEVANCE,
        count=count,
        facets=facets,
        query=json.dumps([sort, sorted(named.items()), *([parameters["q"]] if search else [])]),
        today=today,
    )


def _repeated(name: str) -> Fault:
    return Fault("parameter", f"{name}[eq]", "repeated", f"{name} and {name}[eq] are the same; give one of them.")


def _read_search(parameters: Mapping[str, str], faults: list[Fault]) -> Search | None:
    text = parameters.get("q", "")
    if len(text) > MAX_QUERY:
        detail = f"q takes up to {MAX_QUERY} characters; this has {len(text)}."
        faults.append(Fault("parameter", "q", "too-long", detail))
        return None
    return read_search(text)


def _read_sort(parameters: Mapping[str, str], search: Search | None, faults: list[Fault]) -> str:
    """The order: by relevance where something is searched for, which without a search is that of the newest."""
    allowed = (*SORTS, *(f"-{name}" for name in SORTS), RELEVANCE)
    sort = _read_word(parameters, "sort", RELEVANCE if search else DEFAULT_SORT, allowed, faults)
    return sort if search or sort != RELEVANCE else DEFAULT_SORT


def _read_facets(parameters: Mapping[str, str], faults: list[Fault]) -> tuple[str, ...]:
    if "facet" not in parameters:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in parameters["facet"].split(",")))
    if len(names) > MAX_FACETS or not set(names) <= set(FACETS):
        detail = f"facet takes up to {MAX_FACETS} of {', '.join(FACETS)}, separated by commas."
        faults.append(Fault("parameter", "facet", "not-allowed", detail))
        return ()
    return names


def _read_filter(name: str, value: str, settings: tuple[str, ...]) -> Filter:
    match = _OPERATION.fullmatch(name)
    if match is None or match[1] not in _FIELDS:
        raise _fault(UnknownParameter, name, _unknown(name, settings))
    field, op = match[1], match[2] if match[2] is not None else "eq"
    read, ops = _FIELDS[field]
    if op not in ops:
        raise _fault(InvalidParameter, name, f"{field} takes the operators {', '.join(ops)}.")
    if not value.strip():
        raise _fault(InvalidParameter, name, f"{name} may not be empty.")
    try:
        return Filter(field, op, _read_values(op, value, _text if op == "prefix" else read))
    except InvalidValue as error:
        raise _fault(InvalidParameter, name, f"{name}: {error.detail}") from error


def _unknown(name: str, settings: tuple[str, ...]) -> str:
    known = (*_FIELDS, *settings)
    near = difflib.get_close_matches(name[:100], known, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no parameter {name[:100]!r} here.{hint} It takes {', '.join(known)}."


def _read_values(op: str, value: str, read: Callable[[str], Any]) -> tuple[Any, ...]:
    if op == "exists":
        return (_word("true", "false")(value) == "true",)
    if op != "in":
        return (read(value),)
    parts = [part.replace("\\,", ",") for part in _COMMA.split(value)]
    if len(parts) > MAX_VALUES or not all(part.strip() for part in parts):
        raise InvalidValue("too-many", f"use 1 to {MAX_VALUES} values, separated by commas, none of them empty")
    return tuple(dict.fromkeys(read(part) for part in parts))


def _read_word(
    parameters: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...], faults: list[Fault]
) -> str:
    value = parameters.get(name, default)
    if value not in allowed:
        faults.append(Fault("parameter", name, "not-allowed", f"{name} takes one of {', '.join(allowed)}."))
        return default
    return value


def _fault(kind: type[Problem], name: str, detail: str) -> Problem:
    return kind(detail, (Fault("parameter", name[:100], "invalid", detail),))
