"""Migrations make exactly what the tables say, whoever runs them and however often."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest

from service.actions.articles import add_article
from service.actions.words import are_words_current, stream_reindexing
from service.app import create_app
from service.config import Config, ConfigError
from service.storage.database import Database
from service.storage.migrations import DIRECTORY, UnknownMigration, list_pending, migrate_down, migrate_up
from service.storage.tables import TABLES
from service.storage.words import set_words_revision
from tests.factories import ORDER, another_moth, checked_article

NAMES = sorted(path.stem for path in DIRECTORY.glob("[0-9]*.py"))
HISTORY = "schema_migration"

# Everything that makes a difference: columns with type, NULL, default and collation, then constraints, then indexes.
_POSTGRESQL = (
    """SELECT c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
              pg_get_expr(d.adbin, d.adrelid), a.attcollation
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped""",
    """SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid)
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)
_SQLITE = (
    "SELECT tbl_name, name, sql FROM sqlite_master WHERE type <> 'table'",
    "SELECT name, type, wr, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'",
    """SELECT t.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk
       FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table'""",
    """SELECT t.name, f."from", f."table", f."to", f.on_delete, f.on_update
       FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'""",
    """SELECT t.name, i.name, i."unique", i.origin, i.partial
       FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'""",
)


def catalogue(database: Database) -> list[tuple[Any, ...]]:
    """Every table, column, constraint and index of a database, but those of the migrations themselves."""
    queries = _SQLITE if database.is_sqlite else _POSTGRESQL
    rows = [row for query in queries for row in database.fetch_all(query)]
    return sorted((row for row in rows if HISTORY not in str(row[0])), key=repr)


@pytest.fixture
def empty(empty_url):
    database = Database(empty_url)
    yield database
    database.close()


def test_there_are_migrations():
    assert NAMES
    assert [int(name[:4]) for name in NAMES] == list(range(1, len(NAMES) + 1))


def test_up_makes_exactly_the_tables_of_the_models(empty, engine):
    assert migrate_up(empty) == NAMES
    with engine.database(migrated=False) as url:
        modelled = Database(url)
        with modelled.peewee.bind_ctx(TABLES):
            modelled.peewee.connect()
            modelled.peewee.create_tables(TABLES, safe=False)
        expected = catalogue(modelled)
        modelled.close()
    assert len(expected) > 100
    assert catalogue(empty) == expected


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE article ADD COLUMN mood TEXT",
        "DROP INDEX article_by_url",
        "CREATE INDEX more ON article (status)",
        "CREATE TABLE extra (id INTEGER)",
        "ALTER TABLE source RENAME COLUMN slug TO name",
    ],
)
def test_the_comparison_sees_a_change(database, change):
    before = catalogue(database)
    database.execute(change)
    assert catalogue(database) != before


def test_up_again_does_nothing(empty):
    migrate_up(empty)
    made = catalogue(empty)
    assert migrate_up(empty) == []
    assert catalogue(empty) == made


def test_down_leaves_nothing_and_up_makes_all_again(empty):
    migrate_up(empty)
    made = catalogue(empty)
    assert migrate_down(empty, NAMES[0]) == NAMES[::-1]
    assert catalogue(empty) == []
    assert list_pending(empty) == NAMES
    assert migrate_up(empty) == NAMES
    assert catalogue(empty) == made


def test_down_takes_back_the_last_one(empty):
    migrate_up(empty)
    assert migrate_down(empty) == NAMES[-1:]
    assert list_pending(empty) == NAMES[-1:]


def test_each_is_undone_and_done_again_with_records_in_the_tables(empty):
    migrate_up(empty)
    empty.execute("UPDATE feed_head SET seq = 7")
    for name in reversed(NAMES[1:]):
        migrate_down(empty, name)
        assert list_pending(empty)[0] == name
        migrate_up(empty)
    assert empty.fetch_one("SELECT seq FROM feed_head") == (7,)


def test_the_second_fills_in_what_articles_may_be_used_for_and_when_they_are_due(empty):
    """As the actions write it, so that it makes no difference whether an article was there before."""
    migrate_up(empty)
    year = datetime.now(UTC).year + 1
    licenses: list[Any] = ["CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-ND-3.0", "CC-BY-NC-ND-1.0-FI", "CC0-1.0", "CC BY-SA"]
    licenses += ["all-rights-reserved", "Creative Commons license", None, "CC-DEVNATIONS-2.0", "CC-SAMPLING-PLUS-1.0"]
    licenses += [{"id": "CC-BY-4.0", "end": f"{year}-02-28"}, {"id": "CC-BY-SA-4.0", "start": f"{year}-01-01"}]
    order = replace(ORDER, now=datetime.now(UTC))
    for license in licenses:
        add_article(empty, order, checked_article(another_moth(license=license)))
    columns = "SELECT id, may, due_on FROM article ORDER BY id"
    written = empty.fetch_all(columns)
    assert {due for _, _, due in written} == {None, f"{year}-03-01", f"{year}-01-01"}
    assert {may for _, may, _ in written} == {0, 1, 3, 5, 15}
    migrate_down(empty, "0002_leaner_writes")
    migrate_up(empty, "0002_leaner_writes")
    assert empty.fetch_all(columns) == written
    assert empty.fetch_one("SELECT count(*) FROM article_grant") == (12,)


def test_up_goes_as_far_as_it_is_told(empty):
    assert migrate_up(empty, NAMES[0]) == NAMES[:1]


@pytest.mark.parametrize("run", [migrate_up, migrate_down])
def test_a_migration_that_is_not_there_is_named(empty, run):
    with pytest.raises(UnknownMigration, match="9999_nothing"):
        run(empty, "9999_nothing")


def test_of_two_runners_at_once_one_does_it(empty_url):
    start = Barrier(4)

    def run(_: int) -> list[str]:
        database = Database(empty_url)
        start.wait(10)
        try:
            return migrate_up(database)
        finally:
            database.close()

    with ThreadPoolExecutor(4) as runners:
        done = list(runners.map(run, range(4)))
    assert sorted(done) == [[], [], [], NAMES]


def test_an_application_does_not_start_on_an_unmigrated_database(empty_url):
    with pytest.raises(ConfigError, match="lacks .* migration.* run: creditline migrate"):
        create_app(Config(database_url=empty_url))


def test_the_feed_begins_at_nought(database):
    assert database.fetch_all("SELECT id, seq, floor FROM feed_head") == [(1, 0, 0)]


def test_an_application_does_not_start_on_words_that_were_cut_by_other_rules(database, database_url):
    set_words_revision(database, 0)
    with pytest.raises(ConfigError, match="index of words .* run: creditline migrate"):
        create_app(Config(database_url=database_url))


def test_articles_from_before_the_search_are_left_to_be_indexed(empty):
    migrate_up(empty)
    add_article(empty, ORDER, checked_article(another_moth()))
    migrate_down(empty, "0003_search")
    migrate_up(empty)
    assert not are_words_current(empty)
    assert list(stream_reindexing(empty)) == [1]
    assert are_words_current(empty)
