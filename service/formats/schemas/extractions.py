"""A page that a client wants an article drafted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.formats.schemas import fields as f
from service.formats.schemas.loading import StrictSchema, load

PAGE_LIMIT = 5 * 1024 * 1024
FREE_TEXT = frozenset({"html"})
"""The members that may hold control characters, as whole pages do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """A page and its address; bytes have the charset that their header names, None where it names none."""

    html: str | bytes
    url: str | None = None
    charset: str | None = None


class ExtractionSchema(StrictSchema):
    """A page and its address."""

    makes = WebPage
    html = f.text(PAGE_LIMIT, required=True)
    url = f.url()


_EXTRACTION = ExtractionSchema()


def load_page(body: Mapping[str, Any]) -> WebPage:
    """The page in a parsed body; raises Invalid."""
    page: WebPage = load(_EXTRACTION, body)
    return page
