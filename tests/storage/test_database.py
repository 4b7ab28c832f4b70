"""Transactions, connections and what becomes of the driver's complaints, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from service.core.errors import DatabaseUnavailable, Overloaded
from service.storage.database import Database

HEAD = "SELECT seq FROM feed_head"
RAISE = "UPDATE feed_head SET seq = seq + 1"


def test_a_transaction_commits_at_its_end(database, database_url):
    with database.transaction():
        assert database.in_transaction
        database.execute(RAISE)
    assert not database.in_transaction
    other = Database(database_url)
    assert other.fetch_one(HEAD) == (1,)
    other.close()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, Overloaded])
def test_a_transaction_rolls_back_on_any_exception(database, error):
    def work() -> None:
        with database.transaction():
            database.execute(RAISE)
            raise error("enough")

    with pytest.raises(error):
        work()
    assert not database.in_transaction
    assert database.fetch_one(HEAD) == (0,)


def test_a_transaction_inside_another_is_undone_alone(database):
    def inner() -> None:
        with database.transaction():
            database.execute(RAISE)
            raise ValueError

    with database.transaction():
        database.execute(RAISE)
        with pytest.raises(ValueError):
            inner()
    assert database.fetch_one(HEAD) == (1,)


def test_nobody_sees_what_is_not_committed(database, database_url):
    other = Database(database_url)
    with database.transaction():
        database.execute(RAISE)
        assert other.fetch_one(HEAD) == (0,)
    assert other.fetch_one(HEAD) == (1,)
    other.close()


def test_a_question_mark_is_a_parameter_and_a_percent_sign_is_itself(database):
    assert database.fetch_one("SELECT ?, '%', '100%s'", ("a?%s",)) == ("a?%s", "%", "100%s")


def test_every_thread_has_its_own_connection(database):
    def look() -> bool:
        with database.transaction():
            seen = database.in_transaction
        database.close()
        return seen

    with database.transaction(), ThreadPoolExecutor(1) as thread:
        if database.is_sqlite:  # one writer at a time
            assert thread.submit(lambda: database.in_transaction).result() is False
        else:
            assert thread.submit(look).result() is True


def test_release_ends_what_was_left_open(database):
    database.fetch_one(HEAD)
    database.peewee.execute_sql("BEGIN")
    database.execute(RAISE)
    database.release()
    assert database.fetch_one(HEAD) in ((0,), (1,))
    database.close()
    assert database.fetch_one(HEAD) == (0,), "what was open was taken back"


def test_close_may_be_called_at_any_time(database):
    database.close()
    database.close()
    with database.transaction():
        database.execute(RAISE)
    database.close()
    assert database.fetch_one(HEAD) == (1,)


def test_a_writer_that_waits_too_long_is_overloaded(database_url, monkeypatch):
    monkeypatch.setattr("service.storage.database.LOCK_SECONDS", 0.2)
    one, two = Database(database_url), Database(database_url)

    def wait() -> None:
        with two.transaction():
            two.execute(RAISE)

    with one.transaction():
        one.execute(RAISE)
        with pytest.raises(Overloaded):
            wait()
    assert not two.in_transaction
    wait()
    assert one.fetch_one(HEAD) == (2,)
    one.close()
    two.close()


def test_threads_of_one_process_queue_for_their_turn(database_url):
    database = Database(database_url)

    def write(_: int) -> None:
        with database.transaction():
            database.execute(RAISE)
        database.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(80)))
    assert database.fetch_one(HEAD) == (80,)
    database.close()


def test_a_database_that_cannot_be_reached_is_unavailable(engine, tmp_path):
    with engine.database() as url:
        missing = url
    database = Database(f"sqlite:///{tmp_path}" if missing.startswith("sqlite") else missing)
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable):
            database.fetch_one("SELECT 1")
    with pytest.raises(DatabaseUnavailable), database.transaction():
        pass
    database.close()


class TestPostgresql:
    """What only a server can do."""

    @pytest.fixture
    def url(self, postgresql):
        with postgresql.database() as url:
            yield url

    def drop(self, url: str, database: Database) -> None:
        (pid,) = database.fetch_one("SELECT pg_backend_pid()")
        other = Database(url)
        other.execute("SELECT pg_terminate_backend(?)", (pid,))
        other.close()

    def test_a_connection_that_broke_while_idle_is_opened_anew(self, url):
        database = Database(url)
        self.drop(url, database)
        assert database.fetch_one(HEAD) == (0,)
        self.drop(url, database)
        with database.transaction():
            database.execute(RAISE)
        assert database.fetch_one(HEAD) == (1,)
        database.close()

    def test_one_that_breaks_in_a_transaction_loses_it_and_no_more(self, url):
        database = Database(url)

        def work() -> None:
            with database.transaction():
                database.execute(RAISE)
                self.drop(url, database)
                database.execute(RAISE)

        with pytest.raises(DatabaseUnavailable):
            work()
        database.release()
        assert database.fetch_one(HEAD) == (0,)
        database.close()

    def test_a_statement_that_takes_too_long_is_overloaded(self, url):
        database = Database(url, statement_timeout=1)
        with pytest.raises(Overloaded):
            database.fetch_one("SELECT pg_sleep(30)")
        assert database.fetch_one("SELECT 1") == (1,)
        database.close()


def test_readers_do_not_wait_for_a_writer(database_url):
    writer, reader, go = Database(database_url), Database(database_url), Event()

    def read() -> object:
        go.wait(10)
        row = reader.fetch_one(HEAD)
        reader.close()
        return row

    with ThreadPoolExecutor(1) as thread, writer.transaction():
        writer.execute(RAISE)
        answer = thread.submit(read)
        go.set()
        assert answer.result(10) == (0,)
    writer.close()
