"""Request headers that follow a grammar: conditions, preferences and idempotency keys. Malformed ones are faults."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.core.errors import Fault, MalformedHeader

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS = re.compile(rf"[ \t,]*{_TAG}(?:[ \t]*,[ \t,]*{_TAG})*[ \t,]*")
_ONE_TAG = re.compile(_TAG)
_OURS = re.compile(r'"(\d{1,18})(?:\.\d+)?(?:-[a-z0-9-]+)?"')
_IDEMPOTENCY_KEY = re.compile(r'"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255})')
_WORD = r"[!#$%&\'*+.^_`|~0-9A-Za-z-]+"
_VALUE = r'(?:"(?:[^"\\]|\\.)*"|' + _WORD + r")?"
_PREFERENCE = re.compile(  # possessive, so that a long header takes no longer than its length
    rf"\s*+({_WORD}+)\s*+(?:=\s*+({_VALUE})\s*+)?(?:;\s*+(?:{_WORD}+\s*+(?:=\s*+{_VALUE}\s*+)?)?)*+(?:,|\Z)"
)


@dataclass(frozen=True, slots=True)
class Tags:
    """The entity tags of a condition; `any` is the asterisk."""

    any: bool
    tags: tuple[str, ...]

    def has_version(self, version: int) -> bool:
        """Whether a strong tag names `version`, whatever the representation (If-Match compares the version alone)."""
        matches = (_OURS.fullmatch(tag) for tag in self.tags)
        return any(match is not None and int(match[1]) == version for match in matches)

    def has_tag(self, tag: str) -> bool:
        """Whether `tag` is among them by the weak comparison of RFC 9110 s. 8.8.3.2."""
        return tag in self.tags or f"W/{tag}" in self.tags


@dataclass(frozen=True, slots=True)
class Conditions:
    """If-Match and If-None-Match of a request."""

    if_match: Tags | None
    if_none_match: Tags | None


@dataclass(frozen=True, slots=True)
class Headers:
    """What the headers of a request ask for."""

    conditions: Conditions
    idempotency_key: str | None
    minimal: bool


NO_CONDITIONS = Conditions(None, None)
_PLAIN = Headers(NO_CONDITIONS, None, False)
_READ = {
    "HTTP_IF_MATCH": "If-Match",
    "HTTP_IF_NONE_MATCH": "If-None-Match",
    "HTTP_IDEMPOTENCY_KEY": "Idempotency-Key",
    "HTTP_PREFER": "Prefer",
}


def read_headers(environ: Mapping[str, str]) -> Headers:
    """The headers of a WSGI environment, parsed; raises MalformedHeader with a fault for each that is malformed."""
    raw = {name: environ[variable] for variable, name in _READ.items() if variable in environ}
    if not raw:
        return _PLAIN
    faults: list[Fault] = []
    conditions = Conditions(_tags("If-Match", raw, faults), _tags("If-None-Match", raw, faults))
    key = _key(raw, faults)
    minimal = _is_minimal(raw, faults)
    if faults:
        raise MalformedHeader(faults[0].detail, tuple(faults))
    return Headers(conditions, key, minimal)


def _tags(name: str, raw: dict[str, str], faults: list[Fault]) -> Tags | None:
    value = raw.get(name)
    if value is None:
        return None
    if value.strip(" \t") == "*":
        return Tags(True, ())
    if not _TAGS.fullmatch(value):
        detail = f'{name} takes entity tags in double quotes, such as "7", or a single asterisk.'
        faults.append(Fault("header", name, "malformed", detail))
    return Tags(False, tuple(_ONE_TAG.findall(value)))


def _key(raw: dict[str, str], faults: list[Fault]) -> str | None:
    value = raw.get("Idempotency-Key")
    if value is None:
        return None
    match = _IDEMPOTENCY_KEY.fullmatch(value.strip(" \t"))
    if match is None:
        detail = "Idempotency-Key takes 1 to 255 visible ASCII characters, quoted or bare."
        faults.append(Fault("header", "Idempotency-Key", "malformed", detail))
        return None
    return match[1] or match[2]


def _is_minimal(raw: dict[str, str], faults: list[Fault]) -> bool:
    value = raw.get("Prefer")
    if value is None:
        return False
    wanted, at = None, 0
    while at < len(value):
        match = _PREFERENCE.match(value, at)
        if match is None:
            detail = "Prefer takes tokens, such as return=minimal."
            faults.append(Fault("header", "Prefer", "malformed", detail))
            return False
        at = match.end()
        if match[1].lower() == "return" and wanted is None:
            wanted = (match[2] or "").strip('"')
    return wanted == "minimal"
