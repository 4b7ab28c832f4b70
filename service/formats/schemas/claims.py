"""The ``license`` member, in every form that a client may give it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError, fields

from service.core.articles import Text
from service.core.catalogue import find_license
from service.core.errors import InvalidValue
from service.core.grants import UNKNOWN, Claim
from service.core.statements import combine_claims, read_claim, read_id, read_statement, read_url
from service.formats.documents.claims import read_claim_document, render_claim
from service.formats.schemas import fields as f
from service.formats.schemas.loading import StrictSchema

STATEMENT_LIMIT = 10_000
URL_LIMIT = 8192


class StatedSchema(StrictSchema):
    """``{id or url or statement, statement_url, start, end}``."""

    id = f.text(100, least=1)
    url = f.text(URL_LIMIT, least=1)
    statement = f.text(STATEMENT_LIMIT)
    statement_url = f.url()
    start = f.day()
    end = f.day()


_STATED = StatedSchema()


class ClaimField(fields.Field[Any]):
    """One license: a string, an object, or the object that a document shows, as a Claim."""

    default_error_messages = f.MESSAGES
    schema = _STATED

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Claim:
        return read_license(value)


class ClaimsField(fields.Field[Any]):
    """The license of an article: one, or a list of alternatives, as a tuple of claims."""

    default_error_messages = f.MESSAGES
    schema = _STATED

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[Claim, ...]:
        if not isinstance(value, list):
            claim = read_license(value)
            return () if claim.status == "unknown" else (claim,)
        claims: tuple[Claim, ...] = f.Items(ClaimField()).deserialize(value)
        return claims


def read_license(value: Any) -> Claim:
    """The claim that `value` makes; raises ValidationError."""
    if isinstance(value, str):
        if len(value) > STATEMENT_LIMIT:
            raise f.fault("too-long", f"At most {STATEMENT_LIMIT} characters are taken here, not {len(value)}.")
        return _checked(read_claim, value)
    if not isinstance(value, dict):
        raise f.fault("wrong-type", "A string or an object is needed here.")
    if "status" in value:
        return _read_shown(value)
    return _read_stated(_STATED.load(value))


def _read_stated(stated: Mapping[str, Any]) -> Claim:
    """The claim of an id, a URL and a statement together: where they disagree, it is disputed."""
    readers: dict[str, Callable[[str], Claim]] = {"id": read_id, "url": read_url, "statement": read_statement}
    claims = [_checked(read, stated[name], name) for name, read in readers.items() if name in stated]
    named = [claim for claim in claims if claim.status != "other" or claim.url]
    if not claims:
        raise f.fault("required", "One of id, url and statement is needed.")
    claim = combine_claims(named or claims)
    start, end = stated.get("start"), stated.get("end")
    if start and end and end < start:
        raise ValidationError({"end": [f.Coded("out-of-range", "The last day lies before the first.")]})
    statement: Text = stated.get("statement") or claim.statement or _words(claims)
    return replace(claim, statement=statement, statement_url=stated.get("statement_url"), start=start, end=end)


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
    strange = {name: [f.Coded("unknown-member", "There is no such member.")] for name in value if name not in blank}
    if strange:
        raise ValidationError(strange)
    given = {**blank, **{name: member for name, member in value.items() if member is not None}}
    claim = _rebuilt(given)
    shown = render_claim(claim, given["origin"])
    wrong = [name for name in shown if _plain(shown[name]) != _plain(given[name]) and name in value]
    if wrong:
        raise ValidationError(
            {name: [f.Coded("read-only", "This does not fit the license that is named.")] for name in wrong}
        )
    return claim


def _rebuilt(given: dict[str, Any]) -> Claim:
    if given["status"] == "known":
        if not isinstance(given["id"], str) or find_license(given["id"]) is None:
            raise ValidationError({"id": [f.Coded("unknown-license", "There is no such license.")]})
    elif given["status"] == "unversioned":
        stated = _checked(read_claim, f"CC {str(given['unit']).upper()}", "unit")
        given = {**given, "candidates": stated.candidates}
    elif given["status"] == "other" and given["url"] is not None:
        _checked(read_url, str(given["url"]), "url")
    elif given["status"] not in ("other", "all-rights-reserved", "unknown", "disputed"):
        raise ValidationError({"status": [f.Coded("not-allowed", "There is no such status.")]})
    stated_members = {name: given[name] for name in ("statement", "statement_url", "start", "end")}
    checked: Any = _STATED.load(stated_members)
    if not isinstance(given["candidates"], list | tuple) or not all(
        isinstance(item, str) for item in given["candidates"]
    ):
        raise ValidationError({"candidates": [f.Coded("wrong-type", "A list of strings is needed here.")]})
    members = {**given, "id": given["id"] if given["status"] == "known" else None, "start": None, "end": None}
    return replace(read_claim_document(members), **checked)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _checked(read: Callable[[str], Claim], text: str, member: str | None = None) -> Claim:
    try:
        return read(text)
    except InvalidValue as error:
        message = [f.Coded(error.code, error.detail)]
        raise ValidationError({member: message} if member else message) from error
