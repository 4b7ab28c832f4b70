"""Lists of articles: one SELECT of documents along an index, from a keyset position on."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from service.core.dates import PartialDate, to_micros
from service.core.listings import Filter, Listing
from service.core.urls import url_digest
from service.storage.articles import KEY_BYTES, address_key, sort_key
from service.storage.database import Database, Row
from service.storage.tables import UNDATED

COUNT_BOUND = 10_000
Position = list[Any]
Condition = tuple[str, list[Any]]

_COLUMNS = {
    "source": "a.source_id",
    "license": "a.license_id",
    "license.unit": "a.license_unit",
    "license.status": "a.license_status",
    "language": "a.language",
    "status": "a.status",
    "title": "a.title_key",
    "published_at": "a.published_at",
    "updated_at": "a.updated_at",
    "id": "a.id",
}
_TERMS = ("creator", "keyword", "identifier")
_SORTED = {"title": "title_key", "created_at": "id"}  # an id says when it was made, to the microsecond
_COMPARED = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def list_articles(
    database: Database, listing: Listing, position: Position | None, limit: int
) -> tuple[list[bytes], Position | None]:
    """The documents of a page behind `position`, and the position of the next page if there is one."""
    rows: list[Row] = []
    for segment in _segments(listing, position):
        rows += database.fetch_all(*_select(listing, segment, database, limit + 1 - len(rows)))
        if len(rows) > limit:
            break
    last = rows[limit - 1] if len(rows) > limit else None
    return [row[-1] for row in rows[:limit]], _position(listing, last) if last else None


def count_articles(database: Database, listing: Listing) -> tuple[int, str]:
    """How many articles the list has, and ``eq`` or, where a bounded count gave up, ``gte``."""
    where, params = _where(listing, listing.filters)
    if listing.count == "exact":
        row = database.fetch_one(f"SELECT count(*) FROM article a WHERE {where}", params)
        return (row[0] if row else 0), "eq"
    sql = f"SELECT count(*) FROM (SELECT 1 FROM article a WHERE {where} LIMIT ?) AS bounded"
    row = database.fetch_one(sql, (*params, COUNT_BOUND + 1))
    found = row[0] if row else 0
    return (COUNT_BOUND, "gte") if found > COUNT_BOUND else (found, "eq")


def _segments(listing: Listing, position: Position | None) -> Iterable[Condition]:
    """The stretches of the order to read one after the other.

    There are two where undated articles, which have the least key, must come last in a rising order.
    """
    column = f"a.{_SORTED.get(listing.sort, listing.sort)}"
    if listing.sort == "published_at" and not listing.descending:
        dated, undated = f"{column} > {UNDATED}", f"{column} = {UNDATED}"
        if position is None or position[0] != UNDATED:
            yield _behind(column, position, ">", dated)
        yield _behind(column, position if position and position[0] == UNDATED else None, ">", undated)
    else:
        yield _behind(column, position, "<" if listing.descending else ">", "")


def _behind(column: str, position: Position | None, sign: str, only: str) -> Condition:
    if position is None:
        return only, []
    behind = f"a.id {sign} ?" if column == "a.id" else f"({column}, a.id) {sign} (?, ?)"
    key = bytes.fromhex(position[0]) if column == "a.title_key" else position[0]
    params = [position[-1]] if column == "a.id" else [key, position[1]]
    return " AND ".join(filter(None, (only, behind))), params


def _select(listing: Listing, segment: Condition, database: Database, limit: int) -> tuple[str, list[Any]]:
    """The SELECT of a segment. What may be done with an article is several values: their branches are merged."""
    mask = _drives_may(listing)
    if not mask:
        sql, params = _select_rows(listing, segment, database, "a.document")
        return f"{sql} LIMIT ?", [*params, limit]
    branches = [
        _select_rows(listing, segment, database, "a.may", [("a.may = ?", [value])]) for value in _values_with(mask)
    ]
    merged = " UNION ALL ".join(f"SELECT * FROM ({sql} LIMIT ?) AS branch" for sql, _ in branches)
    first = f"SELECT * FROM ({merged}) AS merged ORDER BY {_order('1', '2', listing)} LIMIT ?"
    order = _order("found.sorted", "found.id", listing)
    sql = f"SELECT found.sorted, found.id, a.document FROM ({first}) AS found JOIN article a ON a.id = found.id"
    return f"{sql} ORDER BY {order}", [*(value for _, params in branches for value in (*params, limit)), limit]


def _drives_may(listing: Listing) -> int:
    """The bits that are asked for, where no other filter leads to the articles more directly, else 0."""
    direct = any(item.field in ("source", "license", "license.unit", *_TERMS) for item in listing.filters)
    if direct or listing.sort != "published_at":
        return 0
    return next((int(item.values[0]) for item in listing.filters if item.field == "may"), 0)


def _values_with(mask: int) -> list[int]:
    return [value for value in range(16) if value & mask == mask]


def _select_rows(
    listing: Listing, segment: Condition, database: Database, last: str, also: Iterable[Condition] = ()
) -> tuple[str, list[Any]]:
    """The key of the order, the id and `last`. A single term drives it along its own index, for the newest."""
    filters, table = listing.filters, "article a"
    column = f"a.{_SORTED.get(listing.sort, listing.sort)}"
    conditions: list[Condition] = [*([segment] if segment[0] else []), *also]
    driver = _driver(listing)
    if driver:
        filters = tuple(item for item in filters if item is not driver)
        joined = "CROSS JOIN" if database.is_sqlite else "JOIN"
        table = f"article_term t {joined} article a ON a.id = t.article_id"
        conditions = [
            (sql.replace("a.published_at", "t.published_at").replace("a.id", "t.article_id"), params)
            for sql, params in conditions
        ]
        conditions.insert(0, ("t.field = ? AND t.key = ?", [driver.field, _term_key(driver.field, driver.values[0])]))
    order = _order("t.published_at" if driver else column, "t.article_id" if driver else "a.id", listing)
    where, params = _where(listing, filters, conditions)
    return f"SELECT {column} AS sorted, a.id, {last} FROM {table} WHERE {where} ORDER BY {order}", params


def _driver(listing: Listing) -> Filter | None:
    if listing.sort != "published_at":
        return None
    return next((item for item in listing.filters if item.field in _TERMS and item.op == "eq"), None)


def _order(column: str, id: str, listing: Listing) -> str:
    direction = "DESC" if listing.descending else "ASC"
    return f"{id} {direction}" if column == id else f"{column} {direction}, {id} {direction}"


def _where(listing: Listing, filters: Iterable[Filter], others: Iterable[Condition] = ()) -> tuple[str, list[Any]]:
    wanted = (_may_condition(listing, item) if item.field == "may" else _condition(item) for item in filters)
    conditions = [("a.deleted_at IS NULL", []), *wanted, *others]
    return " AND ".join(sql for sql, _ in conditions), [param for _, params in conditions for param in params]


def _condition(item: Filter) -> Condition:
    if item.field in _TERMS:
        return _term_condition(item)
    if item.field in ("published_at", "updated_at"):
        return _date_condition(item)
    if item.field == "url":
        return _url_condition(item)
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
    values = _values_with(item.values[0])
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
    keys = [] if item.op == "exists" else [_term_key(item.field, value) for value in item.values]
    if item.op == "exists":
        return f"a.id {'IN' if item.values[0] else 'NOT IN'} ({terms})", [item.field]
    if item.op == "prefix":
        return f"a.id IN ({terms} AND key >= ? AND key < ?)", [item.field, keys[0], _after(keys[0])]
    marks = ", ".join("?" * len(keys))
    return f"a.id {'NOT IN' if item.op == 'ne' else 'IN'} ({terms} AND key IN ({marks}))", [item.field, *keys]


def _term_key(field: str, value: str) -> bytes:
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


def _position(listing: Listing, row: Row) -> Position:
    if listing.sort in ("id", "created_at"):
        return [str(row[1])]
    key = row[0].hex() if listing.sort == "title" else row[0]
    return [key, str(row[1])]
