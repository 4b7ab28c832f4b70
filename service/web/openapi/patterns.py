"""What operations have in common: their answers, and the kinds of operation that recur."""

from dataclasses import dataclass, field
from typing import Literal

from service.web.openapi.shapes import TEXT, Json, ref

JSON = "application/json"
PAGE_CONTENT: dict[str, Json] = {"text/html": TEXT}
RECORD = ("Cache-Control", "Vary")
OPEN = ("Cache-Control",)
WRITTEN = ("Feed-Seq", "Idempotency-Replayed", "Preference-Applied")
PLACED = ("Feed-Seq", "Preference-Applied")


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
    listing: tuple[str, ...] = ("limit", "cursor", "fields", "format", "q", "sort", "count", "facet")


def json_answer(
    schema: str,
    status: int = 200,
    about: str = "",
    headers: tuple[str, ...] = (),
    maybe: tuple[str, ...] = (),
) -> Answer:
    """An answer in JSON, of the schema that is named."""
    return Answer(status=status, about=about, content={JSON: ref(schema)}, headers=headers, maybe=maybe)


def page_of(schema: str, about: str, maybe: tuple[str, ...] = ()) -> Operation:
    """A page of a list."""
    answer = json_answer(schema, about=about, headers=RECORD, maybe=("Link", *maybe))
    return Operation(answers=(answer,), problems=("NotAcceptable",))


def record_of(schema: str, about: str, maybe: tuple[str, ...] = ()) -> Operation:
    """A record by itself, read under a condition."""
    answer = json_answer(schema, about=about, headers=("ETag", *RECORD), maybe=maybe)
    return Operation(answers=(answer,), problems=("NotAcceptable", "NotFound", "Gone"), conditions="read")


def updated(schema: str) -> Answer:
    """A record after a write."""
    about = "The record as it stands now, or would stand after a dry run."
    return json_answer(schema, about=about, headers=("ETag", *RECORD), maybe=WRITTEN)


def created(schema: str, about: str) -> Answer:
    """A record that was made."""
    return json_answer(schema, 201, about, ("ETag", "Location", *RECORD), maybe=WRITTEN)


def creation(noun: str, written: str, *problems: str, conditions: Literal["upsert"] | None = None) -> Operation:
    """Making a record."""
    return Operation(
        answers=(created(written, "It has been made."), updated(written)),
        body=f"{noun}Input",
        problems=("ConflictOrInUse", *problems),
        conditions=conditions,
        prefers=True,
    )


def replacement(noun: str, written: str, *, about: str = "", problems: tuple[str, ...] = ()) -> Operation:
    """Replacing a record, which may make it anew as `about` says; without that, changing members of it."""
    made = (created(written, about),) if about else ()
    return Operation(
        answers=(updated(written), *made),
        body=f"{noun}Replacement" if about else f"{noun}Patch",
        problems=("NotFound", "Gone", "ConflictOrInUse", *problems),
        conditions="write",
        prefers=True,
    )


def granting(*answers: Answer, body: str) -> Operation:
    """A change of a license ledger."""
    problems = ("NotFound", "Gone", "KeyInUse")
    return Operation(answers=answers, body=body, problems=problems, conditions="write", prefers=True)


DELETION = Operation(
    answers=(Answer(status=204, about="It is gone.", headers=RECORD, maybe=PLACED),),
    problems=("NotFound", "Gone", "Conflict"),
    conditions="write",
    prefers=True,
)


def html_answer(*headers: str, maybe: tuple[str, ...] = ()) -> Answer:
    """A page for people."""
    required = ("Content-Security-Policy", *headers, *OPEN)
    return Answer(status=200, about="The page.", content=PAGE_CONTENT, headers=required, maybe=("Vary", *maybe))


def page_of_record(*headers: str, maybe: tuple[str, ...] = ()) -> Operation:
    """The page of a record, read under a condition."""
    return Operation(
        answers=(html_answer("ETag", *headers, maybe=maybe),), problems=("NotFound", "Gone"), conditions="read"
    )
