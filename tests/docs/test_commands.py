"""The examples of the page about commands run one after the other and say what the page shows."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from service.cli.main import COMMANDS, main
from tests.servers import COMMAND, environment_of

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(.*?)```\s+```text\n(.*?)```", PAGE, re.DOTALL)
_PACE = re.compile(r"[\d.]+ seconds, [\d,]+ records a second")

needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="the examples are written for bash")


def _commands() -> list[str]:
    names = []
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        names += [f"{name} {below}" for below in command.commands] if isinstance(command, click.Group) else [name]
    return names


@needs_bash
def test_the_examples_say_what_they_show(tmp_path):
    environment = environment_of(f"sqlite:///{tmp_path}/lamps.db")
    environment["PATH"] = f"{COMMAND.parent}{os.pathsep}{environment['PATH']}"
    subprocess.run([COMMAND, "migrate"], env=environment, check=True, capture_output=True)
    assert len(EXAMPLES) >= 5
    for example, shown in EXAMPLES:
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", example], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        pattern = re.escape(_PACE.sub("PACE", shown)).replace("…", ".*?")
        assert re.fullmatch(pattern, _PACE.sub("PACE", result.stdout)), result.stdout


@pytest.mark.parametrize("name", _commands())
def test_every_command_and_option_is_on_the_page(name):
    command: click.Command = main
    for part in name.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), part)
        assert found is not None
        command = found
    assert f"| `creditline {name}` |" in PAGE
    section = PAGE.partition(f"### creditline {name}\n")[2].partition("\n###")[0].partition("<!--")[0]
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.opts[0] for option in options if option.opts[-1] not in section] == []
    assert all(option.help for option in options)


@pytest.mark.parametrize("name", _commands())
def test_every_command_has_help_that_says_something(name):
    from click.testing import CliRunner

    result = CliRunner().invoke(main, [*name.split(), "-h"])
    assert result.exit_code == 0
    assert f"Usage: main {name}" in result.output
    assert len(result.output.splitlines()) > 4
