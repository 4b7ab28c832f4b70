"""Where a sentence tells of the license of others: reported speech, plans, requests and what somebody once did."""

import re

from service.core.detection.cues import (
    Wording,
    any_cue,
    any_phrase,
    find_cue,
    has_cue,
    holds_cue,
    longest_words,
    signs_of,
    words_of,
)
from service.core.detection.denial import sentence_before, sentence_behind

# "That said", "said license" and "unless said otherwise" tell of no speech.
_NO_SPEECH = re.compile(
    r"\b(?:that|the|of|under|with|in|by|i|we|otherwise) said\b"
    r"|\bsaid (?:licen|copyright|notice|terms|text|work|otherwise)|\btold otherwise"
)
_LICENSE_NOUN = re.compile(any_cue("noun"))
_OFFER = any_phrase("offer")
_HEAD_WORDS, _REACH = 7, 3


def is_hearsay(wording: Wording, at: int, until: int) -> bool:
    """Whether the sentence about [at, until) speaks of a license of somebody else's, or of one that is yet to come."""
    if not wording.may_hold(_SIGNS):
        return False
    before, behind = sentence_before(wording.folded, at), sentence_behind(wording.folded, until)
    if _OFFER.search(before) or _OFFER.search(behind):
        return True
    if has_cue("hearsay", _NO_SPEECH.sub(" ", f"{before} {behind}")):
        return True
    words = words_of(before)
    return (
        _is_asked_for(words)
        or _is_deed_of_others(words)
        or _is_about_platform(before)
        or (find_cue("see also", words) == 1 and holds_cue("article", words[-1]) and not _LICENSE_NOUN.search(behind))
        or find_cue("dealing", words_of(behind)[:2]) is not None
    )


def _is_asked_for(words: list[str]) -> bool:
    """Whether the license is to be asked for: "contact us for a"."""
    if find_cue("ask for", words) is None:
        return False
    distance = find_cue("for", words)
    if distance is None or distance > _REACH:
        return False
    between = words[len(words) - distance :]
    return all(holds_cue("article", word) or _LICENSE_NOUN.match(word) for word in between)


def _is_deed_of_others(words: list[str]) -> bool:
    """Whether somebody once did so with works of their own: "the museum released its texts"."""
    for index, word in enumerate(words):
        if holds_cue("deed", word) and not any(holds_cue("doer", x) for x in words[:index]):
            behind = words[index + 1 : index + 1 + _REACH]
            owner = next((x for x in behind if not (holds_cue("ours", x) or holds_cue("plenty", x))), "")
            return holds_cue("theirs", owner)
    return False


def _is_about_platform(before: str) -> bool:
    """Whether the works on a site of many hands are spoken of: "all articles on Wikipedia are"."""
    words = words_of(before)[:_HEAD_WORDS]
    for index, word in enumerate(words[2:], 2):
        if holds_cue("platform", word):
            named = any(holds_cue("whole", x) for x in words[:index]) and holds_cue("on", words[index - 1])
            return named and "," not in before and ":" not in before and not before.rstrip().endswith(word)
    return False


_SIGNS = frozenset().union(
    *map(signs_of, ("hearsay", "ask for", "deed", "platform", "see also", "dealing"))
) | longest_words(("offer",))
