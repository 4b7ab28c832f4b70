"""Which Creative Commons licenses a page links to and names, where its readers see it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.core.audit.model import Quote
from service.core.audit.seen import Link, Page
from service.core.audit.tags import clean_source
from service.core.catalogue import resolve_url
from service.core.detection import Detected, detect
from service.core.licenses import Known, License, Unresolved, Unversioned, unit_family

_NAMING = ("name", "spdx", "button")
_HOST = re.compile(r"creativecommons\.org|licensebuttons\.net", re.IGNORECASE)
_PRINTED = re.compile(r"(?:https?://)?(?:www\.)?creativecommons\.org/[\w./+%~-]{1,200}", re.ASCII | re.IGNORECASE)
_LICENSE_PATH = re.compile(r"/(?:licen[cs]es?|publicdomain)/", re.IGNORECASE)
_TRAILING = ".-_"
_LONGEST_NAME = 500


@dataclass(slots=True, kw_only=True)
class PageLicenses:
    """The licenses of a page, each with the first place that says so.

    ``linked`` are those at the end of a link or of an address in print, ``named`` those in words or by a button,
    ``marked`` those that a link marks as the page's license. ``misnamed`` are those whose link has the name of another,
    ``fitting`` those with a link that has not.
    ``units`` are types that are named without a version, and ``dead`` addresses of licenses that do not exist.
    ``said`` are those that the page says at all, its metadata included. ``anchors`` are places in the visible text
    that speak of a license.
    """

    linked: dict[License, Quote] = field(default_factory=dict)
    named: dict[License, Quote] = field(default_factory=dict)
    marked: dict[License, Quote] = field(default_factory=dict)
    misnamed: dict[License, tuple[License, Quote]] = field(default_factory=dict)
    fitting: set[License] = field(default_factory=set)
    units: dict[str, Quote] = field(default_factory=dict)
    dead: list[Quote] = field(default_factory=list)
    said: frozenset[License] = frozenset()
    conflict: bool = False
    anchors: list[int] = field(default_factory=list)

    @property
    def seen(self) -> dict[License, Quote]:
        """Every license that readers see, by a link or by a name."""
        return {**self.named, **self.linked}


def find_licenses(page: Page) -> PageLicenses:
    """The licenses of a page. What is denied ("not licensed under …") is not among them (`service.core.detection`)."""
    detection = detect(clean_source(page.source), media_type="text/html", base_url=page.base)
    said = frozenset(found.license for found in detection.licenses if found.license)
    made = PageLicenses(said=said, conflict=detection.conflict)
    for url, quote, place, link in _addresses(page):
        _note_address(made, page, url, quote, place, link)
    for found in detection.licenses:
        _note_names(made, page, found)
    return made


def _addresses(page: Page) -> Iterator[tuple[str, Quote, int, Link | None]]:
    """The addresses of licenses that readers see or can follow, links first."""
    for link in page.links:
        if link.shown and _HOST.search(link.url):
            yield link.url, page.quote_source(link.start, link.end), link.at, link
    for match in _PRINTED.finditer(page.text):
        url = match[0].rstrip(_TRAILING)
        yield url, page.quote(match.start(), match.start() + len(url)), match.start(), None


def _note_address(made: PageLicenses, page: Page, url: str, quote: Quote, place: int, link: Link | None) -> None:
    match resolve_url(url):
        case Known(license=license) if license in made.said:
            made.anchors.append(place)
            made.linked.setdefault(license, quote)
            if link:
                _note_link(made, page, license, quote, link)
        case Unversioned(unit=unit):
            made.anchors.append(place)
            made.units.setdefault(unit, quote)
        case Unresolved() if _LICENSE_PATH.search(url):
            made.dead.append(quote)


def _note_link(made: PageLicenses, page: Page, license: License, quote: Quote, link: Link) -> None:
    if "license" in link.rel:
        made.marked.setdefault(license, quote)
    other = _other_name(license, page.text[link.at : link.until])
    if other is None:
        made.fitting.add(license)
    else:
        made.misnamed.setdefault(license, (other, quote))


def _other_name(license: License, text: str) -> License | None:
    """The license that a text names in the stead of the one that it links to."""
    named = [found.license for found in detect(text[:_LONGEST_NAME]).licenses if found.license]
    return None if not named or any(_may_mean(other, license) for other in named) else named[0]


def _may_mean(named: License, license: License) -> bool:
    """Whether a name may mean a license: one without a jurisdiction may stand for one that has it."""
    same = (unit_family(named.unit), named.version) == (unit_family(license.unit), license.version)
    return named == license or (same and named.jurisdiction is None)


def _note_names(made: PageLicenses, page: Page, found: Detected) -> None:
    """Note where readers see the name of what was detected; a name may say less than the license it belongs to."""
    for evidence in found.evidence:
        place = page.place_of(evidence.start)
        is_button = evidence.kind == "button" and page.shows_medium(evidence.start)
        if evidence.kind not in _NAMING or (place is None and not is_button):
            continue
        made.anchors += [] if place is None else [place]
        quote = page.quote_source(evidence.start, evidence.end)
        named = detect(evidence.quote)
        if found.license and any(other.license == found.license for other in named.licenses):
            made.named.setdefault(found.license, quote)
        elif named.unit or found.unit:
            made.units.setdefault(named.unit or found.unit or "", quote)
