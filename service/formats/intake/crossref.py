"""Works of Crossref's REST API.

Its licenses are dated and for a version of the content: those of the version of record and those of no version are
alternatives for the article, each from its start; those for text mining and for the accepted manuscript are grants of
that scope. What publishers assert of copyright and license are words about the rights.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.formats.intake.addresses import (
    address_of_doi,
    each_identifier_once,
    first_address,
    read_address,
    read_identifier,
)
from service.formats.intake.markup_words import read_heading, read_markup
from service.formats.intake.person_names import read_orcid, read_parted_name
from service.formats.intake.record_dates import add_days, find_first_date, read_date, read_date_parts, read_day
from service.formats.intake.stated_rights import Offer, license_of
from service.formats.intake.stated_terms import Terms
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
from service.formats.members import Members, drop_unknown, each_once, known

_DATES = ("published", "issued", "published-online", "published-print", "posted")
_ROLES = ("author", "translator", "editor")
_VERSIONS = {"vor": "article", "unspecified": "article", "tdm": "tdm", "am": "manuscript"}
_RELATIONS = {
    "is-translation-of": "translation",
    "is-based-on": "adaptation",
    "is-derived-from": "adaptation",
    "is-version-of": "version",
}
_CORRECTIONS = ("correction", "corrigendum", "erratum", "partial_retraction")
_STATUSES = {
    "withdrawal": "withdrawn",
    "retraction": "retracted",
    "removal": "retracted",
    **dict.fromkeys(_CORRECTIONS, "corrected"),
}
_NOTICE = "copyright"
_OF_RIGHTS = re.compile(r"licen[cs]e|licensing|copyright|rights")
_MOST_DAYS = 36_525  # a century


def list_records(document: object) -> list[Any]:
    """The works of an answer of the API, of a list, or the one work."""
    if isinstance(document, list):
        return document
    envelope = object_of(document)
    message = envelope.get("message")
    inside = object_of(message) if isinstance(message, dict) else envelope
    items = inside.get("items")
    return items if isinstance(items, list) else [inside or document]


def read_work(work: Mapping[str, Any]) -> Stated:
    """What a work states."""
    published = find_first_date(work, _DATES)
    offers = list(read_offers(work.get("license"), published))
    resource = object_of(object_of(work.get("resource")).get("primary"))
    members = known(
        url=first_address(resource.get("URL"), address_of_doi(work.get("DOI")), work.get("URL")),
        title=read_heading(first_text(work.get("title")) or ""),
        source=_source(work),
        creators=[*_creators(work)],
        language=text_of(work.get("language")),
        published_at=published,
        summary=read_markup(text_of(work.get("abstract")) or ""),
        keywords=each_text_once(texts_of(work.get("subject"))),
        identifiers=_identifiers(work),
        license=_license(work, offers),
        attribution=known(copyright_notice=next((text for name, text in _assertions(work) if name == _NOTICE), None)),
        based_on=[*_bases(work)],
        **_updates(work),
    )
    return Stated(members=members, grants=make_grants(offers))


def read_offers(licenses: object, published: str | None) -> Iterator[tuple[str, Offer]]:
    """The licenses of a work with the scope of each: article, tdm or manuscript; texts are of the article."""
    for license in items_of(licenses):
        if isinstance(license, str):
            yield "article", Offer(url=license)
            continue
        about = object_of(license)
        scope = _VERSIONS.get((text_of(about.get("content-version")) or "unspecified").strip().lower())
        if scope and about:
            delay = _delay(about)
            start = _start(about) or (_after(published, delay) if delay else None)
            is_unsettled = start is None and bool(delay != 0 or about.get("start"))
            yield scope, Offer(url=text_of(about.get("URL")), start=start, is_unsettled=is_unsettled)


def make_grants(offers: Iterable[tuple[str, Offer]]) -> tuple[Members, ...]:
    """Grants of other scopes than the article, each once."""
    stated = ((scope, offer.state()) for scope, offer in offers if scope != "article")
    return tuple(each_once({"scope": scope, "license": terms} for scope, terms in stated if terms))


def _start(license: Mapping[str, Any]) -> str | None:
    """The first day of a license, where it names one."""
    start = license.get("start")
    return read_day(read_date_parts(start) or read_date(object_of(start).get("date-time")))


def _delay(license: Mapping[str, Any]) -> int | None:
    """So many days after the publication it begins; None where that cannot be read, 0 where nothing is said."""
    delay = license.get("delay-in-days")
    if delay is None:
        return 0
    days = word_of(int(delay) if isinstance(delay, float) and delay.is_integer() else delay) or ""
    return int(days) if days.isascii() and days.isdigit() else None


def _after(published: str | None, delay: int) -> str | None:
    """The day so long after the last one that a date may mean; None where that cannot be told."""
    day = read_day(published)
    return add_days(day, delay) if day and delay <= _MOST_DAYS else None


def _source(work: Mapping[str, Any]) -> Members:
    """What the work appeared in: a journal, the institution of a preprint, or else its publisher."""
    institution = object_of(work.get("institution")).get("name")
    name = first_text(work.get("container-title"), institution, work.get("publisher"))
    return known(name=read_heading(name or ""))


def _creators(work: Mapping[str, Any]) -> Iterator[Members]:
    for role in _ROLES:
        for person in objects_of(work.get(role)):
            organization = text_of(person.get("name"))
            name = read_parted_name(person) or organization
            if name:
                yield known(
                    name=name,
                    role=role,
                    kind="organization" if name == organization else "person",
                    orcid=read_orcid(person.get("ORCID")),
                    affiliation=_affiliation(person),
                )


def _affiliation(person: Mapping[str, Any]) -> str:
    places = objects_of(person.get("affiliation"))
    return "; ".join(each_text_once(read_heading(text_of(place.get("name")) or "") for place in places))


def _identifiers(work: Mapping[str, Any]) -> list[Members]:
    found = [read_identifier("doi", work.get("DOI"))]
    found += [read_identifier("issn", issn) for issn in each_text_once(texts_of(work.get("ISSN")))]
    return each_identifier_once(found)


def _license(work: Mapping[str, Any], offers: Iterable[tuple[str, Offer]]) -> Terms | list[Terms] | None:
    asserted = [(name, text) for name, text in _assertions(work) if _OF_RIGHTS.search(name)]
    words = [text for name, text in asserted if name != _NOTICE]
    notices = [text for name, text in asserted if name == _NOTICE]
    return license_of((offer for scope, offer in offers if scope == "article"), words, notices)


def _assertions(work: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What publishers deposit beside the work: by name and in words."""
    for item in objects_of(work.get("assertion")):
        if text := text_of(item.get("value")):
            yield (text_of(item.get("name")) or "").lower(), text


def _bases(work: Mapping[str, Any]) -> Iterator[Members]:
    relations = object_of(work.get("relation"))
    for name, relation in _RELATIONS.items():
        for other in objects_of(relations.get(name)):
            is_doi = other.get("id-type") == "doi"
            address = address_of_doi(other.get("id")) if is_doi else read_address(other.get("id"))
            if address:
                yield {"relation": relation, "url": address}


def _updates(work: Mapping[str, Any]) -> Members:
    """What was done to the work: others update it. That it updates others says nothing of itself."""
    updates = [(text_of(item.get("type")), item) for item in objects_of(work.get("updated-by"))]
    types = {type for type, _ in updates}
    return known(
        status=next((status for type, status in _STATUSES.items() if type in types), None),
        corrections=[_correct(item) for type, item in updates if type in _CORRECTIONS],
    )


def _correct(update: Mapping[str, Any]) -> Members:
    """A correction; one without a date falls away with the members that are ill."""
    day = read_date_parts(update.get("updated"))
    return drop_unknown({"at": day, "text": text_of(update.get("label")), "url": address_of_doi(update.get("DOI"))})
