"""What Accept comes to, whatever it looks like."""

import pytest

from tests.api import Api, expect_problem


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON;charset=UTF-8;q=0.5",
        "text/html;q=0.1, application/json;version=2",
        "application/*",
        "*/*;q=0.1",
        "",
        " ",
        "text/html, */*",
    ],
)
def test_json_is_given_to_whoever_takes_it(shared_api: Api, accept):
    assert shared_api.get("/v1/sources", accept=accept).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/json;q=0", "text/html, application/json;q=0"])
def test_what_is_not_taken_is_not_given(shared_api: Api, accept):
    problem = expect_problem(shared_api.get("/v1/sources", accept=accept), 406, "not-acceptable")
    assert problem["available"] == ["application/json"]
