"""Records of DataCite, schema 4.x: the attributes of a DOI, bare or as the API gives them."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.datacite import NO_DATE
from service.formats.intake.addresses import (
    address_of_doi,
    each_identifier_once,
    first_address,
    read_address,
    read_identifier,
)
from service.formats.intake.datacite_rights import read_notice, read_rights
from service.formats.intake.markup_words import read_prose
from service.formats.intake.person_names import read_orcid
from service.formats.intake.record_dates import read_date
from service.formats.intake.values import (
    Stated,
    each_text_once,
    first_text,
    items_of,
    object_of,
    objects_of,
    text_of,
)
from service.formats.members import Members, each_once, known

_KINDS = {"Personal": "person", "Organizational": "organization"}
_ROLES = {
    **dict.fromkeys(("Other", "DataCollector", "DataCurator", "Producer"), "contributor"),
    **dict.fromkeys(("ProjectMember", "Researcher"), "contributor"),
    "Editor": "editor",
    "Translator": "translator",
}
_RELATIONS = {
    "IsTranslationOf": "translation",
    "IsVersionOf": "version",
    "IsNewVersionOf": "version",
    "IsDerivedFrom": "adaptation",
}
_CODES = {f":{code}" for code in ["unac", "unal", "unap", "unas", "unav", "unkn", "none", "null", "tba", "etal"]}
_STATUSES = {"Corrected": "corrected", "Retracted": "retracted", "Withdrawn": "withdrawn"}


def list_records(document: object) -> list[Any]:
    """The records of an answer of the API, of a list, or the one record."""
    if isinstance(document, list):
        return document
    data = object_of(document).get("data")
    if isinstance(data, list):
        return data
    return [data if isinstance(data, dict) and "attributes" in data else document]


def read_doi(record: Mapping[str, Any]) -> Stated:
    """What a record states, its attributes bare or inside a resource of JSON:API."""
    doi = object_of(record.get("attributes")) or record
    dates = objects_of(doi.get("dates"))
    publisher = doi.get("publisher")
    members = known(
        url=first_address(doi.get("url"), address_of_doi(doi.get("doi"))),
        title=_title(doi),
        source=known(name=_known(text_of(publisher) or text_of(object_of(publisher).get("name")))),
        creators=[*_creators(doi)],
        language=text_of(doi.get("language")),
        published_at=_published(doi, dates),
        modified_at=_date(dates, "Updated"),
        summary=_summary(doi),
        **_subjects(doi),
        identifiers=[*_identifiers(doi)],
        license=read_rights(doi, ends=[text_of(item.get("date")) for item in dates if _is(item, "Available")]),
        attribution=_attribution(doi, dates),
        based_on=each_once(_bases(doi)),
        status=_status(doi),
    )
    return Stated(members=members)


def _known(text: str | None) -> str | None:
    """The text; None for a code of DataCite for what is not known (appendix 3), such as ``:unkn``."""
    return None if text in _CODES else text


def _title(doi: Mapping[str, Any]) -> str | None:
    """The title that is no subtitle, alternative or translation; of several that in the language of the work."""
    titles = [title for title in objects_of(doi.get("titles")) if not title.get("titleType")]
    own = [title for title in titles if title.get("lang") == doi.get("language")]
    return _known(first_text(*(title.get("title") for title in (*own, *titles))))


def _creators(doi: Mapping[str, Any]) -> Iterator[Members]:
    for creator in objects_of(doi.get("creators")):
        if person := _person(creator, "author"):
            yield person
    for contributor in objects_of(doi.get("contributors")):
        role = _ROLES.get(text_of(contributor.get("contributorType")) or "")
        if role and (person := _person(contributor, role)):
            yield person


def _person(person: Mapping[str, Any], role: str) -> Members | None:
    """Somebody by name: a name "Family, Given" is turned where its parts say so."""
    given, family = text_of(person.get("givenName")), text_of(person.get("familyName"))
    name = _known(text_of(person.get("name")))
    if given and family and (name is None or name == f"{family}, {given}"):
        name = f"{given} {family}"
    if name is None:
        return None
    ids = (read_orcid(item.get("nameIdentifier")) for item in objects_of(person.get("nameIdentifiers")))
    return known(
        name=name,
        role=role,
        kind=_KINDS.get(text_of(person.get("nameType")) or ""),
        orcid=next(filter(None, ids), None),
        affiliation="; ".join(_affiliations(person)),
    )


def _affiliations(person: Mapping[str, Any]) -> list[str]:
    places = items_of(person.get("affiliation"))
    return each_text_once(text_of(place) or text_of(object_of(place).get("name")) for place in places)


def _date(dates: list[Mapping[str, Any]], type: str) -> str | None:
    """The last date of a type that has no remark: a remark says that it is the date of something else."""
    found = [read_date(item.get("date")) for item in dates if _is(item, type) and not item.get("dateInformation")]
    return next(filter(None, reversed(found)), None)


def _is(date: Mapping[str, Any], type: str) -> bool:
    return date.get("dateType") == type


def _published(doi: Mapping[str, Any], dates: list[Mapping[str, Any]]) -> str | None:
    """When it was issued, or else the year of publication, or else when it was available or made."""
    if any(item.get("dateInformation") == NO_DATE for item in dates):
        return None
    issued, year = _date(dates, "Issued"), read_date(doi.get("publicationYear"))
    others = [date for date in (_date(dates, "Available"), _date(dates, "Created")) if date]
    of_year = [date for date in others if year and date.startswith(year)]
    return first_text(issued, *of_year, year, *others)


def _summary(doi: Mapping[str, Any]) -> str | None:
    texts = (item.get("description") for item in objects_of(doi.get("descriptions")) if _describes(item, "Abstract"))
    text = _known(first_text(*texts))
    return read_prose(text) if text else None


def _describes(item: Mapping[str, Any], type: str) -> bool:
    return item.get("descriptionType") == type


def _subjects(doi: Mapping[str, Any]) -> Members:
    subjects = objects_of(doi.get("subjects"))
    sections = [item.get("subject") for item in subjects if item.get("subjectScheme") == "section"]
    words = each_text_once(text_of(item.get("subject")) for item in subjects if item.get("subjectScheme") != "section")
    return known(section=first_text(*sections), keywords=words)


def _identifiers(doi: Mapping[str, Any]) -> Iterator[Members]:
    """The DOI and the others, but for ids of records."""
    others = [
        (entry.get(f"{member}Type"), entry.get(member))
        for member in ("alternateIdentifier", "identifier")
        for entry in objects_of(doi.get(f"{member}s"))
    ]
    found = each_identifier_once(read_identifier(*named) for named in (("doi", doi.get("doi")), *others))
    yield from (item for item in found if item["scheme"] != "uuid")


def _attribution(doi: Mapping[str, Any], dates: list[Mapping[str, Any]]) -> Members:
    parties = {text_of(item.get("contributorType")): item.get("name") for item in objects_of(doi.get("contributors"))}
    year = (_date(dates, "Copyrighted") or "")[:4]
    return known(
        credit=text_of(parties.get("Distributor")),
        copyright_holder=text_of(parties.get("RightsHolder")),
        copyright_notice=read_notice(doi),
        copyright_year=int(year) if year else None,
    )


def _bases(doi: Mapping[str, Any]) -> Iterator[Members]:
    """The works that it is made from: as items, and those that are named by nothing but an address."""
    described = set()
    for item in objects_of(doi.get("relatedItems")):
        relation = _RELATIONS.get(text_of(item.get("relationType")) or "")
        about = object_of(item.get("relatedItemIdentifier"))
        url = _address(about.get("relatedItemIdentifierType"), about.get("relatedItemIdentifier"))
        if relation:
            described.add((relation, url))
            creators = [_person(person, "author") for person in objects_of(item.get("creators"))]
            title = _known(first_text(*(title.get("title") for title in objects_of(item.get("titles")))))
            yield known(relation=relation, url=url, title=title, creators=[person for person in creators if person])
    for item in objects_of(doi.get("relatedIdentifiers")):
        relation = _RELATIONS.get(text_of(item.get("relationType")) or "")
        url = _address(item.get("relatedIdentifierType"), item.get("relatedIdentifier"))
        if relation and url and (relation, url) not in described:
            described.add((relation, url))
            yield known(relation=relation, url=url)


def _address(type: object, value: object) -> str | None:
    return address_of_doi(value) if type == "DOI" else read_address(value)


def _status(doi: Mapping[str, Any]) -> str | None:
    """What was done to it, where a description says so in a word."""
    others = [item for item in objects_of(doi.get("descriptions")) if _describes(item, "Other")]
    texts = (text_of(item.get("description")) for item in others)
    return next((_STATUSES[text] for text in texts if text in _STATUSES), None)
