"""``creditline turn``, as people type it."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from service.actions.articles import add_article
from service.actions.transactions import Order
from service.cli.main import main
from service.storage.articles import serve_version
from service.storage.database import Database
from tests.factories import EDITOR, another_moth, checked_article


def turn(url: str, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["turn", *arguments], env={"CREDITLINE_DATABASE_URL": url})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def due(database: Database) -> list[str]:
    """Articles that were written the day before their license began, and never turned."""
    began = datetime.now(UTC) - timedelta(days=30)
    license = {"id": "CC-BY-4.0", "start": began.date().isoformat()}
    order = Order(actor=EDITOR, now=began - timedelta(days=1))
    return [add_article(database, order, checked_article(another_moth(license=license))).id for _ in range(3)]


def test_it_turns_what_is_due_and_tells_how_many(database_url, database, due):
    assert turn(database_url, "--limit", "2") == "Turned 2 of 2 articles that were due.\n"
    assert turn(database_url) == "Turned 1 of 1 articles that were due.\n"
    assert turn(database_url) == "Turned 0 of 0 articles that were due.\n"
    assert [serve_version(database, id) for id in due] == [(2, None)] * 3


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_is_a_number_from_one_on(database_url, limit):
    result = CliRunner().invoke(main, ["turn", "--limit", limit], env={"CREDITLINE_DATABASE_URL": database_url})
    assert (result.exit_code, "Error: " in result.output) == (2, True)


def test_it_has_help():
    result = CliRunner().invoke(main, ["turn", "-h"])
    assert (result.exit_code, "Usage: " in result.output) == (0, True)
