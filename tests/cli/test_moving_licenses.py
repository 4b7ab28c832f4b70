"""All licenses of an article go with it from one database into another."""

from typing import Any

import orjson
import pytest

from service.actions.articles import add_article
from service.actions.grants import record_grant
from service.formats.schemas.grants import load_grant
from service.storage.articles import find_article
from tests.cli.commands import done
from tests.cli.test_imports import counts
from tests.factories import ORDER, checked_article, moth

BY, SA, NC = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"


def licenses(url: str) -> tuple[Any, Any]:
    (document,) = map(orjson.loads, done(url, "export").splitlines())
    return document["license"], document["licenses"]


@pytest.mark.parametrize(
    "license", [[BY, SA], ["https://lantern.example/terms", BY], [{"id": BY, "start": "2020-01-01"}, SA]]
)
@pytest.mark.parametrize("beside", [None, NC])
def test_alternatives_and_disputes_go_into_another_database(engine, database, database_url, tmp_path, license, beside):
    id = add_article(database, ORDER, checked_article(moth(license=license))).id
    if beside:
        present = find_article(database, id)
        record_grant(database, ORDER, id, present, load_grant({"license": beside}))
    path = tmp_path / "all.ndjson"
    done(database_url, "export", "-o", path)
    with engine.database() as other:
        assert counts(done(other, "import", path))["created"] == 1
        assert licenses(other) == licenses(database_url)
        assert counts(done(other, "import", path))["unchanged"] == 1
    assert counts(done(database_url, "import", path))["unchanged"] == 1
