"""What is said to be a license: a license, or a type whose version is not said; and which of several claims count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.core.detection import Detected
from service.core.licenses import License, unit_family

Claim = License | str
"""A license, or the unit of a type, with "cc" for any."""

_CHOICE = re.compile(r"\b(?:or|oder|ou|dual\w*|wahlweise|either|entweder)\b", re.IGNORECASE)

SURE, SAID, MARKED, SHOWN = 4, 3, 2, 1
"""How sure a license is the article's: in metadata, in so many words, in markup, by its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A license of the article, how sure that is, and the words."""

    claim: Claim
    level: int
    source: str
    quote: str


def claim_of(detected: Detected) -> Claim:
    """What detection found, as a claim."""
    return detected.license if detected.license else detected.unit or "cc"


def name_unit(unit: str) -> str:
    """The name of a type as a statement has it: "CC BY-SA", or "Creative Commons" where the type is not said."""
    return "Creative Commons" if unit == "cc" else f"CC {unit.upper()}"


def write_claim(claim: Claim) -> str:
    """The address of a license, the name of a type."""
    return claim.url if isinstance(claim, License) else name_unit(claim)


def weigh_claims(found: Sequence[Found]) -> tuple[Claim, ...]:
    """The claims of the article's license that count: what is said more surely beats what only stands there, and a
    type without its version goes up in a license of that type. Several that are left disagree.
    """
    best = max((item.level for item in found), default=0)
    weights = [item for item in found if item.level >= min(best, SAID)] if best >= SAID else list(found)
    claims = list(dict.fromkeys(item.claim for item in weights))
    licenses = [claim for claim in claims if isinstance(claim, License)]
    families = {unit_family(license.unit) for license in licenses}
    units = [
        x for x in claims if isinstance(x, str) and not (licenses and x == "cc") and unit_family(x) not in families
    ]
    if len(units) > 1:
        units = [unit for unit in units if unit != "cc"]
    return (*_without_unported(licenses), *units)


def is_choice(found: Sequence[Found], claims: Sequence[Claim]) -> bool:
    """Whether one sentence offers all of the licenses to choose from."""
    offers = [
        {item.claim for item in found if item.quote == quote}
        for quote in {x.quote for x in found if _CHOICE.search(x.quote)}
    ]
    return any(offer >= set(claims) for offer in offers)


def _without_unported(licenses: list[License]) -> list[License]:
    """The licenses but those of which a port of the same type and version is there too: names often leave it out."""
    ported = {(license.unit, license.version) for license in licenses if license.jurisdiction}
    return [x for x in licenses if x.jurisdiction or (x.unit, x.version) not in ported]
