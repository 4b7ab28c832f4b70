"""A line of a bulk that says what is to be done with an article."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from service.core.bulk import OPS, Command, Condition
from service.formats.schemas import fields as f
from service.formats.schemas.loading import Errors, StrictSchema, load

_TAGS = re.compile(r'\s*(?:W/)?"[^"]*"(?:\s*,\s*(?:W/)?"[^"]*")*\s*')
_VERSION = re.compile(r'(?:^|(?<=[\s,]))"(\d{1,18})(?:\.\d+)?(?:-[a-z0-9-]+)?"')
_MAX_VERSION = 2**53 - 1
_TAKES_A_RECORD = ("create", "upsert", "update")


class ConditionField(fields.Field[Any]):
    """The version that a record must have: its number, its ETag, several ETags, or an asterisk for any."""

    default_error_messages = f.MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Condition:
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MAX_VERSION:
            return Condition(versions=frozenset({value}))
        text = value if isinstance(value, str) else ""
        if text.strip() == "*":
            return Condition()
        if re.fullmatch(r"\d{1,16}", text):
            return Condition(versions=frozenset({int(text)}))
        if not _TAGS.fullmatch(text):
            raise f.fault("invalid-condition", 'Give a version such as 7, its ETag such as "7" in quotes, or *.')
        return Condition(versions=frozenset(map(int, _VERSION.findall(text))))


class MembersField(fields.Field[Any]):
    """An object whose members are looked at later: by then it is known what they meet."""

    default_error_messages = f.MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise f.fault("wrong-type", "An object is needed here.")
        return value


class CommandSchema(StrictSchema):
    """What is to be done with which article."""

    op = f.choice(OPS, required=True)
    id = f.text(64, least=1)
    if_match = ConditionField(allow_none=True)
    data = MembersField(allow_none=True)

    def check(self, members: dict[str, Any]) -> Errors:
        """What is needed, and what makes no sense, for what is to be done."""
        op, data = members.get("op"), members.get("data")
        errors: Errors = {}
        if op in _TAKES_A_RECORD and "data" not in members:
            errors["data"] = [f.MESSAGES["required"]]
        if op in ("update", "delete") and "id" not in members and (data or {}).get("url") is None:
            errors["id"] = [f.Coded("required", "Name the article by its id, or by data.url.")]
        if op == "create":
            senseless = f.Coded("not-allowed", "What is created has no id and no version yet; leave this out.")
            errors |= {name: [senseless] for name in ("id", "if_match") if name in members}
        if op == "delete" and (data or {}).keys() - {"url"}:
            errors["data"] = [f.Coded("not-allowed", "A deletion takes nothing in data but the url of the article.")]
        return errors


_COMMAND = CommandSchema()


def load_command(body: Mapping[str, Any], line: int) -> Command:
    """The command of a line: an object with ``op`` or ``data``, or else an article, which is an upsert.

    Raises Invalid for what is wrong with the command; what is wrong with its article is seen later.
    """
    if "op" not in body and "data" not in body:
        return Command(line=line, data=body)
    given = load(_COMMAND, body)
    id = given.get("id")
    return Command(
        line=line,
        op=given["op"],
        id=id.lower() if id else None,
        condition=given.get("if_match"),
        data=given.get("data", {}),
        place="/data",
    )
