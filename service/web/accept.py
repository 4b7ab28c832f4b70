"""Which of the forms that a resource has the client asks for, by ``format`` or else by Accept (RFC 9110 s. 12.5.1)."""

from collections.abc import Collection, Mapping

from flask import request
from werkzeug.datastructures import MIMEAccept

from service.core.errors import Fault, NotAcceptable
from service.web.parameters import Parameters, invalid_parameter


def find_best_type(available: Collection[str]) -> str | None:
    """The type that Accept prefers, the first one where it says nothing, and None where it takes none of them.

    Parameters of a media range other than its weight, such as a charset, are not looked at: each type has one form. Of
    ranges that differ in nothing else the greatest weight counts.
    """
    accepted: str = request.environ.get("HTTP_ACCEPT", "").strip()
    if accepted in ("", "*/*"):
        return next(iter(available))
    if accepted in available:
        return accepted
    ranges = [(media.partition(";")[0].strip(), weight) for media, weight in request.accept_mimetypes]
    best: str | None = MIMEAccept(ranges).best_match(available)
    return best


def get_best_type(available: Collection[str]) -> str:
    """The type that Accept prefers, the first one where it says nothing; raises NotAcceptable where it takes none."""
    best = find_best_type(available)
    if best is None:
        raise NotAcceptable(f"This resource has {', '.join(available)}.", available=list(available))
    return best


def choose_format(parameters: Parameters, types: Mapping[str, str]) -> str:
    """The name that ``format`` gives, or else that of the type that Accept prefers; `types` are media types by name.

    Of several names of a type Accept means the first. Raises NotAcceptable where neither is among them, and
    InvalidParameter for an empty name.
    """
    named = parameters.get("format")
    if named is None:
        best = get_best_type(dict.fromkeys(types.values()))
        return next(name for name, type in types.items() if type == best)
    if named in types:
        return named
    detail = f"format takes one of {', '.join(types)}."
    if not named.strip():
        raise invalid_parameter("format", detail)
    faults = (Fault("parameter", "format", "not-allowed", detail),)
    raise NotAcceptable(detail, faults, available=list(dict.fromkeys(types.values())), formats=list(types))
