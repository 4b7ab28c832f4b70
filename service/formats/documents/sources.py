"""A source as its JSON document, and back."""

from functools import lru_cache

import orjson

from service.core.articles import AiTerms, Request
from service.core.dates import PartialDate, format_instant, parse_day
from service.core.sources import Policy, Source, SourceContent
from service.formats.documents.claims import Document, read_claim_document, render_claim
from service.formats.documents.line_separators import escape_separators

READ_ONLY = frozenset({"version", "created_at", "updated_at", "links"})


def render_source(source: Source) -> bytes:
    """The document of `source` as it is stored and served."""
    content = source.content
    document = orjson.dumps(
        {
            "id": source.id,
            "version": source.version,
            "name": content.name,
            "url": content.url,
            "country": content.country,
            "language": content.language,
            "credit": content.credit,
            "policies": [_policy(policy) for policy in content.policies],
            "requests": content.requests,
            "ai_terms": content.ai_terms,
            "more_permissions_url": content.more_permissions_url,
            "created_at": format_instant(source.created_at),
            "updated_at": format_instant(source.updated_at),
            "links": {"self": f"/v1/sources/{source.id}", "articles": f"/v1/articles?source={source.id}"},
        }
    )
    return escape_separators(document)


@lru_cache(maxsize=256)
def read_source(document: bytes) -> Source:
    """The source that `render_source` made `document` from."""
    members: Document = orjson.loads(document)
    return Source(
        id=members["id"],
        version=members["version"],
        created_at=PartialDate.parse(members["created_at"]).first,
        updated_at=PartialDate.parse(members["updated_at"]).first,
        content=SourceContent(
            name=members["name"],
            url=members["url"],
            country=members["country"],
            language=members["language"],
            credit=members["credit"],
            policies=tuple(_read_policy(item) for item in members["policies"]),
            requests=tuple(Request(**item) for item in members["requests"]),
            ai_terms=AiTerms(**members["ai_terms"]),
            more_permissions_url=members["more_permissions_url"],
        ),
    )


def _policy(policy: Policy) -> Document:
    return {
        "license": render_claim(policy.claim),
        "statement": policy.claim.statement,
        "statement_url": policy.claim.statement_url,
        "valid_from": policy.valid_from.isoformat() if policy.valid_from else None,
        "valid_to": policy.valid_to.isoformat() if policy.valid_to else None,
    }


def _read_policy(item: Document) -> Policy:
    valid_from, valid_to = item["valid_from"], item["valid_to"]
    return Policy(
        claim=read_claim_document(item["license"]),
        valid_from=parse_day(valid_from) if valid_from else None,
        valid_to=parse_day(valid_to) if valid_to else None,
    )
