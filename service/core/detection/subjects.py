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
_SHORTEST_STEM, _MOST_FILLERS, _REACH = 2, 3, 40


class _Noun(NamedTuple):
    start: int
    end: int
    kind: str


def subject_of(clause: str) -> str:
    """What the folded clause speaks of: "whole", "part" or nothing.

    Nouns that "and" or a comma joins count together. "Text and images" is the whole; "images of the text", "the text's
    images" and "the text, with images" speak of images at least, and that is only a part. What only names or describes
    the whole does not count: "all content by Open Data Institute", "this article about open data".
    """
    nouns = _without_names(list(_find_nouns(clause)), clause)
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


def _without_names(nouns: Sequence[_Noun], clause: str) -> list[_Noun]:
    """The nouns without pieces in the name of an owner, publisher or topic: "by Salt Maps", "in Scientific Data"."""
    kept: list[_Noun] = []
    end, named = 0, False
    for noun in nouns:
        gap = clause[end : noun.start]
        goes_on = named and _GOES_ON.fullmatch(gap) is not None
        whole = not named and bool(kept) and kept[-1].kind == WHOLE
        described = whole and _is_described(clause, kept[-1].end, noun)
        named = noun.kind == PART and (goes_on or described or _is_owner(gap, clause[noun.end : noun.end + _REACH]))
        if not named:
            kept.append(noun)
        end = noun.end
    return kept


def _is_described(clause: str, end: int, noun: _Noun) -> bool:
    """Whether the piece stands in words that tell whose, where or of what the whole before it is."""
    gap, rest = clause[end : noun.start], clause[noun.end : noun.end + _REACH]
    if _BY.fullmatch(gap):
        return True
    described = _ABOUT.fullmatch(gap) or _PLACE.fullmatch(gap)
    if described is None or (not described["set"] and _UNTIED.match(rest)):
        return False
    return described.re is _ABOUT or _is_name(described["name"], rest)


def _is_name(before: str, rest: str) -> bool:
    """Whether a piece between the words is one of a name: "the Open Data Portal", "Big Data", not "the data"."""
    words = words_of(before)
    follows = _FOLLOWING.match(rest)
    modifies = follows is not None and not _VERB.fullmatch(follows[1]) and _kind_of(follows[1]) != PART
    return modifies or (bool(words) and _UNNAMED.isdisjoint(words))


def _is_owner(gap: str, rest: str) -> bool:
    """Whether the piece stands in the name of an owner: "© Open Data Institute"."""
    found = _OWNER.search(gap)
    return found is not None and _is_name(found["name"], rest)


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
_VERB = any_word("verb")
# Words of a name: of these no verb, no "and" and no "with" is one.
_NO_NAME = "|".join(any_word(kind).pattern for kind in ("verb", "and", "for", "save", "with"))
_NAME = rf"(?P<name>(?:\s(?!{_NO_NAME})[^\W_]{{1,20}}){{0,4}})\s(?:[\"“«']\s?)?"
_SET = rf"\s(?:(?P<set>{any_word('set').pattern})\s)?"
_BY, _ABOUT = (re.compile(rf"{_SET}(?:{any_word(kind).pattern}){_NAME}") for kind in ("by", "about"))
_OF_OR_ON = "|".join(any_word(kind).pattern for kind in ("on", "of", "from"))
_PLACE = re.compile(rf"{_SET}(?:{_OF_OR_ON}){_NAME}")
_GOES_ON = re.compile(rf"\s?(?:&|{_AND.pattern})\s|\s(?:[^\W_]{{1,20}}\s){{0,2}}(?:{any_word('on').pattern})\s")
_UNTIED = re.compile(rf"\s(?:{any_word('untied').pattern})")
_FOLLOWING = re.compile(r"\s(?:&\s)?([^\W\d_]+)")
_OWNERS_WORD = rf"(?!{_NO_NAME}|{_OF_OR_ON})[^\W\d_]{{2,20}}"
_OWNER = re.compile(
    rf"(?:©|\(c\)|\bcopyright)(?:\s?\d{{4}},?)?(?P<name>\s?{_OWNERS_WORD}(?:\s{_OWNERS_WORD}){{0,2}})\s$"
)
_UNNAMED = _DETERMINERS | _words_in("determiner", "theirs")
