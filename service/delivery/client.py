"""Requests to other hosts, within a policy: the only place that speaks HTTP to the outside."""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version

from urllib3.connection import HTTPConnection
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.response import HTTPResponse

from service.core.errors import InvalidValue
from service.delivery.connections import connect
from service.delivery.deadlines import Deadline
from service.delivery.errors import AnswerTooLarge, AnswerUnreadable, DeliveryError, TimedOut, Unreachable
from service.delivery.policy import Policy
from service.delivery.targets import Target, follow, read_target

USER_AGENT = f"Creditline/{version('creditline')}"
_REDIRECTS = (301, 302, 303, 307, 308)
_SECRETS = ("authorization", "cookie", "proxy-authorization")
_PACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_PIECE = 65_536
_NETWORK_ERRORS = (HTTPError, http.client.HTTPException, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer in full. `headers` have names in lower case; `url` is where it came from, after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


@dataclass(slots=True, kw_only=True)
class Answer:
    """An answer whose body is still to come."""

    status: int
    headers: Mapping[str, str]
    target: Target
    _response: HTTPResponse
    _policy: Policy
    _deadline: Deadline
    _taken: int = field(default=0)

    @property
    def url(self) -> str:
        """Where it came from, after redirects."""
        return self.target.url

    def pieces(self) -> Iterator[bytes]:
        """The body, unpacked piece by piece; raises DeliveryError where it breaks off or is too large."""
        packed = self.headers.get("content-encoding", "").lower()
        if not _PACKED.issuperset(part.strip() for part in packed.split(",")):
            raise AnswerUnreadable(f"{self.url} answers packed as {packed[:50]!r}, which was not asked for.")
        with _named_errors(self.target, self._deadline):
            for piece in self._response.stream(_PIECE, decode_content=True):
                self._taken += len(piece)
                if self._policy.max_bytes is not None and self._taken > self._policy.max_bytes:
                    raise AnswerTooLarge(f"{self.url} answers with more than {self._policy.max_bytes} bytes.")
                yield piece
            if self._deadline.has_passed:  # hung up on, which an answer without a length takes for its end
                raise TimedOut(f"{self.url} took too long to answer.")


def send(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None, policy: Policy
) -> Response:
    """The answer to a request, in full, whatever its status is.

    Raises DeliveryError where there is none within the policy, and InvalidValue for what is no web address.
    """
    with exchange(method, url, headers=headers, body=body, policy=policy) as answer:
        whole = b"".join(answer.pieces())
        return Response(status=answer.status, headers=answer.headers, body=whole, url=answer.url)


@contextmanager
def exchange(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None, policy: Policy
) -> Iterator[Answer]:
    """The answer to a request, to be read within the block; raises as `send` does."""
    target, deadline = read_target(url), Deadline(policy.seconds)
    given = {name.lower(): value for name, value in (headers or {}).items()}
    hops = policy.redirects if method in ("GET", "HEAD") else 0
    for left in range(hops, -1, -1):
        with _asked(method, target, given, body, policy, deadline) as answer:
            following = _following(answer) if hops else None
            if following is None:
                yield answer
                return
        if not left:
            break
        if following.origin != target.origin:
            given = {name: value for name, value in given.items() if name not in _SECRETS}
        target = following
    raise AnswerUnreadable(f"{url[:200]} leads on and on: more than {hops} redirects.")


@contextmanager
def _asked(
    method: str, target: Target, headers: Mapping[str, str], body: bytes | None, policy: Policy, deadline: Deadline
) -> Iterator[Answer]:
    """The answer of one host to one request; the connection is closed behind it."""
    connection: HTTPConnection | None = None
    try:
        with _named_errors(target, deadline):
            connection = connect(target, policy, deadline)
            response = _speak(connection, method, target, headers, body)
        answered = {name.lower(): value for name, value in response.headers.items()}
        yield Answer(
            status=response.status,
            headers=answered,
            target=target,
            _response=response,
            _policy=policy,
            _deadline=deadline,
        )
    finally:
        deadline.release()
        if connection is not None:
            connection.close()


def _speak(
    connection: HTTPConnection, method: str, target: Target, headers: Mapping[str, str], body: bytes | None
) -> HTTPResponse:
    usual = {"user-agent": USER_AGENT, "accept": "*/*", "accept-encoding": "gzip, deflate", "connection": "close"}
    with suppress(BrokenPipeError):  # it may have answered before it had read everything
        connection.request(
            method, target.path, body=body, headers={**usual, **headers}, preload_content=False, decode_content=False
        )
    return connection.getresponse()


def _following(answer: Answer) -> Target | None:
    """Where an answer leads to; None where it leads nowhere."""
    location = answer.headers.get("location")
    if answer.status not in _REDIRECTS or not location:
        return None
    try:
        return follow(answer.target, location)
    except InvalidValue as error:
        raise AnswerUnreadable(f"{answer.url} leads to {location[:200]!r}: {error.detail}") from error


@contextmanager
def _named_errors(target: Target, deadline: Deadline) -> Iterator[None]:
    """Say what went wrong in one sentence, whichever library noticed."""
    try:
        yield
    except DeliveryError:
        raise
    except DecodeError as error:
        raise AnswerUnreadable(f"{target.url} answers with what cannot be unpacked.") from error
    except _NETWORK_ERRORS as error:
        if deadline.has_passed or isinstance(error, TimeoutError):
            raise TimedOut(f"{target.url} took too long to answer.") from error
        raise Unreachable(f"{target.url} cannot be reached: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    """The cause in few words."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
