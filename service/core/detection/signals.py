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
from service.core.detection.folding import fold
from service.core.detection.names import Name, find_names
from service.core.detection.vocabulary import find_words, may_name
from service.core.license_urls import parse_license_url
from service.core.licenses import Known, License, Resolution, Unresolved, Unversioned

_HOST = re.compile(r"creativecommons\.org|licensebuttons\.net|(?:spdx\.org|choosealicense\.com)/licenses")
_BEFORE_HOST = re.compile(r"(?:https?:)?(?:\\?/){0,2}(?:[a-z]{1,20}\.)?$", re.IGNORECASE)
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
    scope_start: int = 0
    scope_end: int = 0

    @property
    def linked(self) -> bool:
        """Whether the sign points at the license itself, rather than naming it."""
        return self.kind in ("url", "markup", "button")


def find_signals(document: Document, base_url: str | None) -> list[Signal]:
    """All signals in the order of the source."""
    signals = list(_text_signals(document))
    for attribute in document.attributes[:_MOST]:
        signals += _attribute_signals(attribute, base_url)
    return sorted(signals, key=lambda signal: (signal.start, signal.end))


def _text_signals(document: Document) -> Iterator[Signal]:
    for signal in _find_in(document.text, document.folded):
        signal.start, signal.end = document.origin(signal.at), document.origin_end(signal.until)
        signal.subject = document.subject(signal.at) if document.subjects else ""
        yield signal


def _attribute_signals(attribute: Attribute, base_url: str | None) -> Iterator[Signal]:
    marked = "license" in attribute.rel.split() or attribute.metadata
    value = _absolute(attribute, base_url)
    as_written = value == attribute.value and len(value) == attribute.end - attribute.start
    for signal in _find_in(value, fold(value)):
        signal.start, signal.end = attribute.start, attribute.end
        if as_written:
            signal.start, signal.end = attribute.start + signal.at, attribute.start + signal.until
        signal.at, signal.until = attribute.at, attribute.until
        signal.subject, signal.metadata, signal.marked = attribute.subject, attribute.metadata, marked
        signal.scope_start, signal.scope_end = attribute.scope_start, attribute.scope_end
        if marked and signal.kind == "url":
            signal.kind = "markup"
        yield signal


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
    urls = list(islice(_find_urls(text, folded), _MOST))
    folded = _without(urls, folded)
    if not may_name(folded):
        return urls
    names = islice(find_names(text, folded, find_words(folded)), _MOST)
    return urls + [signal for name in names for signal in _name_signals(name, text, folded)]


def _without(urls: list[Signal], folded: str) -> str:
    """The folded text with its URLs blotted out, so that no names are read in them."""
    if not urls and "%20" not in folded:
        return folded
    pieces, end = [], 0
    for url in urls:
        pieces += [folded[end : url.at], "#" * (url.until - url.at)]
        end = url.until
    return "".join([*pieces, folded[end:]]).replace("%20", "   ")


def _find_urls(text: str, folded: str) -> Iterator[Signal]:
    end = 0
    for match in _HOST.finditer(folded):
        if match.start() < end:
            continue
        before = _BEFORE_HOST.search(text, max(end, match.start() - 40), match.start())
        start = before.start() if before else match.start()
        path = _PATH.match(text, match.end())
        end = path.end() if path else match.end()
        url = text[start:end].rstrip(_TRAILING)
        foreign = (
            start == match.start() and text[start - 1 : start].isalnum() and text[start - 3 : start].lower() != "%2f"
        )
        signal = None if foreign else _url_signal(url, start)
        if signal:
            yield signal


def _url_signal(url: str, start: int) -> Signal | None:
    kind, license, unit = _read_url(url)
    end = start + len(url)
    return Signal(kind, license, unit, start, end, start, end) if license or unit else None


@lru_cache(maxsize=1024)
def _read_url(url: str) -> tuple[str, License | None, str | None]:
    """Kind, license and unit of a URL, of Creative Commons or of a page about an SPDX id."""
    lowered = url.lower()
    if "/licenses" in lowered and "creativecommons.org" not in lowered:
        return "spdx", find_license(_SPDX_PAGE.sub("", url).rpartition("/")[2]), None
    resolution = resolve_url(url)
    if resolution is None or isinstance(resolution, Unresolved):
        resolution = _without_unknown_port(url)
    parts = parse_license_url(url)
    kind = "button" if parts and parts.button else "url"
    license = resolution.license if isinstance(resolution, Known) else None
    return kind, license, resolution.unit if isinstance(resolution, Unversioned) else None


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
    if not licenses:
        yield Signal(kind, None, name.unit, *place, coded=name.coded)


def _name_kind(name: Name, text: str) -> str:
    """A name is a button in the address of a badge, an SPDX id where it is one letter for letter, else a name."""
    badge = text.rfind(_BADGE, max(0, name.start - _BADGE_REACH), name.start)
    if badge >= 0 and " " not in text[badge : name.start]:
        return "button"
    is_id = _SPDX_ID.fullmatch(text, name.start, name.end) and find_license(text[name.start : name.end])
    return "spdx" if is_id else "name"
