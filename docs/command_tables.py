"""The commands and their options, as click knows them."""

from collections.abc import Callable, Iterator, Sequence

import click

from service.cli.main import main

Table = Callable[[Sequence[str], Sequence[Sequence[str]]], str]


def command_tables(table: Table) -> str:
    """What each command does, and a table of the options of each; `table` draws one."""
    commands = [*_walk(click.Context(main, info_name="creditline"))]
    rows = [(f"`{context.command_path}`", _first_sentence(context.command)) for context in commands]
    parts = [table(("Command", "What it does"), rows)]
    for context in commands:
        options = [*_options(context)]
        if options:
            usage = " ".join([context.command_path, *context.command.collect_usage_pieces(context)[1:]])
            parts += [f"### {context.command_path}", f"`{usage}`", table(("Option", "Meaning"), options)]
    return "\n\n".join(parts)


def _walk(parent: click.Context) -> Iterator[click.Context]:
    """Every command that can be run, in the order of the help."""
    assert isinstance(parent.command, click.Group)
    for name in parent.command.list_commands(parent):
        command = parent.command.get_command(parent, name)
        assert command is not None, name
        context = click.Context(command, info_name=name, parent=parent)
        if isinstance(command, click.Group):
            yield from _walk(context)
        else:
            yield context


def _first_sentence(command: click.Command) -> str:
    return " ".join((command.help or "").split("\n\n")[0].split())


def _options(context: click.Context) -> Iterator[tuple[str, str]]:
    """Names and meanings of a command's options, with what they take and what holds without them."""
    for option in context.command.params:
        if isinstance(option, click.Option):
            record = option.get_help_record(context)
            assert record is not None, option.name
            yield f"`{_escape(record[0])}`", _escape(record[1])


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
