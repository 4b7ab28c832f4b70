"""``creditline turn`` and ``creditline prune``: what is to be done every night."""

from datetime import UTC, datetime, timedelta

import click

from service.actions.due import turn_due_articles
from service.actions.retention import prune as prune_feed
from service.cli.opening import with_records
from service.storage.database import Database


@click.command()
@click.option("--limit", type=click.IntRange(1), help="How many articles at most; all that are due if not given.")
@with_records
def turn(database: Database, limit: int | None) -> None:
    """Bring up to date the articles whose license began or ended by today (UTC). Run it after midnight."""
    effects = [outcome.effect for outcome in turn_due_articles(database, now=datetime.now(UTC), limit=limit)]
    click.echo(f"Turned {effects.count('updated')} of {len(effects)} articles that were due.")


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 36_500), default=90, show_default=True, help="How long entries are kept."
)
@with_records
def prune(database: Database, days: int) -> None:
    """Delete old entries of the change feed, and stored answers past their day."""
    changes, answers = prune_feed(database, keep=timedelta(days=days), now=datetime.now(UTC))
    click.echo(f"Deleted {changes} change entries and {answers} stored answers.")
