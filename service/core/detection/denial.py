"""Where a license is named and not granted: denied, replaced, asked about, or only reported."""

import re

from service.core.data import read_table
from service.core.detection.cues import Wording, any_cue, find_cue, has_cue, signs_of, words_of
from service.core.detection.folding import fold

_REACH = 200
_PLURALS = ("licenses", "licences", "lizenzen", "licencias", "licenze")
_NEAR_WORDS, _INSTANCE_WORDS = 10, 3
# Both begin with one class of characters, which is quick to search for.
SENTENCE_END = re.compile(
    r"[.!?。！？\n](?:(?<=[.!?])(?:['\"”»)\]]*\s|$)|(?<=[。！？])|(?<=\n)(?:\s*\n|(?=\s*[-*•#])))"
)
_CLAUSE_END = re.compile(r"[;:·•|—–)\]，、،；：\n,-](?:(?<![,-])|(?<=,)\s|(?<=\s-)\s)")
_DENIED_BEHIND = re.compile(
    r"[\s\"'”»)]*(?:licen[csz]\w*|lizenz\w*|лицензи\w+)?[\s\"'”»)]*"
    r"(?:(?:is|are|was|were|has|have)(?:\s+not\b|n't\b)"
    r"|(?:(?:do|does|did|can|could|will|would|should|may|must)(?:\s+not|n't)|cannot)"
    r"\s+(?:apply|cover|extend|include|hold|concern|be\s+(?:applied|extended|granted|given|assumed))\b"
    rf"|{any_cue('denied behind')})"
)
_NOT_IN_CHINESE = re.compile(
    r"(?:不|未|并非|並非|没有|沒有)(?:再|是|采用|採用|使用|适用|適用|按照|根据|以|在|受)?.{0,4}$"
)
# It is what a dedication says of itself.
_NO_RIGHTS = re.compile(r"\bno (?:copy)?rights?(?: (?:are )?reserved)?\b")
_DENIED_AT_END = re.compile(rf"(?:{any_cue('denied at end')})\W*$")


def is_denied(wording: Wording, at: int, until: int) -> bool:
    """Whether the words about [at, until) of a text say that the license does not apply."""
    if not wording.may_hold(_DENIALS):
        return False
    clause = _NO_RIGHTS.sub(" ", _clause_before(wording.folded, at))
    words = words_of(clause)
    if _is_negated(words) or _is_replaced(words) or _NOT_IN_CHINESE.search(clause):
        return True
    behind = sentence_behind(wording.folded, until)
    return bool(_DENIED_BEHIND.match(behind) or _DENIED_AT_END.search(behind))


def is_reported(wording: Wording, at: int, until: int) -> bool:
    """Whether the sentence about [at, until) speaks of a license as news, comparison, question or wish."""
    if _is_asked(wording.folded, until):
        return True
    if not wording.may_hold(_REPORTS):
        return False
    before = sentence_before(wording.folded, at)
    return has_cue("reported", before + " " + sentence_behind(wording.folded, until)) or _is_instance(before)


def is_plural(folded: str, until: int) -> bool:
    """Whether "Creative Commons" is followed by "licenses"."""
    return folded[until : until + 20].lstrip(" -").startswith(_PLURALS)


def is_general(folded: str, at: int, until: int) -> bool:
    """Whether "Creative Commons licenses" are spoken of in general, as of millions of works."""
    sentence = _sentence_about(folded, at, until)
    return has_cue("plenty", sentence) or not has_cue("ours", sentence)


def sentence_before(folded: str, at: int) -> str:
    """The words of the sentence that stand before the place, as far as they are near."""
    start = max(0, at - _REACH)
    for match in SENTENCE_END.finditer(folded, start, at):
        start = match.end()
    return folded[start:at]


def sentence_behind(folded: str, until: int) -> str:
    """The words of the sentence that stand behind the place, as far as they are near."""
    match = SENTENCE_END.search(folded, until, until + _REACH)
    return folded[until : match.start() if match else until + _REACH]


def _is_negated(words: list[str]) -> bool:
    """A "not" close before, that no "but" and no "unless otherwise" takes back."""
    distance = find_cue("not", words)
    if distance is None or distance > _NEAR_WORDS or find_cue("otherwise", words) is not None:
        return False
    if find_cue("notreally", words) is not None:
        return False
    taken_back = find_cue("but", words)
    return taken_back is None or taken_back > distance


def _is_replaced(words: list[str]) -> bool:
    """Whether "instead of a" or "without any" stands directly before."""
    distance = find_cue("instead", words)
    return distance is not None and distance <= 2


def _is_instance(before: str) -> bool:
    """Whether "such as" or "for example" stands close before."""
    distance = find_cue("instance", words_of(before))
    return distance is not None and distance <= _INSTANCE_WORDS


def _is_asked(folded: str, until: int) -> bool:
    """Whether the sentence ends with a question mark."""
    mark = max(folded.find("?", until, until + _REACH), folded.find("？", until, until + _REACH))
    if mark < 0:
        return False
    end = SENTENCE_END.search(folded, until, until + _REACH)
    return end is not None and end[0][0] in "?？"


def _clause_before(folded: str, at: int) -> str:
    return _CLAUSE_END.split(sentence_before(folded, at))[-1]


def _sentence_about(folded: str, at: int, until: int) -> str:
    return sentence_before(folded, at) + " " + sentence_behind(folded, until)


def _words_at(kind: str, place: int) -> frozenset[str]:
    """The first or the last word of each cue of a kind."""
    words = (words_of(fold(row["cue"])) for row in read_table("cues.tsv") if row["kind"] == kind)
    return frozenset(found[place] for found in words if found)


_REPORTS = signs_of("reported") | signs_of("instance")
_DENIED = _words_at("denied behind", -1) | _words_at("denied at end", 0)
_DENIALS = signs_of("not") | signs_of("instead") | _DENIED | {"t"}
