"""The words that stand about a name, by their part in a sentence; in the languages of the table."""

import re

from service.core.data import read_table
from service.core.detection.folding import fold

_ROWS = read_table("credit-words.tsv")
_WORD = re.compile(r"[^\W_]+")


def begins_name(text: str) -> bool:
    """A capital, or one within the first word, as in "openDemocracy"; in scripts without capitals, any letter.

    A word that is written as names of users are, "jane_doe", is one too.
    """
    return not text[0].islower() or any(char.isupper() or char == "_" for char in text.split(None, 1)[0])


def without_platform(name: str) -> str:
    """The name without the place where the work was found: "Jane Doe/Flickr", "Jane Doe via Flickr"."""
    return _PLATFORM.sub("", name) if name.lower().endswith(_PLATFORMS) else name


def _words(kind: str) -> frozenset[str]:
    """The words of a kind, folded, several of one row with a space between them."""
    return frozenset(" ".join(_WORD.findall(fold(row["word"]))) for row in _ROWS if row["kind"] == kind)


BY, MADE, BE, GENERIC, COURTESY = (_words(kind) for kind in ("by", "made", "be", "generic", "courtesy"))
PERSONS = _words("person")
# Of a label of several words, the last one is told.
LABELS = frozenset(label.rpartition(" ")[2] for label in _words("label")) | PERSONS
CUES = BY | LABELS | {"of"}
GENERIC_STARTS = tuple(f"{word} " for word in _words("generic start"))
JOINING = _words("joining") | {"&"}
ARTICLES = frozenset(("de", "la", "the"))
AND = frozenset(("and", "und", "et", "y", "e", "en", "och", "og", "i", "и", "та"))
# By-words that are parts of names too: "Saar de Wit".
PARTICLES = BY & JOINING - {"von"}
# By-words that no name has: where one follows, the name begins behind it.
CLEAR_BY = frozenset(("by", "von", "par", "por"))
BYLINE = CLEAR_BY | {"de", "di", "da", "door", "av", "af", "od"}
_PLATFORMS = tuple(sorted(_words("platform"), key=len, reverse=True))
_PLATFORM = re.compile(
    rf"(?:\s?[/|,–-]\s?(?:via\s)?|\s(?:on|via|from|auf|sur|en|su)\s)(?:{'|'.join(map(re.escape, _PLATFORMS))})$",
    re.IGNORECASE,
)
