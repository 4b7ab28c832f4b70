"""An article as a NewsArticle of schema.org in JSON-LD.

The work itself is described by the model of credits; what a credit does not need is added here. Texts are as recorded,
but for that of the credit. Terms of schema.org 2026-08.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from service.core.articles import Article, Correction, claims_of
from service.core.attribution import Credit, credit_work, work_of
from service.core.attribution.spans import linkable
from service.core.grants import Claim
from service.core.terms import terms_url, terms_urls
from service.formats.members import Members, drop_unknown, known, urn_of
from service.formats.provider import Provider
from service.formats.rights import OTHER_TERMS, word_claim
from service.formats.signature import SIGNATURE

TDM_POLICY = "TDM policy"
"""The name of the work in ``usageInfo`` that the terms for machines are."""

_DOI = "https://doi.org/"


def render_schema_org(article: Article, provider: Provider) -> bytes:
    """The document; no text in it can close a script element that it is pasted into (HTML s. 4.12.1.3)."""
    return dump_linked_data(describe_article(article, credit_work(work_of(article)), provider))


def dump_linked_data(described: Mapping[str, Any]) -> bytes:
    """JSON-LD that may be pasted into a script element."""
    return orjson.dumps(described).replace(b"<", b"\\u003c")


def describe_article(article: Article, credit: Credit, provider: Provider) -> Members:
    """The members of the document, with the text of `credit` as ``creditText``."""
    content = article.content
    return drop_unknown(
        {
            **credit.jsonld,
            "@type": "NewsArticle",
            "name": content.title,
            "headline": content.title,
            "mainEntityOfPage": linkable(content.url),
            **_identify(article),
            "description": content.summary,
            "articleSection": content.section,
            "keywords": list(content.keywords),
            "dateModified": content.modified_at.text if content.modified_at else None,
            "creativeWorkStatus": content.status,
            "correction": [_correct(correction) for correction in content.corrections],
            **_bases(article, credit),
            **_rights(article),
            "usageInfo": [*_usage(article, provider)],
            **_record(article, provider),
        }
    )


def _identify(article: Article) -> Members:
    identifiers = article.content.identifiers
    pairs = [(SIGNATURE, article.id), *((item.scheme, item.value) for item in identifiers)]
    named = [{"@type": "PropertyValue", "propertyID": scheme, "value": value} for scheme, value in pairs]
    dois = [linkable(f"{_DOI}{item.value}") for item in identifiers if item.scheme == "doi"]
    return {"identifier": [urn_of(article), *named], "sameAs": [doi for doi in dois if doi]}


def _correct(correction: Correction) -> Members:
    about = known(text=correction.text, url=linkable(correction.url), datePublished=correction.at.text)
    return {"@type": "CorrectionComment", **about}


def _bases(article: Article, credit: Credit) -> Members:
    """What it is made from; a translation has a property of its own, and ids of ours are added."""
    found: dict[str, list[Members]] = {"isBasedOn": [], "translationOfWork": []}
    described: Any = credit.jsonld.get("isBasedOn", [])
    for basis, work in zip(article.content.based_on, described, strict=True):
        property = "translationOfWork" if basis.relation == "translation" else "isBasedOn"
        found[property].append({**work, **known(identifier=f"urn:uuid:{basis.article}" if basis.article else None)})
    return {**found}


def _rights(article: Article) -> Members:
    attribution, urls = article.content.attribution, terms_urls(article)
    return {
        "license": urls[0] if len(urls) == 1 else list(urls),
        "copyrightNotice": attribution.copyright_notice,  # one that is made of holder and year says nothing new
        "copyrightHolder": known(name=attribution.copyright_holder),
        "copyrightYear": attribution.copyright_year,
    }


def _usage(article: Article, provider: Provider) -> Iterable[str | Members]:
    """Where more is said of the use of the article: by this service, by its evidence, and by its publisher."""
    content = article.content
    yield from filter(None, (linkable(f"{provider.address}/v1/articles/{article.id}/permission?use=republish"),))
    policy = known(name=TDM_POLICY, url=linkable(content.ai_terms.tdm_policy))
    asked = [known(name=item.kind, text=item.text, url=linkable(item.url)) for item in content.requests]
    about = [policy if "url" in policy else {}, *map(_evidence, claims_of(article)), *asked]
    yield from ({"@type": "CreativeWork", **work} for work in about if work)


def _evidence(claim: Claim) -> Members:
    """What says a license, and the claim by name where no address says it."""
    url, said = terms_url(claim), known(text=claim.statement, url=linkable(claim.statement_url))
    if url:
        return {**said, "about": {"@id": url}} if said else {}
    return {"name": OTHER_TERMS if claim.status == "other" else word_claim(claim), **said}


def _record(article: Article, provider: Provider) -> Members:
    """What is said of the record itself, under its own license."""
    license = provider.metadata_license
    return {
        "version": article.version,
        "sdLicense": license.url if license else None,
        "sdDatePublished": article.updated_at.date().isoformat(),
    }
