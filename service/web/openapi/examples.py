"""Examples for every body and answer: documents made by the code that makes the real ones, so that they stay true."""

from datetime import UTC, date, datetime
from typing import Any

import orjson

from service.core.articles import Article, Shown, SourceName
from service.core.attribution import Credit, Reuse, credit_block, credit_work, work_of
from service.core.detection import detect
from service.core.grants import Grant
from service.core.keys import Key
from service.core.sources import Source
from service.formats.documents.articles import render_article
from service.formats.documents.attribution import render_credit, render_warnings
from service.formats.documents.attributions import CreditItem, render_credits
from service.formats.documents.detections import render_detection
from service.formats.documents.grants import render_grant
from service.formats.documents.keys import render_key
from service.formats.documents.licenses import license_documents
from service.formats.documents.sources import render_source
from service.formats.pages import read_page
from service.formats.pages.extractions import render_extraction
from service.formats.schemas.articles import load_article
from service.formats.schemas.sources import load_source
from service.web.openapi.audits import audit_examples
from service.web.openapi.shapes import Json
from service.web.openapi.verdicts import verdict_examples
from service.web.problem_types import BY_SLUG, ProblemType

_ID = "019aba7e-5c00-7abc-8def-0123456789ab"
_NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_CLAIMED = {"id": "CC-BY-ND-4.0", "statement": "Republish it under CC BY-ND 4.0."}
_STATEMENT = "Text by Ines Albright, CC BY-ND 4.0"
_PAGE = (
    "<title>The moth that learned to whistle – The Lantern</title><h1>The moth that learned to whistle</h1>"
    '<p class="byline">By Ines Albright</p><p>All articles are under <a rel="license" '
    'href="https://creativecommons.org/licenses/by-nd/4.0/">CC BY-ND 4.0</a>.</p>'
)
_ARTICLE: Json = {
    "url": "https://lantern.example/science/moth",
    "title": "The moth that learned to whistle",
    "source": {"name": "The Lantern", "url": "https://lantern.example/"},
    "creators": [{"name": "Ines Albright", "role": "author", "kind": "person"}],
    "language": "en-GB",
    "published_at": "2026-11-20T09:30:00Z",
    "keywords": ["moths", "acoustics"],
    "license": _CLAIMED,
    "attribution": {"copyright_notice": "© 2026 The Lantern"},
}
_SOURCE: Json = {
    "name": "The Lantern",
    "url": "https://lantern.example/",
    "country": "IE",
    "language": "en",
    "policies": [{"license": "CC-BY-ND-4.0", "valid_from": "2020-01-01"}],
}
_SUMMARY = "An example"
_ADDRESS = f"/v1/articles/{_ID}"
_PROBLEMS: dict[str, Json] = {
    "conflict": {"conflicting_url": _ADDRESS},
    "gone": {"deleted_at": "2026-11-24T12:00:00Z", "version": 2},
    "cursor-expired": {"floor": 4000},
    "feed-reset": {"head": 912},
    "precondition-failed": {"current_version": 8},
    "precondition-required": {"current_version": 8},
    "content-too-large": {"limit": 1048576},
    "uri-too-long": {"limit": 8056},
    "not-acceptable": {"available": ["application/json"]},
    "validation-failed": {"errors": [{"pointer": "/title", "code": "required", "detail": "This member is required."}]},
    "invalid-parameter": {
        "errors": [{"parameter": "limit", "code": "invalid", "detail": "limit takes a whole number from 1 to 200."}]
    },
    "unknown-parameter": {
        "errors": [
            {"parameter": "limits", "code": "unknown-parameter", "detail": "There is no parameter 'limits' here."}
        ]
    },
    "malformed-header": {
        "errors": [
            {"header": "If-Match", "code": "malformed", "detail": "If-Match takes entity tags in double quotes."}
        ]
    },
    "malformed-json": {
        "line": 3,
        "column": 14,
        "errors": [{"pointer": "", "code": "malformed", "detail": "A comma is missing (line 3, column 14)"}],
    },
}


def problem_examples() -> dict[str, Json]:
    """An example of each problem type, by its slug."""
    return {slug: {"summary": kind.title, "value": _problem(kind)} for slug, kind in BY_SLUG.items()}


def body_examples() -> dict[str, Json]:
    """An example of each schema that a body or an answer has as a whole, by the schema's name."""
    return {name: {"summary": _SUMMARY, "value": value} for name, value in _bodies().items()}


def _bodies() -> Json:
    article = _article()
    document, warnings = _read(render_article(article)), _read(render_warnings(article) or b"[]")
    credit = credit_work(work_of(article), Reuse())
    source, license = _read(render_source(_source())), _read(license_documents()["CC-BY-ND-4.0"])
    state = {
        "version": 1,
        "at": document["created_at"],
        "state": "current",
        "links": {"self": f"{_ADDRESS}/versions/1"},
    }
    change = {"seq": 912, "type": "article.created", "id": _ID, "version": 1, "at": document["created_at"]}
    return {
        "ArticleInput": _ARTICLE,
        "ArticleReplacement": document,
        "ArticlePatch": {"section": "Science", "keywords": ["moths"]},
        "Article": document,
        "ReadArticle": document,
        "WrittenArticle": {**document, "warnings": warnings},
        "ArticlePage": _page(document),
        "ArticleStatePage": _page(state),
        "Credit": _read(render_credit(credit, origin="article", as_of=date(2026, 11, 24))),
        "LinkedData": credit.jsonld,
        "AttributionsInput": {"articles": [_ID, _ARTICLE["url"]], "lang": "en"},
        "CreditBlock": _credit_block(credit),
        "SourceInput": _SOURCE,
        "SourceReplacement": source,
        "SourcePatch": {"credit": "The Lantern Trust"},
        "Source": source,
        "SourcePage": _page(source),
        "ReapplyCounts": {"articles": 40, "updated": 2, "unchanged": 38},
        "License": license,
        "LicensePage": _page(license),
        "Resolution": {"status": "known", "license": license},
        "DetectionInput": {"text": _STATEMENT},
        "Detection": _read(render_detection(detect(_STATEMENT), charset=None)),
        "ExtractionInput": {"html": _PAGE, "url": _ARTICLE["url"]},
        "Extraction": _read(render_extraction(read_page(_PAGE, url=_ARTICLE["url"]))),
        "SavedExtraction": _read(
            render_extraction(read_page(_PAGE, url=_ARTICLE["url"]), registered=render_article(article))
        ),
        "ArticleId": {"id": _ID},
        "ChangePage": {"data": [{**change, "data": document}], "cursor": "q83vEjRWeJ", "has_more": False, "head": 912},
        **_grant_examples(article),
        **verdict_examples(article, credit, _grant(article)),
        **audit_examples(article, _grant(article)),
        **_key_examples(),
    }


def _grant_examples(article: Article) -> Json:
    document = _read(render_grant(_ID, _grant(article)))
    return {
        "GrantInput": {"license": "CC-BY-4.0", "start": "2027-01-01", "statement_url": "https://lantern.example/terms"},
        "GrantPatch": {"end": "2026-12-31", "reason": "The Lantern offers CC BY 4.0 from 2027 on."},
        "Grant": document,
        "GrantPage": _page(document),
    }


def _key_examples() -> dict[str, Json]:
    key = Key(
        id=_ID,
        name="Importer of The Lantern",
        prefix="ak_3fJ9",
        scopes=frozenset({"write"}),
        sources=("the-lantern",),
        created_at=_NOON,
        expires_at=None,
        last_used_at=None,
    )
    return {
        "KeyInput": {"name": key.name, "scopes": ["write"], "sources": ["the-lantern"]},
        "Key": _read(render_key(key)),
        "NewKey": _read(render_key(key, "ak_3fJ9-shown-this-once")),
        "KeyPage": _page(_read(render_key(key))),
    }


def _grant(article: Article) -> Grant:
    return Grant(n=1, claim=article.license.claim, offer=1, recorded_at=_NOON, recorded_by=_ID)


def _credit_block(credit: Credit) -> Any:
    item = CreditItem(given=(_ID, _ARTICLE["url"]), id=_ID, credit=credit, origin="article")
    return _read(render_credits(credit_block([credit], lang="en"), [item], as_of=date(2026, 11, 24)))


def _article() -> Article:
    new = load_article(_ARTICLE, None)
    shown = Shown(claim=new.claims[0], origin="article")
    return Article(
        id=_ID,
        version=1,
        created_at=_NOON,
        updated_at=_NOON,
        content=new.content,
        source=SourceName(id="the-lantern", name=new.source.name, url=new.source.url),
        license=shown,
        licenses=(shown,),
    )


def _source() -> Source:
    content = load_source(_SOURCE, "the-lantern", None)
    return Source(id="the-lantern", version=1, created_at=_NOON, updated_at=_NOON, content=content)


def _page(item: Any) -> Json:
    return {"data": [item], "page": {"limit": 50, "next": None}, "metadata_license": "CC0-1.0"}


def _problem(kind: ProblemType) -> Json:
    extras = _PROBLEMS.get(kind.slug, {})
    faults = extras.get("errors")
    return {
        "type": f"/v1/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": faults[0]["detail"] if faults else f"{kind.title}.",
        "request_id": "5f0c1d2e3a4b5c6d",
        **extras,
    }


def _read(document: bytes) -> Any:
    return orjson.loads(document)
