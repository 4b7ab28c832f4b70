"""The addresses of a page, in its links, its media and its text, compared as canonical URLs.

http and https are one here, as is a host with and without www: a link of either kind leads to the work.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urljoin

import idna

from service.core.audit.seen import Page
from service.core.errors import InvalidValue
from service.core.urls import canonical_url

# A URL in running text ends at quotes and brackets that no URL holds, and at punctuation of scripts without spaces.
_PRINTED = re.compile(
    "(?:https?://|www\\.)[^\\s<>\"'`«»‹›“”„‘’「」『』《》〈〉（）【】、。，；：！？؟،؛\u2066-\u2069\u200e\u200f\u202a-\u202e]{3,8192}",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?…*_~"
_BRACKETS = ")]}"
_ASCII = re.compile(r"[\x21-\x7e]+")
_START = re.compile(r"(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_PORT = re.compile(r":(?:80|443)?(?=/|$)")
_WORD = re.compile(r"[\w/%~.-]")
_GOES_ON = re.compile(r"[/.]?[\w%~-]|[?#]\w", re.ASCII)

Place = tuple[int, int]


def address_key(url: str) -> str | None:
    """What spellings of one address have in common, None for what is no web address."""
    whole = f"https:{url}" if url.startswith("//") else f"https://{url}" if url[:4].lower() == "www." else url
    try:
        canonical = canonical_url(whole)
    except InvalidValue:
        return None
    return _START.sub("", canonical, count=1).removesuffix("/")


class Addresses:
    """Addresses with the places where they stand, to be searched; each is read only if it may be the one wanted."""

    def __init__(self, found: Iterable[tuple[str, Place]], base: str | None = None) -> None:
        self._candidates: dict[str, dict[str, Place]] = {}
        for url, span in found:
            whole = _join(base, url)
            self._candidates.setdefault(_outline(whole), {}).setdefault(whole, span)

    def find(self, url: str) -> Place | None:
        """Where an address first stands in the source, in whatever spelling."""
        key = address_key(url)
        if key is None:
            return None
        near = (self._candidates.get(outline, {}) for outline in _outlines(key))
        return next((span for each in near for other, span in each.items() if address_key(other) == key), None)


def printed_addresses(text: str) -> Iterator[tuple[str, Place]]:
    """The addresses that stand in a text in so many letters, with and without what may be its punctuation."""
    for match in _PRINTED.finditer(text):
        whole = match[0]
        ascii_part = _ASCII.match(whole)
        for form in dict.fromkeys((whole, ascii_part[0] if ascii_part else whole)):
            bare = form.rstrip(_TRAILING)
            for url in dict.fromkeys((bare, bare.rstrip(_BRACKETS + _TRAILING))):
                yield url, (match.start(), match.start() + len(url))


def find_bare(text: str, url: str) -> Place | None:
    """Where an address stands in a text without its scheme; one that is a host alone is too little to be told."""
    key = address_key(url)
    if key is None or "/" not in key:
        return None
    at = text.find(key)
    while at >= 0:
        until = at + len(key)
        if not _WORD.match(text[at - 1 : at]) and not _GOES_ON.match(text, until):
            return at, until
        at = text.find(key, at + 1)
    return None


def page_addresses(page: Page) -> Addresses:
    """The addresses that readers of a page see or can follow."""
    links = ((link.url, (link.start, link.end)) for link in page.links if link.shown)
    printed = ((url, page.span(*place)) for url, place in printed_addresses(page.text))
    return Addresses((*links, *printed), page.base)


def media_addresses(page: Page) -> Addresses:
    """The addresses of what the page shows from elsewhere."""
    return Addresses(((medium.url, (medium.start, medium.end)) for medium in page.media), page.base)


def _join(base: str | None, url: str) -> str:
    if base is None or _START.match(url):
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _outline(url: str) -> str:
    """Host and path in a rough form that equal addresses share."""
    bare = _START.sub("", url, count=1) if _START.match(url) else re.sub(r"^www\.", "", url, flags=re.IGNORECASE)
    path = _PORT.sub("", re.split(r"[?#]", bare, maxsplit=1)[0], count=1)
    return unicodedata.normalize("NFKC", unquote(path)).casefold().rstrip("/")


def _outlines(key: str) -> tuple[str, ...]:
    """The outlines of a canonical address, with its host in ASCII and as people write it."""
    outline = _outline(f"//{key}")
    host, slash, path = outline.partition("/")
    try:
        return outline, f"{idna.decode(host).casefold()}{slash}{path}"
    except UnicodeError:
        return (outline,)
