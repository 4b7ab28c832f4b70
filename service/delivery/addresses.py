"""Which addresses of the Internet may be spoken to: those that mean one and the same host to everybody.

All others are in the registries of special-purpose addresses (RFC 6890, RFC 8190), or carry such an address inside.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_V4 = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
            *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            "168.63.129.16/32",  # where the machines of a cloud (Azure) find what concerns them alone
        ),
    )
)
_GLOBAL = IPv6Network("2000::/3")
# 2001::/23 holds Teredo, whose addresses carry others in a disguise, and identifiers that are no hosts.
_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214 section 6.1


def is_public(address: str) -> bool:
    """Whether the text is the address of a host that is the same to everybody; False for what is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return _is_public_v4(parsed) if isinstance(parsed, IPv4Address) else _is_public_v6(parsed)


def is_any(address: str) -> bool:
    """Whether the text is an address at all: for hosts that somebody of the house has named himself."""
    return bool(address)


def _is_public_v4(address: IPv4Address) -> bool:
    return not any(address in network for network in _V4)


def _is_public_v6(address: IPv6Address) -> bool:
    """With a zone it is a link's own. One that carries an IPv4 address leads there, so that one decides."""
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped:
        return _is_public_v4(address.ipv4_mapped)
    if address in _TRANSLATED:
        return _is_public_v4(IPv4Address(int(address) & 0xFFFFFFFF))
    if address not in _GLOBAL or any(address in network for network in _V6):
        return False
    return all(map(_is_public_v4, _inside(address)))


def _inside(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that 6to4 and ISATAP would read in this one."""
    found = [address.sixtofour] if address.sixtofour else []
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return found
