"""Articles of one service on their way into another."""

from typing import Any

import orjson
import pytest

from service.actions.articles import add_article
from service.actions.sources import add_source, replace_source
from service.formats.documents.articles import READ_ONLY
from service.storage.database import Database
from service.storage.sources import find_source
from tests.api import ADMIN_KEY
from tests.cli.commands import done
from tests.cli.test_imports import counts
from tests.factories import ORDER, another_moth, checked_article, checked_source, lantern, lighthouse, moth
from tests.servers import serve


def documents(url: str) -> list[dict[str, Any]]:
    """What is exported, without what each service sets by itself."""
    exported = [orjson.loads(line) for line in done(url, "export", "--filter", "sort=title").splitlines()]
    return [{name: value for name, value in document.items() if name not in READ_ONLY} for document in exported]


@pytest.fixture
def filled(database, database_url):
    """A database with a source of a chosen name and articles with all kinds of members."""
    source = add_source(database, ORDER, checked_source(lantern()), slug="the-lantern").id
    articles = [moth(), lighthouse(), *(another_moth(source=source, title=f"Lamp {number}") for number in range(5))]
    for article in articles:
        add_article(database, ORDER, checked_article(article))
    return database_url


@pytest.fixture
def other(engine):
    with engine.database() as url:
        yield url


def without_slugs(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The source by its name; a license says the same whether it was inherited or is the article's own."""
    kept = []
    for document in documents:
        license = {**document["license"], "origin": None}
        kept.append({**document, "license": license, "source": {**document["source"], "id": None}})
    return kept


def test_an_export_goes_into_an_empty_database_and_loses_nothing(filled, other, tmp_path):
    path = tmp_path / "all.ndjson"
    done(filled, "export", "-o", path)
    told = counts(done(other, "import", path))
    assert (told["created"], told["failed"]) == (7, 0)
    assert without_slugs(documents(other)) == without_slugs(documents(filled))
    assert counts(done(other, "import", path))["unchanged"] == 7


def test_back_into_its_own_database_nothing_changes(filled, tmp_path):
    path = tmp_path / "all.ndjson"
    done(filled, "export", "-o", path)
    assert counts(done(filled, "import", path))["unchanged"] == 7


def test_a_slug_that_means_another_source_here_is_not_taken_for_it(filled, other, tmp_path):
    path = tmp_path / "all.ndjson"
    done(filled, "export", "-o", path)
    database = Database(other)
    add_source(database, ORDER, checked_source({"name": "Somebody else"}), slug="the-lantern")
    database.close()
    assert counts(done(other, "import", path))["created"] == 7
    assert counts(done(other, "import", path))["unchanged"] == 7
    assert "Somebody else" not in {document["source"]["name"] for document in documents(other)}


def test_an_article_that_comes_home_stays_with_its_source_when_that_has_another_name_by_now(
    filled, database, database_url, tmp_path
):
    path = tmp_path / "all.ndjson"
    done(filled, "export", "-o", path)
    source = find_source(database, "the-lantern")
    renamed = checked_source({**lantern(), "name": "Lantern and Wick"})
    replace_source(database, ORDER, source, renamed)
    done(filled, "import", path)
    assert {document["source"]["id"] for document in documents(filled)} >= {"the-lantern"}
    assert counts(done(filled, "import", path))["unchanged"] == 7


@pytest.mark.parametrize("mode", ["each", "atomic"])
def test_a_server_takes_it_as_well(filled, other, tmp_path, mode):
    path = tmp_path / "all.ndjson"
    done(filled, "export", "-o", path)
    with serve(other, workers=1, log=tmp_path / "log") as server:
        to_it = ("--url", f"http://127.0.0.1:{server.port}", "--key", ADMIN_KEY, "--mode", mode)
        assert counts(done(filled, "import", path, *to_it))["created"] == 7
        assert counts(done(filled, "import", path, *to_it))["unchanged"] == 7
    assert without_slugs(documents(other)) == without_slugs(documents(filled))


def test_what_somebody_wrote_is_taken_at_its_word(database_url, tmp_path):
    from tests.cli.commands import run

    path = tmp_path / "a.ndjson"
    path.write_bytes(orjson.dumps({**another_moth(), "version": 7}) + b"\n")
    result = run(database_url, "import", path)
    assert result.exit_code == 1
    assert "/version" in result.output
