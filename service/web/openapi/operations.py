"""What a view cannot say by itself: the answers of each endpoint, the body it takes, and the problems of its own."""

from dataclasses import dataclass, field
from typing import Literal

from service.formats.representations import LIST_REPRESENTATIONS, REPRESENTATIONS
from service.web.export import EXPORTS
from service.web.openapi.shapes import Json, ref

JSON = "application/json"
_TEXT: Json = {"type": "string"}
_RECORD = ("Cache-Control", "Vary")
_WRITTEN = ("Feed-Seq", "Idempotency-Replayed", "Preference-Applied")
_DELETED = ("Feed-Seq", "Preference-Applied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A success: its status, what it means, its content by media type, and the headers it has or may have."""

    status: int
    about: str
    content: dict[str, Json] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What an endpoint answers; `problems` are groups beside those that follow from what its view declares.

    `conditions` says whether it heeds If-Match and If-None-Match as a read (304, 412) or as a write (412, 428), or
    only If-Match as an upsert (412).
    `checks` marks an endpoint without a declaration that checks headers and parameters all the same. `queries` names
    the components of parameters that mean something else here than elsewhere, `listing` the parameters beside the
    filters of an endpoint that takes those.
    """

    answers: tuple[Answer, ...]
    body: str | None = None
    problems: tuple[str, ...] = ()
    conditions: Literal["read", "write", "upsert"] | None = None
    prefers: bool = False
    checks: bool = False
    queries: dict[str, str] = field(default_factory=dict)
    listing: tuple[str, ...] = ("limit", "cursor", "fields", "format", "sort", "count")


def _json(
    schema: str,
    status: int = 200,
    about: str = "",
    headers: tuple[str, ...] = (),
    maybe: tuple[str, ...] = (),
) -> Answer:
    return Answer(status=status, about=about, content={JSON: ref(schema)}, headers=headers, maybe=maybe)


def _page(schema: str, about: str, maybe: tuple[str, ...] = ()) -> Operation:
    answer = _json(schema, about=about, headers=_RECORD, maybe=("Link", *maybe))
    return Operation(answers=(answer,), problems=("NotAcceptable",))


def _record(schema: str, about: str, maybe: tuple[str, ...] = ()) -> Operation:
    answer = _json(schema, about=about, headers=("ETag", *_RECORD), maybe=maybe)
    return Operation(answers=(answer,), problems=("NotAcceptable", "NotFound", "Gone"), conditions="read")


def _updated(schema: str) -> Answer:
    about = "The record as it stands now, or would stand after a dry run."
    return _json(schema, about=about, headers=("ETag", *_RECORD), maybe=_WRITTEN)


def _created(schema: str, about: str) -> Answer:
    return _json(schema, 201, about, ("ETag", "Location", *_RECORD), maybe=_WRITTEN)


def _creation(noun: str, written: str, *problems: str, conditions: Literal["upsert"] | None = None) -> Operation:
    return Operation(
        answers=(_created(written, "It has been made."), _updated(written)),
        body=f"{noun}Input",
        problems=("ConflictOrInUse", *problems),
        conditions=conditions,
        prefers=True,
    )


def _replacement(noun: str, written: str, *, about: str = "", problems: tuple[str, ...] = ()) -> Operation:
    created = (_created(written, about),) if about else ()
    return Operation(
        answers=(_updated(written), *created),
        body=f"{noun}Replacement" if about else f"{noun}Patch",
        problems=("NotFound", "Gone", "ConflictOrInUse", *problems),
        conditions="write",
        prefers=True,
    )


def _granting(*answers: Answer, body: str) -> Operation:
    problems = ("NotFound", "Gone", "KeyInUse")
    return Operation(answers=answers, body=body, problems=problems, conditions="write", prefers=True)


_DELETION = Operation(
    answers=(Answer(status=204, about="It is gone.", headers=_RECORD, maybe=_DELETED),),
    problems=("NotFound", "Gone", "Conflict"),
    conditions="write",
    prefers=True,
)
_CREDIT_CONTENT = {
    JSON: ref("Credit"),
    "text/plain": _TEXT,
    "text/html": _TEXT,
    "text/markdown": _TEXT,
    "application/ld+json": ref("LinkedData"),
}
_ARTICLE_CONTENT: dict[str, Json] = {
    JSON: ref("ReadArticle"),
    **{
        form.media_type: {"type": "object"} if form.media_type.endswith("json") else _TEXT
        for form in REPRESENTATIONS.values()
    },
}
_LIST_CONTENT: dict[str, Json] = {
    JSON: ref("ArticlePage"),
    **{form.media_type: _TEXT for form in LIST_REPRESENTATIONS.values()},
}
_PAGE_CONTENT: dict[str, Json] = {"text/html": _TEXT}
_TERMS = ("Content-Usage", "tdm-reservation", "tdm-policy")
_OPEN = ("Cache-Control",)


def _html(*headers: str, maybe: tuple[str, ...] = ()) -> Answer:
    required = ("Content-Security-Policy", *headers, *_OPEN)
    return Answer(status=200, about="The page.", content=_PAGE_CONTENT, headers=required, maybe=("Vary", *maybe))


def _page_of_record(*headers: str, maybe: tuple[str, ...] = ()) -> Operation:
    return Operation(answers=(_html("ETag", *headers, maybe=maybe),), problems=("NotFound", "Gone"), conditions="read")


_HARVESTED = Answer(
    status=200,
    about="What was asked for, or the errors of the protocol.",
    content={"text/xml": _TEXT},
    headers=_OPEN,
)
_CATALOG_TYPE = "application/linkset+json"

OPERATIONS: dict[str, Operation] = {
    "home.index": Operation(
        answers=(
            Answer(
                status=200,
                about="The index, or the page for people.",
                content={JSON: ref("Index"), "text/html": _TEXT},
                headers=_RECORD,
            ),
        )
    ),
    "home.list_problems": Operation(answers=(_json("ProblemTypeList", about="All types.", headers=_OPEN),)),
    "home.read_problem": Operation(
        answers=(_json("ProblemType", about="The type.", headers=_OPEN),), problems=("NotFound",)
    ),
    "health.live": Operation(answers=(_json("Liveness", about="It does.", headers=_OPEN),)),
    "health.ready": Operation(
        answers=(_json("Readiness", about="It can serve.", headers=_OPEN),), problems=("Unavailable",)
    ),
    "articles.list_": Operation(
        answers=(
            Answer(
                status=200,
                about="A page of articles, as JSON or in another form.",
                content=_LIST_CONTENT,
                headers=_RECORD,
                maybe=("Link", "Feed-Seq"),
            ),
        ),
        problems=("NotAcceptable",),
        queries={"format": "format.list"},
    ),
    "export.articles": Operation(
        answers=(
            Answer(
                status=200,
                about="All articles that match, a line each. An answer that is cut short is not whole.",
                content={form.media_type: _TEXT for form in EXPORTS.values() if form},
                headers=("Feed-Seq", "Content-Disposition", "Link", *_RECORD),
            ),
        ),
        problems=("NotAcceptable",),
        queries={"format": "format.export", "sort": "sort.export"},
        listing=("format", "fields", "sort"),
    ),
    "articles.create": _creation("Article", "WrittenArticle", "NotFound", conditions="upsert"),
    "articles.read": Operation(
        answers=(
            Answer(
                status=200,
                about="The article, as its document or in another form.",
                content=_ARTICLE_CONTENT,
                headers=("ETag", *_RECORD),
                maybe=("Link", "Content-Security-Policy", *_TERMS),
            ),
        ),
        problems=("NotAcceptable", "NotFound", "Gone"),
        conditions="read",
        queries={"format": "format.article"},
    ),
    "articles.replace": _replacement("Article", "WrittenArticle", about="The article has been restored."),
    "articles.patch": _replacement("Article", "WrittenArticle"),
    "articles.delete": _DELETION,
    "attribution.read": Operation(
        answers=(
            Answer(
                status=200,
                about="The credit, as JSON with all views or as one of them bare.",
                content=_CREDIT_CONTENT,
                headers=("ETag", *_RECORD),
            ),
        ),
        problems=("NotAcceptable", "NotFound", "Gone", "Invalid"),
        conditions="read",
    ),
    "attributions.create": Operation(
        answers=(_json("CreditBlock", about="The block, and the credit of each work.", headers=_OPEN),),
        body="AttributionsInput",
        problems=("NotAcceptable",),
    ),
    "permission.read": Operation(
        answers=(_json("Permission", about="The answer.", headers=("ETag", *_RECORD)),),
        problems=("NotAcceptable", "NotFound", "Gone", "Invalid"),
        conditions="read",
    ),
    "permission.create": Operation(
        answers=(_json("PermissionList", about="The answer for each work.", headers=_OPEN),),
        body="PermissionsInput",
        problems=("NotAcceptable",),
    ),
    "combinations.create": Operation(
        answers=(_json("Combination", about="The answer for all together.", headers=_OPEN),),
        body="CombinationInput",
        problems=("NotAcceptable",),
    ),
    "grants.list_": Operation(
        answers=(_json("GrantPage", about="A page of the ledger.", headers=("ETag", *_RECORD), maybe=("Link",)),),
        problems=("NotAcceptable", "NotFound", "Gone"),
        conditions="read",
    ),
    "grants.create": _granting(_created("Grant", "It has been recorded."), _updated("Grant"), body="GrantInput"),
    "grants.read": _record("Grant", "The grant."),
    "grants.patch": _granting(_updated("Grant"), body="GrantPatch"),
    "versions.list_": Operation(
        answers=(_json("ArticleStatePage", about="A page of states.", headers=_RECORD, maybe=("Link",)),),
        problems=("NotAcceptable", "NotFound"),
    ),
    "versions.read": _record("Article", "The article as it was then."),
    "changes.read": Operation(
        answers=(_json("ChangePage", about="The changes, none where there are no more yet.", headers=_OPEN),),
        problems=("NotAcceptable", "FeedGone"),
    ),
    "sources.list_": _page("SourcePage", "A page of sources."),
    "sources.create": _creation("Source", "Source"),
    "sources.read": _record("Source", "The source."),
    "sources.replace": _replacement("Source", "Source", about="The source has been made or restored."),
    "sources.patch": _replacement("Source", "Source"),
    "sources.delete": _DELETION,
    "sources.reapply": Operation(
        answers=(_json("ReapplyCounts", about="What it came to.", headers=_OPEN, maybe=_DELETED),),
        problems=("NotFound", "Gone"),
    ),
    "licenses.list_": _page("LicensePage", "A page of the catalogue."),
    "licenses.read": Operation(
        answers=(
            Answer(
                status=200,
                about="The license, as JSON or as a page.",
                content={JSON: ref("License"), **_PAGE_CONTENT},
                headers=("Link", *_RECORD),
                maybe=("Content-Security-Policy",),
            ),
        ),
        problems=("NotAcceptable", "NotFound"),
    ),
    "people.article": _page_of_record("Link", maybe=_TERMS),
    "people.license_": Operation(answers=(_html("Link"),), problems=("NotFound",)),
    "people.source": _page_of_record(),
    "machine_terms.reservations": Operation(
        answers=(_json("Reservations", about="Rules, the first that fits an address counts.", headers=_OPEN),),
        checks=True,
    ),
    "licenses.resolve": Operation(
        answers=(
            _json("Resolution", about="The license or licenses that are meant.", headers=_RECORD),
            _json("ArticleId", 303, "Location is the address of the article.", ("Location", "Cache-Control")),
        ),
        problems=("NotAcceptable", "NotFound"),
    ),
    "detections.find": Operation(
        answers=(_json("Detection", about="What was found.", headers=_OPEN),),
        body="DetectionInput",
        problems=("NotAcceptable",),
    ),
    "audits.create": Operation(
        answers=(_json("Audit", about="What was found, and what lacks.", headers=_OPEN),),
        body="AuditInput",
        problems=("NotAcceptable", "NotFound", "Gone"),
    ),
    "oai.read": Operation(answers=(_HARVESTED,)),
    "oai.submit": Operation(answers=(_HARVESTED,), body="HarvestInput"),
    "keys.list_": _page("KeyPage", "A page of keys."),
    "keys.create": Operation(
        answers=(
            _json("NewKey", 201, "The key, shown this once.", ("Location", "Cache-Control")),
            _json("Key", about="What a dry run would make.", headers=("Preference-Applied", "Cache-Control")),
        ),
        body="KeyInput",
    ),
    "keys.read": Operation(
        answers=(_json("Key", about="The key.", headers=_OPEN),), problems=("NotAcceptable", "NotFound")
    ),
    "keys.delete": Operation(
        answers=(Answer(status=204, about="It is revoked.", headers=_OPEN),), problems=("NotFound",)
    ),
    "docs.openapi": Operation(
        answers=(
            Answer(
                status=200,
                about="The document.",
                content={JSON: {"type": "object"}},
                headers=("ETag", *_OPEN),
            ),
        ),
        conditions="read",
        checks=True,
    ),
    "docs.page": Operation(
        answers=(
            Answer(
                status=200,
                about="The page.",
                content={"text/html": _TEXT},
                headers=("Content-Security-Policy", *_OPEN),
            ),
        ),
        checks=True,
    ),
    "docs.asset": Operation(
        answers=(
            Answer(
                status=200,
                about="The file.",
                content={"text/css": _TEXT, "text/javascript": _TEXT, "text/plain": _TEXT},
                headers=_OPEN,
            ),
        ),
        problems=("NotFound",),
        checks=True,
    ),
    "docs.catalog": Operation(
        answers=(
            Answer(
                status=200,
                about="The catalog.",
                content={_CATALOG_TYPE: ref("ApiCatalog")},
                headers=("Link", *_OPEN),
            ),
        ),
        checks=True,
    ),
}
"""Every endpoint of the application by its name in Flask."""
