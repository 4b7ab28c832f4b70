"""Where a license is named and not granted: denied, replaced, or only reported."""

import re

from service.core.detection.cues import any_cue, find_cue, has_cue, words_of

_REACH = 200
_PLURALS = ("licenses", "licences", "lizenzen", "licencias", "licenze")
_NEAR_WORDS = 10
# Both begin with one class of characters, which is quick to search for.
_SENTENCE_END = re.compile(
    r"[.!?。！？\n](?:(?<=[.!?])(?:['\"”»)\]]*\s|$)|(?<=[。！？])|(?<=\n)(?:\s*\n|(?=\s*[-*•#])))"
)
_CLAUSE_END = re.compile(r"[;:·•|—–)\]，、،；：\n,-](?:(?<![,-])|(?<=,)\s|(?<=\s-)\s)")
_DENIED_BEHIND = re.compile(
    r"[\s\"'”»)]*(?:licen[csz]\w*|lizenz\w*|лицензи\w+)?[\s\"'”»)]*"
    r"(?:(?:do|does|did|is|are|was|were|has|have|can|could|will|would|should|may|must)(?:\s+not\b|n't\b)|cannot\b"
    rf"|{any_cue('denied behind')})"
)
_NOT_IN_CHINESE = re.compile(
    r"(?:不|未|并非|並非|没有|沒有)(?:再|是|采用|採用|使用|适用|適用|按照|根据|以|在|受)?.{0,4}$"
)
_DENIED_AT_END = re.compile(rf"(?:{any_cue('denied at end')})\W*$")


def is_denied(folded: str, at: int, until: int) -> bool:
    """Whether the words about [at, until) of a folded text say that the license does not apply."""
    clause = _clause_before(folded, at)
    words = words_of(clause)
    if _is_negated(words) or _is_replaced(words) or _NOT_IN_CHINESE.search(clause):
        return True
    behind = _sentence_behind(folded, until)
    return bool(_DENIED_BEHIND.match(behind) or _DENIED_AT_END.search(behind))


def is_reported(folded: str, at: int, until: int) -> bool:
    """Whether the sentence about [at, until) speaks of a license as news, comparison, question or wish."""
    sentence = _sentence_before(folded, at) + " " + _sentence_behind(folded, until)
    return has_cue("reported", sentence)


def is_plural(folded: str, until: int) -> bool:
    """Whether "Creative Commons" is followed by "licenses"."""
    return folded[until : until + 20].lstrip(" -").startswith(_PLURALS)


def is_general(folded: str, at: int, until: int) -> bool:
    """Whether "Creative Commons licenses" are spoken of in general, as of millions of works."""
    sentence = _sentence_before(folded, at) + " " + _sentence_behind(folded, until)
    return has_cue("plenty", sentence) or not has_cue("ours", sentence)


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


def _clause_before(folded: str, at: int) -> str:
    return _CLAUSE_END.split(_sentence_before(folded, at))[-1]


def _sentence_before(folded: str, at: int) -> str:
    start = max(0, at - _REACH)
    for match in _SENTENCE_END.finditer(folded, start, at):
        start = match.end()
    return folded[start:at]


def _sentence_behind(folded: str, until: int) -> str:
    match = _SENTENCE_END.search(folded, until, until + _REACH)
    return folded[until : match.start() if match else until + _REACH]
