"""The change feed over HTTP: dense, in the order of the commits, and honest about what it no longer has."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from service.actions.retention import prune
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, courier, moth


@pytest.fixture
def api(app: Flask) -> Api:
    """An application of the test's own."""
    return Api(app)


def entries(api: Api, query: str = "") -> list[tuple[int, str, int]]:
    return [(entry["seq"], entry["type"], entry["version"]) for entry in api.read(f"/v1/changes{query}")["data"]]


def test_it_begins_empty(api):
    assert api.read("/v1/changes") == {"data": [], "cursor": "0", "has_more": False, "head": 0}


def test_every_effective_change_is_an_entry_with_the_record_as_it_was(api):
    path = api.created("/v1/articles", moth())["links"]["self"]
    first = api.read(path)
    api.patch(path, {"title": "Two"}, if_match="*")
    api.patch(path, {"title": "Two"}, if_match="*")
    api.delete(path, if_match="*")
    api.put(path, moth(), if_none_match="*")
    assert entries(api) == [
        (1, "source.created", 1),
        (2, "article.created", 1),
        (3, "article.updated", 2),
        (4, "article.deleted", 3),
        (5, "article.restored", 4),
    ]
    data = [entry["data"] for entry in api.read("/v1/changes")["data"]]
    assert data[1] == first
    assert data[2]["title"] == "Two"
    assert data[3] is None
    assert data[4] == api.read(path)
    assert data[0] == api.read("/v1/sources/the-lantern")


def test_it_is_read_on_by_cursor_or_by_number(api):
    for _ in range(4):
        api.created("/v1/articles", another_moth())
    seen, after = [], "0"
    while True:
        page = api.read(f"/v1/changes?after={after}&limit=2")
        seen += [entry["seq"] for entry in page["data"]]
        after = page["cursor"]
        if not page["has_more"]:
            break
    assert seen == [1, 2, 3, 4, 5]
    assert entries(api, "?after=4") == [(5, "article.created", 1)]
    api.created("/v1/articles", another_moth())
    assert [entry["seq"] for entry in api.read(f"/v1/changes?after={after}")["data"]] == [6]


def test_types_are_chosen(api):
    api.created("/v1/articles", moth())
    api.created("/v1/sources", courier())
    assert entries(api, "?type=article.created") == [(2, "article.created", 1)]
    assert len(entries(api, "?type=article.created,source.created")) == 3
    assert api.read("/v1/changes?type=source.deleted")["head"] == 3


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("type=x", "type"),
        ("type=", "type"),
        ("wait=31", "wait"),
        ("wait=-1", "wait"),
        ("wait=x", "wait"),
        ("limit=0", "limit"),
    ],
)
def test_a_bad_parameter_is_refused(api, query, parameter):
    problem = expect_problem(api.get(f"/v1/changes?{query}"), 400, "invalid-parameter")
    assert {at for at, _ in faults_of(problem)} == {parameter}


@pytest.mark.parametrize("after", ["x", "-1", "", "1.5", "AAAA"])
def test_a_damaged_cursor_is_refused(api, after):
    expect_problem(api.get(f"/v1/changes?after={after}"), 400, "invalid-cursor")


def test_a_place_that_the_feed_never_came_to_is_a_reset(api):
    response = api.get("/v1/changes?after=7")
    assert response.json["type"] == "/v1/problems/feed-reset"
    assert response.status_code == 410


def test_a_cursor_of_a_feed_that_was_put_back_is_a_reset(api, stored):
    api.created("/v1/sources", courier())
    cursor = api.read("/v1/changes")["cursor"]
    stored.execute('UPDATE "change" SET at = at - 1')
    assert api.get(f"/v1/changes?after={cursor}").json["type"] == "/v1/problems/feed-reset"


def test_below_the_floor_it_is_expired(api, stored):
    api.created("/v1/articles", moth())
    cursor = api.read("/v1/changes?limit=1")["cursor"]
    assert prune(stored, keep=timedelta(days=1), now=datetime.now(UTC)) == (0, 0)
    assert prune(stored, keep=timedelta(days=1), now=datetime.now(UTC) + timedelta(days=2)) == (2, 0)
    for after in (cursor, "0", "1"):
        assert api.get(f"/v1/changes?after={after}").json["type"] == "/v1/problems/cursor-expired"
    assert api.read("/v1/changes?after=2") == {"data": [], "cursor": "2", "has_more": False, "head": 2}
    assert api.post("/v1/articles", another_moth()).headers["Feed-Seq"] == "3"


def test_a_poll_is_answered_at_once_where_there_is_something(api):
    api.created("/v1/sources", courier())
    assert len(api.read("/v1/changes?wait=30")["data"]) == 1


def test_the_first_page_of_a_list_by_id_says_where_the_feed_stood(api):
    api.created("/v1/articles", moth())
    assert api.get("/v1/articles?sort=id").headers["Feed-Seq"] == "2"
    assert "Feed-Seq" not in api.get("/v1/articles").headers
