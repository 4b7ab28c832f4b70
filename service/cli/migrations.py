"""``creditline migrate``: the tables that a release needs."""

import click

from service.actions.words import are_words_current, stream_reindexing
from service.cli.opening import with_database
from service.storage.database import Database
from service.storage.migrations import list_pending, migrate_down, migrate_up


@click.command()
@click.option("--down", is_flag=True, help="Take back the last migration, or all back to and including TARGET.")
@click.option("--status", is_flag=True, help="Only tell what is pending.")
@click.argument("target", required=False)
@with_database
def migrate(database: Database, target: str | None, *, down: bool, status: bool) -> None:
    """Bring the database to what this release needs, as far as TARGET."""
    if status:
        for name in list_pending(database):
            click.echo(f"pending {name}")
        return
    names = migrate_down(database, target) if down else migrate_up(database, target)
    for name in names:
        click.echo(f"{'reverted' if down else 'applied'} {name}")
    if not list_pending(database) and not are_words_current(database):
        for done in stream_reindexing(database):
            click.echo(f"indexed the words of {done} articles")
    elif not names:
        click.echo("The database is up to date.")
