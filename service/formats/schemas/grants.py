"""A grant as a client sends it: a new one, and the two changes that there are."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError

from service.core.dates import parse_day
from service.core.errors import Fault, InvalidValue
from service.core.grants import SCOPES, Ending, Mistake, NewGrant
from service.formats.documents.grants import READ_ONLY
from service.formats.schemas import fields as f
from service.formats.schemas.claims import STATEMENT_LIMIT, ClaimField, with_statement
from service.formats.schemas.loading import StrictSchema, load, without_read_only

REASON_LIMIT = 2000
STATES = ("asserted", "mistaken")
_EVIDENCE = ("statement", "statement_url", "start", "end")
_CHANGED = frozenset({"end", "state", "reason"})


class GrantSchema(StrictSchema):
    """A license with its evidence and days; the statement alone will do. What a source says stands in its policies."""

    license = ClaimField(allow_none=True)
    scope = f.choice(SCOPES)
    start = f.day()
    end = f.day()
    statement = f.text(STATEMENT_LIMIT, least=1)
    statement_url = f.url()
    origin = f.choice(("article", "extraction"))

    def make(self, members: dict[str, Any]) -> Any:
        """The grant; where license and statement disagree, it is disputed."""
        stated = with_statement(members.pop("license", None), members.pop("statement", None))
        if stated is None:
            raise ValidationError({"license": [f.Coded("required", "A grant needs a license or a statement.")]})
        evidence = ("statement_url", "start", "end")
        claim = replace(stated, **{name: members.pop(name) for name in evidence if name in members})
        if claim.start and claim.end and claim.end < claim.start:
            raise ValidationError({"end": [_BEFORE_START]})
        return NewGrant(claim=claim, **members)


class GrantChangeSchema(StrictSchema):
    """What may be said of a grant that is recorded: its last day, or that it was recorded wrongly."""

    end = f.day()
    state = f.choice(STATES)
    reason = f.text(REASON_LIMIT, least=1)


_GRANT, _CHANGE = GrantSchema(), GrantChangeSchema()
_BEFORE_START = f.Coded("out-of-range", "The last day lies before the first.")
_NEVER = "A grant is not changed: end it, or mark it as mistaken and record another."


def load_grant(body: Mapping[str, Any]) -> NewGrant:
    """A new grant; raises Invalid."""
    members, faults = without_read_only(body, READ_ONLY, None)
    grant: NewGrant = load(_GRANT, members, (*faults, *_contradictions(members)))
    return grant


def load_grant_change(patch: Mapping[str, Any], present: Mapping[str, Any]) -> Ending | Mistake | None:
    """What a merge patch changes of the grant whose document is `present`; None for nothing. Raises Invalid.

    A change needs a reason of its own, and is one of two: another `end`, or the `state` mistaken, which is for good.
    """
    fixed = {name: _merged(value, present[name]) for name, value in patch.items() if name in present.keys() - _CHANGED}
    _, repeated = without_read_only(fixed, frozenset(fixed), present)
    faults = (*(replace(fault, detail=_NEVER) for fault in repeated), *_misplaced(patch, present))
    given = load(_CHANGE, {name: value for name, value in patch.items() if name not in fixed}, faults)
    if _differs("state", patch, present):
        return Mistake(reason=given["reason"])
    if _differs("end", patch, present):
        return Ending(end=given.get("end"), reason=given["reason"])
    return None


def _contradictions(members: Mapping[str, Any]) -> Iterator[Fault]:
    """Evidence that is given beside the license and in it, and differs."""
    license = members.get("license")
    inner = license if isinstance(license, dict) else {}
    for name in _EVIDENCE:
        said, within = members.get(name), inner.get(name)
        if said is not None and within is not None and said != within:
            yield Fault("pointer", f"/{name}", "contradictory", f"The license gives another {name}; give it once.")


def _merged(value: Any, present: Any) -> Any:
    """An object as it would be with `value` merged into it; anything else as it is given."""
    return {**present, **value} if isinstance(value, dict) and isinstance(present, dict) else value


def _differs(name: str, patch: Mapping[str, Any], present: Mapping[str, Any]) -> bool:
    return name in patch and patch[name] != present[name]


def _misplaced(patch: Mapping[str, Any], present: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults of a change as a whole, beside those of its members."""
    state, end, reason = (_differs(name, patch, present) for name in ("state", "end", "reason"))
    mistaken = present["state"] == "mistaken"
    if state and (mistaken or patch["state"] is None):
        yield Fault("pointer", "/state", "read-only", "What was mistaken stays so; record a new grant.")
    if end and (mistaken or state):
        yield Fault("pointer", "/end", "not-allowed", "A grant that is mistaken was never given, and so never ends.")
    if end and _is_before(patch["end"], present["start"]):
        yield Fault("pointer", "/end", _BEFORE_START.code, _BEFORE_START)
    if (state or end) and patch.get("reason") is None:
        yield Fault("pointer", "/reason", "required", "Say why: a change of the ledger needs a reason.")
    if reason and not (state or end):
        yield Fault("pointer", "/reason", "read-only", "A reason goes with another end, or with the state mistaken.")


def _is_before(end: Any, start: str | None) -> bool:
    """Whether a day lies before another; what is no day is a fault of its own."""
    with suppress(InvalidValue):
        return isinstance(end, str) and start is not None and parse_day(end) < parse_day(start)
    return False
