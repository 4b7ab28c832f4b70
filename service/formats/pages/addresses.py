"""Whose a record in a page is by the addresses that it names: this page's, another's, or it does not say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from urllib.parse import urljoin

from service.core.errors import InvalidValue
from service.core.urls import canonical_url, check_url
from service.formats.pages.facts import one_line_of

_READER_HOST = re.compile(r"(^|\.)(?:www|m|mobile|amp)\.(?=[^.]+\.)")
_READER_PATH = re.compile(r"^/amp(?=/)|/amp/?$|\.amp(?=\.html?$|$)|/(?:index|default)\.\w+$")
_READER_QUERY = re.compile(r"(?:amp|outputtype|mobile|print|ref|share)(?:=|$)|m=[01]$")
_WHOLE = re.compile(r"https?:|[/?.]", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+-]*:", re.IGNORECASE)
_MOST = 20
_RESOLVERS = ("doi.org", "dx.doi.org", "hdl.handle.net")  # they name a work, wherever its page is
_SAMPLE = "google.com/article"  # of a guide to markup, which pages copy as it stands


class Standing(Enum):
    """What the addresses of a record say that it is of."""

    OWN = "this page"
    OTHER = "another page"
    UNSAID = "no page in particular"


@dataclass(frozen=True, slots=True)
class _Address:
    """An address without what does not part pages: scheme, www, mobile and AMP, trackers, fragment, last slash."""

    host: str
    path: str
    query: frozenset[str]


class PageAddresses:
    """Where a page is, as the client and the page itself say; records in it are told by that."""

    def __init__(self, addresses: Sequence[str], base: str | None = None) -> None:
        """All are whole, the best first; relative ones that records name are joined to that, to `base` or the host."""
        self._own = [own for address in addresses if (own := _read(address))][:_MOST]
        first = addresses[0] if addresses else ""
        self._bases = dict.fromkeys((first, base or first, urljoin(first, "/")))

    def judge(self, *properties: Iterable[str]) -> Standing:
        """What a record is of, by the values of its properties that name its page, the most telling property first.

        The first property that names a page decides. What many pages name alike says nothing: the beginning of the
        site, the page's address without its query, and the name of a work at a resolver. Where nobody says where the
        page is, nothing else does.
        """
        for values in properties if self._own else ():
            standings = {self._judge_value(value) for value in islice(values, _MOST)}
            for standing in (Standing.OWN, Standing.OTHER):
                if standing in standings:
                    return standing
        return Standing.UNSAID

    def _judge_value(self, value: str) -> Standing:
        text = one_line_of(value)
        if not _may_be_address(text):
            return Standing.UNSAID
        standings = {self._judge_address(_read(address)) for address in self._wholes(text)}
        return next(x for x in (Standing.OWN, Standing.UNSAID, Standing.OTHER) if x in standings)

    def _wholes(self, text: str) -> Iterator[str]:
        """The whole addresses that a text may mean."""
        for base in self._bases:
            try:
                yield urljoin(base, text)
            except ValueError:
                yield text
        if not _WHOLE.match(text):
            yield f"https://{text}"

    def _judge_address(self, named: _Address | None) -> Standing:
        if named is None:
            return Standing.OTHER
        if any(_is_same(named, own) for own in self._own):
            return Standing.OWN
        return Standing.UNSAID if any(_is_general(named, own) for own in self._own) else Standing.OTHER


def join_address(base: str | None, text: str) -> str | None:
    """The whole address that a text in a page at `base` means, None for what is no sound one."""
    try:
        return check_url(urljoin(base or "", one_line_of(text)))
    except (InvalidValue, ValueError):
        return None


def _is_same(named: _Address, own: _Address) -> bool:
    """Whether an address leads to the page: one that has a query may leave out some of it."""
    if (named.host, named.path) != (own.host, own.path):
        return False
    return named.query == own.query or (bool(named.query) and named.query < own.query)


def _is_general(named: _Address, own: _Address) -> bool:
    """Whether many pages of the site may name that address, or any page of any site."""
    if named.host in _RESOLVERS or named.host + named.path == _SAMPLE:
        return True
    is_of_site = not named.path and f".{own.host}".endswith(f".{named.host}")
    return not named.query and (is_of_site or (named.host, named.path) == (own.host, own.path))


def _may_be_address(text: str) -> bool:
    """Whether a text is meant as the address of a page: not as a fragment, a URN, a word or a sentence."""
    if text.startswith("#") or _OTHER_SCHEME.match(text):
        return False
    return _WHOLE.match(text) is not None or (" " not in text and ("/" in text or "." in text))


def _read(address: str) -> _Address | None:
    """The address to compare, None for what is no sound one."""
    try:
        whole = canonical_url(address.replace(" ", "%20"))
    except InvalidValue:
        return None
    authority, _, rest = whole.partition("://")[2].lower().partition("/")
    path, _, query = rest.partition("?")
    kept = (parameter for parameter in query.split("&") if parameter and not _READER_QUERY.match(parameter))
    return _Address(_READER_HOST.sub(r"\1", authority), _READER_PATH.sub("", f"/{path}").rstrip("/"), frozenset(kept))
