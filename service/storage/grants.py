"""The license ledgers in the database."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from service.core.catalogue import find_license
from service.core.dates import from_micros, parse_day, to_micros
from service.core.grants import Claim, Grant, Ledger
from service.storage.database import Database, Row
from service.storage.statements import columns_of, insert_into, update_of
from service.storage.tables import ArticleGrant

_COLUMNS = columns_of(ArticleGrant)
_READ = "SELECT {} FROM article_grant WHERE article_id = ? ORDER BY n".format(
    ", ".join(f'"{name}"' for name in _COLUMNS)
)
_SERVE = (
    "SELECT a.version, a.deleted_at, CASE WHEN g.n IS NULL OR g.n = 1 THEN a.document END, {} "
    "FROM article a LEFT JOIN article_grant g ON g.article_id = a.id WHERE a.id = ? ORDER BY g.n"
).format(", ".join(f'g."{name}"' for name in _COLUMNS))


@dataclass(frozen=True, slots=True, kw_only=True)
class LicensedArticle:
    """An article as it is served, a tombstone included, beside its ledger: both of one moment."""

    version: int
    document: bytes
    deleted_at: int | None
    ledger: Ledger


def find_licensed_article(database: Database, id: str) -> LicensedArticle | None:
    """The article `id` with its ledger, in one statement."""
    rows = database.fetch_all(_SERVE, (id,))
    if not rows:
        return None
    version, deleted_at, document, *_ = rows[0]
    ledger = tuple(_grant(row[3:]) for row in rows if row[3] is not None)
    return LicensedArticle(version=version, document=document, deleted_at=deleted_at, ledger=ledger)


def list_grants(database: Database, article: str) -> Ledger:
    """The ledger of an article, in the order of its numbers."""
    return tuple(_grant(row) for row in database.fetch_all(_READ, (article,)))


def list_ledgers(database: Database, articles: Collection[str]) -> dict[str, Ledger]:
    """The ledgers of articles that have any grants, by the ids of the articles."""
    if not articles:
        return {}
    columns, marks = ", ".join(f'"{name}"' for name in _COLUMNS), ", ".join("?" * len(articles))
    sql = f"SELECT {columns} FROM article_grant WHERE article_id IN ({marks}) ORDER BY article_id, n"
    ledgers: dict[str, list[Grant]] = {}
    for row in database.fetch_all(sql, list(articles)):
        ledgers.setdefault(str(row[0]), []).append(_grant(row))
    return {article: tuple(grants) for article, grants in ledgers.items()}


def save_grants(database: Database, article: str, before: Iterable[Grant], after: Iterable[Grant]) -> None:
    """Bring the stored ledger from `before` to `after`: grants are added or closed, none is removed."""
    known = {grant.n: grant for grant in before}
    for grant in after:
        if grant.n not in known:
            database.execute(insert_into(ArticleGrant), (article, grant.n, *_values(grant)))
        elif grant != known[grant.n]:
            database.execute(update_of(ArticleGrant, "article_id = ? AND n = ?"), (*_values(grant), article, grant.n))


def insert_ledgers(database: Database, ledgers: Mapping[str, Iterable[Grant]]) -> None:
    """Store the ledgers of new articles, by the ids of the articles."""
    rows = ((article, grant.n, *_values(grant)) for article, ledger in ledgers.items() for grant in ledger)
    database.insert_many("article_grant", _COLUMNS, rows)


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
