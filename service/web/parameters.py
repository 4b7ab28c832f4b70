"""The query string, strictly: UTF-8, every parameter known and given once."""

import difflib
from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl

from service.core.errors import Fault, InvalidEncoding, InvalidParameter, UnknownParameter

MAX_PARAMETERS = 100
MAX_REQUEST_LINE = 8190
"""How long a request line is read: gunicorn can take no more bytes, the method and the version among them."""

Parameters = Mapping[str, str]


def read_parameters(environ: Mapping[str, str], allowed: Collection[str] | None) -> Parameters:
    """The parameters of a request by its WSGI environment, any at all where `allowed` is None.

    Raises InvalidEncoding, UnknownParameter or InvalidParameter.
    """
    raw = environ.get("QUERY_STRING", "")
    if not raw:
        return {}
    pairs = _decode(raw)
    if len(pairs) > MAX_PARAMETERS:
        raise InvalidParameter(f"At most {MAX_PARAMETERS} parameters are taken.")
    counts = _count(pairs)
    known = counts if allowed is None else allowed
    unknown = [_unknown(name, known) for name in counts if name not in known]
    repeated = [_repeated(name) for name, count in counts.items() if count > 1 and name in known]
    if unknown:
        raise UnknownParameter(unknown[0].detail, tuple(unknown + repeated))
    if repeated:
        raise InvalidParameter(repeated[0].detail, tuple(repeated))
    return dict(pairs)


def read_flag(parameters: Parameters, name: str) -> bool:
    """A parameter that is true or false, and false where it is not given."""
    value = parameters.get(name, "false")
    if value not in ("true", "false"):
        raise invalid_parameter(name, f"{name} takes true or false.")
    return value == "true"


def invalid_parameter(name: str, detail: str) -> InvalidParameter:
    """The problem of one parameter with a value that it cannot have."""
    return InvalidParameter(detail, (Fault("parameter", name, "invalid", detail),))


def _decode(raw: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(raw.encode("latin-1").decode(), keep_blank_values=True, errors="strict")
    except UnicodeError as error:
        raise InvalidEncoding("The query string is not percent-encoded UTF-8.") from error
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise InvalidEncoding("The query string holds a NUL.")
    return pairs


def _count(pairs: list[tuple[str, str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, _ in pairs:
        counts[name] = counts.get(name, 0) + 1
    return counts


def _unknown(name: str, allowed: Collection[str]) -> Fault:
    near = difflib.get_close_matches(name, allowed, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    shown = name if len(name) <= 100 else name[:100] + "…"
    listed = f" It takes {', '.join(sorted(allowed))}." if allowed else " It takes none."
    return Fault("parameter", shown, "unknown-parameter", f"There is no parameter {shown!r} here.{hint}{listed}")


def _repeated(name: str) -> Fault:
    return Fault("parameter", name, "repeated", f"{name} may be given once.")
