"""Items of CSL-JSON, as resolvers of DOIs and reference managers give them.

``custom`` is read in items that our own writer signed there, as it fills it; what others keep in it nobody knows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from service.core.grants import ALL_RIGHTS_RESERVED
from service.core.grants.claims import is_spelling
from service.formats.intake.addresses import address_of_doi, each_identifier_once, first_address, read_identifier
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.crossref import make_grants, read_offers
from service.formats.intake.person_names import read_orcid, read_parted_name
from service.formats.intake.record_dates import read_date, read_date_parts
from service.formats.intake.stated_rights import license_of
from service.formats.intake.stated_terms import (
    Terms,
    find_contradictions,
    gather_terms,
    names_license,
    read_words,
    state_terms,
)
from service.formats.intake.values import (
    MOST,
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
from service.formats.signature import is_ours

_ROLES = ("author", "translator", "editor", "contributor")
_SCHEMES = {"DOI": "doi", "ISSN": "issn", "PMID": "pmid"}
_STATUSES = ("published", "corrected", "retracted", "withdrawn")
_STATES = re.compile(
    r"(?:licen[cs]ed?|lizenz|licence|licencia|licenza|licença|rights|copyright|©)\b\s?[:=]"
    r"|(?:this (?:work|article|text|content|item) is |available |distributed )?licensed under\b"
    r"|(?:©|\(c\)|copyright\b)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;\n]")


def list_records(document: object) -> list[Any]:
    """The items of a list, of an object with ``items``, or the one item."""
    if isinstance(document, list):
        return document
    items = object_of(document).get("items")
    return items if isinstance(items, list) else [document]


def read_item(item: Mapping[str, Any]) -> Stated:
    """What an item states."""
    custom = _own_custom(item)
    published = read_date(custom.get("published_at")) or _date(item.get("issued"))
    license, grants = _license(item, custom, published)
    status = text_of(item.get("status"))
    members = known(
        url=first_address(item.get("URL"), address_of_doi(item.get("DOI"))),
        title=first_text(item.get("title")),
        source=known(name=first_text(item.get("container-title"), item.get("publisher"))),
        creators=[*_creators(item)],
        language=text_of(item.get("language")),
        published_at=published,
        summary=text_of(item.get("abstract")),
        section=text_of(item.get("section")),
        keywords=each_text_once(_keywords(item, custom)),
        identifiers=_identifiers(item, custom),
        license=license,
        attribution=known(
            credit=text_of(custom.get("credit")),
            requested=text_of(custom.get("requested_credit")),
            copyright_notice=text_of(custom.get("copyright")) or text_of(item.get("copyright")),
            copyright_holder=text_of(custom.get("copyright_holder")),
            copyright_year=custom.get("copyright_year"),
        ),
        status=status if status in _STATUSES else None,
    )
    return Stated(members=members, grants=grants)


def _own_custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """What our own writer has no variable for; nothing in an item of anybody else."""
    custom = object_of(item.get("custom"))
    return custom if is_ours(custom.get("generator")) else {}


def _date(date: object) -> str | None:
    """A date in parts, in words that are a date, or as a text of its own (EDTF)."""
    about = object_of(date)
    return read_date_parts(date) or read_date(first_text(about.get("raw"), about.get("literal"), date))


def _creators(item: Mapping[str, Any]) -> Iterator[Members]:
    for role in _ROLES:
        for name in objects_of(item.get(role)):
            parted, literal = read_parted_name(name), text_of(name.get("literal"))
            if parted or literal:
                kind = "person" if parted else None
                yield known(name=parted or literal, role=role, kind=kind, orcid=read_orcid(name.get("ORCID")))


def _keywords(item: Mapping[str, Any], custom: Mapping[str, Any]) -> list[str]:
    if listed := texts_of(custom.get("keywords")):
        return listed
    keyword = item.get("keyword")
    if isinstance(keyword, list):
        return texts_of(keyword)
    return [word.strip() for word in _SEPARATOR.split(text_of(keyword) or "")]


def _identifiers(item: Mapping[str, Any], custom: Mapping[str, Any]) -> list[Members]:
    named = objects_of(custom.get("identifiers"))
    found = [read_identifier(entry.get("scheme"), entry.get("value")) for entry in named]
    for name, scheme in _SCHEMES.items():
        found += [read_identifier(scheme, word_of(value)) for value in items_of(item.get(name))]
    return each_identifier_once(found)


def _license(
    item: Mapping[str, Any], custom: Mapping[str, Any], published: str | None
) -> tuple[Terms | list[Terms] | None, tuple[Members, ...]]:
    """The license, and grants of other scopes."""
    if urls := texts_of(custom.get("license")):
        return gather_terms(map(state_terms, urls)), ()
    offers = list(read_offers(item.get("license"), published))
    if custom:
        return read_claim_words(text_of(item.get("note")) or ""), make_grants(offers)
    listed = [offer for scope, offer in offers if scope == "article"]
    notices = texts_of(item.get("copyright"))
    places = [str(offer.url) for offer in listed]
    return license_of(listed, _note_words(item, [*places, *notices]), notices), make_grants(offers)


def _note_words(item: Mapping[str, Any], stated: list[str]) -> list[str]:
    """What of a note is about the license: a note is about anything, and may name the license of something else.

    It states one only in a line that begins so, or is a name and nothing else; else it may but contradict what is
    `stated`, or reserve all rights.
    """
    note = text_of(item.get("note")) or ""
    lines = [line.strip() for line in note.splitlines()[:MOST]]
    stating = [line for line in lines if line and (_STATES.match(line) or _is_name(line))]
    if stating:
        return stating
    claim = read_words(note)
    is_against = any(map(names_license, stated)) and find_contradictions([note], filter(names_license, stated))
    return [note] if is_against or (claim and claim.status == ALL_RIGHTS_RESERVED) else []


def _is_name(line: str) -> bool:
    claim = read_words(line)
    return claim is None or (claim.status in ("known", "unversioned") and is_spelling(replace(claim, statement=line)))
