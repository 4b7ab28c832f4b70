"""What permissions are asked of: articles with their sources and ledgers, or licenses by themselves."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from service.core.articles import Article
from service.core.attribution import Work, credit_work, work_of
from service.core.grants import Claim, Grant, Ledger
from service.core.permission import Permission, decide, subject_of, subject_of_claim
from service.core.sources import Source
from service.formats.documents.permission import missing_document, permission_document
from service.formats.documents.sources import read_source
from service.formats.schemas.permission import UseOrder
from service.storage.database import Database
from service.storage.sources import find_documents
from service.web.works import NamedWork

Document = dict[str, Any]


def sources_of(database: Database, articles: Iterable[Article]) -> dict[str | None, Source]:
    """The sources of articles by their slugs, in one statement."""
    slugs = {article.source.id for article in articles if article.source.id}
    return {slug: read_source(document) for slug, document in find_documents(database, sorted(slugs)).items()}


def answer_uses(database: Database, order: UseOrder, works: Collection[NamedWork]) -> dict[str, Document]:
    """The answers to a use for works as of the day asked, by every text that names one."""
    sources = sources_of(database, [work.article for work in works if work.article])
    return {given: _answer(order, work, sources, given) for work in works for given in work.given}


def answer_use(order: UseOrder, article: Article, source: Source, ledger: Ledger, *, given: str) -> Document:
    """The answer to a use of an article, which is as of the day asked."""
    permission = decide(subject_of(article, source.content, ledger), order.use)
    origin = _origin(ledger, permission)
    return _document(order, permission, work_of(article, source.content), given=given, id=article.id, origin=origin)


def _answer(order: UseOrder, work: NamedWork, sources: dict[str | None, Source], given: str) -> Document:
    if work.article:
        return answer_use(order, work.article, sources[work.article.source.id], work.ledger, given=given)
    if work.claim:
        return _answer_claim(order, work.claim, given)
    return missing_document(given, work.problem or {})


def _answer_claim(order: UseOrder, claim: Claim, given: str) -> Document:
    permission = decide(subject_of_claim(claim), order.use)
    return _document(order, permission, Work(claim=claim), given=given, id=None, origin=None)


def _document(
    order: UseOrder, permission: Permission, work: Work, *, given: str, id: str | None, origin: str | None
) -> Document:
    """The answer with the credit under the license that it stands on."""
    credit = credit_work(replace(work, claim=permission.claim), order.reuse, lang=order.lang)
    return permission_document(permission, order.use, credit, article=given, id=id, origin=origin)


def _origin(ledger: Iterable[Grant], permission: Permission) -> str | None:
    return next((grant.origin for grant in ledger if grant.claim == permission.claim), None)
