"""What articles are searched by: their words, in FTS5 or tsvector, and on SQLite their places in that index.

The words of what is there already are cut by ``creditline migrate``, once the tables are made.
"""

from peewee import SQL, BigIntegerField, Field, ForeignKeyField, IntegerField, Model, SqliteDatabase, TextField


class IdField(Field):
    field_type = "UUID"


class TsVectorField(Field):
    field_type = "TSVECTOR"


class Article(Model):
    id = IdField(primary_key=True)
    place = BigIntegerField(null=True)

    class Meta:
        table_name = "article"


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


FTS = "CREATE VIRTUAL TABLE \"article_words\" USING fts5(title, rest, content='', columnsize=0, tokenize='ascii')"
BY_PLACE = Article.index(Article.place, name="article_by_place", unique=True, where=SQL("place IS NOT NULL"))
ArticleWords.add_index(ArticleWords.index(ArticleWords.published_at, ArticleWords.article, name="words_by_published"))
ArticleWords.add_index(ArticleWords.index(ArticleWords.title, name="words_of_title", using="GIN"))
ArticleWords.add_index(ArticleWords.index(ArticleWords.words, name="words_of_article", using="GIN"))


def up(migrator, db):
    with db.bind_ctx([Article, ArticleWords, Derived]):
        column = "INTEGER" if isinstance(db, SqliteDatabase) else "BIGINT"
        db.execute_sql(f"ALTER TABLE article ADD COLUMN place {column}")
        db.execute(BY_PLACE)
        if isinstance(db, SqliteDatabase):
            db.execute_sql(FTS)
        else:
            db.create_tables([ArticleWords], safe=False)
        db.create_tables([Derived], safe=False)
        filled = db.execute_sql("SELECT EXISTS (SELECT 1 FROM article)").fetchone()[0]
        Derived.insert(name="words", revision=0 if filled else 1).execute()


def down(migrator, db):
    with db.bind_ctx([Article, ArticleWords, Derived]):
        db.drop_tables([Derived], safe=False)
        db.execute_sql("DROP TABLE article_words")
        db.execute_sql("DROP INDEX article_by_place")
        db.execute_sql("ALTER TABLE article DROP COLUMN place")
