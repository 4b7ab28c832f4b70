"""Fewer index pages for each write, and what an article may be used for and when its license turns, as columns.

The address is one index instead of two; what nearly all articles have alike is indexed for the others only; the order
of creation is that of the ids. On SQLite terms and grants are kept in the order of their keys.
"""

from datetime import UTC, datetime

from peewee import (
    SQL,
    BigIntegerField,
    BlobField,
    CompositeKey,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)


class IdField(Field):
    field_type = "UUID"


class Article(Model):
    id = IdField(primary_key=True)
    source_id = IntegerField()
    url_digest = BlobField(null=True)
    url_key = BlobField()
    title_key = BlobField()
    status = TextField()
    license_status = TextField()
    published_at = BigIntegerField()
    created_at = BigIntegerField()
    may = IntegerField(constraints=[SQL("DEFAULT 0")])
    due_on = TextField(null=True)

    class Meta:
        table_name = "article"


class ArticleTerm(Model):
    article = ForeignKeyField(Article, on_delete="CASCADE", index=False)
    field = TextField()
    key = BlobField()
    published_at = BigIntegerField()

    class Meta:
        table_name = "article_term"
        primary_key = CompositeKey("field", "key", "published_at", "article")


class ArticleGrant(Model):
    article = ForeignKeyField(Article, on_delete="CASCADE", index=False)
    n = IntegerField()
    offer = IntegerField()
    status = TextField()
    license_id = TextField(null=True)
    unit = TextField(null=True)
    candidates = TextField()
    url = TextField(null=True)
    statement = TextField(null=True)
    statement_url = TextField(null=True)
    start = TextField(null=True)
    end = TextField(null=True)
    scope = TextField()
    origin = TextField()
    recorded_at = BigIntegerField()
    recorded_by = TextField()
    state = TextField()
    reason = TextField(null=True)

    class Meta:
        table_name = "article_grant"
        primary_key = CompositeKey("article", "n")


# What no version of a ShareAlike license is common to: an adaptation could not be licensed.
WITHOUT_VERSION = {"by-sa": 3, "sa": 3, "by-nc-sa": 1, "nc-sa": 1}
LIVING = "deleted_at IS NULL"
MAY = {
    1: ("by-nc-nd", "by-nd-nc", "nd-nc", "sampling+", "nc-sampling+"),
    3: ("by-nd", "nd"),
    5: ("by-nc", "by-nc-sa", "nc", "nc-sa"),
    15: ("by", "by-sa", "sa", "zero", "mark", "certification"),
}
NEW = [
    Article.index(Article.url_key, Article.url_digest, name="article_by_url", unique=True),
    Article.index(Article.may, Article.published_at, Article.id, name="article_by_may", where=SQL(LIVING)),
    Article.index(
        Article.license_status,
        Article.published_at,
        Article.id,
        name="article_by_license_status",
        where=SQL(f"{LIVING} AND license_status <> 'known'"),
    ),
    Article.index(
        Article.status,
        Article.published_at,
        Article.id,
        name="article_by_status",
        where=SQL(f"{LIVING} AND status <> 'published'"),
    ),
    Article.index(Article.due_on, Article.id, name="article_due", where=SQL("due_on IS NOT NULL")),
]
OLD = [
    Article.index(Article.url_digest, name="article_url_digest", unique=True),
    Article.index(Article.url_key, Article.id, name="article_by_url", where=SQL(LIVING)),
    Article.index(
        Article.license_status,
        Article.published_at,
        Article.id,
        name="article_by_license_status",
        where=SQL(LIVING),
    ),
    Article.index(Article.status, Article.published_at, Article.id, name="article_by_status", where=SQL(LIVING)),
    Article.index(Article.created_at, Article.id, name="article_by_created", where=SQL(LIVING)),
]
TERMS_OF_ARTICLE = ArticleTerm.index(ArticleTerm.article, name="articleterm_article_id")


def up(migrator, db):
    with db.bind_ctx([Article, ArticleTerm, ArticleGrant]):
        db.execute_sql("ALTER TABLE article ADD COLUMN may INTEGER NOT NULL DEFAULT 0")
        db.execute_sql("ALTER TABLE article ADD COLUMN due_on TEXT")
        _fill(db)
        _exchange(db, OLD, NEW)
        db.execute_sql("DROP INDEX articleterm_article_id")
        _rebuild(db, without_rowid=True)


def down(migrator, db):
    with db.bind_ctx([Article, ArticleTerm, ArticleGrant]):
        _rebuild(db, without_rowid=False)
        db.execute(TERMS_OF_ARTICLE)
        _exchange(db, NEW, OLD)
        db.execute_sql("ALTER TABLE article DROP COLUMN due_on")
        db.execute_sql("ALTER TABLE article DROP COLUMN may")


def _fill(db):
    """What the licenses of what is there allow, and when they turn.

    Of a dual license the first counts, and of a dispute nothing is sure, until the article is written again.
    """
    for may, units in MAY.items():
        marks = ", ".join(f"'{unit}'" for unit in units)
        db.execute_sql(f"UPDATE article SET may = {may} WHERE deleted_at IS NULL AND license_unit IN ({marks})")
    for unit, may in WITHOUT_VERSION.items():
        db.execute_sql(f"UPDATE article SET may = {may} WHERE license_status = 'unversioned' AND license_unit = '{unit}'")
    day = datetime.now(UTC).date().isoformat()
    next_day = "date(\"end\", '+1 day')" if _is_sqlite(db) else '("end"::date + 1)::text'
    db.execute_sql(
        f"""UPDATE article SET due_on = (
                SELECT min(CASE WHEN start > '{day}' THEN start WHEN "end" >= '{day}' THEN {next_day} END)
                FROM article_grant g
                WHERE g.article_id = article.id AND g.state = 'asserted' AND g.scope = 'article')
            WHERE deleted_at IS NULL AND EXISTS (
                SELECT 1 FROM article_grant g
                WHERE g.article_id = article.id AND (g.start > '{day}' OR g."end" >= '{day}'))"""
    )


def _exchange(db, old, new):
    for index in old:
        db.execute_sql(f"DROP INDEX {index._name}")
    for index in new:
        db.execute(index)


def _rebuild(db, without_rowid):
    """Copy terms and grants into tables of the other form; PostgreSQL knows one form only."""
    if not _is_sqlite(db):
        return
    for table in (ArticleTerm, ArticleGrant):
        name, key = table._meta.table_name, ", ".join(field.column_name for field in table._meta.get_primary_keys())
        table._meta.without_rowid = without_rowid
        db.execute_sql(f"ALTER TABLE {name} RENAME TO {name}_before")
        db.create_tables([table], safe=False)
        db.execute_sql(f"INSERT INTO {name} SELECT * FROM {name}_before ORDER BY {key}")
        db.execute_sql(f"DROP TABLE {name}_before")


def _is_sqlite(db):
    return isinstance(db, SqliteDatabase)
