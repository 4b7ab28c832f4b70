"""The spellings of Creative Commons URLs: deeds, legal code, buttons, old schemes and slips of the pen.

Only the form is read here; whether such a license exists is for the catalogue to say.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from service.core.data import read_table

_URL = re.compile(
    r"(?:https?:)?(?://)?"
    r"(?P<host>(?:[a-z0-9-]{1,63}\.)?creativecommons\.org|(?:www\.)?licensebuttons\.net)\.?(?::\d{1,5})?"
    r"(?P<path>/[^?#]*)?(?:[?#].*)?",
    re.DOTALL,
)
_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_PAGE = re.compile(
    r"(?:deed|legalcode|legalcode-plain|rdf|index|readme)"
    r"(?:[.\-_][a-z]{2,4}(?:[-_@.][a-z]{2,8})?)?(?:\.(?:html?|txt|php|rdf|xml))?"
)
_IMAGE = re.compile(r"[a-z0-9_.@-]{1,40}\.(?:png|svg|gif|jpe?g|webp)")
_PRESSKIT = re.compile(
    r"/presskit/buttons/\d{2}x\d{2}/(?:svg|png)/(?P<unit>[a-z+-]{2,20})(?:\.[a-z]{2,6})?(?:[._-][\w.-]{1,20})?\.(?:svg|png)"
)
_PLACES = {"license": "licenses", "licence": "licenses", "licences": "licenses"} | {
    place: place for place in ("licenses", "publicdomain", "l", "p")
}
# The bare list of all licenses names Creative Commons without a type; that of the public-domain tools does not.
_ANY_UNIT = {"licenses": "cc"}
# Units that a place spells otherwise than the catalogue: the old certification, two buttons of the press kit.
_SPELLINGS = {(row["place"], row["spelling"]): row["unit"] for row in read_table("spellings.tsv")}


@dataclass(frozen=True, slots=True)
class UrlParts:
    """What the path of a Creative Commons URL names; `extra` holds a segment that nothing explains."""

    unit: str | None = None
    version: str | None = None
    port: str | None = None
    extra: str | None = None
    place: str = ""

    @property
    def button(self) -> bool:
        """An image of the license, as websites show it."""
        return self.place in ("l", "p", "presskit")


def parse_license_url(url: str) -> UrlParts | None:
    """Read any spelling of a Creative Commons URL; None for one of another site, `unit` None for another page."""
    match = _URL.fullmatch(unquote(url.strip().replace("\\/", "/")).lower())
    if match is None:
        return None
    path = match["path"] or "/"
    pressed = _PRESSKIT.fullmatch(path)
    if pressed:
        return UrlParts(_SPELLINGS.get(("presskit", pressed["unit"]), pressed["unit"]), place="presskit")
    return _parse_path([part for part in path.split("/") if part])


def _parse_path(parts: list[str]) -> UrlParts:
    """The segments `licenses/by/4.0/us/deed.en`, or `l/by/4.0/us/88x31.png` for a button."""
    place = _PLACES.get(parts[0]) if parts else None
    if place is None:
        return UrlParts()
    rest = _without_page(parts[1:])
    unit = rest.pop(0) if rest else None
    version = rest.pop(0) if rest and _VERSION.fullmatch(rest[0]) else None
    port = rest.pop(0) if rest and version else None
    return UrlParts(
        unit=_SPELLINGS.get((place, unit), unit) if unit else _ANY_UNIT.get(place),
        version=version,
        port=port,
        extra=rest[0] if rest else None,
        place=place,
    )


def _without_page(parts: list[str]) -> list[str]:
    while parts and (_PAGE.fullmatch(parts[-1]) or _IMAGE.fullmatch(parts[-1])):
        parts = parts[:-1]
    return parts
