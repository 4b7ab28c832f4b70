"""The tables, as peewee models. Migrations make them; a test compares what they made with what stands here.

Instants are microseconds since 1970 (UTC) and keys for sorting are bytes: both compare alike on SQLite and PostgreSQL.
What may be long is indexed by its SHA-256 or its first characters, since PostgreSQL refuses large index entries.
"""

from typing import Any

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    CompositeKey,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    SchemaManager,
    SqliteDatabase,
    TextField,
)

UNDATED = -(10**17)
"""``article.published_at`` of an article without a date, so that it sorts last among the newest first."""


class IdField(Field):
    """A UUID in its canonical text; the native type on PostgreSQL."""

    field_type = "UUID"


class ByKey(SchemaManager):
    """The schema of a table that SQLite keeps in the order of its primary key, without a second copy of its rows."""

    def _create_table(self, *args: Any, **options: Any) -> Any:
        self.model._meta.without_rowid = isinstance(self.database, SqliteDatabase)
        return super()._create_table(*args, **options)  # type: ignore[misc]


class Fts(SchemaManager):
    """The schema of a table of words: on SQLite a virtual one of FTS5 that keeps no texts, else as it is declared."""

    def _create_table(self, *args: Any, **options: Any) -> Any:
        if not isinstance(self.database, SqliteDatabase):
            return super()._create_table(*args, **options)  # type: ignore[misc]
        name = self.model._meta.table_name
        return self._create_context().literal(  # type: ignore[attr-defined]
            f"CREATE VIRTUAL TABLE \"{name}\" USING fts5(title, rest, content='', columnsize=0, tokenize='ascii')"
        )

    def create_indexes(self, *args: Any, **options: Any) -> None:
        """Make the indexes, which FTS5 has in itself."""
        if not isinstance(self.database, SqliteDatabase):
            super().create_indexes(*args, **options)


class Source(Model):
    """A publisher. ``url_digest`` is empty in a tombstone, which frees the address."""

    id = AutoField()
    slug = TextField(unique=True)
    name_digest = BlobField(index=True)
    url_digest = BlobField(null=True, unique=True)
    version = IntegerField()
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    deleted_at = BigIntegerField(null=True)
    document = BlobField()

    class Meta:
        table_name = "source"


class Article(Model):
    """An article with its document as it is served. The other columns are for finding it.

    ``may`` is a set of bits, see `service.core.permission.may_flags`; ``due_on`` the day when the license that the
    document shows begins or ends, as ``YYYY-MM-DD``; ``place`` is where SQLite has its words, see `ArticleWords`.
    """

    id = IdField(primary_key=True)
    source = ForeignKeyField(Source, on_delete="RESTRICT", index=False)
    version = IntegerField()
    url_digest = BlobField(null=True)
    url_key = BlobField()
    title_key = BlobField()
    language = TextField(null=True)
    status = TextField()
    license_status = TextField()
    license_unit = TextField(null=True)
    license_id = TextField(null=True)
    published_at = BigIntegerField()
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    deleted_at = BigIntegerField(null=True)
    link = TextField()
    document = BlobField()
    may = IntegerField(constraints=[SQL("DEFAULT 0")])
    due_on = TextField(null=True)
    place = BigIntegerField(null=True)

    class Meta:
        table_name = "article"


class ArticleTerm(Model):
    """What an article is found by that it has several of: creators, keywords and identifiers, licenses but the first.

    Names and keywords are folded.
    """

    article = ForeignKeyField(Article, on_delete="CASCADE", index=False)
    field = TextField()
    key = BlobField()
    published_at = BigIntegerField()

    class Meta:
        table_name = "article_term"
        primary_key = CompositeKey("field", "key", "published_at", "article")
        schema_manager_class = ByKey


class TsVectorField(Field):
    """Words with their places in a text, as PostgreSQL keeps them."""

    field_type = "TSVECTOR"


class ArticleWords(Model):
    """The words of a living article: those of its title, and all. On SQLite the row is the article's ``place``."""

    article = ForeignKeyField(Article, primary_key=True, on_delete="CASCADE")
    published_at = BigIntegerField()
    title = TsVectorField()
    words = TsVectorField()

    class Meta:
        table_name = "article_words"
        schema_manager_class = Fts


class ArticleVersion(Model):
    """A state that an article had and has no more; the document is empty where it was deleted."""

    article = ForeignKeyField(Article, on_delete="CASCADE", index=False)
    version = IntegerField()
    at = BigIntegerField()
    document = BlobField(null=True)

    class Meta:
        table_name = "article_version"
        primary_key = CompositeKey("article", "version")


class ArticleGrant(Model):
    """An entry of an article's license ledger."""

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
        schema_manager_class = ByKey


class Change(Model):
    """An entry of the change feed. An article's document is read from its versions, a source's is kept here."""

    seq = BigIntegerField(primary_key=True)
    type = TextField()
    record = TextField()
    version = IntegerField()
    at = BigIntegerField()
    document = BlobField(null=True)

    class Meta:
        table_name = "change"
        indexes = ((("record", "version"), False),)


class FeedHead(Model):
    """The counter row: the number of the last change. Its lock is the last that a transaction takes."""

    id = IntegerField(primary_key=True)
    seq = BigIntegerField()
    floor = BigIntegerField()

    class Meta:
        table_name = "feed_head"


class ApiKey(Model):
    """An API key; of the key itself only the SHA-256 is kept."""

    id = IdField(primary_key=True)
    name = TextField()
    prefix = TextField()
    digest = BlobField(unique=True)
    scopes = TextField()
    sources = TextField()
    created_at = BigIntegerField()
    expires_at = BigIntegerField(null=True)
    last_used_at = BigIntegerField(null=True)

    class Meta:
        table_name = "api_key"


class StoredAnswer(Model):
    """What a write under an Idempotency-Key came to, so that a repetition gets the same answer."""

    owner = TextField()
    key = TextField()
    fingerprint = BlobField()
    created_at = BigIntegerField(index=True)
    record = TextField(null=True)
    outcome = BlobField(null=True)

    class Meta:
        table_name = "stored_answer"
        primary_key = CompositeKey("owner", "key")


class Derived(Model):
    """What is made from the records once more, and the revision of the rules that it was made by."""

    name = TextField(primary_key=True)
    revision = IntegerField()

    class Meta:
        table_name = "derived"


def _list_index(name: str, *columns: str, only: str = "deleted_at IS NULL") -> None:
    """An index that serves a list: its order, the id as the last resort, tombstones left out.

    What nearly every article has alike (``only`` names the others) needs no index: a scan finds it at once.
    """
    fields: list[Any] = [getattr(Article, column) for column in (*columns, "id")]
    Article.add_index(Article.index(*fields, name=name, where=SQL(only)))


def _counted_index(name: str, column: str) -> None:
    """An index that serves a list of the newest and counts its articles without a look at them.

    For that SQLite must find ``deleted_at`` in it, though that is never anything but empty there.
    """
    fields = [getattr(Article, field) for field in (column, "published_at", "id", "deleted_at")]
    Article.add_index(Article.index(*fields, name=name, where=SQL("deleted_at IS NULL")))


Article.add_index(Article.index(Article.url_key, Article.url_digest, name="article_by_url", unique=True))
_list_index("article_by_published", "published_at")
_list_index("article_by_updated", "updated_at")
_list_index("article_by_title", "title_key")
_counted_index("article_by_source", "source")
_list_index("article_by_source_license", "source", "license_id", "published_at")
_counted_index("article_by_license", "license_id")
_counted_index("article_by_unit", "license_unit")
_counted_index("article_by_language", "language")
_list_index("article_by_may", "may", "published_at")
_list_index(
    "article_by_license_status",
    "license_status",
    "published_at",
    only="deleted_at IS NULL AND license_status <> 'known'",
)
_list_index("article_by_status", "status", "published_at", only="deleted_at IS NULL AND status <> 'published'")
_list_index("article_due", "due_on", only="due_on IS NOT NULL")
_GONE = SQL("deleted_at IS NOT NULL")
Article.add_index(Article.index(Article.source, name="article_gone_by_source", where=_GONE))
Article.add_index(Article.index(Article.license_id, name="article_gone_by_license", where=_GONE))
ArticleGrant.add_index(
    ArticleGrant.index(
        ArticleGrant.license_id,
        ArticleGrant.article,
        name="grant_beside",
        where=SQL("n > 1 AND state = 'asserted' AND scope = 'article'"),
    )
)
Article.add_index(Article.index(Article.place, name="article_by_place", unique=True, where=SQL("place IS NOT NULL")))
ArticleWords.add_index(ArticleWords.index(ArticleWords.published_at, ArticleWords.article, name="words_by_published"))
ArticleWords.add_index(ArticleWords.index(ArticleWords.title, name="words_of_title", using="GIN"))
ArticleWords.add_index(ArticleWords.index(ArticleWords.words, name="words_of_article", using="GIN"))

TABLES: tuple[type[Model], ...] = (
    Source,
    Article,
    ArticleTerm,
    ArticleWords,
    ArticleVersion,
    ArticleGrant,
    Change,
    FeedHead,
    ApiKey,
    StoredAnswer,
    Derived,
)
