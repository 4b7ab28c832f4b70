"""News items of IPTC ninjs 1.x to 3.x.

The versions differ in the case of names and in lists for objects, so both are read at once. An item of our own writer
is known by its profile: its item dates are those of the record, its name is that of the record, and its words about
rights are read only where they are word for word ours.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.intake.access_rights import begin_after, read_embargo
from service.formats.intake.addresses import first_address, read_address, read_identifier
from service.formats.intake.markup_words import read_markup
from service.formats.intake.ninjs_parts import read_associations
from service.formats.intake.ninjs_people import read_creators, read_source
from service.formats.intake.ninjs_rights import find_line, is_record, read_license, read_own_license
from service.formats.intake.record_dates import read_date
from service.formats.intake.stated_terms import Terms
from service.formats.intake.values import (
    Stated,
    each_text_once,
    first_text,
    items_of,
    object_of,
    objects_of,
    text_of,
)
from service.formats.members import Members, known

_LISTS = ("items", "newsitems", "data", "results", "_items")
_EMBARGOES = ("embargoeduntil", "embargoed")
_STOPPED = {"canceled": "withdrawn", "cancelled": "withdrawn"}
_NOTED = {"Corrected": "corrected", "Retracted": "retracted", "Withdrawn": "withdrawn"}


def list_records(document: object) -> list[Any]:
    """The items of a list, of an object with ``items``, or the one item."""
    if isinstance(document, list):
        return document
    inside = object_of(document)
    found = [inside[name] for name in _LISTS if isinstance(inside.get(name), list)]
    return found[0] if found and "uri" not in inside else [document]


def read_item(record: Mapping[str, Any]) -> Stated:
    """What an item states."""
    item = _fold_names(record)
    published, modified = _dates(item)
    members = known(
        url=find_web_address(item),
        title=_first_of(item, "headline", "main") or text_of(item.get("title")),
        source=read_source(item),
        creators=[*read_creators(item)],
        language=text_of(item.get("language")),
        published_at=published,
        modified_at=modified,
        summary=_first_of(item, "description", "summary"),
        **_subjects(item),
        identifiers=[*_identifiers(item)],
        license=_license(item),
        attribution=_attribution(item),
        **read_associations(item, is_ours=is_record(item)),
        more_permissions_url=find_line(item, "More permissions: ") if is_record(item) else None,
        status=_status(item),
    )
    return Stated(members=members)


def find_web_address(item: Mapping[str, Any]) -> str | None:
    """Where the item stands on the web: its rendition there, or else its name, where that is an address."""
    renditions = list(_renditions(item))
    web = [shape.get("href") for name, shape in renditions if name == "web"]
    pages = [shape.get("href") for _, shape in renditions if _type(shape).startswith("text/html")]
    return first_address(*web, *pages, item.get("uri"))


def _fold_names(value: Any) -> Any:
    """The value with the names of all members in lower case, as 1.x and 2.x have them."""
    if isinstance(value, dict):
        return {name.lower(): _fold_names(member) for name, member in value.items()}
    return [_fold_names(item) for item in value] if isinstance(value, list) else value


def _first_of(item: Mapping[str, Any], name: str, role: str) -> str | None:
    """A text that is a list of objects with a role in 2.x and 3.x and a text in 1.x."""
    listed = objects_of(item.get(f"{name}s"))
    chosen = [entry for entry in listed if entry.get("role") == role] or listed
    for entry in chosen:
        if value := text_of(entry.get("value")):
            return read_markup(value) if "html" in _type(entry) else value
    html = text_of(item.get(f"{name}_xhtml")) or text_of(item.get(f"{name}_html"))
    words = first_text(item.get(name), item.get(f"{name}_text"))
    return words or (read_markup(html) if html else None)


def _type(entry: Mapping[str, Any]) -> str:
    return first_text(entry.get("contenttype"), entry.get("mimetype")) or ""


def _renditions(item: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The renditions with their names: a list in 2.x and 3.x, an object by names in 1.x."""
    renditions = item.get("renditions")
    if isinstance(renditions, dict):
        yield from ((name, object_of(shape)) for name, shape in renditions.items())
        return
    yield from ((text_of(shape.get("name")) or "", shape) for shape in objects_of(renditions))


def _dates(item: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """When the content was published and changed; the dates of a record are not those of its content."""
    content = read_date(item.get("contentcreated"))
    if is_record(item):
        return content, None
    first, last = read_date(item.get("firstcreated")), read_date(item.get("versioncreated"))
    published = first_text(read_date(item.get("firstpublished")), first, content, last)
    return published, last if last != published else None


def _subjects(item: Mapping[str, Any]) -> Members:
    subjects = [*objects_of(item.get("subjects")), *objects_of(item.get("subject"))]
    sections = [subject.get("name") for subject in subjects if subject.get("rel") == "section"]
    words = [text_of(subject.get("name")) for subject in subjects if subject.get("rel") != "section"]
    words += [text_of(word) for word in items_of(item.get("keywords"))]
    return known(section=first_text(*sections), keywords=each_text_once(words))


def _identifiers(item: Mapping[str, Any]) -> Iterator[Members]:
    """Further names of the item; its own where that is a URN, but not that of a record."""
    if not is_record(item) and (urn := read_identifier("urn", item.get("uri"))):
        yield urn
    for entry in objects_of(item.get("altids")):
        named = read_identifier(first_text(entry.get("role"), entry.get("name")), entry.get("value"))
        if named:
            yield named


def _attribution(item: Mapping[str, Any]) -> Members:
    credits = [entry for entry in objects_of(item.get("infosources")) if entry.get("role") == "credit"]
    credit = credits[0] if credits else {}
    return known(
        credit=text_of(credit.get("name")),
        credit_url=read_address(credit.get("uri")),
        copyright_holder=text_of(item.get("copyrightholder")),
        copyright_notice=text_of(item.get("copyrightnotice")),
    )


def _license(item: Mapping[str, Any]) -> Terms | list[Terms] | None:
    """The license, from the first whole day after an embargo: before its end nobody may publish, whatever it says."""
    ends = [end for name in _EMBARGOES if (end := item.get(name)) is not None]
    if is_record(item) and not ends:  # our writer sets no embargo, somebody else did
        return read_own_license(item)
    license: Terms | list[Terms] | None = read_license(item)
    for end in ends:
        license = begin_after(license, read_embargo(end))
    return license


def _status(item: Mapping[str, Any]) -> str | None:
    """That the item was taken back; the editorial note may say in a word what was done to it."""
    noted = (text_of(item.get("ednote")) or "").partition("\n")[0]
    return _NOTED.get(noted) or _STOPPED.get(text_of(item.get("pubstatus")) or "")
