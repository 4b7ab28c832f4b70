"""The database: a connection for each thread, transactions, and one way to run a statement on both engines."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import peewee

from service.core.errors import DatabaseUnavailable, Overloaded
from service.storage.checkpoints import Checkpoints
from service.storage.turns import Turns

Row = tuple[Any, ...]
LOCK_SECONDS = 5
_DRIVER_ERRORS = (peewee.OperationalError, peewee.InterfaceError)


class Raced(Exception):
    """Another transaction got in between: the whole may be tried again on what is there now."""


class Database:
    """SQLite or PostgreSQL behind statements with ``?`` for each parameter.

    Every thread keeps its own connection; `release` hands it back clean at the end of a request. Raises
    DatabaseUnavailable where the server cannot be reached, and Overloaded where a lock or a statement took too long.
    """

    def __init__(self, url: str, *, synchronous: str = "FULL", statement_timeout: int = 30) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._peewee: Any = _sqlite(url, synchronous) if self.is_sqlite else _postgresql(url, statement_timeout)
        self._writer: Any = _sqlite(url, synchronous, shared=True) if self.is_sqlite else None
        self._turns = _turns(self._writer) if self._writer else None

    @property
    def peewee(self) -> peewee.Database:
        """The peewee database, for migrations and dynamic queries."""
        database: peewee.Database = self._peewee
        return database

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is inside a transaction."""
        return self._is_writing or bool(self._peewee.in_transaction())

    @property
    def _is_writing(self) -> bool:
        """Whether this thread has its turn at the connection that all threads of the process write through."""
        return self._turns is not None and self._turns.is_mine

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """Run a statement and return its cursor."""
        try:
            if self._is_writing:
                return self._writer.execute_sql(sql, params)
            return self._run(sql if self.is_sqlite else _for_psycopg(sql), params)
        except _DRIVER_ERRORS as error:
            raise _translate(error) from error

    def fetch_one(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        row: Row | None = self.execute(sql, params).fetchone()
        return row

    def fetch_all(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        rows: list[Row] = self.execute(sql, params).fetchall()
        return rows

    def insert_many(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Insert rows inside a transaction, in the way that is quickest for many: by COPY where there is one."""
        names = ", ".join(f'"{name}"' for name in columns)
        try:
            with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
                if self.is_sqlite:
                    sql = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'
                    self._writer.cursor().executemany(sql, rows)
                else:
                    with self._peewee.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                        for row in rows:
                            copy.write_row(row)
        except _DRIVER_ERRORS as error:
            raise _translate(error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commits at the end, rolls back on any exception."""
        try:
            with self._begin():
                yield
        except _DRIVER_ERRORS as error:
            raise _translate(error) from error

    def _begin(self) -> AbstractContextManager[Any]:
        """A transaction, or a savepoint in the one that this thread is in."""
        if self._is_writing:
            return self._writer.savepoint()  # type: ignore[no-any-return]
        return self._turns.transaction() if self._turns else self._begin_anew()

    @contextmanager
    def _begin_anew(self) -> Iterator[None]:
        """A transaction, on a new connection where the server dropped the old one while it was idle."""
        self._connect()
        stack = ExitStack()
        try:
            stack.enter_context(self._peewee.atomic())
        except _DRIVER_ERRORS:
            if not self._is_stale():
                raise
            self.close()
            self._connect()
            stack.enter_context(self._peewee.atomic())
        with stack:
            yield

    def connect(self) -> None:
        """Open this thread's connection; raises DatabaseUnavailable."""
        try:
            self._connect()
        except _DRIVER_ERRORS as error:
            raise _translate(error) from error

    def release(self) -> None:
        """Leave this thread's connection clean: nothing that was begun stays open."""
        if not self._peewee.is_closed() and not self._peewee.is_connection_usable():
            self.close()

    def close(self) -> None:
        """Close this thread's connection, whatever state it is in, and the one that all write through."""
        if self._turns and not self._turns.is_mine:
            self._turns.close()
        while self._peewee.in_transaction():
            self._peewee.pop_transaction()
        try:
            self._peewee.close()
        except peewee.PeeweeException:
            self._peewee.dispose()

    def _run(self, sql: str, params: Sequence[Any]) -> Any:
        if self._peewee.is_closed():
            self._peewee.connect(reuse_if_open=True)
        try:
            return self._peewee.execute_sql(sql, params)
        except _DRIVER_ERRORS:
            if not self._is_stale():
                raise
            self.close()
            self._peewee.connect(reuse_if_open=True)
            return self._peewee.execute_sql(sql, params)

    def _connect(self) -> None:
        """Open the connection, and open it anew where the server has dropped it since it was last used."""
        if not self._peewee.is_closed() and not self._peewee.is_connection_usable():
            self.close()
        self._peewee.connect(reuse_if_open=True)

    def _is_stale(self) -> bool:
        """Whether the connection broke while idle, so that the statement may be repeated on a new one."""
        return not self.is_sqlite and not self.in_transaction and not self._peewee.is_connection_usable()


@lru_cache(maxsize=1024)
def _for_psycopg(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _sqlite(url: str, synchronous: str, *, shared: bool = False) -> peewee.SqliteDatabase:
    """An SQLite file; of a `shared` one all threads use the same connection."""
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    pragmas = {
        "journal_mode": "wal",
        "synchronous": synchronous,
        "foreign_keys": 1,
        "cache_size": -16384,
        "temp_store": "memory",
        "wal_autocheckpoint": 64000,  # pages: only where the checkpoints in the background do not get through
    }
    return peewee.SqliteDatabase(
        str(path),
        pragmas=pragmas,
        timeout=LOCK_SECONDS,
        autoconnect=False,
        thread_safe=not shared,
        check_same_thread=not shared,
        field_types={"BIGINT": "INTEGER", "UUID": "TEXT"},
    )


def _turns(writer: peewee.SqliteDatabase) -> Turns:
    checkpoints = Checkpoints(Path(str(writer.database)))
    return Turns(writer, patience=LOCK_SECONDS, after_commit=checkpoints.note_commit)


def _postgresql(url: str, statement_timeout: int) -> peewee.PostgresqlDatabase:
    options = f"-c statement_timeout={statement_timeout}s -c lock_timeout={LOCK_SECONDS}s"
    conninfo = "postgresql://" + url.split("://", 1)[1]
    return peewee.PostgresqlDatabase(
        conninfo,
        prefer_psycopg3=True,
        autoconnect=False,
        options=options,
        connect_timeout=5,
        application_name="creditline",
    )


def _translate(error: Exception) -> Exception:
    """What the driver complains of, load or reach, as an exception of ours."""
    reason = str(error).lower()
    if "no such" in reason or "syntax" in reason:  # SQLite's word for a fault of ours
        return error
    if "deadlock" in reason:
        return Raced()
    if any(word in reason for word in ("locked", "timeout", "too many")):
        return Overloaded("The database is busy; try again shortly.")
    return DatabaseUnavailable("The database cannot be reached; try again shortly.")


@contextmanager
def unique_violation(problem: Exception) -> Iterator[None]:
    """Raise `problem` where a statement inside breaks a unique index."""
    try:
        yield
    except peewee.IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        raise problem from error
