"""Articles, sources and keys as JSON Schema: what the objects that are taken look like when they are given back."""

from service.formats.documents import articles as article_documents
from service.formats.documents import sources as source_documents
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
        "Count": record("How many there are.", value=WHOLE, relation={"enum": ["eq", "gte"]}),
    }


def _records(objects: dict[str, Json]) -> dict[str, Json]:
    article, source = objects["ArticleInput"], objects["SourceInput"]
    stamps = {"version": COUNTER, "created_at": INSTANT, "updated_at": INSTANT}
    places = ("self", "attribution", "versions", "source", "license")
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
    return changes


def _article_pages(records: dict[str, Json]) -> dict[str, Json]:
    """A page of articles, which ``fields`` may have trimmed."""
    trimmed = without_requirements(records["Article"], records)
    item = {"anyOf": [ref("Article"), ref("TrimmedArticle")]}
    return {
        "TrimmedArticle": {
            **trimmed,
            "description": "What the parameter fields leaves of an article.",
            "required": ["id", "version"],
        },
        "ArticlePage": page(item, "Articles that match.", count=ref("Count")),
    }


def _certain(taken: Json, member: str) -> Json:
    """A word that is taken as null too, and never given back so."""
    certain: Json = taken["properties"][member]["anyOf"][0]
    return certain


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
    origin={"anyOf": [{"type": "string", "enum": ["article", "source"]}, {"type": "null"}]},
    start=MAYBE_DAY,
    end=MAYBE_DAY,
)
_CREDIT = record(
    "The credit of an article: its views, and its elements with the clauses that ask for them.",
    text=TEXT,
    html=TEXT,
    markdown=TEXT,
    lang=TEXT,
    dir={"type": "string", "enum": ["ltr", "rtl"]},
    required=many(ref("CreditElement")),
    requested=many(ref("CreditElement")),
    optional=many(ref("CreditElement")),
    missing=many(ref("CreditElement")),
    omitted=many(ref("CreditElement")),
    license=ref("LicenseClaim"),
    rule_set=TEXT,
    as_of={"type": "string", "format": "date"},
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
