"""The query string is read strictly, and cursors belong to their query."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.paging import encode_cursor
from service.web.parameters import MAX_REQUEST_LINE
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth

LISTS = ("/v1/articles", "/v1/sources", "/v1/licenses", "/v1/keys")


@pytest.fixture
def api(shared_api: Api) -> Api:
    """Nothing here is written but what every list needs."""
    return shared_api


@pytest.fixture(scope="module", autouse=True)
def _some_records(shared_api: Api) -> None:
    for number in range(3):
        shared_api.created("/v1/articles", another_moth(source={"name": f"Bureau {number}"}))
        shared_api.created("/v1/keys", {"name": f"Key {number}", "scopes": ["read"]})


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("name", "meant"), [("limt", "limit"), ("curser", "cursor")])
def test_an_unknown_parameter_is_refused_with_what_may_be_meant(api, path, name, meant):
    problem = expect_problem(api.get(f"{path}?{name}=1"), 400, "unknown-parameter")
    assert {at for at, _ in faults_of(problem)} == {name}
    assert meant in problem["detail"]


@pytest.mark.parametrize("path", ["/v1/sources/bureau-0", "/v1/licenses/CC0-1.0", "/v1/problems", "/"])
def test_what_takes_no_parameter_takes_none(api, path):
    expect_problem(api.get(f"{path}?colour=red"), 400, "unknown-parameter")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["limit=1&limit=1", "limit=1&limit=2", "cursor=x&cursor=y"])
def test_a_repeated_parameter_is_refused(api, path, query):
    problem = expect_problem(api.get(f"{path}?{query}"), 400, "invalid-parameter")
    assert faults_of(problem) == {(query.partition("=")[0], "repeated")}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "ten", "", "%20", "1e3", "\u0663", "%2B5", "0x10", "None"])
def test_a_bad_limit_is_refused(api, path, value):
    problem = expect_problem(api.get(f"{path}?limit={value}"), 400, "invalid-parameter")
    assert {at for at, _ in faults_of(problem)} == {"limit"}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("value", "limit"), [("1", 1), ("200", 200), ("201", 200), ("9" * 50, 200)])
def test_a_large_limit_is_lowered(api, path, value, limit):
    assert api.read(f"{path}?limit={value}")["page"]["limit"] == limit


@pytest.mark.parametrize("path", LISTS)
def test_the_usual_limit_is_50(api, path):
    assert api.read(path)["page"]["limit"] == 50


@pytest.mark.parametrize("query", ["q=%00", "limit=%00", "limit=%FF", "%C3%28=1", "x=%ED%A0%80", "limit=1%00"])
def test_a_query_that_is_no_utf_8_is_refused(api, query):
    expect_problem(api.get(f"/v1/articles?{query}"), 400, "invalid-encoding")


def test_more_than_100_parameters_are_refused(api):
    query = "&".join(f"p{number}=1" for number in range(101))
    assert api.get(f"/v1/articles?{query}").status_code == 400


def cursor_of(api: Api, path: str) -> str:
    following: str = api.read(f"{path}?limit=1")["page"]["next"]
    return following.partition("cursor=")[2].partition("&")[0]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", ["", "x", "!!!", "AAAA", "=", "%00x", "a" * 5000, "\u2603"])
def test_a_damaged_cursor_is_refused(api, path, value):
    response = api.get(f"{path}?cursor={value}")
    slug = "invalid-encoding" if value == "%00x" else "invalid-cursor"
    assert response.json["type"] in (f"/v1/problems/{slug}", "/v1/problems/invalid-parameter")
    assert response.status_code == 400


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_with_any_character_changed_is_refused(api, path):
    cursor = cursor_of(api, path)
    for at in range(len(cursor)):
        changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        expect_problem(api.get(f"{path}?limit=1&cursor={changed}"), 400, "invalid-cursor")
    for changed in (cursor[:-1], cursor[1:], cursor + "A", cursor + "==", cursor * 2):
        expect_problem(api.get(f"{path}?limit=1&cursor={changed}"), 400, "invalid-cursor")


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_of_another_list_is_refused(api, path):
    for other in set(LISTS) - {path}:
        expect_problem(api.get(f"{path}?cursor={cursor_of(api, other)}"), 400, "invalid-cursor")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "position",
    [[], ["x"], [None], [1.5, "x"], ["x", "y"], {}, [[]], [10**30, "x"], [2**63, "x"], [1, 2, 3], [-1], ["\0"]],
)
def test_a_cursor_that_somebody_forged_is_no_fault_of_ours(api, path, position):
    response = api.get(f"{path}?cursor={encode_cursor(path.rpartition('/')[2], position)}")
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("path", LISTS)
def test_the_limit_may_change_between_pages(api, path):
    cursor = cursor_of(api, path)
    assert api.get(f"{path}?limit=2&cursor={cursor}").status_code == 200


@pytest.mark.parametrize(("path", "form"), [*((path, "") for path in LISTS), ("/v1/articles", "&format=ndjson")])
def test_a_query_that_leaves_no_room_for_a_cursor_is_refused(api, path, form):
    problem = expect_problem(api.get(f"{path}?limit={'1' * 8150}{form}"), 414, "uri-too-long")
    longest = problem["limit"] - len("limit=")
    assert api.get(f"{path}?limit={'1' * longest}{form}").status_code == 200
    assert api.get(f"{path}?limit={'1' * (longest + 1)}{form}").status_code == 414


def test_what_is_percent_encoded_in_the_next_address_counts_so(api):
    values = ",".join("a" for _ in range(2000))
    assert len(values) < 4000
    assert api.get(f"/v1/articles?keyword[in]={values}").status_code == 400
    assert api.get(f"/v1/articles?creator={values}").status_code == 200
    expect_problem(api.get(f"/v1/articles?creator={values},{values}"), 414, "uri-too-long")


def test_a_cursor_does_not_count_against_itself(api):
    query = f"limit=1&creator[ne]={'x' * 7900}"
    following = api.read(f"/v1/articles?{query}")["page"]["next"]
    assert len(f"HEAD {following} HTTP/1.1") <= MAX_REQUEST_LINE
    assert api.get(following).status_code == 200


@settings(max_examples=150)
@given(query=st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")))
def test_no_query_whatever_gives_a_5xx(api, query):
    for path in ("/v1/articles", "/v1/resolve", "/v1/licenses"):
        raw = query.encode("utf-8", "replace").decode("latin-1")  # as WSGI has it
        response = api.app.test_client().get(path, environ_overrides={"QUERY_STRING": raw})
        assert response.status_code in (200, 303, 400, 404)


@settings(max_examples=150)
@given(text=st.text(max_size=60))
def test_no_text_whatever_gives_a_5xx_when_it_is_resolved(api, text):
    for name in ("license", "url"):
        response = api.app.test_client().get("/v1/resolve", query_string={name: text})
        assert response.status_code in (200, 303, 400, 404)
