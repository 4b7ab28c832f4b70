"""What a view cannot say by itself: the answers of each endpoint, the body it takes, and the problems of its own."""

from service.formats.representations import LIST_REPRESENTATIONS, REPRESENTATIONS
from service.web.export import EXPORTS
from service.web.openapi.bulk import BULK
from service.web.openapi.patterns import (
    DELETION,
    JSON,
    OPEN,
    PAGE_CONTENT,
    PLACED,
    RECORD,
    WRITTEN,
    Answer,
    Operation,
    created,
    creation,
    granting,
    html_answer,
    json_answer,
    page_of,
    page_of_record,
    record_of,
    replacement,
    updated,
)
from service.web.openapi.shapes import TEXT, Json, ref

_CREDIT_CONTENT = {
    JSON: ref("Credit"),
    "text/plain": TEXT,
    "text/html": TEXT,
    "text/markdown": TEXT,
    "application/ld+json": ref("LinkedData"),
}
_ARTICLE_CONTENT: dict[str, Json] = {
    JSON: ref("ReadArticle"),
    **{
        form.media_type: {"type": "object"} if form.media_type.endswith("json") else TEXT
        for form in REPRESENTATIONS.values()
    },
}
_LIST_CONTENT: dict[str, Json] = {
    JSON: ref("ArticlePage"),
    **{form.media_type: TEXT for form in LIST_REPRESENTATIONS.values()},
}
_TERMS = ("Content-Usage", "tdm-reservation", "tdm-policy")
_HARVESTED = Answer(
    status=200,
    about="What was asked for, or the errors of the protocol.",
    content={"text/xml": TEXT},
    headers=OPEN,
)
_CATALOG_TYPE = "application/linkset+json"

OPERATIONS: dict[str, Operation] = {
    "home.index": Operation(
        answers=(
            Answer(
                status=200,
                about="The index, or the page for people.",
                content={JSON: ref("Index"), "text/html": TEXT},
                headers=("Link", *RECORD),
            ),
        )
    ),
    "home.list_problems": Operation(answers=(json_answer("ProblemTypeList", about="All types.", headers=OPEN),)),
    "home.read_problem": Operation(
        answers=(json_answer("ProblemType", about="The type.", headers=OPEN),), problems=("NotFound",)
    ),
    "health.live": Operation(answers=(json_answer("Liveness", about="It does.", headers=OPEN),)),
    "health.ready": Operation(
        answers=(json_answer("Readiness", about="It can serve.", headers=OPEN),), problems=("Unavailable",)
    ),
    "articles.list_": Operation(
        answers=(
            Answer(
                status=200,
                about="A page of articles, as JSON or in another form.",
                content=_LIST_CONTENT,
                headers=RECORD,
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
                content={form.media_type: TEXT for form in EXPORTS.values() if form},
                headers=("Feed-Seq", "Content-Disposition", "Link", *RECORD),
            ),
        ),
        problems=("NotAcceptable",),
        queries={"format": "format.export", "sort": "sort.export"},
        listing=("format", "fields", "q", "sort"),
    ),
    "bulk.articles": BULK,
    "articles.create": creation("Article", "WrittenArticle", "NotFound", conditions="upsert"),
    "articles.read": Operation(
        answers=(
            Answer(
                status=200,
                about="The article, as its document or in another form.",
                content=_ARTICLE_CONTENT,
                headers=("ETag", *RECORD),
                maybe=("Link", "Content-Security-Policy", *_TERMS),
            ),
        ),
        problems=("NotAcceptable", "NotFound", "Gone"),
        conditions="read",
        queries={"format": "format.article"},
    ),
    "articles.replace": replacement("Article", "WrittenArticle", about="The article has been restored."),
    "articles.patch": replacement("Article", "WrittenArticle"),
    "articles.delete": DELETION,
    "attribution.read": Operation(
        answers=(
            Answer(
                status=200,
                about="The credit, as JSON with all views or as one of them bare.",
                content=_CREDIT_CONTENT,
                headers=("ETag", *RECORD),
            ),
        ),
        problems=("NotAcceptable", "NotFound", "Gone", "Invalid"),
        conditions="read",
    ),
    "attributions.create": Operation(
        answers=(json_answer("CreditBlock", about="The block, and the credit of each work.", headers=OPEN),),
        body="AttributionsInput",
        problems=("NotAcceptable",),
    ),
    "permission.read": Operation(
        answers=(json_answer("Permission", about="The answer.", headers=("ETag", *RECORD)),),
        problems=("NotAcceptable", "NotFound", "Gone", "Invalid"),
        conditions="read",
    ),
    "permission.create": Operation(
        answers=(json_answer("PermissionList", about="The answer for each work.", headers=OPEN),),
        body="PermissionsInput",
        problems=("NotAcceptable",),
    ),
    "combinations.create": Operation(
        answers=(json_answer("Combination", about="The answer for all together.", headers=OPEN),),
        body="CombinationInput",
        problems=("NotAcceptable",),
    ),
    "grants.list_": Operation(
        answers=(json_answer("GrantPage", about="A page of the ledger.", headers=("ETag", *RECORD), maybe=("Link",)),),
        problems=("NotAcceptable", "NotFound", "Gone"),
        conditions="read",
    ),
    "grants.create": granting(created("Grant", "It has been recorded."), updated("Grant"), body="GrantInput"),
    "grants.read": record_of("Grant", "The grant."),
    "grants.patch": granting(updated("Grant"), body="GrantPatch"),
    "versions.list_": Operation(
        answers=(json_answer("ArticleStatePage", about="A page of states.", headers=RECORD, maybe=("Link",)),),
        problems=("NotAcceptable", "NotFound"),
    ),
    "versions.read": record_of("Article", "The article as it was then."),
    "changes.read": Operation(
        answers=(json_answer("ChangePage", about="The changes, none where there are no more yet.", headers=OPEN),),
        problems=("NotAcceptable", "FeedGone"),
    ),
    "sources.list_": page_of("SourcePage", "A page of sources."),
    "sources.create": creation("Source", "Source"),
    "sources.read": record_of("Source", "The source."),
    "sources.replace": replacement("Source", "Source", about="The source has been made or restored."),
    "sources.patch": replacement("Source", "Source"),
    "sources.delete": DELETION,
    "sources.reapply": Operation(
        answers=(json_answer("ReapplyCounts", about="What it came to.", headers=OPEN, maybe=PLACED),),
        problems=("NotFound", "Gone"),
    ),
    "licenses.list_": page_of("LicensePage", "A page of the catalogue."),
    "licenses.read": Operation(
        answers=(
            Answer(
                status=200,
                about="The license, as JSON or as a page.",
                content={JSON: ref("License"), **PAGE_CONTENT},
                headers=("Link", *RECORD),
                maybe=("Content-Security-Policy",),
            ),
        ),
        problems=("NotAcceptable", "NotFound"),
    ),
    "people.article": page_of_record("Link", maybe=_TERMS),
    "people.license_": Operation(answers=(html_answer("Link"),), problems=("NotFound",)),
    "people.source": page_of_record("Link"),
    "machine_terms.reservations": Operation(
        answers=(json_answer("Reservations", about="Rules, the first that fits an address counts.", headers=OPEN),),
        checks=True,
    ),
    "licenses.resolve": Operation(
        answers=(
            json_answer("Resolution", about="The license or licenses that are meant.", headers=RECORD),
            json_answer("ArticleId", 303, "Location is the address of the article.", ("Location", "Cache-Control")),
        ),
        problems=("NotAcceptable", "NotFound"),
    ),
    "detections.find": Operation(
        answers=(json_answer("Detection", about="What was found.", headers=OPEN),),
        body="DetectionInput",
        problems=("NotAcceptable",),
    ),
    "extractions.create": Operation(
        answers=(
            json_answer(
                "Extraction",
                about="The draft, or the article that has been replaced or would be made.",
                headers=OPEN,
                maybe=("ETag", "Vary", *WRITTEN),
            ),
            json_answer(
                "SavedExtraction", 201, "The article has been made.", ("ETag", "Location", *RECORD), maybe=WRITTEN
            ),
        ),
        body="ExtractionInput",
        problems=("NotAcceptable", "NotFound", "ConflictOrInUse"),
        conditions="upsert",
        prefers=True,
        queries={"url": "url.page"},
    ),
    "audits.create": Operation(
        answers=(json_answer("Audit", about="What was found, and what lacks.", headers=OPEN),),
        body="AuditInput",
        problems=("NotAcceptable", "NotFound", "Gone"),
    ),
    "oai.read": Operation(answers=(_HARVESTED,)),
    "oai.submit": Operation(answers=(_HARVESTED,), body="HarvestInput"),
    "keys.list_": page_of("KeyPage", "A page of keys."),
    "keys.create": Operation(
        answers=(
            json_answer("NewKey", 201, "The key, shown this once.", ("Location", "Cache-Control")),
            json_answer("Key", about="What a dry run would make.", headers=("Preference-Applied", "Cache-Control")),
        ),
        body="KeyInput",
    ),
    "keys.read": Operation(
        answers=(json_answer("Key", about="The key.", headers=OPEN),), problems=("NotAcceptable", "NotFound")
    ),
    "keys.delete": Operation(
        answers=(Answer(status=204, about="It is revoked.", headers=OPEN),), problems=("NotFound",)
    ),
    "docs.openapi": Operation(
        answers=(
            Answer(
                status=200,
                about="The document.",
                content={JSON: {"type": "object"}},
                headers=("ETag", *OPEN),
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
                content={"text/html": TEXT},
                headers=("Content-Security-Policy", *OPEN),
            ),
        ),
        checks=True,
    ),
    "docs.asset": Operation(
        answers=(
            Answer(
                status=200,
                about="The file.",
                content={"text/css": TEXT, "text/javascript": TEXT, "text/plain": TEXT},
                headers=OPEN,
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
                headers=("Link", *OPEN),
            ),
        ),
        checks=True,
    ),
}
"""Every endpoint of the application by its name in Flask."""
