"""An address as a request needs it: whom to connect to, and what to ask for."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from service.core.errors import InvalidValue
from service.core.urls import canonical_url

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A web address in its parts; `host` is in ASCII and without the brackets of an IPv6 address."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom a credential for it may be shown to."""
        return self.scheme, self.host, self.port


def read_target(url: str) -> Target:
    """The parts of an http or https address, its path and query as given; raises InvalidValue `invalid-url`.

    The host is that of the canonical address, so that no two readers can make two hosts of one address.
    """
    canonical = urlsplit(canonical_url(url))
    try:
        rest = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
        path = parse_url(f"http://host/{rest.lstrip('/')}").request_uri
    except (LocationParseError, ValueError) as error:
        raise InvalidValue("invalid-url", f"The address {url[:200]!r} cannot be read.") from error
    scheme, host = canonical.scheme, canonical.hostname or ""
    return Target(url=url, scheme=scheme, host=host, port=canonical.port or _PORTS[scheme], path=path)


def follow(target: Target, location: str) -> Target:
    """Where a redirect from `target` leads; raises InvalidValue where that is no web address."""
    try:
        return read_target(urljoin(target.url, location.strip()))
    except ValueError as error:  # urljoin takes no ill IPv6 address
        raise InvalidValue("invalid-url", f"{target.url[:200]} leads to {location[:200]!r}, no web address.") from error
