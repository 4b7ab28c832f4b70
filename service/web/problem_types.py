"""The problem types: one table from exception to status, slug and the text that ``/v1/problems/<slug>`` gives."""

from dataclasses import dataclass

from service.core import errors


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A type of problem (RFC 9457 s. 4): its slug, status and title, and what a client should do about it."""

    slug: str
    status: int
    title: str
    explanation: str


_TYPES = {
    errors.Malformed: ProblemType(
        "malformed-json",
        400,
        "The body cannot be parsed",
        "JSON must be I-JSON (RFC 7493) in UTF-8: no duplicate members, no NaN or Infinity, no lone surrogates, "
        "at most 32 levels deep. The detail names line and column, or what is wrong with XML or a table; mend the body "
        "and send it again.",
    ),
    errors.MalformedHeader: ProblemType(
        "malformed-header",
        400,
        "A header does not follow its grammar",
        "A condition, Prefer, Accept, Authorization or Idempotency-Key header could not be parsed. Conditions are "
        'entity tags in double quotes, such as If-Match: "7", or a single asterisk.',
    ),
    errors.InvalidParameter: ProblemType(
        "invalid-parameter",
        400,
        "A query parameter has a value that it cannot have",
        "Each parameter that is wrong is listed with what it takes. A parameter may be given once, and not be empty.",
    ),
    errors.UnknownParameter: ProblemType(
        "unknown-parameter",
        400,
        "There is no such query parameter",
        "The resource does not know a parameter. It is refused, since ignoring it would answer another question than "
        "the one that was asked. The detail lists what the resource takes.",
    ),
    errors.InvalidCursor: ProblemType(
        "invalid-cursor",
        400,
        "The cursor cannot be used here",
        "A cursor is opaque and belongs to one query: its filter, sort and search. Take page.next as it is, or start "
        "the list again without a cursor.",
    ),
    errors.InvalidEncoding: ProblemType(
        "invalid-encoding",
        400,
        "The query string is not UTF-8",
        "Percent-encode the query string as UTF-8 and leave out NUL.",
    ),
    errors.Unauthenticated: ProblemType(
        "unauthenticated",
        401,
        "A valid API key is needed",
        "Send Authorization: Bearer ak_… with a key that is known, not revoked and not expired. A wrong key is refused "
        "even where reading is public. An operator makes keys with POST /v1/keys or the command creditline keys.",
    ),
    errors.Forbidden: ProblemType(
        "insufficient-scope",
        403,
        "This key may not do that",
        "The key is valid, but lacks the scope, or is tied to other sources than the one that this request touches.",
    ),
    errors.NotFound: ProblemType(
        "not-found",
        404,
        "There is nothing here",
        "No such resource exists, and none did. Paths have no trailing slash.",
    ),
    errors.NotAcceptable: ProblemType(
        "not-acceptable",
        406,
        "No representation fits",
        "The resource has none of the media types that the Accept header or the format parameter names. The detail "
        "lists what there is.",
    ),
    errors.Conflict: ProblemType(
        "conflict",
        409,
        "Another record stands in the way",
        "Usually another article has the same URL: conflicting_url is its address. Or a source has the slug or "
        "address, or a source to be deleted still has articles.",
    ),
    errors.KeyInUse: ProblemType(
        "idempotency-key-in-use",
        409,
        "The first request with this Idempotency-Key is still running",
        "Wait for as long as Retry-After says and send the same request again; it then gets the stored answer.",
    ),
    errors.Gone: ProblemType(
        "gone",
        410,
        "What was here has been deleted",
        "The record is a tombstone: deleted_at and version say when it went. A PUT with If-None-Match: * restores it.",
    ),
    errors.CursorExpired: ProblemType(
        "cursor-expired",
        410,
        "The change feed no longer reaches back to this place",
        "Entries below the retention floor are gone. Take a new snapshot of the list by sort=id and follow the feed "
        "from its Feed-Seq.",
    ),
    errors.FeedReset: ProblemType(
        "feed-reset",
        410,
        "The change feed was put back behind this place",
        "The database was restored from a backup that does not know this place. Take a new snapshot.",
    ),
    errors.PreconditionFailed: ProblemType(
        "precondition-failed",
        412,
        "The record is not in the state that the condition names",
        "Somebody changed it in between. current_version and the ETag say where it stands: read it, apply the change "
        "to that, and try again with the new ETag.",
    ),
    errors.ContentTooLarge: ProblemType(
        "content-too-large",
        413,
        "The body is too large",
        "limit is the largest body in bytes that this resource takes.",
    ),
    errors.UriTooLong: ProblemType(
        "uri-too-long",
        414,
        "The address is too long",
        "limit is the longest query string that this list takes, percent-encoded as in page.next, cursor and format "
        "apart: the cursor of the next page must fit behind it. Ask for less at once, such as fewer values of an in.",
    ),
    errors.UnsupportedMediaType: ProblemType(
        "unsupported-media-type",
        415,
        "The body has a media type that is not taken here",
        "Accept-Post or Accept-Patch list what is taken. Text is UTF-8; only uploads to bulk may be gzip.",
    ),
    errors.Invalid: ProblemType(
        "validation-failed",
        422,
        "The body is well-formed but not valid",
        "errors lists every fault with a JSON pointer, a code for programs and a sentence for people. Nothing was "
        "written.",
    ),
    errors.KeyReused: ProblemType(
        "idempotency-key-reused",
        422,
        "This Idempotency-Key came with another request",
        "A key stands for one request: method, path, query and body. Use a new one for a new request.",
    ),
    errors.FailedDependency: ProblemType(
        "failed-dependency", 424, "Another line failed", "In an atomic bulk one bad line undoes all; mend that line."
    ),
    errors.PreconditionRequired: ProblemType(
        "precondition-required",
        428,
        "A change needs a condition",
        "Send If-Match with the ETag that you read, so that nobody's change is lost; If-Match: * overwrites whatever "
        "is there.",
    ),
    errors.Overloaded: ProblemType(
        "overloaded",
        503,
        "The service is busy",
        "A lock or statement took too long and nothing was written. Try again after Retry-After.",
    ),
    errors.ReadOnly: ProblemType(
        "read-only",
        503,
        "The service takes no writes at present",
        "Reading goes on. Try the write again later.",
    ),
    errors.DatabaseUnavailable: ProblemType(
        "database-unavailable",
        503,
        "The database cannot be reached",
        "Nothing was written. Try again after Retry-After.",
    ),
}

METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405, "The resource does not have this method", "The Allow header lists the methods it has."
)
RATE_LIMITED = ProblemType(
    "rate-limited", 429, "Too many requests", "Wait for as long as Retry-After says, in seconds."
)
INTERNAL_ERROR = ProblemType(
    "internal-error",
    500,
    "Something went wrong on our side",
    "The fault is ours and is logged under request_id. The request may be repeated; give a write an Idempotency-Key.",
)

BY_EXCEPTION: dict[type[errors.Problem], ProblemType] = dict(_TYPES)
BY_SLUG = {kind.slug: kind for kind in (*_TYPES.values(), METHOD_NOT_ALLOWED, RATE_LIMITED, INTERNAL_ERROR)}
