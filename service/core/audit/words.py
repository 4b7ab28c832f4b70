"""The visible words of a page, folded so that spellings of one name meet, and where each stands in the text.

Letters and digits are compared and nothing else: case, accents, marks, quotes, dashes, spaces, joiners and directions
play no role, and Arabic and Persian letters are alike (`service.core.text.fold`). What is found begins and
ends with a word of the page.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice

from service.core.text import fold

# Scripts that set no spaces between words, and Hangul, which hangs its particles on them.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\u1100-\u11ff\U00020000-\U0003ffff]"
)
# Arabic writes and, so, with, as and for as the first letter of the next word.
_PROCLITICS = "وفبکل"
_SELECTORS = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# One ligature stands for 18 letters, and a page of them would grow by as much.
_MOST_LETTERS = 6
_STEP = 1000

Place = tuple[int, int]


class _Folding(dict[int, str]):
    """Code point → its letters, a space for what is between words, nothing for marks; worked out when first met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_point(chr(point))
        return folded


def _fold_point(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf" or unicodedata.combining(char) or _SELECTORS.match(char):
        return ""
    if category[0] == "M":
        return char
    if category[0] not in "LN":
        return " "
    letters = (part for part in fold(char) if part.isalnum() or unicodedata.category(part)[0] == "M")
    return "".join(islice(letters, _MOST_LETTERS))


_FOLDING = _Folding()


def letters_of(text: str) -> str:
    """The letters and digits of a text, folded."""
    return text.translate(_FOLDING).replace(" ", "")


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return text.translate(_FOLDING).split()


class Words:
    """The words of a text, to be searched."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = [text[start : start + _STEP].translate(_FOLDING) for start in range(0, len(text), _STEP)]
        words = "".join(pieces).split()
        self.letters = "".join(words)
        self._edges = _sums(map(len, words))
        self._steps = _sums(len(piece) - piece.count(" ") for piece in pieces)

    def find(self, wanted: str) -> Place | None:
        """Where the words of `wanted` first stand; of a text without letters, where it stands as it is."""
        return next(self.find_all(wanted), None)

    def find_all(self, wanted: str) -> Iterator[Place]:
        """Every place where the words of `wanted` stand."""
        letters = letters_of(wanted)
        if letters:
            return self.find_letters(letters)
        at = self.text.find(wanted.strip()) if wanted.strip() else -1
        return iter([(at, at + len(wanted.strip()))] if at >= 0 else [])

    def find_letters(self, letters: str, *, prefix: bool = False) -> Iterator[Place]:
        """Every place of folded letters that begin a word and end one; with `prefix` the last may go on."""
        at = self.letters.find(letters)
        while at >= 0:
            until = at + len(letters)
            if self._begins(at) and (prefix or self._is_edge(until)):
                yield self._place(at), self._place(until - 1) + 1
            at = self.letters.find(letters, at + 1)

    def _begins(self, at: int) -> bool:
        return self._is_edge(at) or (self.letters[at - 1] in _PROCLITICS and self._is_edge(at - 1))

    def _is_edge(self, at: int) -> bool:
        """Whether a word begins or ends at a place of the letters."""
        if at in (0, len(self.letters)):
            return True
        index = bisect_left(self._edges, at)
        if index < len(self._edges) and self._edges[index] == at:
            return True
        before, behind = self.letters[at - 1], self.letters[at]
        return before.isdigit() != behind.isdigit() or bool(_UNSPACED.match(before) or _UNSPACED.match(behind))

    def _place(self, at: int) -> int:
        """The place in the text of a letter's place among the letters."""
        step = bisect_right(self._steps, at) - 1
        count, place = self._steps[step], step * _STEP
        while True:
            count += len(self.text[place].translate(_FOLDING).strip())
            if count > at:
                return place
            place += 1


def _sums(lengths: Iterator[int]) -> "array[int]":
    """The sums of the lengths so far, from 0."""
    sums = array("q", [0])
    total = 0
    for length in lengths:
        total += length
        sums.append(total)
    return sums
