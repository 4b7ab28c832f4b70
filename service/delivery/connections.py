"""Connections to the very address that was checked, under the name that was asked for."""

import socket
import ssl
from collections.abc import Sequence
from functools import lru_cache

from urllib3.connection import HTTPConnection, HTTPSConnection

from service.delivery.deadlines import Deadline
from service.delivery.errors import AddressForbidden, TimedOut, Unreachable
from service.delivery.policy import Policy
from service.delivery.targets import Target


def connect(target: Target, policy: Policy, deadline: Deadline) -> HTTPConnection:
    """A connection to the target, its certificate checked; raises DeliveryError or what the network says.

    The name is looked up once. Whatever it means to somebody else, or a moment later, the connection goes to one of the
    addresses that were checked.
    """
    addresses = _permitted(target, policy, deadline)
    connection: _Plain | _Secure
    if target.scheme == "https":
        connection = _Secure(target.host, target.port, ssl_context=_trust(policy.ca_file))
    else:
        connection = _Plain(target.host, target.port)
    connection.timeout = policy.patience
    connection.goes_to = addresses
    connection.deadline = deadline
    connection.connect()
    return connection


def _permitted(target: Target, policy: Policy, deadline: Deadline) -> Sequence[str]:
    """The addresses of the host that may be spoken to; raises AddressForbidden where there is none."""
    found = policy.resolve(target.host, target.port, deadline.left())
    permitted = [address for address in found if policy.permits(address)]
    if not permitted:
        raise AddressForbidden(f"{target.host} is in a private or reserved network, and only public hosts are asked.")
    return permitted


class _Pinned(HTTPConnection):
    """A connection that goes to given addresses, whatever its host's name may mean."""

    goes_to: Sequence[str] = ()
    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        """A socket to the first address that answers."""
        failure: OSError | None = None
        for address in self.goes_to:
            try:
                connection = socket.create_connection((address, self.port), self.deadline.left(self.timeout))
            except OSError as error:
                failure = error
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(self.timeout)
            self.deadline.watch(connection)
            return connection
        if self.deadline.has_passed:
            raise TimedOut(f"{self.host} took no connection in time.") from failure
        raise Unreachable(f"{self.host} takes no connection at port {self.port}.") from failure


class _Plain(_Pinned):
    """http"""


class _Secure(_Pinned, HTTPSConnection):
    """https"""


@lru_cache(maxsize=4)
def _trust(ca_file: str | None) -> ssl.SSLContext:
    """The certificates that are trusted; reading the system's takes a while."""
    return ssl.create_default_context(cafile=ca_file)
