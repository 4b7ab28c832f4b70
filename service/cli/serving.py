"""``creditline serve``: the HTTP service."""

import os
import sys
from datetime import UTC, datetime

import click

from service.actions.keys import make_key
from service.cli.opening import with_records
from service.config import Config
from service.storage.database import Database
from service.storage.keys import has_keys


@click.command()
@with_records
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
