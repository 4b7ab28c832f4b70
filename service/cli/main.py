"""``creditline``: serve, migrate, and look after keys."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

import click

from service.actions.due import turn_due_articles
from service.actions.keys import make_key, revoke_key
from service.actions.retention import prune as prune_feed
from service.app import open_database, require_migrated
from service.config import Config, ConfigError
from service.core.errors import CreditlineError, InvalidValue
from service.core.keys import SCOPES
from service.formats.schemas.fields import read_slug
from service.storage.database import Database
from service.storage.keys import has_keys, list_keys
from service.storage.migrations import UnknownMigration, list_pending, migrate_down, migrate_up


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Who must be credited for an article, how, and what may I do with it?"""


def _with_database(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the configured database, and end with a sentence where that cannot be had."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            with closing(open_database(Config.from_environment(os.environ))) as database:
                command(database, *args, **kwargs)
        except (ConfigError, CreditlineError, UnknownMigration) as error:
            raise click.ClickException(str(error)) from error

    return run


def _with_records(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the configured database, migrated to what this release needs."""

    @wraps(command)
    def run(database: Database, *args: Any, **kwargs: Any) -> None:
        require_migrated(database)
        command(database, *args, **kwargs)

    return _with_database(run)


def _slugs(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The slugs of an option; an ill one must not widen what a key may do."""
    try:
        return tuple(read_slug(value) for value in values)
    except InvalidValue as error:
        raise click.BadParameter(str(error)) from error


@main.command()
@_with_records
def serve(database: Database) -> None:
    """Serve over HTTP with gunicorn on HOST:PORT (127.0.0.1:8000).

    At the first start of a database without keys it makes an admin key and shows it once, unless
    CREDITLINE_ADMIN_KEY gives one.
    """
    config = Config.from_environment(os.environ)
    if config.admin_key is None and not has_keys(database):
        _, secret = make_key(database, name="first admin", scopes=["admin"], now=datetime.now(UTC))
        click.echo(f"Admin key, shown this once: {secret}")
    database.close()
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    click.echo(f"Creditline serves at http://{host}:{port}/")
    sys.stdout.flush()
    settings = ["--config", "python:service.cli.gunicorn_settings", "wsgi:app"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *settings])


@main.command()
@click.option("--down", is_flag=True, help="Take back the last migration, or all back to and including TARGET.")
@click.option("--status", is_flag=True, help="Only tell what is pending.")
@click.argument("target", required=False)
@_with_database
def migrate(database: Database, target: str | None, *, down: bool, status: bool) -> None:
    """Bring the database to what this release needs, as far as TARGET."""
    if status:
        for name in list_pending(database):
            click.echo(f"pending {name}")
        return
    names = migrate_down(database, target) if down else migrate_up(database, target)
    for name in names:
        click.echo(f"{'reverted' if down else 'applied'} {name}")
    if not names:
        click.echo("The database is up to date.")


@main.command()
@click.option(
    "--days", type=click.IntRange(1, 36_500), default=90, show_default=True, help="How long entries are kept."
)
@_with_records
def prune(database: Database, days: int) -> None:
    """Delete old entries of the change feed, and stored answers past their day."""
    changes, answers = prune_feed(database, keep=timedelta(days=days), now=datetime.now(UTC))
    click.echo(f"Deleted {changes} change entries and {answers} stored answers.")


@main.command()
@click.option("--limit", type=click.IntRange(1), help="How many articles at most; all that are due if not given.")
@_with_records
def turn(database: Database, limit: int | None) -> None:
    """Bring up to date the articles whose license began or ended by today (UTC). Run it after midnight."""
    effects = [outcome.effect for outcome in turn_due_articles(database, now=datetime.now(UTC), limit=limit)]
    click.echo(f"Turned {effects.count('updated')} of {len(effects)} articles that were due.")


@main.group()
def keys() -> None:
    """Make, list and revoke API keys."""


@keys.command("add")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="May be repeated.")
@click.option(
    "--source", "sources", multiple=True, callback=_slugs, help="Tie the key to this source; may be repeated."
)
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="The day from which the key is invalid (UTC).")
@_with_records
def add_key(
    database: Database, name: str, scopes: tuple[str, ...], sources: tuple[str, ...], expires: datetime | None
) -> None:
    """Make a key called NAME and show it, this once."""
    ends = expires.replace(tzinfo=UTC) if expires else None
    key, secret = make_key(database, name=name, scopes=scopes, sources=sources, expires_at=ends, now=datetime.now(UTC))
    click.echo(f"{key.id} {secret}")


@keys.command("list")
@_with_records
def show_keys(database: Database) -> None:
    """List the keys; the keys themselves are kept nowhere."""
    after = "00000000-0000-0000-0000-000000000000"
    while found := list_keys(database, after=after, limit=200):
        for key in found:
            tied = f" sources={','.join(key.sources)}" if key.sources else ""
            click.echo(f"{key.id} {key.prefix}… {','.join(sorted(key.scopes))}{tied} {key.name}")
        after = found[-1].id


@keys.command("revoke")
@click.argument("id", type=click.UUID)
@_with_records
def drop_key(database: Database, id: Any) -> None:
    """Revoke the key ID at once."""
    revoke_key(database, str(id))
    click.echo(f"revoked {id}")
