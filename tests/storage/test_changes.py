"""The change feed: dense numbers in the order of the commits."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.core.changes import Change
from service.storage.changes import append_changes, get_head
from service.storage.database import Database
from tests.factories import NOON


def change(record: str, version: int = 1) -> Change:
    return Change(type="source.created", record=record, version=version, at=NOON, document=b"{}")


def numbers(database: Database) -> list[tuple[int, str]]:
    return database.fetch_all('SELECT seq, record FROM "change" ORDER BY seq')


def test_entries_are_numbered_from_one_in_their_order(database):
    with database.transaction():
        assert append_changes(database, [change("a"), change("b")]) == 2
    with database.transaction():
        assert append_changes(database, [change("c")]) == 3
    assert numbers(database) == [(1, "a"), (2, "b"), (3, "c")]
    assert get_head(database) == 3


def test_no_entries_take_no_number(database):
    with database.transaction():
        assert append_changes(database, []) == 0
    assert get_head(database) == 0


def test_what_is_rolled_back_leaves_no_hole(database):
    def work() -> None:
        with database.transaction():
            append_changes(database, [change("lost")])
            raise ValueError

    with pytest.raises(ValueError):
        work()
    with database.transaction():
        append_changes(database, [change("kept")])
    assert numbers(database) == [(1, "kept")]


def test_many_writers_leave_no_hole(database_url):
    database = Database(database_url)

    def write(number: int) -> None:
        try:
            with database.transaction():
                append_changes(database, [change(f"{number}-{part}") for part in range(1 + number % 3)])
                if number % 5 == 0:
                    raise ValueError
        except ValueError:
            pass
        finally:
            database.close()

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write, range(60)))
    seen = numbers(database)
    assert [seq for seq, _ in seen] == list(range(1, len(seen) + 1))
    assert get_head(database) == len(seen) == sum(1 + number % 3 for number in range(60) if number % 5)
    database.close()
