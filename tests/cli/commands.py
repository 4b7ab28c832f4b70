"""Commands as people type them: in this process, or in one of their own."""

import subprocess
from pathlib import Path
from typing import Any

import orjson
from click.testing import CliRunner, Result

from service.actions.articles import add_article
from service.cli.main import main
from service.storage.database import Database
from tests.factories import ORDER, another_moth, checked_article
from tests.servers import COMMAND, environment_of


def run(url: str, *arguments: object, sent: bytes | None = None, **environment: str) -> Result:
    """What a command says, and how it ends; a traceback fails the test."""
    given = {"CREDITLINE_DATABASE_URL": url, **environment}
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env=given, input=sent)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def done(url: str, *arguments: object, sent: bytes | None = None, **environment: str) -> str:
    """What a command says that must end well."""
    result = run(url, *arguments, sent=sent, **environment)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(url: str, *arguments: object, code: int, sent: bytes | None = None, **environment: str) -> str:
    """The sentence that a command ends with, under this exit code."""
    result = run(url, *arguments, sent=sent, **environment)
    assert result.exit_code == code, result.output
    assert "Error: " in result.output
    assert "Traceback" not in result.output
    return result.output


def start(url: str, folder: Path, *arguments: object, **settings: Any) -> "subprocess.Popen[bytes]":
    """A command in a process of its own, in a folder of its own."""
    return subprocess.Popen(
        [COMMAND, *map(str, arguments)],
        env=environment_of(url),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **settings,
    )


def fill(database: Database, count: int) -> list[str]:
    """Register so many articles; gives their ids in order."""
    articles = (checked_article(another_moth(title=f"Lamp {number}")) for number in range(count))
    return sorted(add_article(database, ORDER, article).id for article in articles)


def titles(exported: bytes | str) -> list[str]:
    """The titles in lines of JSON."""
    return [orjson.loads(line)["title"] for line in exported.splitlines()]
