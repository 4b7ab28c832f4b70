"""Who made a news item and who gives it away."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.intake.addresses import read_address
from service.formats.intake.person_names import read_orcid
from service.formats.intake.values import first_text, object_of, objects_of, text_of
from service.formats.members import Members, known

_ROLES = ("author", "translator", "editor", "photographer", "contributor")
_SAID = {"creator": "author", "writer": "author", "byline": "author", "reporter": "author"}
_PUBLISHERS = ("publisher", "provider", "source", "distributor", "")
_LABEL = "by "


def read_creators(item: Mapping[str, Any]) -> list[Members]:
    """Those who are said to have made the item, in the order of the byline; where nobody is, the byline as one name.

    People and organizations that are in the news are none.
    """
    made = [*_read_parties(item, "people", "rel", "person"), *_read_parties(item, "person", "rel", "person")]
    made += _read_parties(item, "organisations", "rel", "organization")
    made += _read_parties(item, "organisation", "rel", "organization")
    made += _read_parties(item, "infosources", "role", None)
    byline = first_text(item.get("by"), item.get("byline"))
    if made:
        return _order(made, byline or "")
    name = byline.strip() if byline else ""
    return [{"name": name[len(_LABEL) :] if name.lower().startswith(_LABEL) else name}] if name else []


def read_source(item: Mapping[str, Any]) -> Members:
    """Who gives the item away: its publisher or provider, or else who holds the copyright."""
    sources = {text_of(entry.get("role")) or "": entry for entry in reversed(objects_of(item.get("infosources")))}
    chosen = next((sources[role] for role in _PUBLISHERS if role in sources), object_of(None))
    name = first_text(chosen.get("name"), chosen.get("literal"))
    if name:
        return known(name=name, url=read_address(chosen.get("uri")))
    return known(name=first_text(item.get("source"), item.get("provider"), item.get("copyrightholder")))


def _read_parties(item: Mapping[str, Any], member: str, relation: str, kind: str | None) -> Iterator[Members]:
    for party in objects_of(item.get(member)):
        said = (text_of(party.get(relation)) or "").lower()
        role, name = _SAID.get(said, said), text_of(party.get("name"))
        if role in _ROLES and name:
            orcid = read_orcid(party.get("uri"))
            url = None if orcid else read_address(party.get("uri"))
            yield known(name=name, role=role, kind=kind, orcid=orcid, url=url)


def _order(made: list[Members], byline: str) -> list[Members]:
    """The creators in the order in which a byline lists just them; as they come where it does not."""
    waiting, ordered, place = list(made), [], 0
    while waiting:
        fitting = [item for item in waiting if byline.startswith(_label(item), place)]
        if not fitting:
            return made
        chosen = max(fitting, key=lambda item: len(_label(item)))
        waiting.remove(chosen)
        ordered.append(chosen)
        place += len(_label(chosen)) + len(", ")
    return ordered


def _label(creator: Members) -> str:
    name, role = creator["name"], creator["role"]
    return str(name) if role == "author" else f"{name} ({role})"
