"""An article as a policy of ODRL 2.2 in JSON-LD: a Set of what its licenses permit, with the duties.

Permissions come from the rules that also answer "may I?", and only from licenses that are exactly known: where nothing
is known the Set has none. A permission with a duty that narrows it and that ODRL has no action for is left out. Actions
that ODRL 2.2 calls deprecated are not used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson

from service.core.articles import Article, Part, claims_of
from service.core.attribution import Work, work_of
from service.core.attribution.names import named_creators, shown_credit
from service.core.attribution.spans import clean, linkable
from service.core.grants import Claim
from service.core.licenses import License
from service.core.permission.model import Ruling
from service.core.permission.rulings import Situation, rule_license
from service.formats.members import Members, drop_unknown, known, urn_of

_CONTEXT = "http://www.w3.org/ns/odrl.jsonld"
_ACTIONS = {
    "reproduce": "reproduce",
    "republish": "distribute",
    "excerpt": "extract",
    "translate": "translate",
    "adapt": "derive",
    "collect": "aggregate",
    "format-shift": "transform",
    "text-to-speech": "textToSpeech",
}
_DUTIES = {"attribution": "attribute", "license-notice": "cc:Notice", "share-alike": "cc:ShareAlike"}
# How a permitted use is done; the license, which the policy names as its source, says it too.
_UNSAID = frozenset({"changes", "no-restrictions", "outbound-license", "own-license"})
_COMMERCIAL = "cc:CommercialUse"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asset:
    """A thing with rights: its address, its licenses, any of which is enough, and who is to be named for it."""

    target: str
    licenses: Sequence[License]
    names: Sequence[str]


def render_odrl(article: Article) -> bytes:
    """The policy."""
    assets = [_article(article), *(_part(article, index, part) for index, part in enumerate(article.content.parts))]
    sources = dict.fromkeys(license.url for asset in assets for license in asset.licenses)
    policy = drop_unknown(
        {
            "@context": _CONTEXT,
            "type": "Set",
            "uid": _uid(article),
            "dct:source": [{"@id": url} for url in sources],
            "permission": [permission for asset in assets for permission in _permissions(asset)],
            "prohibition": [prohibition for asset in assets for prohibition in _prohibitions(asset)],
        }
    )
    return orjson.dumps(policy)


def _uid(article: Article) -> str:
    """The name of the policy: each version has one, and so has each day that was asked for."""
    asked = f"-{article.as_of.isoformat()}" if article.as_of else ""
    return f"{urn_of(article)}#policy-{article.version}{asked}"


def _article(article: Article) -> _Asset:
    target = linkable(article.content.url) or urn_of(article)
    return _Asset(target=target, licenses=_licenses(claims_of(article)), names=_named(work_of(article)))


def _part(article: Article, index: int, part: Part) -> _Asset:
    target = linkable(part.url) or f"{urn_of(article)}#part-{index}"
    names = [clean(part.creator)] if clean(part.creator) else []
    return _Asset(target=target, licenses=_licenses([part.license]), names=names)


def _licenses(claims: Iterable[Claim]) -> list[License]:
    return [claim.license for claim in claims if claim.license]


def _named(work: Work) -> list[str]:
    """The creators, and the party that the licensor designates."""
    names = [clean(creator.name) for _, creators in named_creators(work.creators) for creator in creators]
    return [*names, *filter(None, (shown_credit(work),))]


def _permissions(asset: _Asset) -> Iterable[Members]:
    """What each license permits; actions with the same duties are one permission."""
    open_to_all = not all(map(_is_noncommercial, asset.licenses))
    for license in asset.licenses:
        grouped: dict[tuple[str, ...], list[str]] = {}
        for use, action in _ACTIONS.items():
            duties = _duties(rule_license(license, Situation(use=use, commercial="no")))
            if duties is not None:
                grouped.setdefault(duties, []).append(action)
        limits = [_NONCOMMERCIAL] if open_to_all and _is_noncommercial(license) else []
        for duties, actions in grouped.items():
            duty = [_duty(action, asset) for action in duties]
            yield known(target=asset.target, action=actions, duty=duty, constraint=limits)


def _duties(ruling: Ruling) -> tuple[str, ...] | None:
    """The duties of a use as actions, None where it is not permitted or not without a duty that cannot be said."""
    kinds = [duty.kind for duty in ruling.duties if duty.kind not in _UNSAID]
    if not ruling.permits or not all(kind in _DUTIES for kind in kinds):
        return None
    return tuple(_DUTIES[kind] for kind in kinds)


def _duty(action: str, asset: _Asset) -> Members:
    """A duty; the one to attribute says whom, where that is known."""
    parties = [{"type": "Party", "vcard:fn": name} for name in asset.names] if action == "attribute" else []
    return known(action=action, attributedParty=parties)


def _prohibitions(asset: _Asset) -> Iterable[Members]:
    """Commercial use, where no license of the asset allows it."""
    if asset.licenses and all(map(_is_noncommercial, asset.licenses)):
        yield {"target": asset.target, "action": _COMMERCIAL}


def _is_noncommercial(license: License) -> bool:
    return "CommercialUse" in license.prohibits


_NONCOMMERCIAL = {"leftOperand": "purpose", "operator": "isNoneOf", "rightOperand": {"@id": _COMMERCIAL}}
