"""Which addresses may be spoken to."""

from ipaddress import ip_network

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.delivery.addresses import is_public


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7"),
        *("203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("::1", "::", "fe80::1", "fe80::1%1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8"),
        *("2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe"),
        *("64:ff9b:1::8.8.8.8", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1", "3fff::1"),
        *("2a00:1450:4001::5efe:10.0.0.1", "2a00:1450:4001::200:5efe:192.168.0.1", "100::1", "5f00::1", "4000::1"),
        *("", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "1.2.3.4/8", "1.2.3", "[::1]"),
    ],
)
def test_a_private_reserved_or_disguised_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1"),
        *("192.0.1.1", "198.17.255.255", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001:80b::200e"),
        *("::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8", "2a00:1450::5efe:8.8.8.8"),
    ],
)
def test_an_address_that_is_the_same_to_everybody_is_public(address):
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_is_public_that_the_standard_library_knows_to_be_special(address):
    address = getattr(address, "ipv4_mapped", None) or address
    assume(address not in ip_network("64:ff9b::/96"))  # where the address inside decides
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    assert not (is_public(str(address)) and (special or address.is_reserved or address.is_unspecified))
