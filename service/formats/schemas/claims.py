"""The ``license`` member, in every form that a client may give it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

from service.core.articles import Text
from service.core.catalogue import find_license
from service.core.errors import InvalidValue
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim, disputed_claim, distinct_claims
from service.core.statements import combine_claims, read_claim, read_id, read_statement, read_url
from service.formats.documents.claims import render_claim
from service.formats.schemas import fields as f
from service.formats.schemas.loading import Errors, StrictSchema

STATEMENT_LIMIT = 10_000
URL_LIMIT = 8192


class EvidenceSchema(StrictSchema):
    """``{statement, statement_url, start, end}``."""

    statement = f.text(STATEMENT_LIMIT, least=1)
    statement_url = f.url()
    start = f.day()
    end = f.day()

    def check(self, members: dict[str, Any]) -> Errors:
        """The days must be in order."""
        start, end = members.get("start"), members.get("end")
        is_wrong = start is not None and end is not None and end < start
        return {"end": [f.Coded("out-of-range", "The last day lies before the first.")]} if is_wrong else {}


def _read_as(read: Callable[[str], Claim], limit: int) -> f.Checked:
    """A text that `read` makes a claim of."""
    text = f.text(limit, least=1)
    return f.Checked(lambda value: read(text.read(value)), allow_none=True, metadata=text.metadata)


class StatedSchema(EvidenceSchema):
    """``{id or url or statement, statement_url, start, end}``: a statement that says something else is a dispute."""

    id = _read_as(read_id, 100)
    url = _read_as(read_url, URL_LIMIT)
    statement = _read_as(read_statement, STATEMENT_LIMIT)

    def check(self, members: dict[str, Any]) -> Errors:
        """The days must be in order, and the address be that of the license whose id is given."""
        id, url = members.get("id"), members.get("url")
        fits = id is None or url is None or url.says == id.says or id.name in url.candidates
        wrong = [f.Coded("contradictory", "The id names another license than this address.")]
        return {**super().check(members), **({} if fits else {"url": wrong})}

    def make(self, members: dict[str, Any]) -> Any:
        """The claim of all signals together."""
        claims = [members[name] for name in ("id", "url", "statement") if name in members]
        if not claims:
            raise f.fault("required", "One of id, url and statement is needed.")
        telling = [members[name] for name in ("id", "statement") if name in members] if "id" in members else claims
        claim = combine_claims([claim for claim in telling if claim.status != "other" or claim.url] or telling)
        words = members["statement"].statement if "statement" in members else claim.statement or _words(claims)
        evidence: dict[str, Any] = {name: members.get(name) for name in ("statement_url", "start", "end")}
        return replace(claim, statement=words, **evidence)


class ShownSchema(EvidenceSchema):
    """What of a shown object is a list or evidence."""

    candidates = f.Items(f.text(STATEMENT_LIMIT, required=True))


_STATED, _SHOWN = StatedSchema(), ShownSchema()
_EVIDENCE = ("statement", "statement_url", "start", "end")


_STATUSES = ("known", "other", ALL_RIGHTS_RESERVED, "unknown", "unversioned", "disputed")
_MISFIT = f.Coded("read-only", "This does not fit the license that is named.")


class ClaimField(fields.Field[Any]):
    """One license: a string, an object, or the object that a document shows, as a Claim."""

    default_error_messages = f.MESSAGES
    schema = _STATED

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Claim:
        return read_license(value)


class ClaimsField(fields.Field[Any]):
    """The license of an article: one, or a list of alternatives, as a tuple of claims.

    That all rights are reserved is no alternative to a license: on the days of both they are in dispute.
    """

    default_error_messages = f.MESSAGES
    schema = _STATED

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[Claim, ...]:
        if not isinstance(value, list):
            claim = read_license(value)
            return () if claim.status == "unknown" else (claim,)
        claims: tuple[Claim, ...] = f.Items(ClaimField()).deserialize(value)
        return _settle(distinct_claims(claims))


def _settle(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    reserved = [claim for claim in claims if claim.status == ALL_RIGHTS_RESERVED]
    others = [claim for claim in claims if claim.status != ALL_RIGHTS_RESERVED]
    if not any(_overlap(one, other) for one in reserved for other in others):
        return claims
    starts = [claim.start for claim in claims]
    start = max(filter(None, starts)) if all(starts) else None
    return (replace(disputed_claim(claims), start=start),)


def _overlap(one: Claim, other: Claim) -> bool:
    """Whether two claims have a day in common."""
    start = max(one.start or date.min, other.start or date.min)
    return start <= min(one.end or date.max, other.end or date.max)


def read_license(value: Any) -> Claim:
    """The claim that `value` makes; raises ValidationError."""
    if isinstance(value, str):
        if not value.strip():
            raise f.fault("empty", "This may not be empty; leave it out, or say null, where nothing is known.")
        if len(value) > STATEMENT_LIMIT:
            raise f.fault("too-long", f"At most {STATEMENT_LIMIT} characters are taken here, not {len(value)}.")
        return _checked(read_claim, value)
    if not isinstance(value, dict):
        raise f.fault("wrong-type", "A string or an object is needed here.")
    if "status" in value:
        return _read_shown(value)
    claim: Claim = _STATED.load(value)
    return claim


def with_statement(claim: Claim | None, statement: str | None) -> Claim | None:
    """The claim of a license and of the statement beside it together: where they disagree, it is disputed."""
    if statement is None or (claim and statement == claim.statement):
        return None if claim is None or claim.status == "unknown" else claim
    stated = _checked(read_statement, statement, "statement")
    if claim is None or claim.status == "unknown":
        return stated
    named = combine_claims([claim, stated]) if stated.status != "other" else claim
    return replace(named, statement=statement, statement_url=claim.statement_url, start=claim.start, end=claim.end)


def _words(claims: Iterable[Claim]) -> Text:
    """The first words that say more than the license's id or its own address does."""
    said = (claim.statement for claim in claims if claim.license is None or claim.statement != claim.license.url)
    return next(filter(None, said), None)


def _read_shown(value: Mapping[str, Any]) -> Claim:
    """The claim of the object that a document shows; every member must be as the service would show it."""
    blank = render_claim(UNKNOWN)
    given = {**blank, **{name: member for name, member in value.items() if member is not None}}
    strange = {name: [f.MESSAGES["unknown"]] for name in value.keys() - blank.keys()}
    evidence, ill = _caught(lambda: _SHOWN.load({name: value[name] for name in _SHOWN.fields if name in value}))
    candidates = (evidence or {}).get("candidates", ())
    claim, wrong = _caught(lambda: _claim_shown(given, candidates))
    if claim and not wrong:
        wrong = {name: [_MISFIT] for name in _misfits(claim, given) if name in value and name not in _EVIDENCE}
    if strange or ill or wrong or not claim:
        raise ValidationError({**strange, **wrong, **ill})
    shown: Claim = replace(claim, **{name: evidence.get(name) for name in _EVIDENCE})
    return shown


def _caught(read: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """What `read` gives, and the faults that it raises by member."""
    try:
        return read(), {}
    except ValidationError as error:
        return None, error.messages_dict


def _claim_shown(given: Mapping[str, Any], candidates: tuple[str, ...]) -> Claim:
    """The claim that an object with a status names, apart from its evidence."""
    status, id = given["status"], given["id"]
    license = find_license(id) if isinstance(id, str) else None
    if status not in _STATUSES or (license and status != "known"):
        expected = "A license with an id has the status known." if license else "There is no such status."
        raise ValidationError({"status": [f.Coded("not-allowed", expected)]})
    match status:
        case "known" if license is None:
            raise ValidationError({"id": [f.Coded("unknown-license", "There is no such license.")]})
        case "unversioned":
            return replace(_checked(_read_unit, str(given["unit"]), "unit"), statement=None)
        case "other":
            return Claim(status=status, url=_read_terms(given["url"]))
        case "disputed":
            return Claim(status=status, candidates=candidates)
    return Claim(status=status, license=license)


def _read_unit(unit: str) -> Claim:
    """The claim of a type of license whose version is not known."""
    claim = read_claim(f"CC {unit.upper()}")
    if claim.status != "unversioned":
        raise InvalidValue("unknown-license", f"There is no type of license {unit[:100]!r} with several versions.")
    return claim


def _read_terms(url: Any) -> str | None:
    """The address of terms that are no Creative Commons tool."""
    if url is not None and _checked(read_url, str(url), "url").license:
        raise ValidationError({"status": [f.Coded("not-allowed", "The address is that of a known license.")]})
    return url if url is None else str(url)


def _misfits(claim: Claim, given: Mapping[str, Any]) -> list[str]:
    shown = render_claim(claim, given["origin"])
    return [name for name in shown if _plain(shown[name]) != _plain(given[name])]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _checked(read: Callable[[str], Claim], text: str, member: str | None = None) -> Claim:
    try:
        return read(text)
    except InvalidValue as error:
        message = [f.Coded(error.code, error.detail)]
        raise ValidationError({member: message} if member else message) from error
