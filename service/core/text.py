"""Folding: what two spellings of a text have in common, for sorting and finding. Never for what is shown."""

import re
import unicodedata

LETTERS = str.maketrans(
    {
        "\u064a": "\u06cc",  # Arabic yeh, Farsi yeh
        "\u0649": "\u06cc",  # Arabic alef maksura
        "\u0643": "\u06a9",  # Arabic kaf, keheh
        "\u0629": "\u0647",  # teh marbuta, heh
        "\u200c": " ",  # zero width non-joiner
        "\u0640": None,  # tatweel
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
)
"""Letters that are written alike, or that people type for one another."""

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` without case, accents and other marks, its spaces single, its Arabic and Persian letters alike."""
    if text.isascii():
        return _SPACES.sub(" ", text).strip().lower()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare.translate(LETTERS)).strip()
