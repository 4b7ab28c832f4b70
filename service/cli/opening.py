"""How a command gets its database, and how it ends where something is in the way: with one sentence."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from typing import Any

import click

from service.app import open_database, require_migrated
from service.cli.endings import Ending, naming_errors
from service.config import Config
from service.storage.database import Database
from service.storage.migrations import UnknownMigration


def with_database(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the configured database, and end with a sentence where that cannot be had."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            with naming_errors(click.ClickException), closing(_open()) as database:
                command(database, *args, **kwargs)
        except UnknownMigration as error:
            raise click.ClickException(str(error)) from error

    return run


def with_records(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the configured database, migrated to what this release needs."""

    @wraps(command)
    def run(database: Database, *args: Any, **kwargs: Any) -> None:
        require_migrated(database)
        command(database, *args, **kwargs)

    return with_database(run)


@contextmanager
def open_records(ending: Ending) -> Iterator[Database]:
    """The configured database, migrated; where it cannot be had, or fails within, the command ends by `ending`."""
    with naming_errors(ending), closing(_open()) as database:
        require_migrated(database)
        yield database


def _open() -> Database:
    return open_database(Config.from_environment(os.environ))
