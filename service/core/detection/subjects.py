"""Of what a stretch of a statement speaks: the text as a whole, or only pieces of it such as its photos."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.core.data import read_table
from service.core.detection.cues import words_of
from service.core.detection.folding import fold

WHOLE, PART, UNSAID = "whole", "part", ""
# Scripts that run words together, or endings onto them.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTERS = re.compile(r"[^\W\d_]+")
_COMMA = re.compile(r"\s*[,/&+、،]\s*")
_SHORTEST_STEM, _MOST_FILLERS = 2, 3


class _Noun(NamedTuple):
    start: int
    end: int
    kind: str


def subject_of(clause: str) -> str:
    """What the folded clause speaks of: "whole", "part" or nothing.

    Nouns that "and" or a comma joins count together. "Text and images" is the whole; "images of the text", "the text's
    images" and "the text, with images" speak of images at least, and that is only a part.
    """
    nouns = list(_find_nouns(clause))
    if not nouns:
        return UNSAID
    return WHOLE if all(any(x.kind == WHOLE for x in group) for group in _groups(nouns, clause)) else PART


def begins_with_whole(clause: str) -> bool:
    """Whether a clause speaks of the whole from its first words on: "the text is …"."""
    first = next(_find_nouns(clause), None)
    return first is not None and len(words_of(clause[: first.start])) < 2 and subject_of(clause) == WHOLE


def begins_with_part(clause: str) -> bool:
    """Whether a piece is named at once: "photos …", "licensed images …"."""
    first = next(_find_nouns(clause), None)
    return first is not None and first.kind == PART and len(words_of(clause[: first.start])) < 2


def any_word(kind: str) -> re.Pattern[str]:
    """A pattern for any cue of the kind as a word of its own; in scripts without spaces, anywhere."""
    words = {fold(row["cue"]).replace("\0", "") for row in read_table("cues.tsv") if row["kind"] == kind}
    spaced = "|".join(re.escape(x) for x in sorted(words, key=len, reverse=True) if not _UNSPACED.search(x))
    unspaced = "".join(f"|{re.escape(x)}" for x in sorted(words, key=len, reverse=True) if _UNSPACED.search(x))
    return re.compile(rf"(?<![^\W\d_])(?:{spaced})(?![^\W\d_]){unspaced}")


def _find_nouns(clause: str) -> Iterator[_Noun]:
    for run in _LETTERS.finditer(clause):
        if _UNSPACED.search(run[0]):
            for match in _UNSPACED_NOUN.finditer(clause, *run.span()):
                yield _Noun(*match.span(), _NOUNS[match[0]])
        elif kind := _kind_of(run[0]):
            yield _Noun(*run.span(), kind)


def _kind_of(word: str) -> str | None:
    if word in _NOUNS:
        return _NOUNS[word]
    return PART if word.endswith(_ENDINGS) and len(word) > _SHORTEST_STEM + 3 else None


def _groups(nouns: Sequence[_Noun], clause: str) -> list[list[_Noun]]:
    groups = [[nouns[0]]]
    for before, noun in pairwise(nouns):
        if _is_joined(before, noun, clause):
            groups[-1].append(noun)
        else:
            groups.append([noun])
    return groups


def _is_joined(before: _Noun, noun: _Noun, clause: str) -> bool:
    """Whether "and" or a comma leads from one noun to the next, or both name the whole: "content of this program"."""
    gap = clause[before.end : noun.start]
    if before.kind == WHOLE and (noun.kind == WHOLE or _is_contained(gap, clause[noun.start : noun.end])):
        return True
    joint = _AND.match(gap.lstrip(" ,،、"))
    if joint:
        return len(words_of(gap)) <= _MOST_FILLERS + 1
    if (before.kind, noun.kind) != (PART, WHOLE) and _MAYBE_AND.match(gap.lstrip(" ,")):
        return len(words_of(gap)) <= _MOST_FILLERS
    comma = _COMMA.match(gap)
    return comma is not None and set(words_of(gap[comma.end() :])) <= _DETERMINERS


def _is_contained(gap: str, noun: str) -> bool:
    """Whether the noun is that of a whole work, and what stands before is the content of it."""
    words = words_of(gap)
    return noun in _CONTAINERS and words[:1] != [] and words[0] in _OF and set(words[1:]) <= _DETERMINERS


def _load_nouns() -> dict[str, str]:
    kinds = {"piece": PART, "whole": WHOLE}
    rows = (row for row in read_table("cues.tsv") if row["kind"] in kinds)
    return {fold(row["cue"]).replace("\0", ""): kinds[row["kind"]] for row in rows}


def _words_in(*kinds: str) -> frozenset[str]:
    return frozenset(fold(row["cue"]) for row in read_table("cues.tsv") if row["kind"] in kinds)


_NOUNS = _load_nouns()
_ENDINGS = tuple(sorted(_words_in("piece ending")))
_UNSPACED_NOUN = re.compile(
    "|".join(re.escape(x) for x in sorted(_NOUNS, key=len, reverse=True) if _UNSPACED.search(x))
)
_AND, _MAYBE_AND = any_word("and"), any_word("maybe and")
_DETERMINERS = _words_in("article", "ours")
_CONTAINERS, _OF = _words_in("container"), _words_in("of")
