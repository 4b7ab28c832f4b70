"""The body that asks for an audit: a work, the page that republishes it, and what its maker says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.core.attribution import LANGUAGES, match_language
from service.core.audit import Republication
from service.core.urls import MAX_LENGTH
from service.formats.schemas import fields as f
from service.formats.schemas.attribution import SAID
from service.formats.schemas.loading import StrictSchema, load

PAGE_LIMIT = 5 * 1024 * 1024
FREE_TEXT = frozenset({"html"})
"""The members that may hold control characters, as whole pages do."""

_LANGUAGE = {"minLength": 2, "maxLength": 100, "examples": list(LANGUAGES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOrder:
    """The page and the article that it republishes, as it was named; `as_of` is None where no day is asked for."""

    article: str
    page: Republication
    as_of: date | None
    lang: str


class AuditSchema(StrictSchema):
    """An article by id or original URL, a page, and what was changed; the rest says for which day and in what words."""

    article = f.text(MAX_LENGTH, least=1, required=True)
    html = f.text(PAGE_LIMIT, required=True)
    changes = f.text(SAID, least=1)
    discovered_on = f.day()
    as_of = f.day()
    lang = f.Checked(match_language, allow_none=True, metadata=_LANGUAGE)

    def make(self, members: dict[str, Any]) -> AuditOrder:
        """The order that the members make."""
        page = Republication(
            html=members["html"], changes=members.get("changes"), discovered_on=members.get("discovered_on")
        )
        return AuditOrder(
            article=members["article"],
            page=page,
            as_of=members.get("as_of"),
            lang=members.get("lang") or LANGUAGES[0],
        )


_AUDIT = AuditSchema()


def load_audit(body: Mapping[str, Any]) -> AuditOrder:
    """The order in `body`; raises Invalid."""
    order: AuditOrder = load(_AUDIT, body)
    return order
