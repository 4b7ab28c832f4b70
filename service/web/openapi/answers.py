"""Answers that are no records of the database, as JSON Schema: licenses, the change feed, the index, problems."""

from service.web.changes import TYPES
from service.web.openapi.shapes import (
    ADDRESS,
    COUNTER,
    INSTANT,
    MAYBE,
    MAYBE_DAY,
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
)


def answer_schemas() -> dict[str, Json]:
    """The components of these answers."""
    return {**_licenses(), **_detections(), **_extractions(), **_feed(), **_front(), **_problems()}


def _licenses() -> dict[str, Json]:
    license = record(
        "A legal tool of Creative Commons.",
        id={"type": "string", "maxLength": 100},
        url=URL,
        title=TEXT,
        name=TEXT,
        unit=TEXT,
        version=TEXT,
        jurisdiction=MAYBE,
        spdx=MAYBE,
        permits=WORDS,
        requires=WORDS,
        prohibits=WORDS,
        deprecated_on=MAYBE_DAY,
        replaced_by=MAYBE,
        languages=WORDS,
        links=record("Addresses.", self=ADDRESS, articles=ADDRESS),
    )
    return {
        "License": license,
        "LicensePage": page(ref("License"), "Licenses in the order of the catalogue."),
        "KnownLicense": record(
            "One license is meant.", status={"type": "string", "const": "known"}, license=ref("License")
        ),
        "UnversionedLicense": record(
            "A type is named and leaves several licenses open.",
            status={"type": "string", "const": "unversioned"},
            unit=TEXT,
            candidates=many(TEXT),
        ),
        "Resolution": {"oneOf": [ref("KnownLicense"), ref("UnversionedLicense")]},
        "ArticleId": record("The article that is meant.", id=UUID),
        "Reservations": many(
            record(
                "A rule of TDMRep: addresses that begin so, and whether mining is reserved there.",
                location=ADDRESS,
                **{"tdm-reservation": {"type": "integer", "enum": [0, 1]}},
            )
        ),
    }


def _detections() -> dict[str, Json]:
    evidence = record(
        "Words of the text, at [start, end) in Unicode characters.",
        quote=TEXT,
        start=WHOLE,
        end=WHOLE,
        kind={"type": "string", "enum": ["url", "name", "markup", "button", "spdx"]},
        about={**MAYBE, "description": "What the markup there speaks of, where that is an object and not the page."},
    )
    return {
        "Evidence": evidence,
        "DetectedLicense": record(
            "A license, and what says so, the strongest first.",
            id={"type": "string", "maxLength": 100},
            url=URL,
            license=ref("License"),
            evidence=many(ref("Evidence")),
        ),
        "DetectedUnit": record(
            "A type that is named without a version, and the ids of the licenses that it may be.",
            unit=TEXT,
            candidates=many(TEXT),
            evidence=many(ref("Evidence")),
        ),
        "Detection": record(
            "The licenses that a text grants, the types that it names without a version, and whom it credits.",
            licenses=many(ref("DetectedLicense")),
            unversioned=many(ref("DetectedUnit")),
            unit=MAYBE,
            candidates=many(TEXT),
            conflict={"type": "boolean", "description": "Two signs about one work say different things."},
            credit=MAYBE,
            credit_evidence={"anyOf": [ref("Evidence"), {"type": "null"}]},
            impossible={**many(ref("Evidence")), "description": "Names and URLs of licenses that do not exist."},
            charset={**MAYBE, "description": "What the bytes of a page were read in; null for JSON."},
        ),
    }


def _extractions() -> dict[str, Json]:
    fact = record(
        "A value of a member, what on the page says so (an element, a property, the name of a meta element), and the "
        "words there.",
        value={},
        **{"from": TEXT},
        quote=TEXT,
    )
    warning = record("What to look at before the article is used.", code=TEXT, pointer=TEXT, detail=TEXT)
    about = "What a page says of its article, the evidence for each member best first, and all that it licenses."
    evidence = {"type": "object", "additionalProperties": many(ref("Fact"))}
    members = {"evidence": evidence, "detections": ref("Detection"), "warnings": many(ref("ExtractionWarning"))}
    draft = {"type": "object", "description": "Members as POST takes them; after save, the article."}
    return {
        "Fact": fact,
        "ExtractionWarning": warning,
        "Extraction": record(about, article=draft, **members),
        "SavedExtraction": record(about, article=ref("Article"), **members),
    }


def _feed() -> dict[str, Json]:
    state = {"type": "string", "enum": ["current", "superseded", "deleted"]}
    links = record("Addresses.", self=ADDRESS)
    return {
        "ArticleState": record(
            "A state that an article has or had.", version=COUNTER, at=INSTANT, state=state, links=links
        ),
        "ArticleStatePage": page(ref("ArticleState"), "The states of an article, the newest first."),
        "Change": record(
            "A change that was committed; data is the record as it came to be, null where it is gone.",
            seq=COUNTER,
            type={"type": "string", "enum": list(TYPES)},
            id={"type": "string", "maxLength": 64},
            version=COUNTER,
            at=INSTANT,
            data={"anyOf": [ref("Article"), ref("Source"), {"type": "null"}]},
        ),
        "ChangePage": record(
            "Changes behind a place in the feed, and the place behind them.",
            data=many(ref("Change")),
            cursor=TEXT,
            has_more={"type": "boolean"},
            head=WHOLE,
        ),
    }


def _front() -> dict[str, Json]:
    link = record("Where something stands.", ("type",), href=ADDRESS, type=TEXT)
    status = {"type": "integer", "minimum": 400, "maximum": 599}
    return {
        "Index": record(
            "Where everything stands.",
            name=TEXT,
            metadata_license=TEXT,
            links={"type": "object", "additionalProperties": ADDRESS},
            templates={"type": "object", "additionalProperties": TEXT},
        ),
        "ProblemType": record(
            "A type of problem, and what a client should do about it.",
            type=ADDRESS,
            slug=SLUG,
            status=status,
            title=TEXT,
            explanation=TEXT,
        ),
        "ProblemTypeList": record("Every type of problem.", data=many(ref("ProblemType"))),
        "Liveness": record("The process answers.", status={"type": "string", "const": "ok"}),
        "Readiness": record("The database answers.", status={"type": "string", "const": "ok"}, feed_head=WHOLE),
        "ApiCatalog": record("A linkset (RFC 9264).", linkset=many(ref("ApiLinks"))),
        "ApiLinks": {
            "type": "object",
            "description": "An API with what describes it.",
            "properties": {
                "anchor": ADDRESS,
                **{name: many(link) for name in ("service-desc", "service-doc", "service-meta", "status")},
            },
            "required": ["anchor"],
        },
    }


def _problems() -> dict[str, Json]:
    place = {"type": "string", "description": "A JSON pointer; the whole body is the empty string."}
    extras: dict[str, Json] = {
        "errors": {**many(ref("Fault")), "minItems": 1, "maxItems": 100},
        "available": many(TEXT),
        "formats": many(TEXT),
        "conflicting_url": ADDRESS,
        "extraction": ref("Extraction"),
        "current_version": COUNTER,
        "deleted_at": INSTANT,
        "version": COUNTER,
        "limit": COUNTER,
        "line": COUNTER,
        "column": COUNTER,
        "floor": WHOLE,
        "head": WHOLE,
    }
    status = {"type": "integer", "minimum": 400, "maximum": 599}
    own = {"type": ADDRESS, "title": TEXT, "status": status, "detail": TEXT, "request_id": TEXT}
    names = ("pointer", "parameter", "header")
    fault = record(
        "One fault, with its place: one of pointer, parameter and header.",
        names,
        pointer=place,
        parameter=TEXT,
        header=TEXT,
        code=TEXT,
        detail=TEXT,
    )
    return {
        "Problem": record("A problem document (RFC 9457).", tuple(extras), **own, **extras),
        "Fault": fault,
    }
