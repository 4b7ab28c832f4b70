"""An article as the attributes of a DOI in DataCite's JSON, schema 4.6.

What is mandatory there and not known here is ``:unkn`` (appendix 3). The year of publication takes nothing but a year:
DataCite has the year of registration where the date of publication cannot be told, and ``dates`` says so.
"""

from collections.abc import Iterable

import orjson

from service.core.articles import Article, Basis, Creator, Part, claims_of
from service.core.attribution.spans import linkable
from service.core.dates import format_instant
from service.core.grants import Claim
from service.core.terms import terms_url
from service.formats.members import Members, each_once, known
from service.formats.rights import word_claim, word_status
from service.formats.signature import SIGNATURE

_UNKNOWN, _UNTITLED = ":unkn", ":unas"
_KINDS = {"person": "Personal", "organization": "Organizational"}
_ROLES = {"editor": "Editor", "translator": "Translator"}
_RELATIONS = {"translation": "IsTranslationOf", "version": "IsVersionOf"}
_PARTS = {"image": "Image", "chart": "Image", "video": "Audiovisual", "audio": "Sound", "quote": "Text"}
_SPDX = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
_CORRECTION = "Correction."

NO_DATE = "When the record was made; the date of publication is not known."
"""The remark on a date that tells that the year of publication is none."""

NOTICE = "copyright-notice"
"""What stands for the id of a license in the entry that has the copyright notice."""


def render_datacite(article: Article) -> bytes:
    """The attributes of a DOI."""
    return orjson.dumps(_describe(article))


def _describe(article: Article) -> Members:
    content = article.content
    authors = [_person(item) for item in content.creators if item.role == "author"]
    return known(
        doi=_value(article, "doi"),
        url=linkable(content.url),
        types={"resourceTypeGeneral": "Text", "resourceType": "News article"},
        creators=authors or [{"name": _UNKNOWN}],
        titles=[known(title=content.title, lang=content.language)],
        publisher={"name": article.source.name or _UNKNOWN},
        publicationYear=_year(article),
        subjects=each_once(_subjects(article)),
        contributors=[*_contributors(article)],
        dates=each_once(_dates(article)),
        language=content.language,
        alternateIdentifiers=each_once(_alternates(article)),
        relatedIdentifiers=[_relate(basis) for basis in content.based_on if linkable(basis.url)],
        relatedItems=each_once((*map(_item, content.parts), *_origins(content.based_on))),
        version=str(article.version),
        rightsList=each_once(_rights(article)),
        descriptions=[*_descriptions(article)],
        schemaVersion="http://datacite.org/schema/kernel-4",
    )


def _value(article: Article, scheme: str) -> str | None:
    return next((item.value for item in article.content.identifiers if item.scheme == scheme), None)


def _person(creator: Creator) -> Members:
    orcid = {"nameIdentifier": creator.orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
    return known(
        name=creator.name,
        nameType=_KINDS.get(creator.kind or ""),
        nameIdentifiers=[orcid] if creator.orcid else [],
        affiliation=[{"name": creator.affiliation}] if creator.affiliation else [],
    )


def _year(article: Article) -> str:
    published, year = article.content.published_at, article.content.attribution.copyright_year
    if published:
        return published.text[:4]
    return f"{year or article.created_at.year:04}"


def _subjects(article: Article) -> Iterable[Members]:
    """The section, which is told apart by its scheme, and the keywords."""
    if article.content.section:
        yield {"subject": article.content.section, "subjectScheme": "section"}
    yield from ({"subject": keyword} for keyword in article.content.keywords)


def _contributors(article: Article) -> Iterable[Members]:
    attribution = article.content.attribution
    for creator in article.content.creators:
        if creator.role != "author":
            yield {**_person(creator), "contributorType": _ROLES.get(creator.role, "Other")}
    if attribution.copyright_holder:
        yield {"name": attribution.copyright_holder, "contributorType": "RightsHolder"}
    if attribution.credit:
        yield {"name": attribution.credit, "contributorType": "Distributor"}


def _dates(article: Article) -> Iterable[Members]:
    content = article.content
    if content.published_at:
        yield {"date": content.published_at.text, "dateType": "Issued"}
    else:
        recorded = format_instant(article.created_at)
        yield {"date": recorded, "dateType": "Other", "dateInformation": NO_DATE}
    if content.modified_at:
        yield {"date": content.modified_at.text, "dateType": "Updated"}
    if content.attribution.copyright_year:
        yield {"date": f"{content.attribution.copyright_year:04}", "dateType": "Copyrighted"}
    for correction in content.corrections:
        yield {"date": correction.at.text, "dateType": "Updated", "dateInformation": correction.text or _CORRECTION}


def _alternates(article: Article) -> Iterable[Members]:
    yield {"alternateIdentifier": article.id, "alternateIdentifierType": "UUID"}
    for item in article.content.identifiers:
        if item.scheme != "doi" or item.value != _value(article, "doi"):
            yield {"alternateIdentifier": item.value, "alternateIdentifierType": item.scheme}


def _relate(basis: Basis) -> Members:
    return {
        "relatedIdentifier": linkable(basis.url),
        "relatedIdentifierType": "URL",
        "relationType": _relation(basis),
    }


def _relation(basis: Basis) -> str:
    return _RELATIONS.get(basis.relation, "IsDerivedFrom")


def _item(part: Part) -> Members:
    return known(
        titles=[{"title": part.title or _UNTITLED}],
        relatedItemType=_PARTS.get(part.kind, "Other"),
        relationType="HasPart",
        relatedItemIdentifier=_address(part.url),
        creators=[{"name": part.creator}] if part.creator else [],
    )


def _origins(bases: Iterable[Basis]) -> Iterable[Members]:
    """The works that it is made from, as far as more is known of them than an address."""
    for basis in bases:
        if basis.title or basis.creators:
            yield known(
                titles=[{"title": basis.title or _UNTITLED}],
                relatedItemType="Text",
                relationType=_relation(basis),
                relatedItemIdentifier=_address(basis.url),
                creators=[
                    known(name=creator.name, nameType=_KINDS.get(creator.kind or "")) for creator in basis.creators
                ],
            )


def _address(url: str | None) -> Members | None:
    address = linkable(url)
    return {"relatedItemIdentifier": address, "relatedItemIdentifierType": "URL"} if address else None


def _rights(article: Article) -> Iterable[Members]:
    """Each license by its name, address and SPDX id, then the copyright notice as stated.

    What no address stands for has our name for its scheme, so that nobody takes other words for it.
    """
    yield from (_right(claim) for claim in claims_of(article))
    notice = article.content.attribution.copyright_notice
    if notice:
        yield {"rights": notice, "rightsIdentifier": NOTICE, "rightsIdentifierScheme": SIGNATURE}


def _right(claim: Claim) -> Members:
    spdx = claim.license.spdx if claim.license else None
    url = terms_url(claim)
    named = {"rightsIdentifier": spdx, **_SPDX} if spdx else {}
    if url is None:
        named = {"rightsIdentifier": claim.status, "rightsIdentifierScheme": SIGNATURE}
    return known(rights=word_claim(claim), rightsUri=url, **named)


def _descriptions(article: Article) -> Iterable[Members]:
    content = article.content
    if content.summary:
        yield known(description=content.summary, descriptionType="Abstract", lang=content.language)
    if status := word_status(article):
        yield {"description": status, "descriptionType": "Other"}
