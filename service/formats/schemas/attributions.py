"""The body that asks for the credits of many works."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.core.attribution import Reuse
from service.core.urls import MAX_LENGTH
from service.formats.schemas import fields as f
from service.formats.schemas.attribution import ReuseSchema, order_of
from service.formats.schemas.loading import Errors, load

MAX_WORKS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOrder:
    """The works whose credits are wanted, as they were named, and how."""

    articles: tuple[str, ...]
    lang: str
    reuse: Reuse


class AttributionsSchema(ReuseSchema):
    """Works by id, original URL or license, and what their reuser says of the use."""

    makes = BlockOrder
    articles = f.Items(f.text(MAX_LENGTH, least=1, required=True), least=1, required=True)

    def check(self, members: dict[str, Any]) -> Errors:
        """More works than one answer holds."""
        count = len(members.get("articles", ()))
        if count <= MAX_WORKS:
            return {}
        return {"articles": [f.Coded("too-many", f"At most {MAX_WORKS} works are taken here, not {count}.")]}

    def make(self, members: dict[str, Any]) -> Any:
        """The order that the members make."""
        order = order_of(members)
        return self.makes(articles=members["articles"], lang=order.lang, reuse=order.reuse)


_ATTRIBUTIONS = AttributionsSchema()


def load_attributions(body: Mapping[str, Any]) -> BlockOrder:
    """The order in `body`; raises Invalid."""
    order: BlockOrder = load(_ATTRIBUTIONS, body)
    return order
