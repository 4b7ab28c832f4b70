"""Parameters as the document describes them: of paths, of queries, and of headers."""

from service.core.attribution import CHANGES, LANGUAGES
from service.core.catalogue import UNITS
from service.core.listings import FACETS, FILTERS, MAX_FACETS, MAX_VALUES, RELEVANCE, SORTS
from service.core.paging import DEFAULT_LIMIT, MAX_LIMIT
from service.core.permission import USES
from service.core.search import MAX_QUERY
from service.formats.documents.attribution import VIEWS
from service.formats.schemas import fields as f
from service.formats.schemas.articles import STATUSES
from service.formats.schemas.attribution import FORMS, MEDIA
from service.web.changes import MAX_WAIT, TYPES
from service.web.export import EXPORTS
from service.web.list_forms import LIST_FORMATS
from service.web.openapi.bulk import BULK_QUERIES
from service.web.openapi.harvests import HARVEST_ARGUMENTS
from service.web.openapi.inputs import field_schema
from service.web.openapi.shapes import LICENSE_STATUSES, SLUG, UUID, Json
from service.web.representations import FORMATS

_FLAG: Json = {"type": "boolean", "default": False}
_TAG = r'(W/)?"[!#-~]*"'
_TAGS: Json = {"type": "string", "pattern": rf"^(\*|{_TAG}(, ?{_TAG})*)$"}
_SAID: Json = {"type": "string", "minLength": 1, "maxLength": 500, "pattern": r"\S"}
_FILLED: Json = {"type": "string", "minLength": 1, "pattern": r"\S"}
_DATE: Json = field_schema(f.partial_date(required=True))

PATHS: dict[str, Json] = {
    "articles.id": {"description": "The id of an article.", "schema": UUID},
    "articles.n": {"description": "The number of a version.", "schema": {"type": "integer", "minimum": 0}},
    "grants.n": {"description": "The number of a grant.", "schema": {"type": "integer", "minimum": 0}},
    "sources.slug": {"description": "The slug of a source.", "schema": SLUG},
    "licenses.id": {"description": "The id of a license.", "schema": {"type": "string", "pattern": "^[^/]+$"}},
    "keys.id": {"description": "The id of a key.", "schema": UUID},
    "problems.slug": {"description": "The slug of a problem type.", "schema": SLUG},
    "assets.digest": {"description": "What the file holds, in short.", "schema": SLUG},
    "assets.name": {"description": "The name of a file.", "schema": {"type": "string", "pattern": "^[^/]+$"}},
}
"""Path parameters, by the last fixed segment before them."""

QUERIES: dict[str, Json] = {
    "limit": {
        "description": f"How many items a page may have; more than {MAX_LIMIT} is lowered to that.",
        "schema": {"type": "integer", "minimum": 1, "default": DEFAULT_LIMIT},
    },
    "cursor": {
        "description": "The place of a page, opaque: take page.next as it is.",
        "schema": {"type": "string", "minLength": 1},
    },
    "fields": {
        "description": "The members to give, comma-separated, such as title,license.id; id and version stay.",
        "schema": {"type": "string", "minLength": 1},
    },
    "as_of": {
        "description": "A day: the licenses that were on offer then, as they are known today.",
        "schema": {"type": "string", "format": "date"},
    },
    "sort": {
        "description": "The order; a minus turns it round. The id breaks ties, what has no value comes last. With q it "
        f"is {RELEVANCE} where nothing is said: hits in the title first, then the newest.",
        "schema": {
            "type": "string",
            "enum": [*(f"-{name}" for name in SORTS), *SORTS, RELEVANCE],
            "default": "-published_at",
        },
    },
    "q": {
        "description": 'What to search for in titles, summaries, creators and keywords: words, "a phrase", -unwanted, '
        "begin*. Accents, case and variants of letters make no difference; parts of Chinese, Japanese and Thai texts "
        "are found. Nothing is an error but more characters than this.",
        "schema": {"type": "string", "maxLength": MAX_QUERY},
        "example": "lighthouse -paint",
    },
    "facet": {
        "description": f"Count what matches by up to {MAX_FACETS} of {', '.join(FACETS)}, comma-separated.",
        "schema": {
            "type": "string",
            "pattern": f"^({'|'.join(FACETS)})(, ?({'|'.join(FACETS)})){{0,{MAX_FACETS - 1}}}$".replace(".", r"\."),
        },
    },
    "count": {
        "description": "Whether to count what matches, exactly or up to a bound.",
        "schema": {"type": "string", "enum": ["exact", "bounded", "none"], "default": "none"},
    },
    "on_conflict": {
        "description": "update replaces the article that has this URL already, instead of 409.",
        "schema": {"type": "string", "enum": ["fail", "update"], "default": "fail"},
    },
    "purge": {"description": "Wipe the content of all versions for good; needs the scope admin.", "schema": _FLAG},
    "dry_run": {"description": "Do everything but commit.", "schema": _FLAG},
    "format": {
        "description": "One view, whatever Accept says.",
        "schema": {"type": "string", "enum": ["json", *VIEWS]},
    },
    "format.article": {
        "name": "format",
        "description": "The form of the article, whatever Accept says.",
        "schema": {"type": "string", "enum": list(FORMATS)},
    },
    "format.list": {
        "name": "format",
        "description": "The form of the list, whatever Accept says. fields is for json and ndjson, count for json.",
        "schema": {"type": "string", "enum": list(LIST_FORMATS)},
    },
    "format.export": {
        "name": "format",
        "description": "The form of the export, whatever Accept says. fields is for ndjson.",
        "schema": {"type": "string", "enum": list(EXPORTS)},
    },
    "sort.export": {
        "name": "sort",
        "description": "The order; in each of them an article that does not change meanwhile is met exactly once.",
        "schema": {"type": "string", "enum": [*SORTS, *(f"-{name}" for name in SORTS), RELEVANCE], "default": "id"},
    },
    "lang": {
        "description": f"The language of the credit, as a tag of BCP 47: {', '.join(LANGUAGES)}; de-AT is de.",
        "schema": field_schema(f.language(), nullable=False),
        "example": "de",
    },
    "into": {
        "description": "The language that a translation is in, as a tag of BCP 47.",
        "schema": field_schema(f.language(), nullable=False),
    },
    "medium": {
        "description": "Where the credit is to stand. text is the view short for social, spoken for audio; in print "
        "every view writes its addresses out.",
        "schema": {"type": "string", "enum": list(MEDIA), "default": MEDIA[0]},
    },
    "style": {
        "description": "The form of the sentence; news says where and when an article first appeared.",
        "schema": {"type": "string", "enum": list(FORMS), "default": FORMS[0]},
    },
    "changes": {"description": f"What the reuser changed: {', '.join(CHANGES)}, or free text.", "schema": _SAID},
    "changed_by": {"description": "Who changed it.", "schema": _SAID},
    "use": {
        "description": "What somebody wants to do: "
        + " ".join(f"`{use}`: {row['about']}" for use, row in USES.items()),
        "schema": {"type": "string", "enum": list(USES)},
        "required": True,
        "example": "republish",
    },
    "commercial": {"description": "Whether the use is commercial; not said, it may be.", "schema": {"type": "boolean"}},
    "share": {"description": "Whether the result is shared; not said, it is.", "schema": {"type": "boolean"}},
    "outbound_license": {
        "description": "The license that the result is to carry: an id, a URL, a name, GPL-3.0-only or LAL-1.3.",
        "schema": _FILLED,
    },
    "territory": {
        "description": "Where the work is used (ISO 3166-1 alpha-2).",
        "schema": {"type": "string", "pattern": "^[A-Za-z]{2}$"},
        "example": "IR",
    },
    "obtained_on": {
        "description": "The day on which the copy was obtained: licenses are irrevocable.",
        "schema": {"type": "string", "format": "date"},
    },
    "license": {"description": "A license id, any of its URLs, or a name.", "schema": _FILLED, "example": "CC BY 4.0"},
    "url": {"description": "The original URL of an article.", "schema": field_schema(f.main_url(required=True))},
    "url.page": {
        "name": "url",
        "description": "The address of the page. JSON has a member for it.",
        "schema": field_schema(f.url(), nullable=False),
    },
    "save": {"description": "Register the article; needs the scope write.", "schema": _FLAG},
    "base_url": {
        "description": "The address of the page, for its relative links.",
        "schema": field_schema(f.url(), nullable=False),
    },
    "after": {
        "description": "The cursor or the number after which to read; 0 is the beginning.",
        "schema": {"type": "string", "minLength": 1, "default": "0"},
    },
    "type": {
        "description": f"The types to give, comma-separated: {', '.join(TYPES)}.",
        "schema": {"type": "string", "minLength": 1},
    },
    "wait": {
        "description": "How many seconds to wait for a change where there is none yet.",
        "schema": {"type": "integer", "minimum": 0, "maximum": MAX_WAIT, "default": 0},
    },
    **HARVEST_ARGUMENTS,
    **BULK_QUERIES,
}
"""Query parameters, by their names; one that means several things has several components."""

HEADERS: dict[str, Json] = {
    "Request-Id": {
        "description": "An id of 1 to 64 letters, digits, '.', '_' and '-', which the answer repeats; any other is not "
        "taken, and the answer has a new one.",
        "schema": {"type": "string"},
    },
    "If-Match": {
        "description": 'Entity tags such as "7", or an asterisk: go on only if the record is in this state.',
        "schema": _TAGS,
    },
    "If-None-Match": {
        "description": 'Entity tags such as "7", or an asterisk: go on only if the record is in none of these states.',
        "schema": _TAGS,
    },
    "Idempotency-Key": {
        "description": "A key of the client's for this request, quoted or bare: a repetition gets the stored answer.",
        "schema": {"type": "string", "pattern": '^("[!#-~]{1,255}"|[!#-~]{1,255})$'},
    },
    "Prefer": {
        "description": "return=minimal keeps the status and leaves the body out (RFC 7240).",
        "schema": {"type": "string", "pattern": "^return=(minimal|representation)$"},
    },
}
"""Request headers. Accept, Content-Type and Authorization are described as content and security, by OpenAPI's rules."""

_VALUES: dict[str, Json] = {
    "source": SLUG,
    "license.unit": {"type": "string", "enum": sorted(UNITS)},
    "license.status": {"type": "string", "enum": LICENSE_STATUSES},
    "may": {"type": "string", "pattern": "^(republish|commercial|adapt)(, ?(republish|commercial|adapt))*$"},
    "language": field_schema(f.language(), nullable=False),
    "status": {"type": "string", "enum": list(STATUSES)},
    "url": field_schema(f.main_url(required=True)),
    "identifier": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9.+:-]*:.+$"},
    "published_at": _DATE,
    "updated_at": _DATE,
    "id": UUID,
}
_WORDS = {
    "eq": "is",
    "ne": "is not",
    "gt": "comes after",
    "gte": "is, or comes after",
    "lt": "comes before",
    "lte": "is, or comes before",
    "prefix": "begins with",
}


def filter_parameters() -> dict[str, Json]:
    """The filters of a list of articles, by the names of their components."""
    made = {}
    for field, operators in FILTERS.items():
        made[f"filter.{field}"] = _filter(field, field, "eq")
        made |= {f"filter.{field}.{op}": _filter(field, f"{field}[{op}]", op) for op in operators}
    return made


def query_parameters() -> dict[str, Json]:
    """The query parameters by the names of their components."""
    return {f"query.{name}": {"name": name, "in": "query", **about} for name, about in QUERIES.items()}


def header_parameters() -> dict[str, Json]:
    """The request headers by the names of their components."""
    return {f"header.{name}": {"name": name, "in": "header", **about} for name, about in HEADERS.items()}


def path_parameters() -> dict[str, Json]:
    """The path parameters by the names of their components."""
    return {
        f"path.{key}": {"name": key.rpartition(".")[2], "in": "path", "required": True, **about}
        for key, about in PATHS.items()
    }


def _filter(field: str, name: str, op: str) -> Json:
    if op == "exists":
        about: Json = {"description": f"Whether the article has {field}.", "schema": {"type": "boolean"}}
    elif op == "in":
        text = f"Articles whose {field} is one of up to {MAX_VALUES} values, comma-separated; a comma in one is \\,."
        about = {"description": text, "schema": _FILLED}
    else:
        schema = _FILLED if op == "prefix" else _VALUES.get(field, _FILLED)
        about = {"description": f"Articles whose {field} {_WORDS[op]} this.", "schema": schema}
    return {"name": name, "in": "query", **about}
