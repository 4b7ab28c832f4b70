"""Articles of schema.org in JSON-LD."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from service.core.errors import InvalidValue
from service.core.languages import canonical_language
from service.formats.intake.addresses import each_identifier_once, first_address, read_address, read_identifier
from service.formats.intake.json_ld_nodes import Article, Document
from service.formats.intake.json_ld_parts import read_bases, read_parts
from service.formats.intake.json_ld_people import read_creators
from service.formats.intake.json_ld_rights import read_license, read_requests, read_tdm_policy
from service.formats.intake.record_dates import read_date
from service.formats.intake.values import Stated, each_text_once, first_text, word_of
from service.formats.members import Members, known
from service.formats.signature import is_ours

_STATUSES = ("published", "corrected", "retracted", "withdrawn")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/10\.", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_RECORD = "urn:uuid:"


def list_records(document: object) -> list[Any]:
    """The articles in a document; where there is none, the document, which is then refused as a record."""
    return Document(document).list_articles() or [document]


def read_record(article: Article) -> Stated:
    """What a node of the type of an article states."""
    members = known(
        url=first_address(*article.addresses("url", "mainEntityOfPage", "@id")),
        title=article.text("headline", "name", "title"),
        source=_source(article),
        creators=[*read_creators(article)],
        language=_language(article),
        published_at=_date(article, "datePublished", "dateCreated", "uploadDate"),
        modified_at=_date(article, "dateModified"),
        summary=article.text("description", "abstract"),
        section=article.text("articleSection"),
        keywords=each_text_once(_keywords(article)),
        identifiers=_identifiers(article),
        license=read_license(article),
        requests=read_requests(article),
        attribution=_attribution(article),
        parts=read_parts(article),
        based_on=read_bases(article),
        more_permissions_url=first_text(*map(read_address, article.addresses("acquireLicensePage"))),
        ai_terms=known(tdm_policy=read_tdm_policy(article)),
        **_changes(article),
    )
    return Stated(members=members)


def _language(article: Article) -> str | None:
    """The tag of the language; of a language with a name and a code the code."""
    for value in article.values("inLanguage"):
        node = article.open(value)
        for tag in (value, *node.texts("alternateName"), *node.texts("name")):
            with suppress(InvalidValue):
                return canonical_language(word_of(tag) or "")
    return None


def _date(article: Article, *names: str) -> str | None:
    dates = (read_date(value) for name in names for value in article.values(name))
    return next(filter(None, dates), None)


def _source(article: Article) -> Members:
    """Who publishes it: the publisher, who provides it, or what it is a part of."""
    for name in ("publisher", "provider", "isPartOf", "sourceOrganization"):
        for value in article.values(name):
            party = article.open(value)
            called = party.name or _bare_name(value)
            if called:
                return known(name=called, url=first_text(*map(read_address, party.addresses("url"))))
    return {}


def _bare_name(value: object) -> str | None:
    """A party that is named by a text alone; an address is no name."""
    text = value if isinstance(value, str) else None
    return None if text is None or read_address(text) else first_text(text)


def _keywords(article: Article) -> Iterator[str]:
    """The keywords of a list; those of a single text stand between commas."""
    values = article.values("keywords")
    is_list = article.is_list("keywords")
    for text in article.texts("keywords"):
        yield from [text] if is_list or not isinstance(values[0], str) else map(str.strip, text.split(","))


def _identifiers(article: Article) -> list[Members]:
    """Names under a scheme, DOIs and URNs, once each; the URN of a record is that of no work."""
    found = [
        _identifier(value) if isinstance(value, str) else _property(article.open(value))
        for value in article.values("identifier")
    ]
    found += [_identifier(address) for address in article.addresses("sameAs", "@id") if _DOI_ADDRESS.match(address)]
    found += [read_identifier("issn", issn) for part in article.nodes("isPartOf") for issn in part.texts("issn")]
    return each_identifier_once(found)


def _identifier(text: str) -> Members | None:
    if text.lower().startswith(_RECORD):
        return None
    return read_identifier("urn", text) or read_identifier("doi", text)


def _property(node: Article) -> Members | None:
    """The identifier of a PropertyValue; its scheme may be the address of a registry. Our signature is none."""
    if is_ours(node.text("propertyID")):
        return None
    scheme = (node.text("propertyID", "name") or "").rstrip("/").rpartition("/")[2]
    value = next(iter(node.values("value")), None)
    return read_identifier(scheme, value if isinstance(value, str) else word_of(value))


def _attribution(article: Article) -> Members:
    """How it wants to be credited; the credit text of a record that somebody made of it is not its own."""
    party = next(iter(article.nodes("sourceOrganization")), None)
    is_own_word = not (article.has("sdDatePublished") or article.has("sdLicense"))
    return known(
        credit=party.name if party else first_text(*map(_bare_name, article.values("sourceOrganization"))),
        credit_url=first_text(*map(read_address, party.addresses("url"))) if party else None,
        copyright_notice=article.text("copyrightNotice"),
        copyright_holder=article.text("copyrightHolder"),
        copyright_year=next(filter(None, map(_year, article.values("copyrightYear"))), None),
        requested=article.text("creditText") if is_own_word else None,
    )


def _year(value: object) -> int | None:
    """A year as a number, or at the beginning of a date."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    year = _YEAR.match(word_of(value) or "")
    return int(year[0]) if year else None


def _changes(article: Article) -> Members:
    """The status and the corrections; one that has corrections and says no more is corrected."""
    said = (article.text("creativeWorkStatus") or "").strip().lower()
    corrections = [_correct(node) for node in article.nodes("correction")]
    status = said if said in _STATUSES else "corrected" if article.values("correction") else None
    return known(status=status, corrections=corrections)


def _correct(node: Article) -> Members:
    """A correction; one without a date falls away with the members that are ill."""
    date = _date(node, "datePublished", "dateCreated", "dateModified")
    return known(
        at=date,
        text=node.text("text", "description", "name"),
        url=first_text(*map(read_address, node.addresses("url"))),
    )
