"""Works that a body names: articles by id or by original URL, and licenses by themselves."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from service.actions.tombstones import gone
from service.core.articles import Article, license_article
from service.core.catalogue import resolve_license
from service.core.errors import InvalidValue, NotFound, Problem
from service.core.grants import ALL_RIGHTS_RESERVED, Claim, Ledger
from service.core.licenses import Known, Unresolved, Unversioned
from service.core.urls import canonical_url
from service.formats.documents.articles import read_article
from service.storage.articles import serve_articles
from service.storage.bulk import find_ids_by_url
from service.storage.database import Database, Row
from service.storage.grants import list_ledgers
from service.web.problem_types import BY_EXCEPTION

Document = dict[str, object]

_ID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedWork:
    """What was named, and what it came to: an article, a license by itself (`claim`), or the problem of finding it.

    `given` are the texts that name it, in their order; the claim of an article is its ``license``, and `ledger` what
    that was read from.
    """

    given: tuple[str, ...]
    article: Article | None = None
    ledger: Ledger = ()
    claim: Claim | None = None
    problem: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meaning:
    """What a text may mean, before the database is asked: `near` are licenses that it names almost."""

    id: str | None = None
    url: str | None = None
    claim: Claim | None = None
    near: tuple[str, ...] = ()


def find_works(database: Database, texts: Sequence[str], *, day: date) -> tuple[NamedWork, ...]:
    """The works that `texts` name, in the order of their first naming; what is named twice is one work.

    A text is the id of an article, its original URL in any spelling, or the id, URL or name of a license. Articles are
    given under what stands on `day`. Three statements, however many works there are.
    """
    meanings = {text: _read(text) for text in texts}
    by_url = find_ids_by_url(database, {meaning.url for meaning in meanings.values() if meaning.url})
    found = {text: meaning.id or by_url.get(meaning.url or "") for text, meaning in meanings.items()}
    rows = serve_articles(database, {id for id in found.values() if id})
    works: dict[object, NamedWork] = {}
    for text, meaning in meanings.items():
        id = found[text]
        work = _name_article(text, id, rows) if id else _name_other(text, meaning)
        key = ("article", id) if id else ("license", work.claim.says) if work.claim else ("text", text)
        works[key] = _merge(works.get(key), work)
    return _license_works(database, works.values(), day)


def _license_works(database: Database, works: Collection[NamedWork], day: date) -> tuple[NamedWork, ...]:
    """The works with the ledgers of their articles, and the articles under what stands on `day`."""
    ledgers = list_ledgers(database, [work.article.id for work in works if work.article])
    return tuple(_license_work(work, ledgers, day) for work in works)


def _license_work(work: NamedWork, ledgers: Mapping[str, Ledger], day: date) -> NamedWork:
    if work.article is None:
        return work
    ledger = ledgers.get(work.article.id, ())
    return replace(work, article=license_article(work.article, ledger, day), ledger=ledger)


def describe_problem(problem: Problem) -> Document:
    """A problem as a member of an item: like a problem document, of one item of the request."""
    kind = BY_EXCEPTION[type(problem)]
    about = {"type": f"/v1/problems/{kind.slug}", "title": kind.title, "status": kind.status, "detail": problem.detail}
    return {**about, **problem.members}


def _read(text: str) -> _Meaning:
    words = text.strip()
    if _ID.fullmatch(words):
        return _Meaning(id=words.lower())
    if words.casefold() == ALL_RIGHTS_RESERVED:
        return _Meaning(claim=Claim(status=ALL_RIGHTS_RESERVED))
    match resolve_license(words):
        case Known(license=license):
            return _Meaning(claim=Claim(status="known", license=license))
        case Unversioned(unit=unit, candidates=candidates):
            return _Meaning(claim=Claim(status="unversioned", unit=unit, candidates=candidates))
        case Unresolved(near=near):
            return _Meaning(url=_canonical(words), near=near)


def _canonical(text: str) -> str | None:
    try:
        return canonical_url(text)
    except InvalidValue:
        return None


def _name_article(text: str, id: str, rows: dict[str, Row]) -> NamedWork:
    row = rows.get(id)
    if row is None:
        return NamedWork(given=(text,), problem=describe_problem(NotFound(f"There is no article {id}.")))
    version, document, deleted_at, _ = row
    if deleted_at is not None:
        problem = gone("article", version=version, deleted_at=deleted_at)
        return NamedWork(given=(text,), problem=describe_problem(problem))
    return NamedWork(given=(text,), article=read_article(document))


def _name_other(text: str, meaning: _Meaning) -> NamedWork:
    if meaning.claim:
        return NamedWork(given=(text,), claim=meaning.claim)
    shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
    near = f" Licenses near it are {', '.join(meaning.near[:5])}." if meaning.near else ""
    problem = NotFound(f"There is no article and no license {shown!r}.{near}")
    return NamedWork(given=(text,), problem=describe_problem(problem))


def _merge(earlier: NamedWork | None, work: NamedWork) -> NamedWork:
    if earlier is None:
        return work
    return replace(earlier, given=(*earlier.given, *work.given))
