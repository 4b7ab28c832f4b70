"""A real server: ``creditline serve`` in a process of its own, and clients that speak to it over sockets."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from tests.api import ADMIN_KEY

COMMAND = Path(sys.executable).with_name("creditline")
_PATIENCE = 30


class Server:
    """Where a running server listens."""

    def __init__(self, port: int) -> None:
        self.port = port

    def send(
        self, method: str, path: str, document: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer to a request with the admin key, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            body = document if isinstance(document, bytes) or document is None else orjson.dumps(document)
            given = {"Authorization": f"Bearer {ADMIN_KEY}", "Content-Type": "application/json", **(headers or {})}
            connection.request(method, path, body, given)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def send_raw(self, sent: bytes) -> bytes:
        """Everything that the server answers to these bytes, until it closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(sent)
            received = b""
            while piece := connection.recv(65536):
                received += piece
            return received

    def send_raw_and_leave(self, sent: bytes) -> None:
        """Send these bytes and no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass


def environment_of(database_url: str, **settings: str | None) -> dict[str, str]:
    """The environment of a command: nothing of ours but what is given, and that only where it is not None."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CREDITLINE_")}
    given = {name: value for name, value in settings.items() if value is not None}
    return {**plain, "CREDITLINE_DATABASE_URL": database_url, **given}


@contextmanager
def serve(database_url: str, *, workers: int, log: Path, **settings: str | None) -> Iterator[Server]:
    """A server on a free port of the loopback, ended by its pid."""
    port = _free_port()
    usual = {"CREDITLINE_ADMIN_KEY": ADMIN_KEY, "HOST": "127.0.0.1", "PORT": str(port)}
    environment = environment_of(database_url, **{**usual, "WEB_CONCURRENCY": str(workers), **settings})
    with log.open("wb") as output:
        process = subprocess.Popen([COMMAND, "serve"], env=environment, stdout=output, stderr=output)
        try:
            server = Server(port)
            _wait_until_ready(server, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if server.send("GET", "/livez")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
