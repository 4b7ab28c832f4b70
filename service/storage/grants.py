"""The license ledgers in the database."""

import json
from collections.abc import Iterable

from service.core.catalogue import find_license
from service.core.dates import from_micros, parse_day, to_micros
from service.core.grants import Claim, Grant
from service.storage.database import Database, Row
from service.storage.statements import columns_of, insert_into, update_of
from service.storage.tables import ArticleGrant

_READ = "SELECT {} FROM article_grant WHERE article_id = ? ORDER BY n".format(
    ", ".join(f'"{name}"' for name in columns_of(ArticleGrant))
)


def list_grants(database: Database, article: str) -> tuple[Grant, ...]:
    """The ledger of an article, in the order of its numbers."""
    return tuple(_grant(row) for row in database.fetch_all(_READ, (article,)))


def save_grants(database: Database, article: str, before: Iterable[Grant], after: Iterable[Grant]) -> None:
    """Bring the stored ledger from `before` to `after`: grants are added or closed, none is removed."""
    known = {grant.n: grant for grant in before}
    for grant in after:
        if grant.n not in known:
            database.execute(insert_into(ArticleGrant), (article, grant.n, *_values(grant)))
        elif grant != known[grant.n]:
            database.execute(update_of(ArticleGrant, "article_id = ? AND n = ?"), (*_values(grant), article, grant.n))


def delete_grants(database: Database, article: str) -> None:
    """Wipe the ledger of a purged article."""
    database.execute("DELETE FROM article_grant WHERE article_id = ?", (article,))


def _values(grant: Grant) -> tuple[object, ...]:
    claim = grant.claim
    return (
        grant.offer,
        claim.status,
        claim.license.id if claim.license else None,
        claim.unit,
        json.dumps(claim.candidates),
        claim.url,
        claim.statement,
        claim.statement_url,
        claim.start.isoformat() if claim.start else None,
        claim.end.isoformat() if claim.end else None,
        grant.scope,
        grant.origin,
        to_micros(grant.recorded_at),
        grant.recorded_by,
        grant.state,
        grant.reason,
    )


def _grant(row: Row) -> Grant:
    (_, n, offer, status, license, unit, candidates, url, statement, statement_url, start, end, *rest) = row
    scope, origin, recorded_at, recorded_by, state, reason = rest
    claim = Claim(
        status=status,
        license=find_license(license) if license else None,
        unit=unit,
        candidates=tuple(json.loads(candidates)),
        url=url,
        statement=statement,
        statement_url=statement_url,
        start=parse_day(start) if start else None,
        end=parse_day(end) if end else None,
    )
    return Grant(
        n=n,
        claim=claim,
        scope=scope,
        origin=origin,
        offer=offer,
        recorded_at=from_micros(recorded_at),
        recorded_by=recorded_by,
        state=state,
        reason=reason,
    )
