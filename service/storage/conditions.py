"""The conditions of a list of articles as SQL: what it filters by, on the table `article` under the alias ``a``."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from service.core.dates import PartialDate, to_micros
from service.core.listings import Filter, Listing
from service.core.urls import url_digest
from service.storage.articles import KEY_BYTES, address_key, sort_key
from service.storage.database import Database
from service.storage.tables import UNDATED

Condition = tuple[str, list[Any]]
TERMS = ("creator", "keyword", "identifier")

_COLUMNS = {
    "source": "a.source_id",
    "license": "a.license_id",
    "license.unit": "a.license_unit",
    "licenses": "a.license_id",
    "licenses.unit": "a.license_unit",
    "license.status": "a.license_status",
    "language": "a.language",
    "status": "a.status",
    "title": "a.title_key",
    "published_at": "a.published_at",
    "updated_at": "a.updated_at",
    "id": "a.id",
}
_ANY = {"license": "licenses", "license.unit": "licenses.unit"}
ANY_LICENSE = tuple(_ANY.values())
"""Filters by any license that an article offers, which take the place of those by the one that it shows."""

_COMPARED = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def look_beside(database: Database, listing: Listing) -> Listing:
    """`listing` with filters by all licenses that articles offer, where some offer what is asked for beside another."""
    filters = tuple(
        replace(item, field=_ANY[item.field]) if item.field in _ANY and _is_offered_beside(database, item) else item
        for item in listing.filters
    )
    return replace(listing, filters=filters)


def _is_offered_beside(database: Database, item: Filter) -> bool:
    terms, params = terms_beside(item)
    return database.fetch_one(f"{terms} LIMIT 1", params) is not None


def terms_beside(item: Filter) -> Condition:
    """The ids of the articles that offer a license beside the one they show, by a filter of licenses."""
    field = item.field.replace("licenses", "license")
    keys = [] if item.op == "exists" else [value.encode() for value in item.values]
    among = f" AND key IN ({', '.join('?' * len(keys))})" if keys else ""
    return f"SELECT article_id FROM article_term WHERE field = ?{among}", [field, *keys]


def where(listing: Listing, filters: Iterable[Filter], others: Iterable[Condition] = ()) -> Condition:
    """That an article is no tombstone, fits `filters` and meets the `others`; what `listing` says of today holds."""
    wanted = (_may_condition(listing, item) if item.field == "may" else _condition(item) for item in filters)
    conditions = [("a.deleted_at IS NULL", []), *wanted, *others]
    return " AND ".join(sql for sql, _ in conditions), [param for _, params in conditions for param in params]


def _condition(item: Filter) -> Condition:
    if item.field in TERMS:
        return _term_condition(item)
    if item.field in ("published_at", "updated_at"):
        return _date_condition(item)
    if item.field == "url":
        return _url_condition(item)
    if item.field in ANY_LICENSE:
        return _licenses_condition(item)
    return shown_condition(item)


def _licenses_condition(item: Filter) -> Condition:
    shown, params = shown_condition(item)
    terms, keys = terms_beside(item)
    is_without = item.op == "ne" or (item.op == "exists" and not item.values[0])
    return f"({shown} {'AND a.id NOT IN' if is_without else 'OR a.id IN'} ({terms}))", [*params, *keys]


def shown_condition(item: Filter) -> Condition:
    """That what stands in the row of an article fits."""
    column = _COLUMNS[item.field]
    if item.op == "exists":
        return f"{column} IS {'NOT ' if item.values[0] else ''}NULL", []
    if item.op == "prefix":
        return _prefix_condition("a.title_key", sort_key(item.values[0]))
    if item.op in _COMPARED:
        return f"{column} {_COMPARED[item.op]} ?", [item.values[0]]
    return _same(column, item)


def _same(column: str, item: Filter) -> Condition:
    mark = "(SELECT id FROM source WHERE slug = ?)" if item.field == "source" else "?"
    values = [_value(item.field, value) for value in item.values]
    found = f"{column} = {mark}" if len(values) == 1 else f"{column} IN ({', '.join([mark] * len(values))})"
    if item.op != "ne":
        return found, values
    return (
        f"({column} IS NULL OR NOT {found})" if item.field != "source" else f"{column} IS DISTINCT FROM {mark}",
        values,
    )


def _value(field: str, value: Any) -> Any:
    return sort_key(value) if field == "title" else value


def _may_condition(listing: Listing, item: Filter) -> Condition:
    """What surely may be done: an article whose license begins or ends by today is not sure until it was turned."""
    values = values_with(item.values[0])
    return (
        f"a.may IN ({', '.join('?' * len(values))}) AND (a.due_on IS NULL OR a.due_on > ?)",
        [*values, listing.today.isoformat()],
    )


def _url_condition(item: Filter) -> Condition:
    if item.op == "prefix":
        return _prefix_condition("a.url_key", item.values[0].encode("utf-8", "replace")[:KEY_BYTES])
    if item.op == "exists":
        return "a.url_key IS NOT NULL" if item.values[0] else "a.url_key IS NULL", []
    found = " OR ".join(["a.url_key = ? AND a.url_digest = ?"] * len(item.values))
    params = [part for url in item.values for part in (address_key(url), url_digest(url))]
    return f"NOT ({found})" if item.op == "ne" else f"({found})", params


def _prefix_condition(column: str, key: bytes) -> Condition:
    return f"{column} >= ? AND {column} < ?", [key, _after(key)]


def _term_condition(item: Filter) -> Condition:
    terms = "SELECT article_id FROM article_term WHERE field = ?"
    keys = [] if item.op == "exists" else [term_key(item.field, value) for value in item.values]
    if item.op == "exists":
        return f"a.id {'IN' if item.values[0] else 'NOT IN'} ({terms})", [item.field]
    if item.op == "prefix":
        return f"a.id IN ({terms} AND key >= ? AND key < ?)", [item.field, keys[0], _after(keys[0])]
    marks = ", ".join("?" * len(keys))
    return f"a.id {'NOT IN' if item.op == 'ne' else 'IN'} ({terms} AND key IN ({marks}))", [item.field, *keys]


def term_key(field: str, value: str) -> bytes:
    """What a term is found by."""
    return value.encode()[:KEY_BYTES] if field == "identifier" else sort_key(value)


def _after(key: bytes) -> bytes:
    """The least key behind everything that begins with `key`; UTF-8 has no byte FF."""
    return key + b"\xff"


def _date_condition(item: Filter) -> Condition:
    """A date stands for its whole day, month or year; an article without one is met by ``ne`` alone."""
    column = _COLUMNS[item.field]
    if item.op == "exists":
        return f"{column} {'<>' if item.values[0] else '='} {UNDATED}", []
    spans = [_span(value) for value in item.values]
    first, last = spans[0]
    match item.op:
        case "gt" | "gte":
            return f"{column} >= ?", [first if item.op == "gte" else last + 1]
        case "lt" | "lte":
            return f"{column} > {UNDATED} AND {column} <= ?", [last if item.op == "lte" else first - 1]
    within = " OR ".join(f"{column} BETWEEN ? AND ?" for _ in spans)
    params = [bound for span in spans for bound in span]
    return f"NOT ({within})" if item.op == "ne" else f"({within})", params


def _span(date: PartialDate) -> tuple[int, int]:
    """The first and the last microsecond that a date may mean."""
    first = to_micros(date.first)
    if date.precision == "instant":
        return first, first
    last_day = datetime.combine(date.days[1], time.min, UTC)
    return first, to_micros(last_day) + int(timedelta(days=1) / timedelta(microseconds=1)) - 1


def values_with(mask: int) -> list[int]:
    """The values of ``may`` that have all bits of `mask`."""
    return [value for value in range(16) if value & mask == mask]
