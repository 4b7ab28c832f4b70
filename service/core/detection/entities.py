"""Character references: what they stand for, and where that stands in the source."""

import html
import re
from bisect import bisect_left, bisect_right

_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")

_LONG = re.compile(r"&#([0-9]{20,});?")


def unescape(text: str) -> str:
    """The text with its character references resolved (HTML Standard s. 13.2.5.72 and following).

    Python reads a reference of any length as a number, and refuses beyond 4,300 digits.
    """
    return html.unescape(_LONG.sub(_shorten, text)) if "&" in text else text


def _shorten(reference: re.Match[str]) -> str:
    """The reference without zeros in front, and with no more digits than say that it is out of range."""
    return f"&#{reference[1].lstrip('0')[:8] or '0'};"


class Unescaped:
    """A value without its references, which stands escaped at `start` of the source."""

    __slots__ = ("_origins", "_places", "text")

    def __init__(self, escaped: str, start: int) -> None:
        pieces: list[str] = []
        self._places: list[int] = []
        self._origins: list[int] = []
        length = position = 0
        for match in _REFERENCE.finditer(escaped):
            for piece, origin in ((escaped[position : match.start()], position), (unescape(match[0]), match.start())):
                self._places.append(length)
                self._origins.append(start + origin)
                pieces.append(piece)
                length += len(piece)
            position = match.end()
        self._places.append(length)
        self._origins.append(start + position)
        self.text = "".join([*pieces, escaped[position:]])

    def origin(self, place: int) -> int:
        """Where a place of the text stands in the source."""
        index = bisect_right(self._places, place) - 1
        return self._origins[index] + place - self._places[index]

    def origin_end(self, place: int) -> int:
        """Where what ends before that place of the text ends in the source."""
        index = bisect_left(self._places, place)
        if index < len(self._places) and self._places[index] == place:
            return self._origins[index]
        return self.origin(place)
