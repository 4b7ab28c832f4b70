"""A source as a client sends it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError

from service.core.errors import InvalidValue
from service.core.sources import Policy, SourceContent
from service.core.statements import combine_claims
from service.formats.documents.sources import READ_ONLY
from service.formats.merge_patch import merge_patch
from service.formats.schemas import fields as f
from service.formats.schemas.articles import NAME, AiTermsSchema, RequestSchema
from service.formats.schemas.claims import STATEMENT_LIMIT, ClaimField, read_license
from service.formats.schemas.loading import Errors, StrictSchema, load, without_read_only


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise InvalidValue("invalid-country", "A country is its two letters by ISO 3166-1, such as IR.")
    return text.upper()


class PolicySchema(StrictSchema):
    """A license for everything that a source publishes in a span of days; the statement alone will do."""

    license = ClaimField(allow_none=True)
    statement = f.text(STATEMENT_LIMIT, least=1)
    statement_url = f.url()
    valid_from = f.day()
    valid_to = f.day()

    def check(self, members: dict[str, Any]) -> Errors:
        """The days must be in order."""
        first, last = members.get("valid_from"), members.get("valid_to")
        if first and last and last < first:
            return {"valid_to": [f.Coded("out-of-range", "The last day lies before the first.")]}
        return {}

    def make(self, members: dict[str, Any]) -> Any:
        """The policy; where license and statement disagree, it is disputed."""
        claim, statement = members.get("license"), members.get("statement")
        if claim is None and statement is None:
            raise ValidationError({"license": [f.Coded("required", "A policy needs a license or a statement.")]})
        claims = [claim] if claim else []
        if statement and (not claim or statement != claim.statement):
            stated = read_license({"statement": statement})
            claims += [stated] if not claims or stated.status != "other" else []
        claim = combine_claims(claims)
        claim = replace(claim, statement=statement or claim.statement, statement_url=members.get("statement_url"))
        return Policy(claim=claim, valid_from=members.get("valid_from"), valid_to=members.get("valid_to"))


class SourceSchema(StrictSchema):
    """A source; only the name is required."""

    makes = SourceContent
    name = f.text(NAME, least=1, required=True)
    url = f.main_url()
    country = f.Checked(_country, allow_none=True)
    language = f.language()
    credit = f.text(NAME)
    policies = f.Items(f.Object(PolicySchema, allow_none=False))
    requests = f.Items(f.Object(RequestSchema, allow_none=False))
    ai_terms = f.Object(AiTermsSchema)
    more_permissions_url = f.url()


SOURCE = SourceSchema()


class NamedSourceSchema(SourceSchema):
    """A new source, which may bring its slug as ``id``."""

    id = f.slug()

    def make(self, members: dict[str, Any]) -> Any:
        """The slug, if there is one, and the source."""
        slug = members.pop("id", None)
        return slug, self.makes(**members)


_NEW_SOURCE = NamedSourceSchema()


def load_new_source(body: Mapping[str, Any]) -> tuple[str | None, SourceContent]:
    """A source as POST takes it, with its slug if it brings one; raises Invalid."""
    members, faults = without_read_only(body, READ_ONLY, None)
    named: tuple[str | None, SourceContent] = load(_NEW_SOURCE, members, faults)
    return named


def load_source(body: Mapping[str, Any], slug: str, present: Mapping[str, Any] | None) -> SourceContent:
    """A whole source as PUT takes it for the source `slug`; raises Invalid."""
    members, faults = without_read_only(body, READ_ONLY | {"id"}, {**(present or {}), "id": slug})
    content: SourceContent = load(SOURCE, members, faults)
    return content


def load_patched_source(patch: Mapping[str, Any], slug: str, present: Mapping[str, Any]) -> SourceContent:
    """The `present` source with a merge patch (RFC 7396) applied; raises Invalid."""
    merged = merge_patch(present, patch)
    assert isinstance(merged, dict), "a patch that is an object makes an object"
    return load_source(merged, slug, present)
