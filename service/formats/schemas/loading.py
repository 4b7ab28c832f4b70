"""From a parsed body to a checked value, with all faults of the body at once."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import orjson
from marshmallow import Schema, ValidationError

from service.core.dates import PartialDate
from service.core.errors import Fault, Invalid, InvalidValue
from service.formats.schemas.fields import MESSAGES, Coded

MAX_FAULTS = 100


Errors = dict[str, list[Coded]]


class StrictSchema(Schema):
    """An object that becomes a value of the class `makes`; null is as good as absent, unknown members are faults.

    The members that are given are visited, not those that are declared: marshmallow's own load takes 2.2 times as long
    for a typical article, mostly for what is absent and for its hooks. `prepare`, `check` and `make` stand for these.
    """

    error_messages = MESSAGES
    makes: Any = dict

    def load(self, data: Any, **kwargs: Any) -> Any:
        """The value that `data` makes; raises ValidationError with every fault."""
        given = self.prepare(data)
        if not isinstance(given, dict):
            raise ValidationError([MESSAGES["type"]])
        members: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, value in given.items():
            try:
                self._take(name, value, members)
            except ValidationError as error:
                errors[name] = error.messages
        errors |= {name: [MESSAGES["required"]] for name in self._required if name not in given}
        errors |= self.check(members)
        if errors:
            raise ValidationError(errors)
        return self.make(members)

    def prepare(self, data: Any) -> Any:
        """`data` in its long form, where a short one is taken too."""
        return data

    def check(self, members: dict[str, Any]) -> Errors:
        """Faults of members that do not go together; `members` are those that are right by themselves."""
        return {}

    def make(self, members: dict[str, Any]) -> Any:
        """The value of `members`; raises ValidationError where they do not make one."""
        return self.makes(**members)

    @cached_property
    def _required(self) -> list[str]:
        return [name for name, field in self.fields.items() if field.required]

    def _take(self, name: str, value: Any, members: dict[str, Any]) -> None:
        field = self.fields.get(name)
        if field is None:
            raise ValidationError([_unknown(name)])
        if value is not None or not field.allow_none:
            members[name] = field.deserialize(value, name, None)


def load(schema: Schema, body: Mapping[str, Any], faults: tuple[Fault, ...] = ()) -> Any:
    """The value that `schema` makes of `body`; raises Invalid with every fault, those in `faults` included."""
    found = list(faults)
    value: Any = None
    try:
        value = schema.load(body)
    except ValidationError as error:
        found += _flatten(error.messages, "")
    if found:
        problem = invalid(found)
        problem.faults = tuple(_with_hint(fault, schema) for fault in problem.faults)
        raise problem
    return value


def invalid(faults: list[Fault]) -> Invalid:
    """The problem of a body with these faults, in the order of their pointers, each once."""
    distinct = sorted(dict.fromkeys(faults), key=lambda fault: (fault.at, fault.code))
    count = len(distinct)
    detail = distinct[0].detail if count == 1 else f"The body has {count} faults; each is listed with its place."
    return Invalid(detail, tuple(distinct[:MAX_FAULTS]))


def without_read_only(
    body: Mapping[str, Any], read_only: frozenset[str], present: Mapping[str, Any] | None
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """`body` without its read-only members, and a fault for each that differs from the present value."""
    faults = tuple(
        Fault("pointer", pointer("", name), "read-only", "This member is set by the server; leave it out.")
        for name, value in body.items()
        if name in read_only and (present is None or name not in present or not _is_same(value, present[name]))
    )
    return {name: value for name, value in body.items() if name not in read_only}, faults


def _is_same(value: Any, present: Any) -> bool:
    """Whether two JSON values are equal; Python takes true for 1, and 1.0 too."""
    if isinstance(value, str) and isinstance(present, str):
        return value == present or _is_same_instant(value, present)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == orjson.dumps(present, option=orjson.OPT_SORT_KEYS)


def _is_same_instant(value: str, present: str) -> bool:
    """Whether two texts are one instant: clients that read times as times send them back in another spelling."""
    try:
        return PartialDate.parse(value) == PartialDate.parse(present)
    except InvalidValue:
        return False


def pointer(parent: str, step: object) -> str:
    """The JSON pointer of the member or item `step` of `parent` (RFC 6901)."""
    return f"{parent}/{str(step).replace('~', '~0').replace('/', '~1')}"


def _flatten(messages: Any, at: str) -> Iterator[Fault]:
    if isinstance(messages, dict):
        for step, inner in messages.items():
            yield from _flatten(inner, pointer(at, step))
        return
    for message in messages:
        yield Fault("pointer", at, getattr(message, "code", "invalid"), str(message))


def _unknown(name: str) -> Coded:
    shown = name if len(name) <= 100 else name[:100] + "…"
    return Coded("unknown-member", f"There is no member {shown!r}.")


def _with_hint(fault: Fault, schema: Schema) -> Fault:
    """A fault of an unknown member with a near one named: only for the few that are shown, since looking is slow."""
    if fault.code != "unknown-member":
        return fault
    *path, name = fault.at.split("/")[1:]
    near = difflib.get_close_matches(name[:100], _members_at(schema, path), 1)
    return replace(fault, detail=f"{fault.detail} Did you mean {near[0]}?") if near else fault


def _members_at(schema: Schema, path: list[str]) -> list[str]:
    """The members that `schema` has at a place inside."""
    for step in path:
        if step.isdigit():
            continue
        field: Any = schema.fields.get(step)
        inner = getattr(field, "inner", field)
        if not isinstance(getattr(inner, "schema", None), Schema):
            return []
        schema = inner.schema
    return list(schema.fields)
