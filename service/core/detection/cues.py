"""Words that turn the sense of a sentence: not, instead, except, also; in the languages of the table."""

import re

from service.core.data import read_table
from service.core.detection.folding import fold

_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED_CHAR = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def words_of(folded: str) -> list[str]:
    """The words of a folded text in order."""
    return _WORD.findall(folded)


def find_cue(kind: str, words: list[str]) -> int | None:
    """Where the last cue of the kind stands among the words, counted from the end; None if there is none."""
    cues = _CUES[kind]
    for distance, index in enumerate(range(len(words) - 1, -1, -1)):
        if words[index] in cues:
            return distance
        if index and f"{words[index - 1]} {words[index]}" in cues:
            return distance
    return None


def has_cue(kind: str, folded: str) -> bool:
    """Whether any cue of the kind stands in the folded text."""
    if find_cue(kind, words_of(folded)) is not None:
        return True
    return _UNSPACED_CHAR.search(folded) is not None and any(cue in folded for cue in _UNSPACED[kind])


def _cues(kind: str) -> frozenset[str]:
    rows = read_table("cues.tsv")
    return frozenset(" ".join(words_of(fold(row["cue"]))) for row in rows if row["kind"] == kind)


_KINDS = sorted({row["kind"] for row in read_table("cues.tsv")})
_CUES = {kind: _cues(kind) for kind in _KINDS}
_UNSPACED = {kind: tuple(filter(_UNSPACED_CHAR.search, _CUES[kind])) for kind in _KINDS}
