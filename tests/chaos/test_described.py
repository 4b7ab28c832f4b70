"""What the server answers over the wire is what its own OpenAPI document describes (I10)."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from tests.chaos.clients import Answer, Client
from tests.chaos.servers import Server
from tests.chaos.test_hostile import REQUESTS, answers_of, exchange
from tests.factories import another_moth, lighthouse
from tests.web.conformance import Description

TARGET = re.compile(rb"([A-Z]+) (/[^ ]*) HTTP/1\.[01]\r\n")

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


@pytest.fixture(scope="session")
def description(server: Server) -> Iterator[Description]:
    """The document that the server itself gives."""
    with Client(server.port) as client:
        answer = client.insist("GET", "/v1/openapi.json")
        assert answer.status == 200, answer
        yield Description(answer.json)


@pytest.mark.parametrize("name", [name for name, request in REQUESTS.items() if TARGET.match(request)])
def test_the_answer_to_a_hostile_request_is_described(server: Server, description: Description, name: str) -> None:
    match = TARGET.match(REQUESTS[name])
    assert match
    for answer in answers_of(exchange(server.port, REQUESTS[name]))[:1]:
        if "request-id" in answer.headers:  # the application has answered, not gunicorn
            check(description, match[1].decode(), match[2].decode("latin-1"), answer)


def test_the_answers_of_a_life_are_described(server: Server, description: Description) -> None:
    document = {**lighthouse(), "url": another_moth()["url"]}
    with Client(server.port) as client:

        def send(method: str, path: str, body: object = None, **headers: str) -> Answer:
            answer = client.insist(method, path, body, **headers)
            check(description, method, path, answer)
            return answer

        made = send("POST", "/v1/articles", document, Idempotency_Key=document["url"])
        path = made.headers["location"]
        send("POST", "/v1/articles", document, Idempotency_Key=document["url"])
        send("POST", "/v1/articles", document)
        send("POST", "/v1/articles?on_conflict=update&dry_run=true", {**document, "title": "Another"})
        for headers in ({}, {"If_None_Match": '"1"'}, {"If_Match": '"9"'}):
            send("GET", path, **headers)
        for headers in ({}, {"If_Match": '"9"'}, {"If_Match": '"1"'}):
            send("PATCH", path, {"title": "Changed"}, **headers)
        send("PUT", path, document, If_Match='"2"', Prefer="return=minimal")
        for address in (
            "/v1/articles?sort=id&limit=1",
            "/v1/changes?limit=2",
            f"{path}/versions",
            f"{path}/versions/1",
        ):
            send("GET", address)
        send("DELETE", path, If_Match='"3"')
        send("GET", path)
        send("PUT", path, document, If_None_Match="*")
        send("GET", "/v1/changes?after=99999999")


def check(description: Description, method: str, target: str, answer: Answer) -> None:
    """Fail where the document does not describe the answer."""
    request = EnvironBuilder(target, method=method).get_request()
    headers = Headers({name: value for name, value in answer.headers.items() if name not in HOP_BY_HOP})
    reply = TestResponse([answer.body], str(answer.status), headers, request)
    description.check(reply)
