"""An article as a news item of IPTC ninjs 3.1.

The item has no body, so it is partial; its profile, which may be any text, is our name. ``rightsInfo`` carries either
a link or an expression of rights (3.1, oneOf): here it is the link to the license, where exactly one is known.
"""

from collections.abc import Iterable

import orjson

from service.core.articles import Article, Basis, Creator, Part, claims_of
from service.core.attribution.spans import linkable
from service.core.dates import format_instant
from service.core.grants import Claim
from service.core.terms import terms_url
from service.formats.members import Members, drop_unknown, known, urn_of
from service.formats.rights import (
    copyright_notice,
    word_claim,
    word_credit,
    word_request,
    word_rights,
    word_status,
)
from service.formats.signature import SIGNATURE

_STANDARD = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}
_TYPES = {"image": "picture", "chart": "graphic", "video": "video", "audio": "audio", "quote": "text"}
_STOPPED = ("retracted", "withdrawn")


def render_ninjs(article: Article) -> bytes:
    """The news item."""
    return orjson.dumps(_describe(article))


def _describe(article: Article) -> Members:
    content = article.content
    return known(
        uri=urn_of(article),
        type="text",
        representationType="partial",
        profile=SIGNATURE,
        version=str(article.version),
        firstCreated=format_instant(article.created_at),
        versionCreated=format_instant(article.updated_at),
        contentCreated=_instant(article),
        pubStatus="canceled" if content.status in _STOPPED else "usable",
        **_rights(article),
        edNote="\n".join(_notes(article)),
        language=content.language,
        descriptions=_texts("summary", content.summary),
        headlines=_texts("main", content.title),
        title=content.title,
        **_parties(article),
        by=_byline(content.creators),
        subjects=[*_subjects(article)],
        renditions=_rendition(content.url),
        associations=[*_associate(article)],
        altIds=[{"role": item.scheme, "value": item.value} for item in content.identifiers],
        standard=_STANDARD,
    )


def _instant(article: Article) -> str | None:
    """When it was published, as a ninjs date has to be exact: the first moment that its content is known from."""
    published = article.content.published_at
    return published.text if published and published.precision == "instant" else None


def _rights(article: Article) -> Members:
    return {
        "copyrightHolder": article.content.attribution.copyright_holder,
        "copyrightNotice": article.content.attribution.copyright_notice,
        "usageTerms": "\n".join(_terms(article)),
        "rightsInfo": _linked(claims_of(article)),
    }


def _terms(article: Article) -> Iterable[str]:
    """What may be done and what is asked, line by line."""
    content = article.content
    yield from filter(None, (word_rights(article),))
    for claim in claims_of(article):
        yield from filter(None, (claim.statement, claim.statement_url))
    yield from filter(None, (_notice(article), word_credit(article), *map(word_request, content.requests)))
    yield from filter(None, (content.attribution.disclaimer,))
    if content.more_permissions_url:
        yield f"More permissions: {content.more_permissions_url}"


def _notice(article: Article) -> str | None:
    """The notice that holder and year make where none is stated: that is no statement, but carries the year."""
    return None if article.content.attribution.copyright_notice else copyright_notice(article)


def _linked(claims: Iterable[Claim]) -> Members:
    """The address of the terms; of several only words can speak."""
    urls = [url for url in map(terms_url, claims) if url]
    return {"linkedRights": urls[0]} if len(urls) == 1 else {}


def _notes(article: Article) -> Iterable[str]:
    """The status and the corrections, for the desk that receives the item."""
    yield from filter(None, (word_status(article),))
    for correction in article.content.corrections:
        yield " ".join(filter(None, (f"{correction.at.text}:", correction.text, correction.url)))


def _texts(role: str, value: str | None) -> list[Members]:
    return [{"role": role, "contentType": "text/plain", "value": value}] if value else []


def _parties(article: Article) -> Members:
    """Creators by what they are, the source, and whom to credit."""
    attribution = article.content.attribution
    source = known(name=article.source.name, role="publisher", uri=linkable(article.source.url))
    credit = known(name=attribution.credit, uri=linkable(attribution.credit_url))
    made = _creators(article.content.creators)
    return {**made, "infoSources": [*made["infoSources"], *([{"role": "credit", **credit}] if credit else []), source]}


def _creators(creators: Iterable[Creator]) -> dict[str, list[Members]]:
    """Creators by what they are; those of whom that is not known, ninjs knows as sources alone."""
    by_kind: dict[str | None, list[Creator]] = {"person": [], "organization": [], None: []}
    for creator in creators:
        by_kind[creator.kind].append(creator)
    return {
        "people": [_party(item, "rel") for item in by_kind["person"]],
        "organisations": [_party(item, "rel") for item in by_kind["organization"]],
        "infoSources": [_party(item, "role") for item in by_kind[None]],
    }


def _party(creator: Creator, relation: str) -> Members:
    return drop_unknown(
        {"name": creator.name, relation: creator.role, "uri": linkable(creator.orcid) or linkable(creator.url)}
    )


def _byline(creators: Iterable[Creator]) -> str:
    """The names, with what anybody did who is no author."""
    return ", ".join(item.name if item.role == "author" else f"{item.name} ({item.role})" for item in creators)


def _subjects(article: Article) -> Iterable[Members]:
    if article.content.section:
        yield {"name": article.content.section, "rel": "section"}
    yield from ({"name": keyword, "rel": "keyword"} for keyword in article.content.keywords)


def _rendition(url: str | None) -> list[Members]:
    address = linkable(url)
    return [{"name": "web", "href": address}] if address else []


def _associate(article: Article) -> Iterable[Members]:
    """The parts, and the works that it is made from; each has a URI of its own, for addresses are renditions."""
    for index, part in enumerate(article.content.parts):
        yield _part(part, f"{urn_of(article)}#part-{index}")
    for index, basis in enumerate(article.content.based_on):
        yield _basis(basis, f"urn:uuid:{basis.article}" if basis.article else f"{urn_of(article)}#basis-{index}")


def _part(part: Part, uri: str) -> Members:
    return known(
        uri=uri,
        name=part.title or part.kind,
        rel="part",
        type=_TYPES.get(part.kind),
        title=part.title,
        by=part.creator,
        usageTerms="\n".join(filter(None, (_word(part.license), part.credit and f"Credit: {part.credit}"))),
        rightsInfo=_linked([part.license]),
        renditions=_rendition(part.url),
    )


def _basis(basis: Basis, uri: str) -> Members:
    return known(
        uri=uri,
        name=basis.title or basis.relation,
        rel=basis.relation,
        title=basis.title,
        by=_byline(basis.creators),
        **_creators(basis.creators),
        edNote=basis.changes,
        usageTerms=_word(basis.license),
        rightsInfo=_linked([basis.license]),
        renditions=_rendition(basis.url),
    )


def _word(claim: Claim) -> str:
    return " ".join(filter(None, (word_claim(claim), terms_url(claim))))
