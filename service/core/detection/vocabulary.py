"""The words that licenses are named with, in every language of the tables, and where they stand in a text.

A phrase is found whether its words are written apart, hyphenated or run together, as in "Share Alike", "ShareAlike".
"""

import re
from itertools import islice
from typing import NamedTuple

from service.core.data import read_table
from service.core.detection.folding import IGNORED, fold

# Thai, kana, Han and Hangul: scripts that run words together, or endings onto them.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_NUMBER = r"\d+(?:\.\d+)+|\d[,_-]\d(?![\d.,_-])|\d+"
_ASCII_PATTERN = rf"[a-z]++(?:(?<=sampling)\+)?|{_NUMBER}"
_PATTERN = rf"(?:[^\W\d_{_UNSPACED}]++{IGNORED}*+)++(?:(?<=sampling)\+)?|{_NUMBER}"
_GAP = r"[\s\-'.·/_!&:\x00]{0,30}+"
_TOKEN, _ASCII_TOKEN = re.compile(_PATTERN), re.compile(_ASCII_PATTERN)
# The next word of a phrase, behind a space, a hyphen or nothing.
_NEXT, _ASCII_NEXT = re.compile(f"{_GAP}({_PATTERN})"), re.compile(f"{_GAP}({_ASCII_PATTERN})")
_UNSPACED_CHAR = re.compile(f"[{_UNSPACED}]")
# Of longer texts the beginning is read: no license statement takes that many words.
_MOST = 20_000
_VERSION = re.compile(r"\d[._,-]\d|[a-z]\d\d\b")
_SIGNS = ("cc", "creative", "kreative", "criative", "by-", "by_", "by nc", "by sa", "by nd", "public domain m")
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\ud7af]")


class Word(NamedTuple):
    """A word of interest at [start, end) of the folded text."""

    start: int
    end: int
    kind: str
    meaning: str


def may_name(folded: str) -> bool:
    """Whether a name of a license may stand in the folded text: it takes "CC", a word for it, a code or a version."""
    if any(sign in folded for sign in _SIGNS) or _VERSION.search(folded):
        return True
    return not folded.isascii() and _OTHER_SCRIPT.search(folded) is not None


def find_words(folded: str) -> list[Word]:
    """All words of licenses' names and all numbers in a folded text, in order; none overlap."""
    words = _spaced_words(folded)
    if _UNSPACED_CHAR.search(folded):
        words = _merge(words, [_word(match) for match in islice(_UNSPACED_PHRASE.finditer(folded), _MOST)])
    return words


def _spaced_words(folded: str) -> list[Word]:
    words: list[Word] = []
    end = 0
    token_pattern, next_pattern = (_ASCII_TOKEN, _ASCII_NEXT) if folded.isascii() else (_TOKEN, _NEXT)
    for match in token_pattern.finditer(folded):
        token = match[0]
        if token not in _FIRSTS and token[0] > "9" and IGNORED not in token:
            continue
        if match.start() < end:
            continue
        word = _read_word(folded, match, next_pattern)
        if word:
            words.append(word)
            end = word.end
            if len(words) == _MOST:
                break
    return words


def _read_word(folded: str, match: re.Match[str], next_pattern: re.Pattern[str]) -> Word | None:
    """The number or the longest known phrase that begins with the token."""
    token = _plain(match[0])
    if token[0] <= "9":
        return Word(match.start(), match.end(), "number", token)
    found = Word(match.start(), match.end(), *_PHRASES[token]) if token in _PHRASES else None
    end = match.end()
    while token in _BEGINNINGS:
        following = next_pattern.match(folded, end)
        if following is None:
            break
        token += _plain(following[1])
        end = following.end()
        if token in _PHRASES:
            found = Word(match.start(), end, *_PHRASES[token])
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


def _plain(token: str) -> str:
    return token.replace(IGNORED, "") if IGNORED in token else token


def _squash(text: str) -> str:
    """The letters and digits of a folded phrase, run together."""
    return "".join(char for char in text if char.isalnum() or char == "+")


def _load_phrases() -> dict[str, tuple[str, str]]:
    """Phrase run together → kind and meaning. The first row of a phrase counts."""
    phrases: dict[str, tuple[str, str]] = {}
    for row in read_table("words.tsv"):
        phrases.setdefault(_squash(fold(row["word"])), (row["kind"], row["meaning"]))
    return phrases


def _load_beginnings() -> frozenset[str]:
    """What the first words of phrases come to when run together, short of the whole phrase."""
    rows = [[_plain(token) for token in _TOKEN.findall(fold(row["word"]))] for row in read_table("words.tsv")]
    return frozenset("".join(tokens[:count]) for tokens in rows for count in range(1, len(tokens)))


def _unspaced_phrases() -> re.Pattern[str]:
    """Any phrase in an unspaced script, longest first, its parts apart or together."""
    phrases = {fold(row["word"]) for row in read_table("words.tsv") if _UNSPACED_CHAR.search(row["word"])}
    parts = (re.split(r"[\s·]+", phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile("|".join(r"[\s\-·\x00]{0,3}".join(map(re.escape, words)) for words in parts))


_PHRASES = _load_phrases()
_BEGINNINGS = _load_beginnings()
_FIRSTS = _BEGINNINGS | set(_PHRASES)
_UNSPACED_PHRASE = _unspaced_phrases()
