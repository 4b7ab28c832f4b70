"""The application under test on both databases, and a client that checks the shape of every answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Config
from service.storage.database import Database
from tests.api import ADMIN_KEY, Api
from tests.conftest import require_clean
from tests.engines import Postgresql, Sqlite

MakeApp = Callable[..., Flask]
SETTINGS: dict[str, Any] = {"admin_key": ADMIN_KEY, "sqlite_synchronous": "NORMAL"}


@pytest.fixture(scope="module")
def shared_api(engine: Sqlite | Postgresql) -> Iterator[Api]:
    """A client of one application for a whole module: for tests that write nothing, or nothing that others mind."""
    with engine.database() as url:
        app = create_app(Config(database_url=url, **SETTINGS))
        yield Api(app)
        require_clean(database_of(app))
        database_of(app).close()


@pytest.fixture
def make_app(database_url: str) -> Iterator[MakeApp]:
    """Makes applications on the database of the test; each must leave its connection clean."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        made.append(create_app(Config(database_url=database_url, **{**SETTINGS, **settings})))
        return made[-1]

    yield make
    for app in made:
        database = database_of(app)
        require_clean(database)
        database.close()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """The application with its usual settings."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Flask's client: nothing is added, nothing is checked."""
    return app.test_client()


@pytest.fixture
def api(app: Flask) -> Api:
    """A client with the admin key that checks every answer."""
    return Api(app)


@pytest.fixture
def stored(app: Flask) -> Database:
    """The database behind the application."""
    return database_of(app)


@pytest.fixture
def statements(stored: Database) -> Iterator[list[str]]:
    """The SQL of every query that the application runs, as it runs it."""
    ran: list[str] = []

    def note(*args: Any, **kwargs: Any) -> None:
        ran.append(str(args or kwargs))

    stored.peewee.query_hooks.append(note)
    yield ran
    stored.peewee.query_hooks.remove(note)


def database_of(app: Flask) -> Database:
    """The database behind `app`."""
    database: Database = app.extensions["creditline"].database
    return database
