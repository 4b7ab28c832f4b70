"""What a reuser says of the use: by the parameters of a credit, or by members of a body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from marshmallow import ValidationError

from service.core.attribution import LANGUAGES, Form, Medium, Reuse, match_language
from service.core.errors import Fault, Invalid, InvalidParameter
from service.formats.schemas import fields as f
from service.formats.schemas.loading import StrictSchema

MEDIA: tuple[Medium, ...] = get_args(Medium)
FORMS: tuple[Form, ...] = get_args(Form)
SAID = 500
_LANGUAGE = {"minLength": 2, "maxLength": 100, "examples": list(LANGUAGES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditOrder:
    """How a credit is wanted: its language, and what it is to say of the use."""

    lang: str
    reuse: Reuse


class ReuseSchema(StrictSchema):
    """The language, what was changed and by whom, and where the credit is to stand."""

    makes: Any = CreditOrder
    lang = f.Checked(match_language, allow_none=True, metadata=_LANGUAGE)
    changes = f.text(SAID, least=1)
    changed_by = f.text(SAID, least=1)
    into = f.language()
    medium = f.choice(MEDIA)
    style = f.choice(FORMS)

    def make(self, members: dict[str, Any]) -> Any:
        """The order that the members make."""
        return order_of(members)


def order_of(members: Mapping[str, Any]) -> CreditOrder:
    """The order that checked `members` make; what is absent or null is as usual."""
    given = {name: value for name, value in members.items() if value is not None}
    said = {name: given[name] for name in ("changes", "changed_by", "into", "medium") if name in given}
    reuse = Reuse(**said, form=given.get("style", FORMS[0]))
    return CreditOrder(lang=given.get("lang", LANGUAGES[0]), reuse=reuse)


def read_order(parameters: Mapping[str, str]) -> CreditOrder:
    """The order of query parameters; raises InvalidParameter, or Invalid where only the language is not one of ours."""
    given = {name: parameters[name] for name in PARAMETERS if name in parameters}
    try:
        order: CreditOrder = _REUSE.load(given)
    except ValidationError as error:
        raise refused(error.messages) from error
    return order


def refused(messages: Any) -> Invalid | InvalidParameter:
    """A language that there are no credits in can be read, and is wrong; any other value cannot be read."""
    readable = set(messages) == {"lang"}
    faults = tuple(
        Fault("parameter", name, message.code if name == "lang" else "invalid", f"{name}: {message}")
        for name, found in messages.items()
        for message in found
    )
    return Invalid(faults[0].detail, faults) if readable else InvalidParameter(faults[0].detail, faults)


_REUSE = ReuseSchema()
PARAMETERS = tuple(_REUSE.fields)
