"""Fixtures for every test: both engines, and a look whether a test left its connection clean."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from service.storage.database import Database
from tests.engines import ENGINES, Postgresql, Sqlite, serve_postgresql

# A database outlives the examples of a property: each example has to stand what the ones before it left.
settings.register_profile(
    "creditline", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
settings.load_profile("creditline")


@pytest.fixture(scope="session", autouse=True)
def _plain_environment() -> Iterator[None]:
    """Whatever Creditline is configured to where the tests run does not concern them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CREDITLINE_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    """The maker of SQLite databases."""
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """The maker of PostgreSQL databases."""
    with serve_postgresql() as engine:
        yield engine


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Sqlite | Postgresql:
    """The maker of databases on either engine."""
    maker: Sqlite | Postgresql = request.getfixturevalue(request.param)
    return maker


@pytest.fixture
def database_url(engine: Sqlite | Postgresql) -> Iterator[str]:
    """A migrated database without records."""
    with engine.database() as url:
        yield url


@pytest.fixture
def empty_url(engine: Sqlite | Postgresql) -> Iterator[str]:
    """A database without tables."""
    with engine.database(migrated=False) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The migrated database, opened; the test has to leave it clean."""
    opened = Database(database_url, synchronous="NORMAL")
    yield opened
    require_clean(opened)
    opened.close()


def require_clean(database: Database) -> None:
    """Fail where this thread's connection holds anything open."""
    assert not database.in_transaction, "a transaction was left open"
    assert database.peewee.is_closed() or database.peewee.is_connection_usable(), "a broken connection was left"
