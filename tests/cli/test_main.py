"""The commands, as people type them."""

import re
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from service.cli.main import main
from service.core.keys import SCOPES, digest_key
from service.storage.database import Database
from service.storage.keys import find_key
from service.storage.migrations import DIRECTORY
from tests.api import ADMIN_KEY
from tests.servers import COMMAND, environment_of, serve

NAMES = sorted(path.stem for path in DIRECTORY.glob("[0-9]*.py"))


def run(url: str, *arguments: str, **environment: str) -> Result:
    """What a command says, and how it ends; a traceback fails the test."""
    result = CliRunner().invoke(main, arguments, env={"CREDITLINE_DATABASE_URL": url, **environment})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def refused(url: str, *arguments: str, **environment: str) -> str:
    """The sentence that a command ends with."""
    result = run(url, *arguments, **environment)
    assert result.exit_code in (1, 2)
    assert "Error: " in result.output
    assert "Traceback" not in result.output
    return result.output


class TestMigrate:
    """``creditline migrate``"""

    def test_it_goes_up_and_down_and_tells(self, empty_url):
        assert run(empty_url, "migrate", "--status").output == "".join(f"pending {name}\n" for name in NAMES)
        assert run(empty_url, "migrate").output == "".join(f"applied {name}\n" for name in NAMES)
        assert run(empty_url, "migrate").output == "The database is up to date.\n"
        assert run(empty_url, "migrate", "--status").output == ""
        assert run(empty_url, "migrate", "--down").output == f"reverted {NAMES[-1]}\n"
        assert run(empty_url, "migrate", NAMES[-1]).output == f"applied {NAMES[-1]}\n"

    def test_a_target_that_is_not_there_is_named(self, empty_url):
        assert "9999_nothing" in refused(empty_url, "migrate", "9999_nothing")
        assert "9999_nothing" in refused(empty_url, "migrate", "--down", "9999_nothing")


class TestKeys:
    """``creditline keys``"""

    def test_a_key_is_made_listed_and_revoked(self, database_url):
        made = run(database_url, "keys", "add", "Night desk", "--scope", "write", "--source", "lantern")
        id, secret = made.output.split()
        listed = run(database_url, "keys", "list").output
        assert id in listed
        assert "Night desk" in listed
        assert "sources=lantern" in listed
        assert secret not in listed
        database = Database(database_url)
        assert find_key(database, digest_key(secret)).scopes == {"write"}
        database.close()
        assert run(database_url, "keys", "revoke", id).output == f"revoked {id}\n"
        assert run(database_url, "keys", "list").output == ""

    def test_a_key_may_expire(self, database_url):
        _, secret = run(database_url, "keys", "add", "x", "--scope", "read", "--expires", "2030-01-31").output.split()
        database = Database(database_url)
        assert find_key(database, digest_key(secret)).expires_at.isoformat() == "2030-01-31T00:00:00+00:00"
        database.close()

    @pytest.mark.parametrize(
        "arguments",
        [
            ("add", "x"),
            ("add", "x", "--scope", "root"),
            ("add", "--scope", "read"),
            ("add", "x", "--scope", "read", "--expires", "soon"),
            ("add", "x", "--scope", "write", "--source", "No Slug"),
            ("add", "x", "--scope", "write", "--source", ""),
            ("revoke", "x"),
            ("revoke", "01900000-0000-7000-8000-000000000000"),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_sentence(self, database_url, arguments):
        refused(database_url, "keys", *arguments)
        assert run(database_url, "keys", "list").output == ""

    def test_all_scopes_are_taken(self, database_url):
        scopes = [part for scope in SCOPES for part in ("--scope", scope)]
        assert run(database_url, "keys", "add", "x", *scopes).exit_code == 0

    @pytest.mark.parametrize("arguments", [("add", "x", "--scope", "read"), ("list",), ("revoke", "0" * 32)])
    def test_an_unmigrated_database_is_told_and_how_to_mend_it(self, empty_url, arguments):
        assert "creditline migrate" in refused(empty_url, "keys", *arguments)


@pytest.mark.parametrize("arguments", [("migrate",), ("migrate", "--status"), ("keys", "list"), ("serve",)])
def test_a_database_that_cannot_be_reached_is_told(engine, tmp_path, arguments):
    with engine.database() as url:
        missing = url
    refused(f"sqlite:///{tmp_path}" if missing.startswith("sqlite") else missing, *arguments)


@pytest.mark.parametrize("arguments", [("migrate",), ("keys", "list"), ("serve",)])
def test_a_bad_setting_stops_every_command_with_a_sentence(tmp_path, arguments):
    url = f"sqlite:///{tmp_path}/a.db"
    assert "did you mean CREDITLINE_READ_ONLY?" in refused(url, *arguments, CREDITLINE_READONLY="1")


def test_help_is_there_for_every_command():
    for arguments in ((), ("serve",), ("migrate",), ("keys",), ("keys", "add"), ("keys", "list"), ("keys", "revoke")):
        result = CliRunner().invoke(main, [*arguments, "-h"])
        assert result.exit_code == 0
        assert "Usage: " in result.output


class TestServe:
    """``creditline serve``"""

    def test_it_refuses_an_unmigrated_database_with_a_sentence(self, empty_url):
        assert "run: creditline migrate" in refused(empty_url, "serve")

    def test_gunicorn_by_itself_refuses_it_too(self, tmp_path):
        environment = environment_of(f"sqlite:///{tmp_path}/a.db", PORT="0")
        command = [COMMAND.with_name("python"), "-c", "import wsgi"]
        result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert result.returncode == 1
        assert "run: creditline migrate" in result.stderr
        assert "Traceback" not in result.stderr

    def test_it_serves_and_shows_no_key_that_was_given(self, database_url, tmp_path):
        log = tmp_path / "log"
        with serve(database_url, workers=2, log=log) as server:
            status, _, body = server.send("GET", "/v1/keys")
            assert (status, orjson.loads(body)["data"]) == (200, [])
        said = log.read_text()
        assert f"http://127.0.0.1:{server.port}/" in said
        assert "Admin key" not in said
        assert ADMIN_KEY not in said

    def test_the_first_start_makes_an_admin_key_and_shows_it_once(self, database_url, tmp_path):
        first, second = (self._start(database_url, tmp_path / name) for name in ("first", "second"))
        (secret,) = re.findall(r"Admin key, shown this once: (ak_\S+)", first)
        assert "Admin key" not in second
        database = Database(database_url)
        assert find_key(database, digest_key(secret)).scopes == {"admin"}
        database.close()

    def _start(self, url: str, log: Path) -> str:
        with serve(url, workers=1, log=log, CREDITLINE_ADMIN_KEY=None) as server:
            assert server.send("GET", "/v1/articles", None, {"Authorization": ""})[0] in (200, 401)
        return log.read_text()


def test_every_command_ends_with_a_line(database_url: str) -> Any:
    for arguments in (("migrate",), ("keys", "add", "x", "--scope", "read"), ("keys", "list")):
        assert run(database_url, *arguments).output.endswith("\n")
