"""An API key as an operator asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.core.dates import PartialDate
from service.core.keys import SCOPES
from service.formats.schemas import fields as f
from service.formats.schemas.loading import StrictSchema, load


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A checked request for a key."""

    name: str
    scopes: tuple[str, ...]
    sources: tuple[str, ...] = ()
    expires_at: PartialDate | None = None


class KeySchema(StrictSchema):
    """A key: its name, what it may do, the sources that it is tied to, and when it expires."""

    makes = NewKey
    name = f.text(200, least=1, required=True)
    scopes = f.Items(f.choice(SCOPES, required=True), least=1, required=True)
    sources = f.Items(f.slug(required=True))
    expires_at = f.partial_date()


_KEY = KeySchema()


def load_key(body: Mapping[str, Any]) -> NewKey:
    """The key that `body` asks for; raises Invalid."""
    new: NewKey = load(_KEY, body)
    return new
