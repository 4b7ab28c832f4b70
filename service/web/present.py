"""The present state of an article: for a change of it, or to be read beside its ledger."""

from service.actions.ownership import require_source
from service.actions.tombstones import gone
from service.storage.articles import StoredArticle, find_article
from service.storage.grants import LicensedArticle, find_licensed_article
from service.web.calls import Call
from service.web.conditional import not_found


def get_present(call: Call, id: str, *, restoring: bool = False) -> StoredArticle:
    """The article as it stands, for a change of it; raises NotFound, Gone, or Forbidden by its source."""
    present = find_article(call.context.database, id)
    if present is None:
        raise not_found("article", id)
    require_source(call.actor, present.source_slug)
    if present.deleted_at is not None and not restoring:
        raise gone("article", version=present.version, deleted_at=present.deleted_at)
    return present


def get_licensed(call: Call, id: str) -> LicensedArticle:
    """The article with its ledger, both of one moment; raises NotFound or Gone."""
    found = find_licensed_article(call.context.database, id)
    if found is None:
        raise not_found("article", id)
    if found.deleted_at is not None:
        raise gone("article", version=found.version, deleted_at=found.deleted_at)
    return found
