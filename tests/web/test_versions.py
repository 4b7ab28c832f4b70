"""Every state that a record ever had, over HTTP."""

import pytest
from flask import Flask

from tests.api import Api, expect_problem
from tests.factories import moth


@pytest.fixture
def api(app: Flask) -> Api:
    """An application of the test's own."""
    return Api(app)


@pytest.fixture
def path(api: Api) -> str:
    """An article that was changed, deleted and restored: it stands at version 4."""
    path = str(api.created("/v1/articles", moth())["links"]["self"])
    api.patch(path, {"title": "Two"}, if_match='"1"')
    api.delete(path, if_match='"2"')
    assert api.put(path, moth(title="Four"), if_none_match="*").headers["ETag"] == '"4"'
    return path


def test_they_are_listed_the_newest_first(api, path):
    states = api.walk(f"{path}/versions?limit=1")
    assert [(state["version"], state["state"]) for state in states] == [
        (4, "current"), (3, "deleted"), (2, "superseded"), (1, "superseded"),
    ]  # fmt: skip
    assert states == api.walk(f"{path}/versions")
    assert [state["links"]["self"] for state in states] == [f"{path}/versions/{n}" for n in (4, 3, 2, 1)]


def test_each_is_read_as_it_was(api, path):
    assert api.read(f"{path}/versions/1")["title"] == moth()["title"]
    assert api.read(f"{path}/versions/2")["title"] == "Two"
    assert api.get(f"{path}/versions/4").data == api.get(path).data
    assert expect_problem(api.get(f"{path}/versions/3"), 410, "gone")["version"] == 3


def test_each_has_its_own_etag(api, path):
    assert api.get(f"{path}/versions/2").headers["ETag"] == '"2"'
    assert api.get(f"{path}/versions/2", if_none_match='"2"').status_code == 304
    expect_problem(api.get(f"{path}/versions/2", if_match='"4"'), 412, "precondition-failed")


def test_those_of_a_tombstone_stay_readable(api, path):
    api.delete(path, if_match="*")
    assert api.read(f"{path}/versions/4")["title"] == "Four"
    assert api.walk(f"{path}/versions")[0]["state"] == "deleted"


@pytest.mark.parametrize("n", ["0", "5", "99999999999999999999", "-1", "x", "1.0", ""])
def test_what_never_was_is_not_found(api, path, n):
    expect_problem(api.get(f"{path}/versions/{n}"), 404, "not-found")


def test_of_no_article_there_are_none(api):
    expect_problem(api.get("/v1/articles/01900000-0000-7000-8000-000000000000/versions"), 404, "not-found")


class TestPurge:
    """``?purge=true`` wipes what was said, and keeps id, times and numbers."""

    def test_it_needs_an_admin(self, api, path):
        writer = api.with_key(api.created("/v1/keys", {"name": "x", "scopes": ["write"]})["key"])
        expect_problem(writer.delete(f"{path}?purge=true", if_match="*"), 403, "insufficient-scope")

    def test_it_needs_a_condition(self, api, path):
        expect_problem(api.delete(f"{path}?purge=true"), 428, "precondition-required")

    def test_a_dry_run_wipes_nothing(self, api, path):
        assert api.delete(f"{path}?purge=true&dry_run=true", if_match="*").status_code == 204
        assert api.read(path)["title"] == "Four"

    @pytest.mark.parametrize("deleted", [False, True])
    def test_nothing_of_it_is_found_anywhere(self, api, path, stored, deleted):
        api.post("/v1/articles", moth(url="https://lantern.example/key", title="Kept"), idempotency_key="k")
        if deleted:
            api.delete(path, if_match="*")
        response = api.delete(f"{path}?purge=true", if_match="*")
        assert (response.status_code, "Feed-Seq" in response.headers) == (204, True)
        expect_problem(api.get(path), 410, "gone")
        for n in range(1, 5):
            expect_problem(api.get(f"{path}/versions/{n}"), 410, "gone")
        tables = ("article", "article_term", "article_version", "article_grant", "change", "stored_answer")
        left = repr([stored.fetch_all(f'SELECT * FROM "{table}"') for table in tables])
        assert "lantern.example/science/moth" not in left
        assert "whistle" not in left
        assert "Kept" in left

    def test_its_feed_entry_says_so(self, api, path):
        api.delete(f"{path}?purge=true", if_match="*")
        entries = api.read("/v1/changes")["data"]
        assert (entries[-1]["type"], entries[-1]["data"]) == ("article.purged", None)
        assert all(entry["data"] is None for entry in entries if entry["id"] == path.rpartition("/")[2])
