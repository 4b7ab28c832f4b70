"""``creditline``: the group of all commands, each loaded when it is asked for."""

from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from service.cli.endings import ending_output

COMMANDS = MappingProxyType(
    {
        "serve": "serving:serve",
        "migrate": "migrations:migrate",
        "keys": "keys:keys",
        "import": "imports:import_records",
        "export": "export:export",
        "harvest": "harvests:harvest",
        "extract": "extractions:extract",
        "detect": "detections:detect_licenses",
        "turn": "upkeep:turn",
        "prune": "upkeep:prune",
    }
)
"""The commands in the order of the help, and where each is."""


class Commands(click.Group):
    """Loads a command when it is asked for: what a server needs takes a second to load, and a text needs none of it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"service.cli.{module}"), name)
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with ending_output():  # help is written here
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with ending_output():
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Who must be credited for an article, how, and what may I do with it?"""
