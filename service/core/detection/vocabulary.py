"""The words that licenses are named with, in every language of the tables, and where they stand in a text.

A phrase is found whether its words are written apart, hyphenated or run together, as in "Share Alike", "ShareAlike".
"""

import re
from itertools import islice
from typing import NamedTuple

from service.core.data import read_table
from service.core.detection.folding import IGNORED, fold

# Thai, kana, Han and Hangul run words together, or endings onto them; so do the signs that stand for elements.
_UNSPACED = "\u0e00-\u0e7f\u229c\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U0001f10d-\U0001f16f"
_NUMBER = r"\d+(?:\.\d+)+|\d[,_-]\d(?![\d.,_-])|\d+"
_ASCII_LETTERS, _LETTERS = "[a-z]+", rf"[^\W\d_{_UNSPACED}]+"
_GAP = r"[\s\-'.·/_!&:]{0,30}+"
_TOKEN, _ASCII_TOKEN = re.compile(f"{_LETTERS}|{_NUMBER}"), re.compile(f"{_ASCII_LETTERS}|{_NUMBER}")
# The next word of a phrase, behind a space, a hyphen or nothing.
_NEXT = re.compile(rf"{_GAP}({_LETTERS}|\+|{_NUMBER})")
_ASCII_NEXT = re.compile(rf"{_GAP}({_ASCII_LETTERS}|\+|{_NUMBER})")
_PART = re.compile(rf"{_LETTERS}|\+|\d+")
_UNSPACED_CHAR = re.compile(f"[{_UNSPACED}]")
# Of longer texts the beginning is read: no license statement takes that many words.
_MOST = 20_000
_VERSION = re.compile(r"\d[._,-]\d|[a-z]\d\d\b")
_SIGNS = ("cc", "creative", "kreative", "criative", "krea ", "by-", "by_", "by nc", "by sa", "by nd", "public domain m")
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\ud7af\U0001f10d-\U0001f16f]")


class Word(NamedTuple):
    """A word of interest at [start, end) of the folded text."""

    start: int
    end: int
    kind: str
    meaning: str


def may_name(folded: str) -> bool:
    """Whether a name of a license may stand in the folded text: it takes "CC", a word for it, a code or a version."""
    for sign in _SIGNS:
        if sign in folded:
            return True
    if _VERSION.search(folded):
        return True
    return not folded.isascii() and _OTHER_SCRIPT.search(folded) is not None


def find_words(folded: str) -> list[Word]:
    """All words of licenses' names and all numbers in a folded text, in order; none overlap."""
    if IGNORED in folded:
        return _find_between_marks(folded)
    words = _spaced_words(folded)
    if not folded.isascii() and _UNSPACED_CHAR.search(folded):
        words = _merge(words, [_word(match) for match in islice(_UNSPACED_PHRASE.finditer(folded), _MOST)])
    return words


def _find_between_marks(folded: str) -> list[Word]:
    """The words of a text without its marks and joiners, placed where they stand with them."""
    places = [place for place, char in enumerate(folded) if char != IGNORED]
    words = find_words(folded.replace(IGNORED, ""))
    return [Word(places[x.start], places[x.end - 1] + 1, x.kind, x.meaning) for x in words]


def _spaced_words(folded: str) -> list[Word]:
    words: list[Word] = []
    end = 0
    ascii = folded.isascii()
    for match in (_ASCII_TOKEN if ascii else _TOKEN).finditer(folded):
        token = match[0]
        known = _FIRSTS.get(token)
        if known is None and token[0] > "9":
            continue
        start = match.start()
        if start < end:
            continue
        if known is None:
            words.append(Word(start, match.end(), "number", token))
        elif word := _read_phrase(folded, match, known, _ASCII_NEXT if ascii else _NEXT):
            words.append(word)
        else:
            continue
        end = words[-1].end
        if len(words) == _MOST:
            break
    return words


def _read_phrase(folded: str, match: re.Match[str], known: "_First", next_pattern: re.Pattern[str]) -> Word | None:
    """The longest known phrase that begins with the token."""
    start, end = match.span()
    found = Word(start, end, *known.meaning) if known.meaning else None
    if not known.continues:
        return found
    phrase = match[0]
    while phrase in _BEGINNINGS:
        following = next_pattern.match(folded, end)
        if following is None:
            break
        phrase += following[1]
        end = following.end()
        if phrase in _PHRASES:
            found = Word(start, end, *_PHRASES[phrase])
    return found


def _word(match: re.Match[str]) -> Word:
    return Word(match.start(), match.end(), *_PHRASES[_squash(match[0])])


def _merge(words: list[Word], others: list[Word]) -> list[Word]:
    """Both lists in order; where two overlap the longer one stays."""
    merged: list[Word] = []
    for word in sorted([*words, *others], key=lambda word: (word.start, -word.end)):
        if not merged or word.start >= merged[-1].end:
            merged.append(word)
    return merged


class _First(NamedTuple):
    """A word that phrases begin with: what it means by itself, and whether any phrase goes on."""

    meaning: tuple[str, str] | None
    continues: bool


def _bare(word: str) -> str:
    return fold(word).replace(IGNORED, "")


def _squash(text: str) -> str:
    """The letters, digits and signs of a folded phrase, run together."""
    return "".join(char for char in text if char.isalnum() or char == "+" or _UNSPACED_CHAR.match(char))


def _load_phrases() -> dict[str, tuple[str, str]]:
    """Phrase run together → kind and meaning. The first row of a phrase counts."""
    phrases: dict[str, tuple[str, str]] = {}
    for row in _ROWS:
        phrases.setdefault(_squash(_bare(row["word"])), (row["kind"], row["meaning"]))
    return phrases


def _load_beginnings() -> frozenset[str]:
    """What the first words of phrases come to when run together, short of the whole phrase."""
    rows = [_PART.findall(_bare(row["word"])) for row in _ROWS]
    return frozenset("".join(tokens[:count]) for tokens in rows for count in range(1, len(tokens)))


def _unspaced_phrases() -> re.Pattern[str]:
    """Any phrase in an unspaced script, longest first, its parts apart or together."""
    phrases = {_bare(row["word"]) for row in _ROWS if _UNSPACED_CHAR.search(row["word"])}
    parts = (re.split(r"[\s·]+", phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile("|".join(r"[\s\-·]{0,3}".join(map(re.escape, words)) for words in parts))


_ROWS = read_table("words.tsv")
_PHRASES = _load_phrases()
_BEGINNINGS = _load_beginnings()
_FIRSTS = {word: _First(_PHRASES.get(word), word in _BEGINNINGS) for word in _BEGINNINGS | set(_PHRASES)}
_UNSPACED_PHRASE = _unspaced_phrases()
