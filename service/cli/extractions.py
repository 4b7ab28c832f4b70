"""``creditline import``."""

import click


@click.command("extract")
def extract() -> None:
    """Nothing yet."""
