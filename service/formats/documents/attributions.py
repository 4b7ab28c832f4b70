"""The credits of many works as one JSON document: the block, and each of them by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from service.core.attribution import RULE_SET, Block, Credit
from service.formats.documents.attribution import credit_document

Document = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditItem:
    """A work as it was named, with its credit or the problem of finding it; `id` is that of an article."""

    given: tuple[str, ...]
    id: str | None = None
    credit: Credit | None = None
    origin: str | None = None
    problem: Document | None = None


def render_credits(block: Block, items: Sequence[CreditItem], *, as_of: date) -> bytes:
    """The document of a block of credits as of a day."""
    return orjson.dumps(
        {
            "text": block.text,
            "html": block.html,
            "markdown": block.markdown,
            "lang": block.lang,
            "dir": block.dir,
            "items": [_item(item, as_of) for item in items],
            "rule_set": RULE_SET,
            "as_of": as_of,
        }
    )


def _item(item: CreditItem, as_of: date) -> Document:
    named: Document = {"article": item.given[0], "given": item.given, "id": item.id}
    if item.credit is None:
        return {**named, "problem": item.problem}
    return {**named, **credit_document(item.credit, origin=item.origin, as_of=as_of)}
