"""A use that somebody asks about, by the parameters of a permission or by the members of a body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from marshmallow import ValidationError

from service.core.attribution import Reuse
from service.core.catalogue import resolve_license
from service.core.errors import InvalidValue
from service.core.licenses import Known
from service.core.permission import USES, Use, find_outbound
from service.core.urls import MAX_LENGTH
from service.formats.schemas import fields as f
from service.formats.schemas.attribution import ReuseSchema, order_of, refused
from service.formats.schemas.loading import Errors, load

MAX_WORKS = 200
_TERRITORIES = frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)) - {"ZZ"}
TERRITORY = {"pattern": "^[A-Za-z]{2}$", "minLength": 2, "maxLength": 2}
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseOrder:
    """A use, asked of the works named in `articles`, with the language and the words for their credits."""

    use: Use
    lang: str
    reuse: Reuse
    articles: tuple[str, ...] = ()


def read_outbound(text: str) -> str:
    """The id of the license that an adaptation is to carry, from an id, a URL or a name; raises InvalidValue."""
    resolution = resolve_license(text)
    id = find_outbound(resolution.license.id if isinstance(resolution, Known) else text.strip())
    if id is None:
        raise InvalidValue("unknown-license", "Use the id of one license, such as CC-BY-SA-4.0, or of GPL-3.0-only.")
    return id


def read_territory(text: str) -> str:
    """The code of a territory in capitals; raises InvalidValue."""
    if text.upper() not in _TERRITORIES:
        raise InvalidValue("unknown-territory", "Use a code of two letters (ISO 3166-1), such as DE.")
    return text.upper()


def too_many_works(name: str, members: Mapping[str, Any]) -> Errors:
    """The fault of a list with more works than one answer holds."""
    count = len(members.get(name, ()))
    if count <= MAX_WORKS:
        return {}
    return {name: [f.Coded("too-many", f"At most {MAX_WORKS} works are taken here, not {count}.")]}


class UseSchema(ReuseSchema):
    """A use, and the day that it is asked for."""

    makes = UseOrder
    use = f.choice(USES, required=True)
    commercial = f.Boolean(allow_none=True)
    share = f.Boolean(allow_none=True)
    outbound_license = f.Checked(read_outbound, allow_none=True, metadata={"maxLength": 500, "minLength": 1})
    territory = f.Checked(read_territory, allow_none=True, metadata=TERRITORY)
    as_of = f.day()
    obtained_on = f.day()

    def check(self, members: dict[str, Any]) -> Errors:
        """A copy that is obtained after the day asked."""
        asked, obtained = members.get("as_of"), members.get("obtained_on")
        if not asked or not obtained or obtained <= asked:
            return {}
        return {"obtained_on": [f.Coded("out-of-range", "A copy is not obtained after the day that is asked for.")]}

    def make(self, members: dict[str, Any]) -> Any:
        """The order that the members make; its reader has put in a day that was not given."""
        order = order_of(members)
        names = ("use", "commercial", "share", "changes", "outbound_license", "medium", "territory", "obtained_on")
        said = {name: members[name] for name in names if members.get(name) is not None}
        use = Use(**said, as_of=members["as_of"])
        return self.makes(use=use, lang=order.lang, reuse=order.reuse, articles=members.get("articles", ()))


class PermissionsSchema(UseSchema):
    """A use, asked of many works by id, original URL or license."""

    articles = f.Items(f.text(MAX_LENGTH, least=1, required=True), least=1, required=True)

    def check(self, members: dict[str, Any]) -> Errors:
        """More works than one answer holds, and what does not go together."""
        return {**super().check(members), **too_many_works("articles", members)}


def load_permissions(body: Mapping[str, Any], *, today: date) -> UseOrder:
    """The use in `body`, asked for today unless it names a day; raises Invalid."""
    order: UseOrder = load(_PERMISSIONS, _on_a_day(body, today))
    return order


def read_use(parameters: Mapping[str, str], *, today: date) -> UseOrder:
    """The use in query parameters, asked for today unless they name a day.

    Raises InvalidParameter, or Invalid where only the language is not one of ours.
    """
    given: dict[str, Any] = {
        name: _FLAGS.get(value, value) if name in _BOOLEANS else value for name, value in parameters.items()
    }
    try:
        order: UseOrder = _USE.load(_on_a_day(given, today))
    except ValidationError as error:
        raise refused(error.messages) from error
    return order


def _on_a_day(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What was given, for today where it names no day."""
    return {**given, "as_of": today.isoformat()} if given.get("as_of") is None else dict(given)


_USE = UseSchema()
_PERMISSIONS = PermissionsSchema()
_BOOLEANS = frozenset(name for name, field in _USE.fields.items() if isinstance(field, f.Boolean))
PARAMETERS = tuple(_USE.fields)
