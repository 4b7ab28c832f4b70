"""One state, one address, many writers: exactly one of them wins (I1, I2)."""

import pytest

from tests.chaos.clients import Answer, Client, in_crowd
from tests.chaos.conftest import Amounts
from tests.chaos.servers import Server
from tests.factories import another_moth

CROWD = 10


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_of_many_writers_with_one_etag_exactly_one_wins(
    server: Server, client: Client, amounts: Amounts, method: str
) -> None:
    for _ in range(amounts.rounds):
        document = another_moth()
        made = client.insist("POST", "/v1/articles", document)
        address = made.headers["location"]

        def change(number: int, address: str = address, document: dict = document) -> Answer:
            body = {**document, "title": f"Writer {number}"} if method == "PUT" else {"title": f"Writer {number}"}
            with Client(server.port) as one:
                return one.insist(method, address, None if method == "DELETE" else body, If_Match='"1"')

        answers = in_crowd(change, range(CROWD))
        winners = [answer for answer in answers if answer.status in (200, 204)]
        assert len(winners) == 1, answers
        assert {answer.status for answer in answers} - {winners[0].status} <= {412, 410}
        state = client.insist("GET", address)
        assert state.status == 410 or (state.version == 2 and state.json["title"] == winners[0].json["title"])


@pytest.mark.parametrize("query", ["", "?on_conflict=update"])
def test_one_address_is_one_article_however_many_register_it(
    server: Server, client: Client, amounts: Amounts, query: str
) -> None:
    for _ in range(amounts.rounds):
        document = another_moth()

        def register(number: int, document: dict = document) -> Answer:
            spelling = document["url"].replace("https://lantern", ["https://Lantern", "HTTPS://lantern"][number % 2])
            source = {"name": f"Paper of {document['title']}"}
            body = {**document, "url": spelling, "title": f"Client {number}", "source": source}
            with Client(server.port) as one:
                return one.insist("POST", f"/v1/articles{query}", body)

        answers = in_crowd(register, range(CROWD))
        (winner,) = [answer for answer in answers if answer.status == 201]
        others = [answer for answer in answers if answer is not winner]
        assert {answer.status for answer in others} == ({200} if query else {409})
        if not query:
            assert {answer.json["conflicting_url"] for answer in others} == {winner.headers["location"]}
        listed = client.walk(f"/v1/articles?url={document['url']}")
        assert [item["id"] for item in listed] == [winner.json["id"]]
        assert listed[0]["version"] == (CROWD if query else 1)
