"""Sixteen writers and one who follows: the feed misses nothing, repeats nothing and brings nothing late (I4, I5)."""

from collections.abc import Callable

from tests.chaos.clients import Client
from tests.chaos.conftest import Amounts
from tests.chaos.feeds import (
    Poller,
    replay,
    require_acknowledged,
    require_dense,
    require_nothing_else,
    require_same,
)
from tests.chaos.servers import Server
from tests.chaos.writers import write_in_crowd

WRITERS = 16


def test_the_feed_is_dense_in_order_never_late_and_equal_to_the_acknowledged_writes(
    server: Server, client: Client, amounts: Amounts, record_property: Callable[[str, str], None]
) -> None:
    before = len(client.read_feed())
    with Poller(server.port) as poller:
        board = write_in_crowd(server.port, writers=WRITERS, writes=amounts.writes)
    entries = client.read_feed()
    require_dense(entries)
    require_acknowledged(entries, board.acknowledged)
    require_nothing_else(entries[before:], board.acknowledged)
    assert len(board.acknowledged) >= amounts.writes
    assert poller.looks > 1
    assert poller.entries == entries[: len(poller.entries)], "what a poll has seen looks the same for ever"
    written = f"{len(board.acknowledged)} changes by {WRITERS} writers, {board.refused} forestalled"
    record_property("figures", f"{written}, {len(entries)} entries in the feed, {poller.looks} looks at it meanwhile")
    assert client.read_feed(after=len(entries) // 2) == entries[len(entries) // 2 :]


def test_replaying_the_feed_gives_exactly_what_the_server_has(server: Server, client: Client) -> None:
    entries = client.read_feed()
    assert {entry["type"] for entry in entries} >= {"article.created", "article.updated", "source.created"}
    require_same(client, replay(entries))
    for entry in entries[-50:]:
        if entry["type"].startswith("article."):
            state = client.insist("GET", f"/v1/articles/{entry['id']}/versions/{entry['version']}")
            assert state.status == (410 if entry["data"] is None else 200), state
            assert entry["data"] is None or state.json == entry["data"]
