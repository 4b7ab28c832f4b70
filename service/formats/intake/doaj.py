"""Articles of the Directory of Open Access Journals.

Several licenses in a record are those that the journal has, of which the article is under one: that is a dispute, not
a choice.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.intake.addresses import address_of_doi, each_identifier_once, first_address, read_identifier
from service.formats.intake.markup_words import read_heading, read_markup
from service.formats.intake.person_names import read_orcid
from service.formats.intake.record_dates import read_date
from service.formats.intake.stated_rights import Offer, license_of
from service.formats.intake.stated_terms import Terms, dispute_terms
from service.formats.intake.values import (
    Stated,
    each_text_once,
    first_text,
    items_of,
    object_of,
    objects_of,
    text_of,
    texts_of,
    word_of,
)
from service.formats.members import Members, known

_ISSNS = {"pissn", "eissn", "issn"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ELEMENTS = ("BY", "NC", "SA", "ND")


def list_records(document: object) -> list[Any]:
    """The articles of an answer of the API, of a list, or the one article."""
    if isinstance(document, list):
        return document
    results = object_of(document).get("results")
    return results if isinstance(results, list) else [document]


def read_article(record: Mapping[str, Any]) -> Stated:
    """What an article of the directory states, in ``bibjson`` or bare."""
    article = object_of(record.get("bibjson")) or record
    journal = object_of(article.get("journal"))
    identifiers = objects_of(article.get("identifier"))
    dois = [item.get("id") for item in identifiers if _type(item) == "doi"]
    links = [link.get("url") for link in objects_of(article.get("link")) if link.get("type", "fulltext") == "fulltext"]
    languages = texts_of(journal.get("language"))
    members = known(
        url=first_address(*links, *map(address_of_doi, dois)),
        title=read_heading(text_of(article.get("title")) or ""),
        source=known(name=first_text(journal.get("title"), journal.get("publisher"))),
        creators=[*_creators(article)],
        language=languages[0] if len(languages) == 1 else None,
        published_at=_date(article),
        summary=read_markup(text_of(article.get("abstract")) or ""),
        keywords=each_text_once(texts_of(article.get("keywords"))),
        identifiers=_identifiers(identifiers, journal),
        license=_license(article, journal),
    )
    return Stated(members=members)


def _type(item: Mapping[str, Any]) -> str:
    return (text_of(item.get("type")) or "").lower()


def _creators(article: Mapping[str, Any]) -> Iterator[Members]:
    for author in items_of(article.get("author")):
        about = object_of(author)
        if name := text_of(author) or text_of(about.get("name")):
            orcid = read_orcid(about.get("orcid_id"))
            yield known(name=name, orcid=orcid, affiliation=text_of(about.get("affiliation")))


def _date(article: Mapping[str, Any]) -> str | None:
    """Year and month; a month may be a number or an English name."""
    year, month = word_of(article.get("year")), word_of(article.get("month")) or ""
    name = month[:3].lower()
    number = _MONTHS.index(name) + 1 if name in _MONTHS else month
    return read_date(f"{year}-{number}") or read_date(year)


def _identifiers(items: list[Mapping[str, Any]], journal: Mapping[str, Any]) -> list[Members]:
    found = [read_identifier("issn" if _type(item) in _ISSNS else _type(item), item.get("id")) for item in items]
    found += [read_identifier("issn", issn) for issn in texts_of(journal.get("issns"))]
    return each_identifier_once(found)


def _license(article: Mapping[str, Any], journal: Mapping[str, Any]) -> Terms | None:
    stated = items_of(article.get("license")) or items_of(journal.get("license"))
    license = license_of(Offer(url=item) if isinstance(item, str) else _offer(object_of(item)) for item in stated)
    return dispute_terms(license if isinstance(license, list) else [license])


def _offer(license: Mapping[str, Any]) -> Offer:
    return Offer(url=text_of(license.get("url")), words=_name(license))


def _name(license: Mapping[str, Any]) -> str | None:
    """The type or title; where both are missing, the elements that are said to be in it."""
    elements = [element for element in _ELEMENTS if license.get(element) is True]
    composed = f"CC {'-'.join(elements)}" if elements[:1] == ["BY"] else None
    return first_text(license.get("type"), license.get("title"), composed)
