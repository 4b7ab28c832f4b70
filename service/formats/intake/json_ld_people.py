"""Who made a work, by schema.org."""

from collections.abc import Iterator

from service.formats.intake.addresses import read_address
from service.formats.intake.json_ld_nodes import Article
from service.formats.intake.person_names import read_orcid
from service.formats.intake.values import first_text, text_of
from service.formats.members import Members, known

_ROLES = {
    "author": ("author", "creator"),
    "translator": ("translator",),
    "editor": ("editor",),
    "contributor": ("contributor",),
}


def read_creators(work: Article) -> Iterator[Members]:
    """The creators by role, authors first; a text is a name, even one that names several."""
    for role, names in _ROLES.items():
        for value in work.values(*names):
            if creator := _read_party(work, value):
                yield {**creator, "role": role}


def _read_party(work: Article, value: object) -> Members | None:
    party, bare = work.open(value), text_of(value)
    name = party.name or _composed(party) or (None if read_address(bare) else bare)
    if name is None:
        return None
    addresses = party.addresses("url")
    ids = [
        *party.addresses("sameAs", "@id", "identifier"),
        *addresses,
        *(x.text("value") for x in party.nodes("identifier")),
    ]
    kind = _kind(party)
    belonging = ("affiliation", "worksFor", "memberOf") if kind == "organization" else ("affiliation", "worksFor")
    return known(
        name=name,
        kind=kind,
        url=first_text(*(read_address(address) for address in addresses if not read_orcid(address))),
        orcid=next(filter(None, map(read_orcid, ids)), None),
        affiliation=party.text(*belonging),
    )


def _kind(party: Article) -> str | None:
    if "Person" in party.types:
        return "person"
    return "organization" if any(type.endswith(("Organization", "Corporation")) for type in party.types) else None


def _composed(party: Article) -> str | None:
    words = (party.text("givenName"), party.text("additionalName"), party.text("familyName"))
    return " ".join(word for word in words if word) or None
