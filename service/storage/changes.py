"""The change feed: dense numbers in the order of the commits, because the counter row is locked last."""

from collections.abc import Sequence

from service.core.changes import Change
from service.core.dates import to_micros
from service.storage.database import Database

_ENTRY = "INSERT INTO change (seq, type, record, version, at, document) VALUES (?, ?, ?, ?, ?, ?)"


def append_changes(database: Database, changes: Sequence[Change]) -> int:
    """Enter `changes` at the end of the feed and return the number of the last one.

    Call it as the last thing in a transaction: the counter row stays locked until the commit.
    """
    if not changes:
        return 0
    row = database.fetch_one("UPDATE feed_head SET seq = seq + ? WHERE id = 1 RETURNING seq", (len(changes),))
    assert row is not None, "the migration makes the counter row"
    head: int = row[0]
    for seq, change in enumerate(changes, start=head - len(changes) + 1):
        entry = (seq, change.type, change.record, change.version, to_micros(change.at), change.document)
        database.execute(_ENTRY, entry)
    return head


def get_head(database: Database) -> int:
    """The number of the last change."""
    row = database.fetch_one("SELECT seq FROM feed_head WHERE id = 1")
    assert row is not None, "the migration makes the counter row"
    head: int = row[0]
    return head
