"""What speaks of a license in a document: URLs, names, ids and buttons, in the words and in the markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin

from service.core.catalogue import ANY_UNIT, LICENSES, find_license, resolve_url
from service.core.detection.acceptance import is_bare_license, is_license_name
from service.core.detection.document import Attribute, Document
from service.core.detection.entities import Unescaped
from service.core.detection.folding import fold
from service.core.detection.names import Name, find_names
from service.core.detection.vocabulary import find_words, may_name
from service.core.license_urls import parse_license_url
from service.core.licenses import Known, License, Resolution, Unresolved, Unversioned

_HOST = re.compile(r"creativecommons\.org|licensebuttons\.net|(?:spdx\.org|choosealicense\.com)/licenses")
_BEFORE_HOST = re.compile(r"(?:https?:)?(?:\\?/){0,2}(?:[a-z]{1,20}\.)?$", re.IGNORECASE)
_SCHEME = re.compile(r"https?:(?:\\?/){2}(?:[a-z]{1,20}\.)?", re.IGNORECASE)
_PATH = re.compile(r"(?::\d{1,5})?(?:(?:\\?/|%2f)[\w\-.~%+?#=&:@!$*,;/\\]{0,400})?", re.IGNORECASE | re.ASCII)
_TRAILING = ".,;:!?*\\&=_"
# A text that names more is a list of licenses, or hostile.
_MOST = 2000
_PORTS = frozenset(license.jurisdiction for license in LICENSES)
_BADGE, _BADGE_REACH = "shields.io/badge/", 60
_SPDX_PAGE = re.compile(r"\.(?:html|json|txt|rdf)$|/$")
_SPDX_ID = re.compile(r"CC0?-[\w.+-]{3,40}", re.IGNORECASE | re.ASCII)


@dataclass(slots=True)
class Signal:
    """One sign of a license: `license`, or the `unit` that is named without a version.

    [start, end) is its place in the source, [at, until) in the readable text; `subject` is the work it speaks of.
    An `impossible` one names a version or jurisdiction that the type does not have.
    """

    kind: str
    license: License | None
    unit: str | None
    start: int
    end: int
    at: int
    until: int
    subject: str = ""
    metadata: bool = False
    marked: bool = False
    coded: bool = False
    impossible: bool = False
    scope_start: int = 0
    scope_end: int = 0

    @property
    def linked(self) -> bool:
        """Whether the sign points at the license itself, rather than naming it."""
        return self.kind in ("url", "markup", "button")


def find_signals(document: Document, base_url: str | None) -> list[Signal]:
    """All signals in the order of the source."""
    signals = _find_in(document.text, document.folded)
    if document.places:
        _place(signals, document)
    for attribute in document.attributes[:_MOST]:
        signals += _attribute_signals(document, attribute, base_url)
    if len(signals) > 1:
        signals.sort(key=lambda signal: (signal.start, signal.end))
    return signals


def _place(signals: list[Signal], document: Document) -> None:
    """Note where signals in the words of a page stand in its source, and which work they speak of."""
    for signal in signals:
        signal.start, signal.end = document.origin(signal.at), document.origin_end(signal.until)
        signal.subject = document.subject(signal.at)


def _attribute_signals(document: Document, attribute: Attribute, base_url: str | None) -> list[Signal]:
    marked = "license" in attribute.rel.split() or attribute.metadata
    value = _absolute(attribute, base_url)
    signals = _find_in(value, fold(value))
    if signals:
        _place_in_attribute(signals, document, attribute, value)
    for signal in signals:
        signal.at, signal.until = attribute.at, attribute.until
        signal.subject, signal.metadata, signal.marked = attribute.subject, attribute.metadata, marked
        signal.scope_start, signal.scope_end = attribute.scope_start, attribute.scope_end
        if marked and signal.kind == "url":
            signal.kind = "markup"
    return signals


def _place_in_attribute(signals: list[Signal], document: Document, attribute: Attribute, value: str) -> None:
    """Note where signals in a value stand in the source; in a link that was made absolute, they are the whole."""
    escaped = document.source[attribute.start : attribute.end]
    unescaped = None if value == escaped else Unescaped(escaped, attribute.start)
    for signal in signals:
        if unescaped is None:
            signal.start, signal.end = attribute.start + signal.at, attribute.start + signal.until
        elif unescaped.text == value:
            signal.start, signal.end = unescaped.origin(signal.at), unescaped.origin_end(signal.until)
        else:
            signal.start, signal.end = attribute.start, attribute.end


def _absolute(attribute: Attribute, base_url: str | None) -> str:
    """The attribute's value; a relative link to a license is joined to the page it stands on."""
    relative = "license" in attribute.rel.split() and attribute.name == "href" and ":" not in attribute.value
    if not relative or base_url is None or "creativecommons" in attribute.value:
        return attribute.value
    try:
        return urljoin(base_url, attribute.value)
    except ValueError:
        return attribute.value


def _find_in(text: str, folded: str) -> list[Signal]:
    """The signals in a piece of text, placed within it."""
    places = list(islice(_find_urls(text, folded), _MOST)) if _may_link(folded) else []
    signals = [signal for place in places if (signal := _url_signal(text, *place))]
    folded = _without(places, folded)
    if may_name(folded):
        for name in islice(find_names(text, folded, find_words(folded)), _MOST):
            signals += _name_signals(name, text, folded)
    return signals


def _may_link(folded: str) -> bool:
    """Whether the host of a page about licenses may stand in the folded text."""
    return "creativecommons.org" in folded or "licensebuttons" in folded or "/licenses" in folded


def _without(places: list[tuple[int, int]], folded: str) -> str:
    """The folded text with its URLs blotted out, so that no names are read in them."""
    if not places and "%20" not in folded:
        return folded
    pieces, end = [], 0
    for at, until in places:
        pieces += [folded[end:at], "#" * (until - at)]
        end = until
    return "".join([*pieces, folded[end:]]).replace("%20", "   ")


def _find_urls(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """The places of URLs at hosts of pages about licenses."""
    end = 0
    for match in _HOST.finditer(folded):
        if match.start() < end:
            continue
        host = match.start()
        start = _start_of_url(text, host, max(end, host - 40))
        path = _PATH.match(text, match.end())
        end = path.end() if path else match.end()
        foreign = start == host and text[start - 1 : start].isalnum() and text[start - 3 : start].lower() != "%2f"
        if not foreign:
            yield start, start + len(text[start:end].rstrip(_TRAILING))


def _start_of_url(text: str, host: int, earliest: int) -> int:
    """Where the scheme and the subdomain before a host begin."""
    scheme = text.rfind("http", earliest, host)
    if scheme >= 0 and _SCHEME.fullmatch(text, scheme, host):
        return scheme
    before = _BEFORE_HOST.search(text, earliest, host)
    return before.start() if before else host


def _url_signal(text: str, start: int, end: int) -> Signal | None:
    kind, license, unit, impossible = _read_url(text[start:end])
    if license is None and unit is None:
        return None
    return Signal(kind, license, unit, start, end, start, end, impossible=impossible)


@lru_cache(maxsize=1024)
def _read_url(url: str) -> tuple[str, License | None, str | None, bool]:
    """Kind, license and unit of a URL, of Creative Commons or of a page about an SPDX id; and if it is impossible."""
    lowered = url.lower()
    if "/licenses" in lowered and "creativecommons.org" not in lowered:
        return "spdx", find_license(_SPDX_PAGE.sub("", url).rpartition("/")[2]), None, False
    resolution = resolve_url(url)
    impossible = isinstance(resolution, Unresolved)
    if impossible:
        resolution = _without_unknown_port(url)
    parts = parse_license_url(url)
    kind = "button" if parts and parts.button else "url"
    license = resolution.license if isinstance(resolution, Known) else None
    unit = resolution.unit if isinstance(resolution, Unversioned) else None
    return kind, license, unit, impossible and unit is not None


def _without_unknown_port(url: str) -> Resolution | None:
    """What a URL names whose end means nothing; of a version that does not exist, the type alone."""
    parts = parse_license_url(url)
    if parts is None or parts.unit is None:
        return None
    unit = f"https://creativecommons.org/{parts.place or 'licenses'}/{parts.unit}/"
    if parts.port is None or parts.port in _PORTS:
        return resolve_url(unit)
    known = resolve_url(f"{unit}{parts.version}/")
    return known if isinstance(known, Known) else resolve_url(unit)


def _name_signals(name: Name, text: str, folded: str) -> Iterator[Signal]:
    place = (name.start, name.end, name.start, name.end)
    if (
        not name.typed
        or name.unit is None
        or (name.commons and not name.tool and "by" not in name.elements and not name.versions)
    ):
        if is_bare_license(name, text, folded):
            yield Signal("name", None, ANY_UNIT, *place)
        return
    if not is_license_name(name, text, folded):
        return
    kind = _name_kind(name, text)
    licenses = name.licenses()
    for license in licenses:
        yield Signal(kind, license, None, *place, coded=name.coded)
    if not licenses and not name.single:
        yield Signal(kind, None, name.unit, *place, coded=name.coded, impossible=name.impossible)


def _name_kind(name: Name, text: str) -> str:
    """A name is a button in the address of a badge, an SPDX id where it is one letter for letter, else a name."""
    badge = text.rfind(_BADGE, max(0, name.start - _BADGE_REACH), name.start)
    if badge >= 0 and " " not in text[badge : name.start]:
        return "button"
    is_id = _SPDX_ID.fullmatch(text, name.start, name.end) and find_license(text[name.start : name.end])
    return "spdx" if is_id else "name"
