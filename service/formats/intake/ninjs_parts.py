"""What is associated with a news item: things in it with rights of their own, and works that it is made from."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.intake.addresses import first_address, read_address
from service.formats.intake.ninjs_people import read_creators
from service.formats.intake.ninjs_rights import read_license, read_own_license
from service.formats.intake.stated_terms import Terms
from service.formats.intake.values import first_text, object_of, objects_of, text_of
from service.formats.members import Members, known

_KINDS = {"picture": "image", "graphic": "chart", "video": "video", "audio": "audio"}
_PARTS = {**_KINDS, "text": "quote", "": "embed"}
_RELATIONS = ("translation", "adaptation", "excerpt", "version")
_URN = "urn:uuid:"
_CREDIT = "\nCredit: "


def read_associations(item: Mapping[str, Any], *, is_ours: bool) -> Members:
    """``parts`` and ``based_on``; stories that are only related are neither.

    Those in an item of ours that have the URN of a record are ours as well.
    """
    parts, bases = [], []
    for entry in _entries(item):
        relation = text_of(entry.get("rel")) or ""
        kind = (_PARTS if relation == "part" else _KINDS).get(text_of(entry.get("type")) or "")
        is_own = is_ours and (text_of(entry.get("uri")) or "").startswith(_URN)
        if relation in _RELATIONS:
            bases.append(_basis(entry, relation, is_ours=is_own))
        elif kind:
            parts.append(_part(entry, kind, is_ours=is_own))
    return known(parts=parts, based_on=bases)


def _entries(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The associations: a list in 2.x and 3.x, an object by names in 1.x."""
    associations = item.get("associations")
    if isinstance(associations, dict):
        yield from (entry for entry in associations.values() if isinstance(entry, dict))
        return
    yield from objects_of(associations)


def _part(entry: Mapping[str, Any], kind: str, *, is_ours: bool) -> Members:
    words = f"\n{text_of(entry.get('usageterms')) or ''}"
    written = words.partition(_CREDIT)[2] if is_ours else None
    return known(
        kind=kind,
        url=_address(entry),
        title=_title(entry),
        creator=first_text(entry.get("by"), entry.get("byline")),
        license=_license(entry, is_ours=is_ours),
        credit=written or first_text(entry.get("copyrightnotice"), entry.get("copyrightholder")),
    )


def _basis(entry: Mapping[str, Any], relation: str, *, is_ours: bool) -> Members:
    uri = text_of(entry.get("uri")) or ""
    id = uri[len(_URN) :] if is_ours and "#" not in uri else None
    return known(
        relation=relation,
        url=_address(entry),
        article=id,
        title=_title(entry),
        creators=read_creators(entry),
        license=_license(entry, is_ours=is_ours),
        changes=text_of(entry.get("ednote")),
    )


def _title(entry: Mapping[str, Any]) -> str | None:
    headlines = [headline.get("value") for headline in objects_of(entry.get("headlines"))]
    return first_text(entry.get("title"), *headlines, entry.get("headline"))


def _address(entry: Mapping[str, Any]) -> str | None:
    """Where the thing is: its first rendition, or else its name where that is an address."""
    renditions = entry.get("renditions")
    listed = list(renditions.values()) if isinstance(renditions, dict) else objects_of(renditions)
    return read_address(first_address(*(object_of(shape).get("href") for shape in listed), entry.get("uri")))


def _license(entry: Mapping[str, Any], *, is_ours: bool) -> Terms | None:
    terms = read_own_license(entry) if is_ours else read_license(entry)
    return None if isinstance(terms, list) else terms
