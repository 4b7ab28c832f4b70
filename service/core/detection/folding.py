"""Folding that keeps every character in its place, so that what is found there is found in the text itself."""

import unicodedata

# Marks and joiners become this: no part of a word, and no end of one.
IGNORED = "\x00"


class _Folding(dict[int, int]):
    """Code point → its folded code point, worked out when first met."""

    def __missing__(self, point: int) -> int:
        folded = self[point] = _fold_point(chr(point))
        return folded


def fold(text: str) -> str:
    """The text in lower case, without accents, with plain digits, hyphens and spaces; of the same length."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def _fold_point(char: str) -> int:
    category = unicodedata.category(char)
    if category in ("Mn", "Mc", "Cf") or char == "\u0640":
        return ord(IGNORED)
    if category == "Nd":
        return ord("0") + unicodedata.digit(char)
    if category == "Pd":
        return ord("-")
    if category == "Zs":
        return ord(" ")
    return ord(_PLAIN.get(char) or _base(char))


def _base(char: str) -> str:
    """The letter under the accents; a character that stands for several letters stays as it is."""
    letters = [x for x in unicodedata.normalize("NFKD", char) if not unicodedata.combining(x)]
    lowered = letters[0].lower() if len(letters) == 1 else char.lower()
    return lowered if len(lowered) == 1 else char


_PLAIN = {
    "\u066b": ".",  # Arabic decimal separator
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u2500": "-",  # a box-drawing line that stands for a dash in Chinese titles
    "\u2212": "-",
    "\u30fb": "\u00b7",  # katakana middle dot
    "\u064a": "\u06cc",  # Arabic and Farsi yeh, kaf
    "\u0649": "\u06cc",
    "\u0643": "\u06a9",
    "ı": "i",
}
_FOLDING = _Folding()
