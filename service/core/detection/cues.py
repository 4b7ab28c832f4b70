"""Words that turn the sense of a sentence: not, instead, except, also; in the languages of the table."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from service.core.data import read_table
from service.core.detection.folding import fold

_ROWS = read_table("cues.tsv")
_WORD, _ASCII_WORD = re.compile(r"[^\W\d_]+"), re.compile(r"[a-z]+")
_UNSPACED_CHAR = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wording:
    """A folded text, with the set of its words: most texts hold no cue at all, and that is soon told."""

    folded: str
    words: frozenset[str]
    unspaced: bool

    @classmethod
    def of(cls, folded: str) -> "Wording":
        """The wording of a text."""
        unspaced = not folded.isascii() and _UNSPACED_CHAR.search(folded) is not None
        return cls(folded, frozenset(words_of(folded)), unspaced)

    def may_hold(self, words: frozenset[str]) -> bool:
        """Whether the text holds one of the words, or could hold it unseen, in a script without spaces."""
        return self.unspaced or not self.words.isdisjoint(words)


def words_of(folded: str) -> list[str]:
    """The words of a folded text in order."""
    return (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)


def find_cue(kind: str, words: list[str]) -> int | None:
    """How many words stand behind the last cue of the kind; None if there is none."""
    cues = _CUES[kind]
    if cues.singles.isdisjoint(words) and cues.firsts.isdisjoint(words):
        return None
    for index in range(len(words) - 1, -1, -1):
        if words[index] in cues.singles or (index and (words[index - 1], words[index]) in cues.pairs):
            return len(words) - 1 - index
    return None


def has_cue(kind: str, folded: str) -> bool:
    """Whether any cue of the kind stands in the folded text."""
    if find_cue(kind, words_of(folded)) is not None:
        return True
    return _UNSPACED_CHAR.search(folded) is not None and any(cue in folded for cue in _CUES[kind].unspaced)


def holds_cue(kind: str, word: str) -> bool:
    """Whether the word is a cue of the kind in itself."""
    return word in _CUES[kind].singles


def signs_of(kind: str) -> frozenset[str]:
    """Words of which one stands in every text that has a cue of the kind: single ones, and the first of pairs."""
    return _CUES[kind].singles | _CUES[kind].firsts


def longest_words(kinds: Collection[str]) -> frozenset[str]:
    """Of each phrase of the kinds the longest whole word, of which no text that holds the phrase is without."""
    phrases = (words_of(fold(row["cue"]).partition("…")[0]) for row in _ROWS if row["kind"] in kinds)
    return frozenset(max(words, key=len) for words in phrases if words)


def any_cue(kind: str) -> str:
    """A pattern for any cue of the kind in folded text, inside words too; the longest first."""
    cues = {fold(row["cue"]) for row in _ROWS if row["kind"] == kind}
    return "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))


def any_phrase(kind: str) -> re.Pattern[str]:
    """A pattern for any phrase of the kind; a space is any space, an ellipsis a few words of the sentence."""
    phrases = {fold(row["cue"]) for row in _ROWS if row["kind"] == kind}
    patterns = (re.escape(phrase).replace(r"\ ", r"[\s\x00]+") for phrase in sorted(phrases, key=_longest_first))
    return re.compile("|".join(pattern.replace("…", r"[^.!?\n]{0,80}?") for pattern in patterns))


def _longest_first(phrase: str) -> tuple[int, str]:
    return -len(phrase), phrase


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues of a kind: single words, pairs of words, and such as stand within a text without spaces."""

    singles: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    firsts: frozenset[str]
    unspaced: tuple[str, ...]


def _load_cues(rows: Collection[str]) -> _Cues:
    words = [words_of(fold(row)) for row in rows]
    pairs = frozenset((x[0], x[1]) for x in words if len(x) == 2)
    return _Cues(
        singles=frozenset(x[0] for x in words if len(x) == 1),
        pairs=pairs,
        firsts=frozenset(first for first, _ in pairs),
        unspaced=tuple(fold(row) for row in rows if _UNSPACED_CHAR.search(row)),
    )


_CUES = {kind: _load_cues([x["cue"] for x in _ROWS if x["kind"] == kind]) for kind in {x["kind"] for x in _ROWS}}
