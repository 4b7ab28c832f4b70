"""What cannot be read of an upload, as the problem that its sender gets."""

from service.core.errors import Fault, Invalid, Malformed, MalformedJson, Problem

_ILL_FORMED = ("malformed", "cut", "invalid-encoding")


def refuse(code: str, detail: str, at: str = "") -> Problem:
    """The problem of a record, or of the whole upload: what is wrong there, `at` a JSON pointer, "" for all of it.

    What cannot be parsed is Malformed, what was parsed and is wrong Invalid.
    """
    kind = Malformed if code in _ILL_FORMED else Invalid
    return kind(detail, (Fault("pointer", at, code, detail),))


def refuse_json(error: MalformedJson) -> Malformed:
    """The problem of what is no JSON, with the place of the fault."""
    fault = Fault("pointer", "", "malformed", error.detail)
    return Malformed(error.detail, (fault,), line=error.line, column=error.column)
