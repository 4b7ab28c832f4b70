"""Where a text reserves all rights, in the languages of the table."""

import re
from collections.abc import Iterator

from service.core.detection.cues import Wording, any_cue, any_phrase
from service.core.detection.denial import is_denied
from service.core.detection.findings import Evidence
from service.core.detection.folding import fold
from service.core.detection.scopes import is_about_part, is_of_part
from service.core.detection.subjects import any_word, begins_with_part


def find_reservation(text: str) -> Evidence | None:
    """The words that reserve all rights; None where there are none, or where any license is spoken of beside them.

    Whether the text grants a Creative Commons license is for `detect` to say; here "license" alone is enough for doubt.
    """
    folded = fold(text)
    if _LICENSED.search(folded) or _CODE.search(text):
        return None
    return next(_find_all(text, folded), None)


def reserves_all(text: str) -> bool:
    """Whether a text reserves all rights in itself, though a license may stand beside the words.

    "All other rights reserved" agrees with a license, and "photos: all rights reserved" is about the photos.
    """
    folded = fold(text)
    return any(
        not _REST.search(found.quote.lower()) and not _is_limited(folded, found.start, found.start + len(found.quote))
        for found in _find_all(text, folded)
    )


def _is_limited(folded: str, start: int, end: int) -> bool:
    """Whether the rights are those to parts, as in "Photo: © Getty. All rights reserved", or there are exceptions."""
    if is_of_part(folded, start) or _OTHERWISE.match(folded, end):
        return True
    behind = _TO_WHAT.match(folded, end)
    if behind and is_about_part(behind[1]):
        return True
    before = folded[max(0, start - _NEAR) : start]
    brackets = _IN_BRACKETS.search(before)
    if brackets and is_about_part(brackets[1]):
        return True
    owner = _OWNED.search(before)
    return owner is not None and begins_with_part(owner[1]) and is_about_part(owner[1])


def _find_all(text: str, folded: str) -> Iterator[Evidence]:
    wording = Wording.of(folded)
    for match in _RESERVED.finditer(folded):
        if not is_denied(wording, *match.span()):
            yield Evidence(text[match.start() : match.end()], *match.span(), "name")


_NEAR = 120
_OTHERWISE = re.compile(rf",?\s(?:{any_word('unless otherwise').pattern})")
_TO_WHAT = re.compile(rf"\s(?:{any_word('for').pattern}|on|in)(\s[^.,;:!?()\n]{{1,60}})")
# What stands before brackets in which the words stand, and a sentence about an owner before the words.
_IN_BRACKETS = re.compile(r"((?:[^\W\d_]{1,20}\s){1,4})\([^()]{0,60}$")
_OWNED = re.compile(r"(?:^|[.;!?\n]\s{0,2})([^.;!?\n©]{1,40}(?:©|\(c\))[^.;!?\n©]{1,40})[.!]\s{1,2}$")
_RESERVED = any_phrase("reserved")
_LICENSED = re.compile(rf"{any_cue('noun')}|\b(?:some|no|few) rights? reserved")
_REST = re.compile(r"\bother\b")
_CODE = re.compile(r"\b(?:[AL]?GPL|GFDL|MIT|BSD|Apache|OGL|ODbL|CC)\b")
