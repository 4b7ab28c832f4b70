"""A credit as an object of schema.org, for a page that republishes the work.

Texts are as recorded: JSON needs no lines, so only the text of the credit is worded in them.
"""

from collections.abc import Iterable, Mapping

from service.core.articles import Basis, Creator, Part
from service.core.attribution.model import Work
from service.core.attribution.spans import linkable
from service.core.grants import Claim

Described = dict[str, object]

_KINDS = {"person": "Person", "organization": "Organization"}
_BELONGING = {"organization": "memberOf"}
"""What says to whom somebody belongs: only people have an affiliation."""

_PARTS = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject", "quote": "Quotation"}
_ROLES = {"author": ("author", "creator"), "translator": ("translator",), "editor": ("editor",)}
_OTHER_ROLES = ("contributor",)


def describe_work(work: Work, credit: str) -> Mapping[str, object]:
    """The work in terms of schema.org with its `credit` as ``creditText``; what is not known is not there."""
    return {"@context": "https://schema.org", **_describe(work), "creditText": credit}


def _describe(work: Work) -> Described:
    url = linkable(work.url)
    return _known(
        {
            "@type": "CreativeWork",
            "@id": url,
            "name": work.title,
            "url": url,
            "inLanguage": work.language,
            "datePublished": work.published_at.text if work.published_at else None,
            **_people(work.creators),
            "sourceOrganization": _party(work.credit, work.credit_url),
            "publisher": _party(work.source_name, work.source_url),
            "license": _license(work.claim),
            "copyrightNotice": work.copyright_notice,
            "acquireLicensePage": linkable(work.more_permissions_url),
            "isBasedOn": [_describe_basis(basis) for basis in work.based_on],
            "hasPart": [_describe_part(part) for part in work.parts],
        }
    )


def _people(creators: Iterable[Creator]) -> Described:
    """Everybody by what they did, also those whom a credit names once or not at all."""
    people: dict[str, list[Described]] = {}
    for creator in creators:
        for property in _ROLES.get(creator.role, _OTHER_ROLES):
            people.setdefault(property, []).append(_person(creator))
    return dict(people)


def _person(creator: Creator) -> Described:
    """Somebody by name; of which kind is said only where it is known."""
    return _known(
        {
            "@type": _KINDS.get(creator.kind or ""),
            "name": creator.name,
            "url": linkable(creator.url),
            "sameAs": linkable(creator.orcid),
            _BELONGING.get(creator.kind or "", "affiliation"): _party(creator.affiliation, None),
        }
    )


def _party(name: str | None, url: str | None) -> Described:
    return _known({"@type": "Organization", "name": name, "url": linkable(url)}) if name else {}


def _license(claim: Claim) -> str | None:
    """The canonical address of the license, or of other terms that are stated; nothing in doubt."""
    return claim.license.url if claim.license else linkable(claim.url)


def _describe_basis(basis: Basis) -> Described:
    work = Work(title=basis.title, url=basis.url, creators=basis.creators, claim=basis.license)
    return _describe(work)


def _describe_part(part: Part) -> Described:
    creators = (Creator(name=part.creator),) if part.creator else ()
    described = _describe(Work(title=part.title, url=part.url, creators=creators, claim=part.license))
    kind = _PARTS.get(part.kind, "CreativeWork")
    return {**described, "@type": kind, **_known({"creditText": part.credit})}


def _known(members: Described) -> Described:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
