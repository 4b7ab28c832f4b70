"""Language tags by BCP 47 (RFC 5646).

The registry and the casing come from language-tags. Its own verdict is not used: it refuses what BCP 47 allows
(x-foo, qaa, en-Latn, the deprecated iw, sl-rozaj-biske-1994) and takes what BCP 47 refuses (en--gb, en-a, " en").
"""

import re
from functools import lru_cache

from language_tags import tags

from service.core.errors import InvalidValue

MAX_LENGTH = 100  # characters; RFC 5646 section 4.4.1 asks for 35

# RFC 5646 section 2.1, in lower case. Of the three extended languages only one may be used (section 2.2.2).
_LANGTAG = re.compile(
    r"(?P<language>[a-z]{2,8})"
    r"(?:-(?P<extlang>[a-z]{3}))?"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*)"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
)
_PRIVATE_TAG = re.compile(r"x(?:-[a-z0-9]{1,8})+")
_SINGLETON = re.compile(r"-([a-z0-9])(?=-)")
# The registry gives these as ranges (section 2.2.1 and the registry's own records).
_PRIVATE_USE = {
    "language": re.compile(r"q[a-t][a-z]"),
    "script": re.compile(r"qa(?:a[a-z]|b[a-x])"),
    "region": re.compile(r"aa|q[m-z]|x[a-z]|zz"),
}


@lru_cache(maxsize=1024)
def canonical_language(tag: str) -> str:
    """A valid BCP 47 tag in the casing of RFC 5646 section 2.1.1: en, en-GB, zh-Hans-CN.

    Deprecated subtags are valid and are not replaced. Raises InvalidValue `invalid-language`.
    """
    lowered = tag.lower() if tag.isascii() and len(tag) <= MAX_LENGTH else ""
    match = _LANGTAG.fullmatch(lowered)
    if "grandfathered" not in tags.types(lowered) and not _PRIVATE_TAG.fullmatch(lowered):
        if match is None:
            raise _invalid("Give a language tag of BCP 47 such as en, en-GB or zh-Hans-CN.")
        _check_registered(match)
        _check_once("variant", match["variants"].split("-")[1:])
        _check_once("extension", _SINGLETON.findall(match["extensions"]))
    return str(tags.tag(lowered).format)


def _check_registered(match: re.Match[str]) -> None:
    subtags = [(kind, match[kind]) for kind in ("language", "extlang", "script", "region") if match[kind]]
    subtags += [("variant", variant) for variant in match["variants"].split("-")[1:]]
    for kind, subtag in subtags:
        private = kind in _PRIVATE_USE and _PRIVATE_USE[kind].fullmatch(subtag)
        if not private and kind not in tags.types(subtag):
            raise _invalid(f"The IANA registry has no {kind} '{subtag}'; give a tag such as en, en-GB or zh-Hans-CN.")


def _check_once(kind: str, subtags: list[str]) -> None:
    if len(set(subtags)) < len(subtags):
        raise _invalid(f"Give each {kind} only once.")


def _invalid(detail: str) -> InvalidValue:
    return InvalidValue("invalid-language", detail)
