"""What articles are searched by: their words, in FTS5 or tsvector, and on SQLite their places in that index.

And what small sets are harvested by: tombstones by source and license, and licenses beside the first. The indexes that
facets are counted along have all that is asked for in them.

The words of what is there already are cut by ``creditline migrate``, once the tables are made.
"""

from peewee import (
    SQL,
    BigIntegerField,
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


class TsVectorField(Field):
    field_type = "TSVECTOR"


class Article(Model):
    id = IdField(primary_key=True)
    source_id = IntegerField()
    language = TextField(null=True)
    license_unit = TextField(null=True)
    license_id = TextField(null=True)
    published_at = BigIntegerField()
    deleted_at = BigIntegerField(null=True)
    place = BigIntegerField(null=True)

    class Meta:
        table_name = "article"


class ArticleGrant(Model):
    article_id = IdField()
    n = IntegerField()
    license_id = TextField(null=True)

    class Meta:
        table_name = "article_grant"
        primary_key = CompositeKey("article_id", "n")


class ArticleWords(Model):
    article = ForeignKeyField(Article, primary_key=True, on_delete="CASCADE")
    published_at = BigIntegerField()
    title = TsVectorField()
    words = TsVectorField()

    class Meta:
        table_name = "article_words"


class Derived(Model):
    name = TextField(primary_key=True)
    revision = IntegerField()

    class Meta:
        table_name = "derived"


COUNTED = {
    "article_by_source": Article.source_id,
    "article_by_license": Article.license_id,
    "article_by_unit": Article.license_unit,
    "article_by_language": Article.language,
}
FTS = "CREATE VIRTUAL TABLE \"article_words\" USING fts5(title, rest, content='', columnsize=0, tokenize='ascii')"
GONE = SQL("deleted_at IS NOT NULL")
INDEXES = [
    Article.index(Article.place, name="article_by_place", unique=True, where=SQL("place IS NOT NULL")),
    Article.index(Article.source_id, name="article_gone_by_source", where=GONE),
    Article.index(Article.license_id, name="article_gone_by_license", where=GONE),
    ArticleGrant.index(
        ArticleGrant.license_id,
        ArticleGrant.article_id,
        name="grant_beside",
        where=SQL("n > 1 AND state = 'asserted' AND scope = 'article'"),
    ),
]
ArticleWords.add_index(ArticleWords.index(ArticleWords.published_at, ArticleWords.article, name="words_by_published"))
ArticleWords.add_index(ArticleWords.index(ArticleWords.title, name="words_of_title", using="GIN"))
ArticleWords.add_index(ArticleWords.index(ArticleWords.words, name="words_of_article", using="GIN"))


def up(migrator, db):
    with db.bind_ctx([Article, ArticleGrant, ArticleWords, Derived]):
        column = "INTEGER" if isinstance(db, SqliteDatabase) else "BIGINT"
        db.execute_sql(f"ALTER TABLE article ADD COLUMN place {column}")
        for index in INDEXES:
            db.execute(index)
        _index_counted(db, (Article.published_at, Article.id, Article.deleted_at))
        if isinstance(db, SqliteDatabase):
            db.execute_sql(FTS)
        else:
            db.create_tables([ArticleWords], safe=False)
        db.create_tables([Derived], safe=False)
        filled = db.execute_sql("SELECT EXISTS (SELECT 1 FROM article)").fetchone()[0]
        Derived.insert(name="words", revision=0 if filled else 1).execute()


def down(migrator, db):
    with db.bind_ctx([Article, ArticleGrant, ArticleWords, Derived]):
        db.drop_tables([Derived], safe=False)
        db.execute_sql("DROP TABLE article_words")
        _index_counted(db, (Article.published_at, Article.id))
        for index in INDEXES:
            db.execute_sql(f"DROP INDEX {index._name}")
        db.execute_sql("ALTER TABLE article DROP COLUMN place")


def _index_counted(db, columns):
    for name, column in COUNTED.items():
        db.execute_sql(f"DROP INDEX {name}")
        db.execute(Article.index(column, *columns, name=name, where=SQL("deleted_at IS NULL")))
