"""A grant, an entry of an article's license ledger, as its JSON document."""

import orjson

from service.core.dates import format_instant
from service.core.grants import Grant
from service.formats.documents.claims import render_claim

READ_ONLY = frozenset({"n", "offer", "recorded_at", "recorded_by", "state", "reason", "links"})


def render_grant(article: str, grant: Grant) -> bytes:
    """The document of a grant of the article with the id `article`."""
    claim = grant.claim
    license = render_claim(claim, grant.origin)
    return orjson.dumps(
        {
            "n": grant.n,
            "offer": grant.offer,
            "license": license,
            "scope": grant.scope,
            "start": license["start"],
            "end": license["end"],
            "statement": claim.statement,
            "statement_url": claim.statement_url,
            "origin": grant.origin,
            "recorded_at": format_instant(grant.recorded_at),
            "recorded_by": grant.recorded_by,
            "state": grant.state,
            "reason": grant.reason,
            "links": {"self": f"/v1/articles/{article}/grants/{grant.n}", "article": f"/v1/articles/{article}"},
        }
    )
