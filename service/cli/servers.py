"""A server of Creditline that a command works against, named by ``--url`` and opened by a key."""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click
import orjson

from service.cli.endings import Stopped, naming_errors
from service.cli.options import take_url
from service.config import Config
from service.delivery.addresses import is_any
from service.delivery.client import Answer, exchange
from service.delivery.errors import DeliveryError
from service.delivery.fetching import read_retry_after
from service.delivery.policy import Policy

ATTEMPTS = 6
LONGEST_WAIT = 120
_POLICY = Policy(permits=is_any, seconds=None, patience=300, max_bytes=None)  # who names a server trusts it
_BUSY = (409, 429, 502, 503, 504)
_REJECTED = (400, 413, 415, 422)
_MEBIBYTE = 1024 * 1024


class Broken(Stopped):
    """A server that cannot be reached, or hangs up; it may be there again in a moment."""


class Rejected(Stopped):
    """A server that takes none of what was sent, for what is in it."""


class Missing(Stopped):
    """A server that has nothing at a path; `was_there` tells whether it has had something there."""

    was_there = False


def server_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that name a server."""
    for option in reversed(
        (
            click.option(
                "--url",
                callback=take_url,
                help="Work against the server at this address, not straight on the database.",
            ),
            click.option(
                "--key", callback=_check_key, help="The key for the server; others can see it in a list of processes."
            ),
            click.option(
                "--key-file",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="A file that holds the key; else CREDITLINE_KEY or CREDITLINE_KEY_FILE names it.",
            ),
        )
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server's address without a slash at the end, and the key to it."""

    url: str
    key: str | None

    def had(self, path: str) -> bool:
        """Whether there is anything at a path, or has been; raises Stopped where the server does not say."""
        try:
            with self.ask("GET", path, {}, headers={}):
                return True
        except Missing as missing:
            return missing.was_there

    @contextmanager
    def ask(
        self, method: str, path: str, query: Mapping[str, str], *, headers: Mapping[str, str], body: bytes | None = None
    ) -> Iterator[Answer]:
        """The answer to a request, once the server is not busy; raises Stopped for whatever is no success."""
        address = f"{self.url}{path}" + (f"?{urlencode(query)}" if query else "")
        given = {**headers, **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        with _naming_failures():
            for attempt in range(ATTEMPTS):
                with exchange(method, address, headers=given, body=body, policy=_POLICY) as answer:
                    wait = _wait(answer, attempt)
                    if wait is None:
                        if not 200 <= answer.status < 300:
                            raise _failure(answer)
                        yield answer
                        return
                time.sleep(wait)


def find_server(url: str | None, key: str | None, key_file: Path | None) -> Server | None:
    """The server that the options name; None where they name none."""
    if key and key_file:
        raise click.UsageError("Give one of --key and --key-file.")
    if url is None:
        if key or key_file:
            raise click.UsageError("A key is for a server: give its --url.")
        return None
    if key_file:
        key = _check_key(None, None, key_file.read_text(encoding="utf-8", errors="replace").strip())
    with naming_errors(Stopped):
        return Server(url=url.rstrip("/"), key=key or Config.from_environment(os.environ).key)


@contextmanager
def _naming_failures() -> Iterator[None]:
    try:
        yield
    except DeliveryError as error:
        raise Broken(str(error)) from error


def _wait(answer: Answer, attempt: int) -> int | None:
    """The seconds to wait for a server that is busy; None where it is not, or has been too often."""
    if answer.status not in _BUSY or attempt == ATTEMPTS - 1:
        return None
    asked = read_retry_after(answer.headers.get("retry-after"), now=datetime.now(UTC))
    if asked is None and answer.status == 409:  # a conflict that no waiting mends
        return None
    return min(2**attempt if asked is None else asked, LONGEST_WAIT)


def _failure(answer: Answer) -> Stopped:
    """What ends a request that the server has refused."""
    said = _said(answer)
    about = said or "which is no answer of Creditline; check --url"
    sentence = f"{answer.target.origin[1]} answers with status {answer.status}, {about}"
    if said and answer.status in _REJECTED:
        return Rejected(sentence)
    if answer.status not in (404, 410):
        return Stopped(sentence)
    missing = Missing(sentence)
    missing.was_there = answer.status == 410
    return missing


def _said(answer: Answer) -> str | None:
    """What a server says against a request; None where it is none of ours."""
    body = b""
    for piece in answer.pieces():
        body += piece
        if len(body) > _MEBIBYTE:
            break
    try:
        problem: Any = orjson.loads(body)
        slug = str(problem["type"]).rpartition("/")[2]
        faults = [str(fault.get("detail", "")) for fault in problem.get("errors", [])]
        return f"{slug}: {' '.join(dict.fromkeys(faults or [str(problem['detail'])]))}"
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _check_key(_context: Any, _option: Any, value: str | None) -> str | None:
    """The key, which no message may repeat."""
    if value is not None and not re.fullmatch("[!-~]{1,512}", value):
        raise click.BadParameter("this is no key; it is one word, such as ak_ and 43 letters.")
    return value
