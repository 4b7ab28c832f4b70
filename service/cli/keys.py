"""``creditline keys``: make, list and revoke API keys."""

from datetime import UTC, datetime
from typing import Any

import click

from service.actions.keys import make_key, revoke_key
from service.cli.opening import with_records
from service.core.errors import InvalidValue
from service.core.keys import SCOPES
from service.formats.schemas.fields import read_slug
from service.storage.database import Database
from service.storage.keys import list_keys


def _slugs(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The slugs of an option; an ill one must not widen what a key may do."""
    try:
        return tuple(read_slug(value) for value in values)
    except InvalidValue as error:
        raise click.BadParameter(str(error)) from error


@click.group()
def keys() -> None:
    """Make, list and revoke API keys."""


@keys.command("add")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="May be repeated.")
@click.option(
    "--source", "sources", multiple=True, callback=_slugs, help="Tie the key to this source; may be repeated."
)
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="The day from which the key is invalid (UTC).")
@with_records
def add_key(
    database: Database, name: str, scopes: tuple[str, ...], sources: tuple[str, ...], expires: datetime | None
) -> None:
    """Make a key called NAME and show it, this once."""
    ends = expires.replace(tzinfo=UTC) if expires else None
    key, secret = make_key(database, name=name, scopes=scopes, sources=sources, expires_at=ends, now=datetime.now(UTC))
    click.echo(f"{key.id} {secret}")


@keys.command("list")
@with_records
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
@with_records
def drop_key(database: Database, id: Any) -> None:
    """Revoke the key ID at once."""
    revoke_key(database, str(id))
    click.echo(f"revoked {id}")
