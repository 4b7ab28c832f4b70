"""Running the migration scripts, one runner at a time, and telling which are still to be run."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.migrations import MigrationError, Runner

from service.storage.database import Database

DIRECTORY = Path(__file__).parents[2] / "migrations"
_LOCK = int.from_bytes(hashlib.sha256(b"creditline migrations").digest()[:7], "big")


class UnknownMigration(Exception):
    """A migration that is not there or was not applied; the message names it."""


def migrate_up(database: Database, target: str | None = None) -> list[str]:
    """Apply what is pending, as far as `target`; returns the names of what was applied."""
    with _exclusively(database) as runner, _named():
        applied: list[str] = runner.up(target)
    return applied


def migrate_down(database: Database, target: str | None = None) -> list[str]:
    """Take back the last migration, or all back to and including `target`; returns their names."""
    with _exclusively(database) as runner, _named():
        reverted: list[str] = runner.down(target)
    return reverted


def list_pending(database: Database) -> list[str]:
    """The names of the migrations that this release needs and the database lacks."""
    with _connected(database) as runner:
        return [migration.name for migration in runner.status() if migration.path and not migration.applied]


@contextmanager
def _connected(database: Database) -> Iterator[Runner]:
    database.connect()
    yield Runner(database.peewee, str(DIRECTORY))


@contextmanager
def _exclusively(database: Database) -> Iterator[Runner]:
    """A runner that no other one runs beside: an advisory lock on PostgreSQL, a lock file beside an SQLite file."""
    with _connected(database) as runner:
        if not database.is_sqlite:
            database.execute("SELECT pg_advisory_lock(?)", (_LOCK,))
            try:
                yield runner
            finally:
                database.execute("SELECT pg_advisory_unlock(?)", (_LOCK,))
            return
        with open(f"{database.peewee.database}.migrate.lock", "w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield runner


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except MigrationError as error:
        raise UnknownMigration(str(error)) from error
