"""What cannot be read of an upload, as the problem that its sender gets."""

from service.core.errors import Fault, Invalid


def refuse(code: str, detail: str, at: str = "") -> Invalid:
    """The problem of a record, or of the whole upload: what is wrong there, `at` a JSON pointer, "" for all of it."""
    return Invalid(detail, (Fault("pointer", at, code, detail),))
