"""Web addresses: which are accepted, and the one spelling that stands for all.

The steps are those of RFC 3986 section 6.2.2 and 6.2.3, the host's those of UTS 46 and RFC 5952. url-normalize was
measured against them and left: it merges `//`, decodes `%2F`, re-encodes `a=b=c`, applies NFC to escapes, turns `#!`
into a query, drops empty labels and lets user info, tabs and port 99999 pass; a typical URL took it 160 microseconds
where this module took 14. `idna` and `ipaddress` know hosts, and are used.
"""

import re
from hashlib import sha256
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, unquote

import idna

from service.core.errors import InvalidValue

MAX_LENGTH = 8192  # characters, as given and as kept
MAX_HOST = 253  # characters, RFC 1035 section 2.3.4 less the root

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986 section 2.3
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"  # with the underscore, which browsers take and the web has

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\s\ud800-\udfff]")
_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.ASCII | re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:]*)(?::([0-9]*))?")
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PATH_REPAIRS = re.compile(r"%(?:[0-9A-Fa-f]{2})?|[^A-Za-z0-9._~!$&'()*+,;=:@/%-]+")
_QUERY_REPAIRS = re.compile(r"%(?:[0-9A-Fa-f]{2})?|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")
_TRACKING = re.compile(
    r"(?:utm_[^=]*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid"
    r"|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok)(?:=|$)"
)


def canonical_url(text: str) -> str:
    """The spelling of a web address under which it is kept and compared: ASCII, at most 8192 characters.

    Applying it twice changes nothing. Raises InvalidValue `invalid-url`.
    """
    if len(text) > MAX_LENGTH:
        raise _invalid(f"A URL has at most {MAX_LENGTH} characters; this one has {len(text)}.")
    if _FORBIDDEN.search(text):
        raise _invalid("A URL holds no spaces and no control characters; percent-encode or remove them.")
    match = _URL.match(text)
    if match is None:
        raise _invalid("Give a whole web address that begins with http:// or https://.")
    scheme, authority, path, query = match.groups()
    scheme = scheme.lower()
    url = f"{scheme}://{_authority(scheme, authority)}{_path(path)}{_query(query)}"
    if len(url) > MAX_LENGTH:
        raise _invalid(f"Percent-encoded, this URL has {len(url)} characters; at most {MAX_LENGTH} are kept.")
    return url


def check_url(text: str) -> str:
    """The address as given, when canonical_url would accept it. Raises InvalidValue `invalid-url`."""
    canonical_url(text)
    return text


def url_digest(canonical: str) -> bytes:
    """The SHA-256 of a canonical URL, 32 bytes: what a unique index holds, as long URLs do not fit into one."""
    return sha256(canonical.encode("ascii")).digest()


def _authority(scheme: str, authority: str) -> str:
    if "@" in authority:
        raise _invalid("Leave user name and password out of the URL.")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise _invalid("What follows the host must be a colon and a port number.")
    host, port = _host(match[1]), _port(match[2])
    return host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"


def _port(digits: str | None) -> int | None:
    """The port, None for an empty one too (RFC 3986 section 6.2.3)."""
    if not digits:
        return None
    significant = digits.lstrip("0")
    # The length comes first, as int() refuses very long texts with an error of its own.
    if not significant or len(significant) > 5 or int(significant) > 65535:
        raise _invalid("A port is a number from 1 to 65535.")
    return int(significant)


def _host(host: str) -> str:
    if host.startswith("["):
        return _ipv6(host[1:-1])
    name = host.lower() if host.isascii() and "%" not in host else _ascii_host(host)
    # example.org. and example.org are one host on the web: the final dot only stops a resolver's search list.
    name = name.removesuffix(".")
    if len(name) > MAX_HOST or not _HOST.fullmatch(name):
        raise _invalid("The URL needs a host of letters, digits, hyphens and dots, such as www.example.org.")
    if "xn--" in name:
        _check_punycode(name)
    # A host whose last label is a number is an IPv4 address to browsers (WHATWG URL, host parser), so it must be one.
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        _check_ipv4(name)
    return name


def _ipv6(address: str) -> str:
    """RFC 5952, an IPv4-mapped address in its mixed form. A zone (RFC 6874) means nothing to anybody else."""
    try:
        if "%" in address:
            raise AddressValueError(address)
        parsed = IPv6Address(address)
    except AddressValueError:
        raise _invalid("What stands in brackets must be an IPv6 address without a zone.") from None
    return f"[::ffff:{parsed.ipv4_mapped}]" if parsed.ipv4_mapped else f"[{parsed.compressed}]"


def _ascii_host(host: str) -> str:
    """Escapes decoded and UTS 46 applied, each label that is not ASCII as punycode."""
    try:
        # std3_rules would refuse the underscore; what else it refuses, _HOST does.
        mapped = idna.uts46_remap(unquote(host, errors="strict"), std3_rules=False)
        return ".".join(label if label.isascii() else idna.alabel(label).decode("ascii") for label in mapped.split("."))
    except UnicodeError:  # IDNAError is one
        raise _invalid("The host is no valid internationalized domain name (IDNA 2008).") from None


def _check_punycode(name: str) -> None:
    try:
        for label in name.split("."):
            if label.startswith("xn--"):
                idna.ulabel(label)
    except UnicodeError:
        raise _invalid("The host has a label that begins with xn-- and is no valid punycode.") from None


def _check_ipv4(name: str) -> None:
    try:
        IPv4Address(name)
    except AddressValueError:
        raise _invalid("A host that ends in a number must be an IPv4 address of four numbers, 192.0.2.1.") from None


def _path(path: str) -> str:
    path = _PATH_REPAIRS.sub(_repair, path)
    return _without_dot_segments(path) if "/." in path else path or "/"


def _without_dot_segments(path: str) -> str:
    """RFC 3986 section 5.2.4 for a path that begins with a slash; empty segments stay."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str | None) -> str:
    """The query with its question mark, without what only tracks the reader; "" when nothing is left."""
    if not query:
        return ""
    parameters = _QUERY_REPAIRS.sub(_repair, query).split("&")
    rest = "&".join(parameter for parameter in parameters if not _TRACKING.match(parameter))
    return f"?{rest}" if rest else ""


def _repair(match: re.Match[str]) -> str:
    """An escape in its one spelling; what may not stand there, escaped. A bare % is meant as one, so %25."""
    text = match[0]
    if text[0] != "%":
        return quote(text, safe="")
    if len(text) == 1:
        return "%25"
    character = chr(int(text[1:], 16))
    return character if character in _UNRESERVED else text.upper()


def _invalid(detail: str) -> InvalidValue:
    return InvalidValue("invalid-url", detail)
