"""The first tables: sources, articles with their terms, versions and ledgers, the change feed, keys and answers."""

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
    TextField,
)


class IdField(Field):
    field_type = "UUID"


class Source(Model):
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
    id = IdField(primary_key=True)
    source = ForeignKeyField(Source, on_delete="RESTRICT", index=False)
    version = IntegerField()
    url_digest = BlobField(null=True, unique=True)
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
        indexes = ((("article",), False),)


class ArticleVersion(Model):
    article = ForeignKeyField(Article, on_delete="CASCADE", index=False)
    version = IntegerField()
    at = BigIntegerField()
    document = BlobField(null=True)

    class Meta:
        table_name = "article_version"
        primary_key = CompositeKey("article", "version")


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


class Change(Model):
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
    id = IntegerField(primary_key=True)
    seq = BigIntegerField()
    floor = BigIntegerField()

    class Meta:
        table_name = "feed_head"


class ApiKey(Model):
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
    owner = TextField()
    key = TextField()
    fingerprint = BlobField()
    created_at = BigIntegerField(index=True)
    record = TextField(null=True)
    outcome = BlobField(null=True)

    class Meta:
        table_name = "stored_answer"
        primary_key = CompositeKey("owner", "key")


def _list_index(name, *columns):
    fields = [getattr(Article, column) for column in (*columns, "id")]
    Article.add_index(Article.index(*fields, name=name, where=SQL("deleted_at IS NULL")))


_list_index("article_by_published", "published_at")
_list_index("article_by_updated", "updated_at")
_list_index("article_by_created", "created_at")
_list_index("article_by_title", "title_key")
_list_index("article_by_url", "url_key")
_list_index("article_by_source", "source", "published_at")
_list_index("article_by_source_license", "source", "license_id", "published_at")
_list_index("article_by_license", "license_id", "published_at")
_list_index("article_by_unit", "license_unit", "published_at")
_list_index("article_by_license_status", "license_status", "published_at")
_list_index("article_by_language", "language", "published_at")
_list_index("article_by_status", "status", "published_at")

TABLES = (
    Source,
    Article,
    ArticleTerm,
    ArticleVersion,
    ArticleGrant,
    Change,
    FeedHead,
    ApiKey,
    StoredAnswer,
)


def up(migrator, db):
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
        FeedHead.insert(id=1, seq=0, floor=0).execute()


def down(migrator, db):
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES, safe=False)
