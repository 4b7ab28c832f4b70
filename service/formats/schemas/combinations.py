"""The body that asks whether works may be combined."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from service.core.attribution import LANGUAGES, match_language
from service.core.combinations import Kind
from service.core.urls import MAX_LENGTH
from service.formats.schemas import fields as f
from service.formats.schemas.loading import Errors, StrictSchema, load
from service.formats.schemas.permission import TERRITORY, read_outbound, read_territory, too_many_works

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinationOrder:
    """The works to be combined, as they were named, into what, under which license and where."""

    works: tuple[str, ...]
    kind: Kind
    commercial: bool | None
    outbound_license: str | None
    territory: str | None
    lang: str


class _Combination(StrictSchema):
    def check(self, members: dict[str, Any]) -> Errors:
        """More works than one answer holds."""
        return too_many_works("works", members)

    def make(self, members: dict[str, Any]) -> CombinationOrder:
        """The order that the members make."""
        return CombinationOrder(
            works=members["works"],
            kind=members["as"],
            commercial=members.get("commercial"),
            outbound_license=members.get("outbound_license"),
            territory=members.get("territory"),
            lang=members.get("lang") or LANGUAGES[0],
        )


# "as" is a word of Python's, so the members are named by strings.
CombinationSchema = _Combination.from_dict(
    {
        "works": f.Items(f.text(MAX_LENGTH, least=1, required=True), least=1, required=True),
        "as": f.choice(KINDS, required=True),
        "commercial": f.Boolean(allow_none=True),
        "outbound_license": f.Checked(read_outbound, allow_none=True, metadata={"maxLength": 500, "minLength": 1}),
        "territory": f.Checked(read_territory, allow_none=True, metadata=TERRITORY),
        "lang": f.Checked(match_language, allow_none=True, metadata={"maxLength": 100, "minLength": 2}),
    },
    name="CombinationSchema",
)
_COMBINATION = CombinationSchema()


def load_combination(body: Mapping[str, Any]) -> CombinationOrder:
    """The order in `body`; raises Invalid."""
    order: CombinationOrder = load(_COMBINATION, body)
    return order
