"""The service and the floor, started for a measurement and stopped after it."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

KEY = "ak_benchmark_0123456789"
_GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "python:service.cli.gunicorn_settings"]


@contextlib.contextmanager
def running(folder: str) -> Iterator[tuple[int, int]]:
    """The ports of the service and of the floor; without a configured database, one in `folder`."""
    port, floor = _free_port(), _free_port()
    setup = {
        **os.environ,
        "CREDITLINE_DATABASE_URL": database_url(folder),
        "CREDITLINE_ADMIN_KEY": KEY,
        "CREDITLINE_LOG_LEVEL": "ERROR",
    }
    creditline = os.path.join(os.path.dirname(sys.executable), "creditline")
    subprocess.run([creditline, "migrate"], env=setup, check=True, stdout=subprocess.DEVNULL)
    with _serving("wsgi:app", port, setup), _serving("benchmarks.floor:app", floor, os.environ):
        yield port, floor


def database_url(folder: str) -> str:
    """The configured database, or one in `folder`."""
    return os.environ.get("CREDITLINE_DATABASE_URL", f"sqlite:///{folder}/benchmark.db")


def fetch(port: int, path: str) -> Any:
    """The JSON at `path`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


@contextlib.contextmanager
def _serving(app: str, port: int, environment: Mapping[str, str]) -> Iterator[None]:
    process = subprocess.Popen([*_GUNICORN, app], env={**environment, "PORT": str(port), "HOST": "127.0.0.1"})
    try:
        _wait(port)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            fetch(port, "/readyz")
            return
        time.sleep(0.1)
    raise SystemExit(f"no server answers on port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
