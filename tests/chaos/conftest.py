"""Servers on both databases. ``CHAOS=long`` (``make chaos``) does more of everything, with 2 and with 4 workers."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.chaos.clients import Client
from tests.chaos.servers import Server, serving
from tests.engines import ENGINES

LONG = os.environ.get("CHAOS") == "long"
WORKERS = (2, 4) if LONG else (2,)
CASES = [pytest.param((engine, workers), id=f"{engine}-{workers}") for engine in ENGINES for workers in WORKERS]


@dataclass(frozen=True)
class Amounts:
    """How much of each is done."""

    writes: int
    kills: int
    rounds: int
    walks: int


@pytest.fixture(scope="session")
def amounts() -> Amounts:
    """Little by default, and what the contract asks for with ``CHAOS=long``."""
    if LONG:
        return Amounts(writes=1500, kills=10, rounds=20, walks=10)
    return Amounts(writes=200, kills=2, rounds=3, walks=1)


@pytest.fixture(scope="session", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[str, int]:
    """The name of an engine, and a number of workers."""
    name: tuple[str, int] = request.param
    return name


@pytest.fixture(scope="session")
def server(
    case: tuple[str, int], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with a database of its own; nobody but these tests writes to it."""
    engine, workers = case
    with (
        request.getfixturevalue(engine).database() as url,
        serving(url, tmp_path_factory.mktemp("server"), workers=workers) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def small_server(
    case: tuple[str, int], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Another server, with a single worker."""
    engine, _ = case
    with (
        request.getfixturevalue(engine).database() as url,
        serving(url, tmp_path_factory.mktemp("small"), workers=1) as running,
    ):
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    """A client of the server."""
    with Client(server.port) as connected:
        yield connected


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what a long run has done."""
    if LONG:
        for report in terminalreporter.getreports("passed"):
            for _, figures in (item for item in report.user_properties if item[0] == "figures"):
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {figures}")
