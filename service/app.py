"""The composition root: configuration, database and blueprints become one application."""

from flask import Flask
from flask_cors import CORS

from service.actions.words import are_words_current
from service.config import Config, ConfigError
from service.core.catalogue import find_license
from service.core.keys import digest_key
from service.logs import configure_logs
from service.storage.database import Database
from service.storage.migrations import list_pending
from service.web import context, problems, requests
from service.web.articles import articles
from service.web.attribution import attribution
from service.web.attributions import attributions
from service.web.audits import audits
from service.web.bulk import bulk
from service.web.changes import changes
from service.web.combinations import combinations
from service.web.detections import detections
from service.web.docs import docs
from service.web.export import export
from service.web.extractions import extractions
from service.web.grants import NumberConverter, grants
from service.web.health import health
from service.web.home import home
from service.web.keys import keys
from service.web.licenses import licenses
from service.web.machine_terms import machine_terms
from service.web.oai import oai
from service.web.people import people
from service.web.permission import permission
from service.web.sources import sources
from service.web.versions import versions

_BLUEPRINTS = (
    home,
    health,
    docs,
    articles,
    attribution,
    attributions,
    grants,
    permission,
    combinations,
    versions,
    changes,
    sources,
    licenses,
    export,
    bulk,
    people,
    machine_terms,
    detections,
    extractions,
    audits,
    keys,
    oai,
)
_EXPOSED = [
    "ETag",
    "Location",
    "Link",
    "Request-Id",
    "Feed-Seq",
    "Content-Disposition",
    "Content-Usage",
    "tdm-reservation",
    "tdm-policy",
    "Retry-After",
    "Idempotency-Replayed",
    "Preference-Applied",
    "RateLimit",
    "RateLimit-Policy",
]


def open_database(config: Config) -> Database:
    """The database that `config` names."""
    return Database(
        config.database_url, synchronous=config.sqlite_synchronous, statement_timeout=config.statement_timeout
    )


def create_app(config: Config) -> Flask:
    """An application that is ready to serve; raises ConfigError where the database lacks migrations."""
    if find_license(config.metadata_license) is None:
        raise ConfigError(f"CREDITLINE_METADATA_LICENSE: there is no license {config.metadata_license!r}.")
    configure_logs(config.log_format, config.log_level)
    database = open_database(config)
    try:
        require_migrated(database)
    finally:
        database.close()  # no connection may cross into a forked worker
    app = requests.Creditline("service", template_folder="web/templates", static_folder=None)
    app.url_map.converters.update(id=requests.IdConverter, slug=requests.SlugConverter, number=NumberConverter)
    app.url_map.merge_slashes = False
    context.install(app, _context(config, database))
    problems.install(app)
    requests.install(app, database)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    if config.cors_origins:
        app.after_request(requests.vary_by_origin)  # what is registered first runs last
        CORS(app, origins=list(config.cors_origins), expose_headers=_EXPOSED, max_age=3600)
    return app


def _context(config: Config, database: Database) -> context.Context:
    return context.Context(
        database=database,
        admin_digest=digest_key(config.admin_key) if config.admin_key else None,
        public_read=config.public_read,
        read_only=config.read_only,
        metadata_license=config.metadata_license,
        oai_repository=config.oai_repository,
        oai_email=config.oai_email,
    )


def require_migrated(database: Database) -> None:
    """Raise ConfigError where the database lacks migrations that this release needs, or its index of words is old."""
    pending = list_pending(database)
    if pending:
        raise ConfigError(
            f"The database lacks {len(pending)} migration(s), {pending[0]} first; run: creditline migrate"
        )
    if not are_words_current(database):
        raise ConfigError("The index of words is not of this release; run: creditline migrate")
