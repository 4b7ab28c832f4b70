"""The pictures, films and sounds that an entry encloses, each with the license and credit that it has itself."""

from collections.abc import Iterator
from typing import Any

from service.formats.intake.addresses import read_address
from service.formats.intake.feed_elements import Elements, address_of, prose, resolve
from service.formats.intake.plain_text import cut_text, one_line
from service.formats.intake.stated_rights import Offer, is_address, license_of
from service.formats.intake.stated_terms import Terms, dispute_terms
from service.formats.intake.xml_records import local_name

_KINDS = ("image", "video", "audio")
_MAKERS = frozenset({"photographer", "author", "artist", "illustrator", "producer", "director", "composer"})
_NAME, _TITLE = 500, 1000
_MOST = 100


def parts_of(entry: Elements, base: str | None) -> list[dict[str, Any]]:
    """The ``parts`` of an entry, each address once; what is said twice is put together."""
    found: dict[str, dict[str, Any]] = {}
    for part in (*_enclosures(entry, base), *_media(entry, base)):
        known = found.setdefault(part["url"], part)
        license = dispute_terms((known.get("license"), part.get("license")))
        known.update({name: value for name, value in part.items() if name not in known})
        known.update({"license": license} if license else {})
    return list(found.values())[:_MOST]


def _enclosures(entry: Elements, base: str | None) -> Iterator[dict[str, Any]]:
    links = (link for link in entry.all("link", "atom:link") if link.get("rel") == "enclosure")
    for element in (*entry.all("enclosure"), *links):
        url = read_address(resolve(element.get("url") or element.get("href") or "", element, base))
        kind = _kind(element.get("type") or "")
        if url and kind:
            yield {"kind": kind, "url": url}


def _media(entry: Elements, base: str | None) -> Iterator[dict[str, Any]]:
    """What Media RSS has: what is said around the objects is said of each of them, of the nearest first."""
    groups = [Elements(group, is_atom=entry.is_atom) for group in entry.all("media:group")]
    for around in (entry, *groups):
        outer = (around, entry)
        for element in around.all("media:content"):
            inner = Elements(element, is_atom=entry.is_atom)
            kind = element.get("medium") or _kind(element.get("type") or "")
            url = read_address(resolve(element.get("url") or "", element, base))
            if url and kind in _KINDS:
                yield {"kind": kind, "url": url, **_said(inner, *outer)}
        if next(around.all("media:content"), None) is None:
            yield from _thumbnails(around, base)


def _thumbnails(around: Elements, base: str | None) -> Iterator[dict[str, Any]]:
    """Small pictures of which it is said whose they are; of others, as faces of authors are, nothing need be known."""
    said = _said(around)
    for element in around.all("media:thumbnail"):
        url = read_address(resolve(address_of(element), element, base))
        if url and not said.keys().isdisjoint(("license", "credit", "creator")):
            yield {"kind": "image", "url": url, **said}


def _said(*around: Elements) -> dict[str, Any]:
    """Title, license and credit of an object by the first of the elements that says each."""
    said: dict[str, Any] = {}
    for elements in reversed(around):
        title = next(elements.all("media:title"), None)
        text = one_line(prose(title, is_atom=False)) if title is not None else ""
        said |= {"title": cut_text(text, _TITLE)} if text else {}
        license = _license(elements)
        said |= {"license": license} if license else {}
        said |= _credit(elements)
    return said


def _license(elements: Elements) -> Terms | None:
    """The license of an object: of several it is not known which holds."""
    licenses = list(elements.all("media:license", "creativeCommons:license", "cc:license"))
    if local_name(elements.element) in ("item", "entry"):
        licenses = list(elements.all("media:license"))  # the others speak of the article
    addresses = [address_of(child) for child in licenses]
    words = [child.text.strip() for child in licenses if child.text]
    license = license_of((Offer(url=address) for address in addresses if is_address(address)), words)
    return dispute_terms(license if isinstance(license, list) else [license])


def _credit(elements: Elements) -> dict[str, str]:
    said: dict[str, str] = {}
    for credit in elements.all("media:credit"):
        name = one_line(credit.text or "")
        if name and len(name) <= _NAME:
            said.setdefault("creator" if (credit.get("role") or "").lower() in _MAKERS else "credit", name)
    return said


def _kind(media_type: str) -> str | None:
    kind = media_type.lower().partition("/")[0]
    return kind if kind in _KINDS else None
