"""Everything that Creditline raises on purpose.

CreditlineError
├── InvalidValue            a text that is no valid value of its kind
├── MalformedJson           bytes that are no I-JSON
├── InvalidJson             JSON that holds what no member may hold
└── Problem                 a request that is answered with a problem document
    ├── MalformedHeader · InvalidParameter · UnknownParameter · InvalidCursor · InvalidEncoding
    ├── Unauthenticated · Forbidden
    ├── NotFound · Gone · CursorExpired · FeedReset
    ├── NotAcceptable · Conflict · KeyInUse · FailedDependency
    ├── PreconditionFailed · PreconditionRequired
    ├── ContentTooLarge · UriTooLong · UnsupportedMediaType · Malformed
    ├── Invalid · KeyReused
    └── Overloaded · ReadOnly · DatabaseUnavailable

Which status and problem type each becomes stands in one table, in the web layer.
"""

from dataclasses import dataclass
from typing import Literal


class CreditlineError(Exception):
    """Everything that Creditline raises on purpose."""


class InvalidValue(CreditlineError, ValueError):
    """A text that is no valid value of its kind.

    `code` is for programs (`invalid-url`), `detail` tells a person what to do. `str()` gives the detail.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return self.detail


class MalformedJson(CreditlineError):
    """Bytes that are no I-JSON text (RFC 7493): nothing can be read from them.

    `reason` says what is wrong, without a full stop; `line` and `column` count from 1 and point at the fault.
    """

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason, line, column)
        self.reason = reason
        self.line = line
        self.column = column

    @property
    def detail(self) -> str:
        """A sentence of what is wrong where."""
        return f"{self.reason} (line {self.line}, column {self.column})."

    def in_file(self, line: int) -> "MalformedJson":
        """The same of a text that is that line of a file."""
        return MalformedJson(self.reason, line, self.column)

    def __str__(self) -> str:
        return self.detail


class InvalidJson(CreditlineError):
    """A JSON text that parses but holds what no member may hold.

    `faults` are (pointer, code, detail), the pointer by RFC 6901, "" being the whole document.
    """

    def __init__(self, faults: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(f"{pointer or 'document'}: {detail}" for pointer, _, detail in self.faults)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: where (a JSON pointer, a parameter or a header), a code, and what to do."""

    kind: Literal["pointer", "parameter", "header"]
    at: str
    code: str
    detail: str


class Problem(CreditlineError):
    """A request that cannot be served. `members` are further members of the problem document."""

    retry_after: int | None = None

    def __init__(self, detail: str, faults: tuple[Fault, ...] = (), **members: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults
        self.members = members


class MalformedHeader(Problem):
    """A header that does not follow its grammar."""


class InvalidParameter(Problem):
    """A query parameter with a value that it cannot have."""


class UnknownParameter(Problem):
    """A query parameter that the resource does not know."""


class InvalidCursor(Problem):
    """A cursor that is damaged or belongs to another query."""


class InvalidEncoding(Problem):
    """A query string that is no UTF-8 or holds a NUL."""


class Unauthenticated(Problem):
    """No key where one is needed, or one that is not valid."""


class Forbidden(Problem):
    """A valid key that may not do this."""


class NotFound(Problem):
    """Nothing is there, and never was."""


class Gone(Problem):
    """What was there has been deleted."""


class CursorExpired(Problem):
    """The change feed no longer reaches back to this place."""


class FeedReset(Problem):
    """The change feed has been put back behind this place."""


class NotAcceptable(Problem):
    """No representation fits what the client accepts."""


class Conflict(Problem):
    """The state of another record forbids this."""


class KeyInUse(Problem):
    """The first request with this Idempotency-Key is still being answered."""

    retry_after = 1


class FailedDependency(Problem):
    """A change that was undone because another one failed that it goes with."""


class PreconditionFailed(Problem):
    """The record is not in the state that the client made its condition on."""


class PreconditionRequired(Problem):
    """A change without a condition on the state that it changes."""


class ContentTooLarge(Problem):
    """A body over its limit."""


class UriTooLong(Problem):
    """An address that leaves no room for what must be added to it."""


class UnsupportedMediaType(Problem):
    """A body of a media type that the resource does not take."""


class Malformed(Problem):
    """A body that cannot be parsed."""


class Invalid(Problem):
    """A body that was parsed and is wrong; `faults` are all of its faults."""


class KeyReused(Problem):
    """An Idempotency-Key that came with another request before."""


class Overloaded(Problem):
    """The database took too long to lock or answer."""

    retry_after = 1


class ReadOnly(Problem):
    """The service takes no writes at present."""

    retry_after = 60


class DatabaseUnavailable(Problem):
    """The database cannot be reached."""

    retry_after = 5
