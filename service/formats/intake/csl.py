"""Items of CSL-JSON, as resolvers of DOIs and reference managers give them.

``custom`` is read in items that our own writer signed there, as it fills it; what others keep in it nobody knows.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.intake.addresses import address_of_doi, each_identifier_once, first_address, read_identifier
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.crossref import read_dated_terms
from service.formats.intake.person_names import read_orcid, read_parted_name
from service.formats.intake.record_dates import read_date, read_date_parts
from service.formats.intake.stated_terms import (
    Terms,
    dispute_terms,
    find_contradictions,
    gather_terms,
    names_license,
    state_terms,
)
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
from service.formats.signature import is_ours

_ROLES = ("author", "translator", "editor", "contributor")
_SCHEMES = {"DOI": "doi", "ISSN": "issn", "PMID": "pmid"}
_STATUSES = ("published", "corrected", "retracted", "withdrawn")
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
            copyright_notice=text_of(custom.get("copyright")) or _notice(item),
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
    """The license, and grants of other scopes; words that name another one contradict what is stated."""
    if urls := texts_of(custom.get("license")):
        return gather_terms(map(state_terms, urls)), ()
    dated = list(read_dated_terms(item.get("license"), published))
    article = [terms for scope, terms in dated if scope == "article"]
    grants = tuple({"scope": scope, "license": terms} for scope, terms in dated if scope != "article")
    if custom:
        return read_claim_words(text_of(item.get("note")) or ""), grants
    names = texts_of(item.get("license"))
    stated = gather_terms([*article, *map(state_terms, names)])
    addresses = [str(terms.get("url") or terms.get("id") or terms.get("statement")) for terms in article]
    return _unless_contradicted(stated, [*names, *addresses], _naming_words(item)), grants


def _naming_words(item: Mapping[str, Any]) -> list[str]:
    """A note and a notice that name a license; anything else that they say is of something else."""
    texts = each_text_once(text_of(item.get(name)) for name in ("note", "copyright"))
    return [text for text in texts if names_license(text)]


def _unless_contradicted(
    stated: Terms | list[Terms] | None, names: list[str], words: list[str]
) -> Terms | list[Terms] | None:
    """What is `stated` by these `names`, or else by words; a dispute between them where words name another license."""
    if others := find_contradictions(words, names):
        terms = stated if isinstance(stated, list) else [stated]
        return dispute_terms([*terms, *(state_terms(None, text) for text in others)])
    return stated or (state_terms(None, words[0]) if words else None)


def _notice(item: Mapping[str, Any]) -> str | None:
    words = text_of(item.get("copyright"))
    return words if words and not names_license(words) else None
