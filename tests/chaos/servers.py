"""Real servers: gunicorn as ``creditline serve`` starts it, in a process group of its own that a test may kill."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.api import ADMIN_KEY

START_SECONDS = 60
STOP_SECONDS = 30


class Server:
    """A server on a free port of 127.0.0.1; its log is a file under `folder`."""

    def __init__(self, database_url: str, folder: Path, *, workers: int) -> None:
        self.database_url = database_url
        self.workers = workers
        self.port = _free_port()
        self.log = folder / f"server-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The base of its URLs."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [str(Path(sys.executable).with_name("creditline")), "serve"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            assert self._process.poll() is None, self.read_log()
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL to the master and all its workers at once: nobody gets to finish or to clean up."""
        assert self._process is not None, "the server was started"
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """End it in order; what does not end is killed."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def is_ready(self) -> bool:
        """Whether it answers and reaches its database."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def read_log(self) -> str:
        """What it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("CREDITLINE_")}
        return {
            **inherited,
            "CREDITLINE_DATABASE_URL": self.database_url,
            "CREDITLINE_ADMIN_KEY": ADMIN_KEY,
            "CREDITLINE_LOG_LEVEL": "WARNING",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(self.workers),
        }


@contextmanager
def serving(database_url: str, folder: Path, *, workers: int) -> Iterator[Server]:
    """A running server, which must not have met a fault of its own by the end."""
    server = Server(database_url, folder, workers=workers)
    try:
        server.start()
        yield server
    finally:
        server.stop()
    assert "unhandled" not in server.read_log(), server.read_log()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
