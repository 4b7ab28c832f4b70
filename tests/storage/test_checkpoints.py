"""The log of an SQLite file is kept short while it is written to."""

import threading
from pathlib import Path

import pytest

from service.storage.checkpoints import PAGES
from service.storage.database import Database

PAGE = 4096


@pytest.fixture
def database(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path}/a.db", synchronous="OFF")
    database.execute("CREATE TABLE blob (content)")
    yield database
    database.close()


def log(database: Database) -> int:
    """The length of the log in pages."""
    return Path(f"{database.peewee.database}-wal").stat().st_size // PAGE


def write(database: Database, pages: int) -> None:
    with database.transaction():
        database.execute("INSERT INTO blob VALUES (zeroblob(?))", (pages * PAGE,))
    for thread in threading.enumerate():
        if thread.name == "checkpoint":
            thread.join()


def test_a_short_log_stays(database):
    write(database, 10)
    assert log(database) > 10


def test_a_long_one_begins_anew(database):
    write(database, PAGES + 1)
    assert log(database) == 0
    assert database.fetch_one("SELECT count(*) FROM blob") == (1,)


def test_a_reader_of_an_older_state_keeps_it_until_he_is_done(database):
    reader = Database(f"sqlite:///{database.peewee.database}")
    reader.execute("BEGIN")
    assert reader.fetch_one("SELECT count(*) FROM blob") == (0,)
    write(database, PAGES + 1)
    grown = log(database)
    assert grown > PAGES
    write(database, 10)  # too little since then to try again
    assert log(database) > grown
    reader.execute("COMMIT")
    write(database, PAGES + 1)
    assert log(database) == 0
    assert database.fetch_one("SELECT count(*) FROM blob") == (3,)
    reader.close()
