"""Members of a JSON document that another system reads: what is not known is not there."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from service.core.articles import Article

Members = dict[str, Any]


def urn_of(article: Article) -> str:
    """The name of an article outside this service (RFC 9562 s. 4)."""
    return f"urn:uuid:{article.id}"


def known(**members: Any) -> Members:
    """The members that have a value; false and 0 are values."""
    return drop_unknown(members)


def drop_unknown(members: Mapping[str, Any]) -> Members:
    """`members` without those that are empty."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {}, ())}


def each_once(items: Iterable[Members]) -> list[Members]:
    """Objects in their order, equal ones once."""
    return list({orjson.dumps(item, option=orjson.OPT_SORT_KEYS): item for item in items}.values())
