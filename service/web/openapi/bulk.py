"""The bulk: uploads of many kinds, and the lines of the answer."""

from service.core.bulk import OPS
from service.formats.intake.registry import NDJSON, PROFILES
from service.web.bulk import MODES
from service.web.openapi.patterns import OPEN, Answer, Operation
from service.web.openapi.shapes import COUNTER, UUID, WHOLE, Json, record, ref

_CONDITION: Json = {
    "description": 'The version that the article must have, as a number or as its ETag such as "7" in quotes, or *.',
    "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "minLength": 1}, {"type": "null"}],
}

BULK = Operation(
    answers=(
        Answer(
            status=207,
            about="A line for each record, in order, and a summary. An answer without a summary was cut.",
            content={NDJSON: ref("BulkLine")},
            headers=OPEN,
            maybe=("Idempotency-Replayed", "Preference-Applied"),
        ),
    ),
    body="Upload",
    problems=("KeyInUse",),
    prefers=True,
    queries={"source": "source.bulk"},
)

BULK_QUERIES: dict[str, Json] = {
    "mode": {
        "description": "each: a bad line never touches another. atomic: all lines or none.",
        "schema": {"type": "string", "enum": list(MODES), "default": MODES[0]},
    },
    "source.bulk": {
        "name": "source",
        "description": "The slug of the source of all records; lines of our own that name one keep it.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[a-z0-9-]+$"},
    },
    "profile": {
        "description": f"What the lines of {NDJSON} are, where they are not our own.",
        "schema": {"type": "string", "enum": list(PROFILES)},
    },
    "columns": {
        "description": "For text/csv: members with the columns that have other names, as in title:Headline,url:Link.",
        "schema": {"type": "string", "minLength": 3, "pattern": "^[^:,]+:[^,]+(,[^:,]+:[^,]+)*$"},
    },
}
"""The parameters of an upload."""


def bulk_schemas() -> dict[str, Json]:
    """The components of the bulk."""
    counts = dict.fromkeys(("lines", "created", "updated", "unchanged", "deleted", "failed"), WHOLE)
    return {
        "Upload": {
            "description": f"Records in the form that the media type says; in {NDJSON} each line is an ArticleInput or "
            "a BulkCommand.",
            "type": ["string", "object", "array"],
        },
        "BulkCommand": record(
            "What is to be done with an article. create, upsert and update need data; update and delete need if_match, "
            "and an id or data.url.",
            ("id", "if_match", "data"),
            op={"type": "string", "enum": list(OPS)},
            id={"anyOf": [UUID, {"type": "null"}]},
            if_match=_CONDITION,
            data={"type": ["object", "null"], "description": "An ArticleInput; for update a merge patch of one."},
        ),
        "BulkLine": {"oneOf": [ref("BulkResult"), ref("BulkFailure"), ref("BulkEnd")]},
        "BulkResult": record(
            "What came of a line. seq is its place in the change feed, where it made an entry.",
            ("seq",),
            line=COUNTER,
            status={"type": "integer", "enum": [200, 201, 204]},
            id=UUID,
            version=COUNTER,
            seq=COUNTER,
        ),
        "BulkFailure": record(
            "Why a line was not carried out.",
            line=COUNTER,
            status={"type": "integer", "minimum": 400, "maximum": 599},
            problem=ref("Problem"),
        ),
        "BulkEnd": record(
            "The last line.",
            summary=record("How many lines there were and what they came to.", committed={"type": "boolean"}, **counts),
        ),
    }
