"""Articles, grants, sources and keys as JSON Schema: what is taken, as it looks when it is given back."""

from service.core.grants import ORIGINS, SCOPES
from service.core.listings import FACETS
from service.formats.documents import articles as article_documents
from service.formats.documents import sources as source_documents
from service.formats.schemas.grants import REASON_LIMIT, STATES
from service.web.openapi.shapes import (
    ADDRESS,
    COUNTER,
    INSTANT,
    LICENSE_STATUSES,
    MAYBE,
    MAYBE_DAY,
    MAYBE_URL,
    SLUG,
    TEXT,
    URL,
    UUID,
    WHOLE,
    WORDS,
    Json,
    many,
    page,
    record,
    ref,
    shown,
    without_requirements,
)


def record_schemas(objects: dict[str, Json]) -> dict[str, Json]:
    """The components of records, `objects` being those of request bodies."""
    records = {**_parts(objects), **_records(objects)}
    return {**records, **_changes(objects, records), **_article_pages(records)}


def _parts(objects: dict[str, Json]) -> dict[str, Json]:
    claim = ref("LicenseClaim")
    creator, basis = objects["CreatorInput"], objects["BasisInput"]
    return {
        "LicenseClaim": _CLAIM,
        "Creator": shown(creator, "Somebody who made the work.", role=_certain(creator, "role")),
        "Identifier": shown(objects["IdentifierInput"], "A name of the work under a scheme."),
        "Request": shown(objects["RequestInput"], "What the publisher asks beyond the license."),
        "Attribution": shown(objects["AttributionInput"], "How the licensor wants to be credited."),
        "AiTerms": shown(objects["AiTermsInput"], "What the publisher states about machines."),
        "Part": shown(objects["PartInput"], "A thing inside the article with rights of its own.", license=claim),
        "Basis": shown(basis, "A work that the article is made from.", license=claim),
        "Correction": shown(objects["CorrectionInput"], "A correction that the publisher made."),
        "Policy": shown(objects["PolicyInput"], "A license for what a source publishes in a span.", license=claim),
        "ArticleSource": record(
            "The source as recorded at this version.", id=SLUG, name={"type": "string"}, url=MAYBE_URL
        ),
        "Warning": record("What a reuser would lack.", pointer=TEXT, code=TEXT, detail=TEXT),
        "PagePlace": record("Where a page stands.", limit=COUNTER, next={**ADDRESS, "type": MAYBE["type"]}),
        **_facets(),
        "Count": record("How many there are.", value=WHOLE, relation={"enum": ["eq", "gte"]}),
    }


def _records(objects: dict[str, Json]) -> dict[str, Json]:
    article, source = objects["ArticleInput"], objects["SourceInput"]
    stamps = {"version": COUNTER, "created_at": INSTANT, "updated_at": INSTANT}
    places = ("self", "attribution", "grants", "versions", "source", "license")
    links = record("Addresses.", ("license",), **dict.fromkeys(places, ADDRESS))
    own = {
        "id": UUID,
        "url": URL,
        "source": ref("ArticleSource"),
        "license": ref("LicenseClaim"),
        "licenses": many(ref("LicenseClaim")),
        "status": _certain(article, "status"),
    }
    members: dict[str, Json] = {**own, **stamps, "links": links}
    whole = shown(article, "An article: its source, attribution and license; every member is present.", **members)
    written = {**whole, "properties": {**whole["properties"], "warnings": many(ref("Warning"))}}
    return {
        "Article": whole,
        "WrittenArticle": {**written, "description": "The article, with what a reuser would lack to credit it."},
        "Grant": _GRANT,
        "GrantPage": page(ref("Grant"), "The license ledger of an article, in the order of its numbers."),
        "Source": shown(
            source,
            "A source with its policies.",
            **{"id": SLUG, "url": MAYBE_URL, **stamps},
            links=record("Addresses.", self=ADDRESS, articles=ADDRESS),
        ),
        "Key": _KEY,
        "NewKey": record("A key as its maker sees it, once.", **_KEY["properties"], key=TEXT),
        "SourcePage": page(ref("Source"), "Sources in the order of their slugs."),
        "KeyPage": page(ref("Key"), "API keys."),
        "ReapplyCounts": record("How many articles there were.", articles=WHOLE, updated=WHOLE, unchanged=WHOLE),
        "Credit": _CREDIT,
        "CreditElement": record("A piece of a credit.", element=TEXT, clause=MAYBE, text=TEXT),
        "PartCredit": _PART_CREDIT,
        "LinkedData": {"type": "object", "description": "A work in terms of schema.org, with its credit."},
        "CreditBlock": record(
            "The credits of many works in one piece, and each by itself, in the order of the works.",
            text=TEXT,
            html=TEXT,
            markdown=TEXT,
            lang=TEXT,
            dir={"type": "string", "enum": ["ltr", "rtl"]},
            items=many({"anyOf": [ref("CreditItem"), ref("MissingItem")]}),
            rule_set=TEXT,
            as_of=_DAY,
        ),
        "CreditItem": record("A work as it was named, with its credit.", **_NAMED, **_CREDIT["properties"]),
        "MissingItem": record("What was named and is no work, with the problem.", **_NAMED, problem=ref("ItemProblem")),
        "ItemProblem": record(
            "The problem of one item of a request.",
            ("version", "deleted_at"),
            type=ADDRESS,
            title=TEXT,
            status={"type": "integer", "minimum": 400, "maximum": 599},
            detail=TEXT,
            version=COUNTER,
            deleted_at=INSTANT,
        ),
    }


def _changes(objects: dict[str, Json], records: dict[str, Json]) -> dict[str, Json]:
    """What PUT takes, which may repeat the read-only members, and PATCH, where no member is required."""
    changes = {}
    for noun, read_only in (
        ("Article", article_documents.READ_ONLY),
        ("Source", source_documents.READ_ONLY | {"id"}),
    ):
        given = records.get(f"Written{noun}", records[noun])["properties"]
        repeated = {name: given[name] for name in sorted(read_only)}
        taken = objects[f"{noun}Input"]
        whole = {**taken, "properties": {**taken["properties"], **repeated}, "additionalProperties": False}
        changes[f"{noun}Replacement"] = {**whole, "description": "Read-only members may be repeated as they stand."}
        changes[f"{noun}Patch"] = {name: value for name, value in whole.items() if name != "required"}
    return {**changes, "GrantPatch": _grant_patch(objects["GrantChange"])}


def _grant_patch(change: Json) -> Json:
    """What PATCH takes of a grant: another end, or that it is mistaken; all else may be repeated."""
    about = "Another end or the state mistaken, with the reason; all else may be repeated as it stands."
    properties = {**_GRANT["properties"], "start": change["properties"]["end"], **change["properties"]}
    return {"type": "object", "description": about, "properties": properties, "additionalProperties": False}


def _facets() -> dict[str, Json]:
    """How the articles of a list divide among the values of members."""
    bucket = record("Articles with one value.", value={"type": "string"}, label={"type": "string"}, count=WHOLE)
    facet = record("The most frequent values.", buckets=many(ref("FacetBucket")), missing=WHOLE, other=WHOLE)
    about = "What facet asked for, by its names: missing is how many have no value, other how many a further one."
    facets = {name: ref("Facet") for name in FACETS}
    return {"FacetBucket": bucket, "Facet": facet, "Facets": record(about, tuple(facets), **facets)}


def _article_pages(records: dict[str, Json]) -> dict[str, Json]:
    """An article as it is read and a page of them: ``fields`` may have trimmed it, ``as_of`` says for which day."""
    trimmed = without_requirements(records["Article"], records)
    item = {"anyOf": [ref("Article"), ref("TrimmedArticle")]}
    return {
        "TrimmedArticle": {
            **trimmed,
            "description": "What the parameter fields leaves of an article.",
            "required": ["id", "version"],
        },
        "ArticleAsOf": {
            **trimmed,
            "properties": {**trimmed["properties"], "as_of": _DAY},
            "description": "An article under the licenses that stood on a day, whole or trimmed.",
            "required": ["id", "version", "as_of"],
        },
        "ReadArticle": {"anyOf": [*item["anyOf"], ref("ArticleAsOf")]},
        "ArticlePage": page(item, "Articles that match.", count=ref("Count"), facets=ref("Facets")),
    }


def _certain(taken: Json, member: str) -> Json:
    """A word that is taken as null too, and never given back so."""
    certain: Json = taken["properties"][member]["anyOf"][0]
    return certain


_DAY: Json = {"type": "string", "format": "date"}
_ORIGIN: Json = {"type": "string", "enum": list(ORIGINS)}
_CLAIM = record(
    "The license of a work, as far as it is known.",
    status={"type": "string", "enum": LICENSE_STATUSES},
    id=MAYBE,
    url=MAYBE_URL,
    title=MAYBE,
    unit=MAYBE,
    version=MAYBE,
    jurisdiction=MAYBE,
    spdx=MAYBE,
    permits=WORDS,
    requires=WORDS,
    prohibits=WORDS,
    candidates=many(TEXT),
    statement={**MAYBE, "maxLength": 10_000},
    statement_url=MAYBE_URL,
    origin={"anyOf": [_ORIGIN, {"type": "null"}]},
    start=MAYBE_DAY,
    end=MAYBE_DAY,
)
_CREDIT = record(
    "The credit of an article: its views, and its elements with the clauses that ask for them.",
    text=TEXT,
    html=TEXT,
    markdown=TEXT,
    short=TEXT,
    spoken=TEXT,
    jsonld=ref("LinkedData"),
    lang=TEXT,
    dir={"type": "string", "enum": ["ltr", "rtl"]},
    required=many(ref("CreditElement")),
    requested=many(ref("CreditElement")),
    optional=many(ref("CreditElement")),
    missing=many(ref("CreditElement")),
    omitted=many(ref("CreditElement")),
    parts=many(ref("PartCredit")),
    license=ref("LicenseClaim"),
    rule_set=TEXT,
    as_of=_DAY,
)
_PART_CREDIT = record(
    "The credit line of a part of a work; index is its place among the parts.",
    index=WHOLE,
    text=TEXT,
    html=TEXT,
    markdown=TEXT,
    license=ref("LicenseClaim"),
)
_NAMED: dict[str, Json] = {
    "article": {**TEXT, "description": "The work as it was named first."},
    "given": many(TEXT),
    "id": {**UUID, "type": MAYBE["type"]},
}
_GRANT = record(
    "A license of an article from day to day, with who says so. Grants of one offer are alternatives.",
    n=COUNTER,
    offer=COUNTER,
    license=ref("LicenseClaim"),
    scope={"type": "string", "enum": list(SCOPES)},
    start=MAYBE_DAY,
    end=MAYBE_DAY,
    statement={**MAYBE, "maxLength": 10_000},
    statement_url=MAYBE_URL,
    origin=_ORIGIN,
    recorded_at=INSTANT,
    recorded_by={"type": "string", "maxLength": 64, "description": "The id of the key that recorded it."},
    state={"type": "string", "enum": list(STATES)},
    reason={**MAYBE, "maxLength": REASON_LIMIT},
    links=record("Addresses.", self=ADDRESS, article=ADDRESS),
)
_KEY = record(
    "What an API key may do; the key itself is kept nowhere.",
    id=UUID,
    name={"type": "string", "maxLength": 200},
    scopes=many({"type": "string", "enum": ["admin", "read", "webhooks", "write"]}),
    sources=many(SLUG),
    prefix=TEXT,
    created_at=INSTANT,
    expires_at={**INSTANT, "type": MAYBE["type"]},
    last_used_at={**INSTANT, "type": MAYBE["type"]},
    links=record("Addresses.", self=ADDRESS),
)
