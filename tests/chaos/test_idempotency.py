"""Equal keys at once: one effect, one answer, byte for byte (I3)."""

import uuid
from typing import Any

from tests.chaos.clients import Answer, Client, in_crowd
from tests.chaos.conftest import Amounts
from tests.chaos.servers import Server
from tests.factories import another_moth

CROWD = 10
REPEATED = ("etag", "location", "feed-seq", "content-type")


def test_ten_equal_creations_at_once_make_one_article(server: Server, client: Client, amounts: Amounts) -> None:
    for _ in range(amounts.rounds):
        head = client.read_head()
        document = another_moth(source={"name": f"Paper {uuid.uuid4()}"})
        answers = send_at_once(server, "POST", "/v1/articles", document)
        require_one_answer(answers, 201)
        (entry, article) = client.read_feed(after=head)
        assert (entry["type"], article["type"]) == ("source.created", "article.created")
        assert article["seq"] == answers[0].seq
        assert len(client.walk(f"/v1/articles?url={document['url']}")) == 1


def test_ten_equal_changes_at_once_change_once_although_their_etag_is_stale_by_then(
    server: Server, client: Client, amounts: Amounts
) -> None:
    for _ in range(amounts.rounds):
        made = client.insist("POST", "/v1/articles", another_moth())
        change = {"title": f"Changed {uuid.uuid4()}"}
        answers = send_at_once(server, "PATCH", made.headers["location"], change, If_Match='"1"')
        require_one_answer(answers, 200)
        (entry,) = client.read_feed(after=made.seq or 0)
        assert (entry["type"], entry["version"], entry["data"]["title"]) == ("article.updated", 2, change["title"])


def test_one_key_with_different_requests_at_once_serves_one_of_them(
    server: Server, client: Client, amounts: Amounts
) -> None:
    for _ in range(amounts.rounds):
        key = str(uuid.uuid4())
        head = client.read_head()
        documents = [another_moth() for _ in range(CROWD)]
        answers = in_crowd(lambda document, key=key: _send(server, "POST", "/v1/articles", document, key), documents)
        assert sorted(answer.status for answer in answers) == [201] + [422] * (CROWD - 1)
        assert {answer.problem for answer in answers if answer.status == 422} == {"idempotency-key-reused"}
        articles = [entry for entry in client.read_feed(after=head) if entry["type"].startswith("article.")]
        assert len(articles) == 1


def send_at_once(server: Server, method: str, path: str, document: Any, **headers: str) -> list[Answer]:
    """The answers to a crowd of equal requests under one new key."""
    key = str(uuid.uuid4())
    return in_crowd(lambda _: _send(server, method, path, document, key, **headers), range(CROWD))


def require_one_answer(answers: list[Answer], status: int) -> None:
    """Fail unless all answers are one, which was given first once and replayed to all others."""
    assert {answer.status for answer in answers} == {status}, answers
    assert len({answer.body for answer in answers}) == 1
    for name in REPEATED:
        assert len({answer.headers.get(name) for answer in answers}) == 1
    replayed = [answer.headers.get("idempotency-replayed") for answer in answers]
    assert sorted(map(str, replayed)) == ["None"] + ["true"] * (len(answers) - 1)


def _send(server: Server, method: str, path: str, document: Any, key: str, **headers: str) -> Answer:
    with Client(server.port) as client:
        return client.insist(method, path, document, Idempotency_Key=key, **headers)
