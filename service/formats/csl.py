"""An article as an item of CSL-JSON, as citation processors read it.

Names are literal, since a record does not say which of their words is the family name. What CSL has no variable for is
in ``custom`` (schema 1.0.2).
"""

import re
from collections.abc import Iterable
from typing import Any

import orjson

from service.core.articles import Article, Creator, claims_of
from service.core.attribution.spans import linkable
from service.core.dates import PartialDate
from service.core.terms import terms_urls
from service.formats.members import Members, drop_unknown, known, urn_of
from service.formats.rights import word_rights
from service.formats.signature import SIGNATURE

_LENGTHS = {"instant": 3, "day": 3, "month": 2, "year": 1}
_SCHEMES = {"doi": "DOI", "issn": "ISSN", "pmid": "PMID"}
_ROLES = ("author", "translator", "editor", "contributor")
_SEPARATORS = re.compile(r"[,;\n]|^\s|\s$")


def render_csl(article: Article) -> bytes:
    """One item, as resolvers of DOIs give it for this media type."""
    return orjson.dumps(_describe(article))


def _describe(article: Article) -> Members:
    content = article.content
    return drop_unknown(
        {
            "id": urn_of(article),
            "type": "article-newspaper",
            "title": content.title,
            **_names(content.creators),
            "issued": _date(content.published_at),
            "container-title": article.source.name,
            "section": content.section,
            "abstract": content.summary,
            "keyword": ", ".join(content.keywords),
            "language": content.language,
            "URL": linkable(content.url),
            **{_SCHEMES[item.scheme]: item.value for item in content.identifiers if item.scheme in _SCHEMES},
            "status": content.status,
            "note": word_rights(article),
            **_original(article),
            "custom": _custom(article),
        }
    )


def _names(creators: Iterable[Creator]) -> Members:
    names: dict[str, list[Members]] = {}
    for creator in creators:
        role = creator.role if creator.role in _ROLES else "contributor"
        names.setdefault(role, []).append({"literal": creator.name})
    return dict(names)


def _date(date: PartialDate | None) -> Members | None:
    if date is None:
        return None
    first = date.first
    parts: list[Any] = [first.year, first.month, first.day]
    return {"date-parts": [parts[: _LENGTHS[date.precision]]]}


def _original(article: Article) -> Members:
    """The work that it is a translation of, by title and authors."""
    basis = next((item for item in article.content.based_on if item.relation == "translation"), None)
    if basis is None:
        return {}
    authors = [{"literal": creator.name} for creator in basis.creators]
    return {"original-title": basis.title, "original-author": authors}


def _custom(article: Article) -> Members:
    """What CSL has no variable for, or none that is exact enough."""
    content, attribution = article.content, article.content.attribution
    published, licenses = content.published_at, [claim.license for claim in claims_of(article) if claim.license]
    return known(
        generator=SIGNATURE,
        license=list(terms_urls(article)),
        spdx=[license.spdx for license in licenses if license.spdx],
        credit=attribution.credit,
        requested_credit=attribution.requested,
        copyright=attribution.copyright_notice,
        copyright_holder=attribution.copyright_holder,
        copyright_year=attribution.copyright_year,
        identifiers=[{"scheme": item.scheme, "value": item.value} for item in content.identifiers],
        published_at=published.text if published and published.precision == "instant" else None,
        keywords=list(content.keywords) if any(map(_SEPARATORS.search, content.keywords)) else [],
    )
