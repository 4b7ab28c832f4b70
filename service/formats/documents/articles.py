"""An article as its JSON document, and back."""

from dataclasses import fields
from datetime import date
from typing import Any

import orjson

from service.core.articles import (
    AiTerms,
    Article,
    Attribution,
    Basis,
    Content,
    Correction,
    Creator,
    Part,
    Request,
    Shown,
    SourceName,
)
from service.core.dates import PartialDate, format_instant
from service.core.grants import UNKNOWN
from service.core.identifiers import Identifier
from service.formats.documents.claims import Document, read_claim_document, render_claim
from service.formats.documents.line_separators import escape_separators

_CREATOR = dict.fromkeys(("name", "role", "kind", "url", "orcid", "affiliation"))
_LICENSE: Document = dict.fromkeys(render_claim(UNKNOWN))
MEMBERS: Document = {
    **dict.fromkeys(("id", "version", "url", "title", "language", "published_at", "modified_at", "summary", "section")),
    **dict.fromkeys(("keywords", "more_permissions_url", "status", "created_at", "updated_at")),
    "links": dict.fromkeys(("self", "attribution", "grants", "versions", "source", "license")),
    "source": dict.fromkeys(("id", "name", "url")),
    "creators": _CREATOR,
    "identifiers": dict.fromkeys(("scheme", "value")),
    "license": _LICENSE,
    "licenses": _LICENSE,
    "requests": dict.fromkeys(("kind", "text", "url")),
    "attribution": dict.fromkeys(field.name for field in fields(Attribution)),
    "parts": {**dict.fromkeys(("kind", "url", "title", "creator", "credit")), "license": _LICENSE},
    "based_on": {
        **dict.fromkeys(("relation", "url", "article", "title", "changes")),
        "creators": _CREATOR,
        "license": _LICENSE,
    },
    "ai_terms": dict.fromkeys(field.name for field in fields(AiTerms)),
    "corrections": dict.fromkeys(("at", "text", "url")),
}
"""Every member of the document, as ``fields=`` may name it."""

READ_ONLY = frozenset({"id", "version", "created_at", "updated_at", "licenses", "links"})


def render_article(article: Article) -> bytes:
    """The document of `article` as it is stored and served."""
    content = article.content
    licenses = [render_claim(shown.claim, shown.origin) for shown in article.licenses]
    document = orjson.dumps(
        {
            "id": article.id,
            "version": article.version,
            "url": content.url,
            "title": content.title,
            "source": article.source,
            "creators": content.creators,
            "language": content.language,
            "published_at": _date(content.published_at),
            "modified_at": _date(content.modified_at),
            "summary": content.summary,
            "section": content.section,
            "keywords": content.keywords,
            "identifiers": content.identifiers,
            "license": render_claim(article.license.claim, article.license.origin),
            "licenses": licenses,
            "requests": content.requests,
            "attribution": content.attribution,
            "parts": [_part(part) for part in content.parts],
            "based_on": [_basis(basis) for basis in content.based_on],
            "more_permissions_url": content.more_permissions_url,
            "ai_terms": content.ai_terms,
            "status": content.status,
            "corrections": [_correction(correction) for correction in content.corrections],
            "created_at": format_instant(article.created_at),
            "updated_at": format_instant(article.updated_at),
            "links": _links(article),
        }
    )
    return escape_separators(document)


def read_article(document: bytes) -> Article:
    """The article that `render_article` made `document` from."""
    members: Document = orjson.loads(document)
    return Article(
        id=members["id"],
        version=members["version"],
        created_at=PartialDate.parse(members["created_at"]).first,
        updated_at=PartialDate.parse(members["updated_at"]).first,
        content=_read_content(members),
        source=SourceName(**members["source"]),
        license=_read_shown(members["license"]),
        licenses=tuple(_read_shown(item) for item in members["licenses"]),
    )


def add_as_of(document: bytes, day: date) -> bytes:
    """`document`, which shows what stood on `day`, with a member that says so."""
    return document[:-1] + f',"as_of":"{day}"}}'.encode()


def _links(article: Article) -> dict[str, str]:
    self = f"/v1/articles/{article.id}"
    links = {
        "self": self,
        "attribution": f"{self}/attribution",
        "grants": f"{self}/grants",
        "versions": f"{self}/versions",
        "source": f"/v1/sources/{article.source.id}",
    }
    if article.license.claim.license:
        links["license"] = f"/v1/licenses/{article.license.claim.license.id}"
    return links


def _part(part: Part) -> Document:
    return {
        "kind": part.kind,
        "url": part.url,
        "title": part.title,
        "creator": part.creator,
        "license": render_claim(part.license),
        "credit": part.credit,
    }


def _basis(basis: Basis) -> Document:
    return {
        "relation": basis.relation,
        "url": basis.url,
        "article": basis.article,
        "title": basis.title,
        "creators": basis.creators,
        "license": render_claim(basis.license),
        "changes": basis.changes,
    }


def _correction(correction: Correction) -> Document:
    return {"at": correction.at.text, "text": correction.text, "url": correction.url}


def _date(value: PartialDate | None) -> str | None:
    return value.text if value else None


def _read_content(members: Document) -> Content:
    return Content(
        url=members["url"],
        title=members["title"],
        creators=_read_creators(members["creators"]),
        language=members["language"],
        published_at=_read_date(members["published_at"]),
        modified_at=_read_date(members["modified_at"]),
        summary=members["summary"],
        section=members["section"],
        keywords=tuple(members["keywords"]),
        identifiers=tuple(Identifier(**item) for item in members["identifiers"]),
        requests=tuple(Request(**item) for item in members["requests"]),
        attribution=Attribution(**members["attribution"]),
        parts=tuple(Part(**_with_claim(item)) for item in members["parts"]),
        based_on=tuple(_read_basis(item) for item in members["based_on"]),
        more_permissions_url=members["more_permissions_url"],
        ai_terms=AiTerms(**members["ai_terms"]),
        status=members["status"],
        corrections=tuple(_read_correction(item) for item in members["corrections"]),
    )


def _read_creators(items: list[Document]) -> tuple[Creator, ...]:
    return tuple(Creator(**item) for item in items)


def _read_date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _with_claim(item: Document) -> dict[str, Any]:
    return {**item, "license": read_claim_document(item["license"])}


def _read_basis(item: Document) -> Basis:
    return Basis(**{**_with_claim(item), "creators": _read_creators(item["creators"])})


def _read_correction(item: Document) -> Correction:
    return Correction(at=PartialDate.parse(item["at"]), text=item["text"], url=item["url"])


def _read_shown(item: Document) -> Shown:
    return Shown(claim=read_claim_document(item), origin=item["origin"])
