"""Where a text reserves all rights, in the languages of the table."""

import re
from collections.abc import Iterator

from service.core.detection.cues import Wording, any_cue, any_phrase
from service.core.detection.denial import is_denied
from service.core.detection.findings import Evidence
from service.core.detection.folding import fold
from service.core.detection.scopes import is_of_part


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
        not _REST.search(found.quote.lower()) and not is_of_part(folded, found.start)
        for found in _find_all(text, folded)
    )


def _find_all(text: str, folded: str) -> Iterator[Evidence]:
    wording = Wording.of(folded)
    for match in _RESERVED.finditer(folded):
        if not is_denied(wording, *match.span()):
            yield Evidence(text[match.start() : match.end()], *match.span(), "name")


_RESERVED = any_phrase("reserved")
_LICENSED = re.compile(rf"{any_cue('noun')}|\b(?:some|no|few) rights? reserved")
_REST = re.compile(r"\bother\b")
_CODE = re.compile(r"\b(?:[AL]?GPL|GFDL|MIT|BSD|Apache|OGL|ODbL|CC)\b")
