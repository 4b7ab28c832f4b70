"""Whether a license that a statement names is for the text, for named parts or another work, past or yet to begin.

`service.core.detection.detect` reports licenses for parts too; who asks for the license of an article must tell them
apart, and takes nothing for a grant of the text that may be none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import whitespace

from service.core.detection.beginnings import is_under_embargo, is_yet_to_begin
from service.core.detection.cues import any_phrase, words_of
from service.core.detection.denial import SENTENCE_END
from service.core.detection.findings import Detection
from service.core.detection.folding import IGNORED, fold
from service.core.detection.subjects import (
    PART,
    UNSAID,
    WHOLE,
    any_word,
    begins_with_part,
    begins_with_whole,
    subject_of,
)

PAST, LATER, SOURCE = "past", "later", "source"

# Addresses, "data.paper.example" among them, and names of terms.
_BLOTTED = re.compile(
    r"https?://[^\s<>\])]+|\b\w{1,63}(?:\.\w{1,63}){1,3}\.[a-z]{2,8}\b|\blegal\s?codes?\b|\bopen data commons\b"
)
_BREAK = re.compile(r"[;；]")
_OWN_CLAUSE = re.compile(r"[;；,，、)]")
_CLAUSE_END = re.compile(r"[;；,，、)\]|•·]|\s-\s")
_LEAD = re.compile(r"[\s)\]\"'”»]*[(\[（]?\s*")
_JOINTS = ",，、/&+" + whitespace
_CLAUSE = re.compile(r"[,;:·•|/()\[\]]|\s-\s")
_ELLIPTIC, _MOST_SPARED, _REACH, _NEAR = 4, 8, 80, 300
# A noun that names a part, to stand for whatever else does; behind the comma it is in nobody's name.
_PIECE = ", photos"


@dataclass(slots=True)
class _Mention:
    """A place [start, end) that names licenses, those at `indices` of the detection."""

    start: int
    end: int
    indices: set[int]


def find_scopes(text: str, detection: Detection) -> tuple[str, ...]:
    """For each license of a plain text "whole" (it is said to be of the text), "part", "past", or nothing.

    "later" is one that is yet to begin, and "source" that of a work which the text was made from. What is said of a
    license once holds where it stands again with nothing said.
    """
    mentions = _mentions(detection)
    said = _Statement(fold(text), mentions).scopes()
    return tuple(_strongest(said, mentions, index) for index in range(len(detection.licenses)))


def is_of_part(folded: str, at: int) -> bool:
    """Whether the words close before the place, in its sentence, speak of parts of the text, or works of others."""
    near = folded[max(0, at - _NEAR) : at]
    return is_about_part(_own_clause(_blot(near)[_sentence_start(near, len(near), 0) :]))


def is_about_part(words: str) -> bool:
    """Whether folded words speak of parts of the text alone: what belongs to others is one."""
    return subject_of(_OTHERS.sub(_PIECE, words)) == PART


def _mentions(detection: Detection) -> list[_Mention]:
    """The places of the evidence, in order; what overlaps is one."""
    places = sorted(
        (evidence.start, evidence.end, index)
        for index, detected in enumerate(detection.licenses)
        for evidence in detected.evidence
    )
    mentions: list[_Mention] = []
    for start, end, index in places:
        if mentions and start < mentions[-1].end:
            mentions[-1].indices.add(index)
            mentions[-1].end = max(mentions[-1].end, end)
        else:
            mentions.append(_Mention(start, end, {index}))
    return mentions


def _strongest(said: Sequence[str], mentions: Sequence[_Mention], index: int) -> str:
    scopes = {scope for scope, mention in zip(said, mentions, strict=True) if index in mention.indices}
    return next((scope for scope in (LATER, WHOLE, PAST, SOURCE, PART) if scope in scopes), UNSAID)


class _Statement:
    """A folded statement with the places that name licenses."""

    def __init__(self, folded: str, mentions: Sequence[_Mention]) -> None:
        self.folded = _blot(folded)
        self.mentions = mentions
        self.embargoed = is_under_embargo(self.folded)

    def scopes(self) -> list[str]:
        """The scope of each mention; one with nothing of its own shares that of its neighbor."""
        found: list[str] = []
        for index in range(len(self.mentions)):
            found.append(self._scope(index) or (self._shared(found[-1], index) if index else UNSAID))
        for index in range(len(found) - 2, -1, -1):
            if found[index] == UNSAID and found[index + 1] not in (UNSAID, WHOLE) and self._is_listed(index):
                found[index] = found[index + 1]
        return found

    def _scope(self, index: int) -> str:
        before, behind = _without_exception(self._before(index)), self._behind(index)
        if _is_past(before) or _is_past(self._told_behind(index)):
            return PAST
        led_by, followed_by = self._led_by(index), self._followed_by(index)
        if self.embargoed or is_yet_to_begin(led_by, followed_by):
            return LATER
        if _is_of_source(before):
            return SOURCE
        if _spares_whole(before):
            return PART
        subject = subject_of(_own_clause(before))
        rest = "" if self._is_followed_by_reserved(index) else _LEAD.sub("", behind, count=1)
        if not _SAVE.search(rest) and (begins_with_part(rest) or (subject_of(rest) == PART and _ONLY.search(rest))):
            return PART
        if subject == UNSAID:
            subject = WHOLE if _SAVE.search(rest) and subject_of(rest) == PART else subject_of(rest)
        return subject or self._carried(index, before)

    def _shared(self, last: str, index: int) -> str:
        """What the mention has of the one before; the past goes on where a mere "or" stands between, and no "since"."""
        goes_on = last != PAST or (self._is_listed(index - 1) and not _SINCE.search(self._behind(index)))
        return last if goes_on and self._same_sentence(index) else UNSAID

    def _carried(self, index: int, before: str) -> str:
        """What the sentence before speaks of, where this one is a mere "Licensed under" and that names no license."""
        last = self.mentions[index - 1].end if index else 0
        sentences = SENTENCE_END.split(self.folded[last : self.mentions[index].start])
        # Behind another mention, the first of them is the rest of the sentence that names it.
        if len(sentences) < (3 if index else 2) or len(before.split()) > _ELLIPTIC:
            return UNSAID
        return PART if subject_of(sentences[-2]) == PART else UNSAID

    def _before(self, index: int) -> str:
        """The words of the sentence that lead to the mention, from the one before it on."""
        at = self.mentions[index].start
        last = self.mentions[index - 1].end if index else 0
        start = _sentence_start(self.folded, at, last)
        words = self.folded[start:at]
        return words if start > last or not index else _own_words(words)

    def _behind(self, index: int) -> str:
        """The words of the clause that follow the mention."""
        end = self.mentions[index].end
        until = self.mentions[index + 1].start if index + 1 < len(self.mentions) else len(self.folded)
        sentence = SENTENCE_END.search(self.folded, end, until)
        words = self.folded[end : min(sentence.start() if sentence else until, end + _REACH)]
        lead = _LEAD.match(words)
        clause = _CLAUSE_END.search(words, lead.end() if lead else 0)
        return words[: clause.start()] if clause else words

    def _told_behind(self, index: int) -> str:
        """The same without another license in brackets: "(previously CC BY-NC 4.0)"."""
        return "" if _IN_PLACE_OF.match(self.folded, self.mentions[index].end) else self._behind(index)

    def _is_followed_by_reserved(self, index: int) -> bool:
        """Whether brackets behind the mention reserve the rights to something: "(photos: all rights reserved)"."""
        brackets = _BRACKETS.match(self.folded, self.mentions[index].end)
        return brackets is not None and _RESERVED.search(brackets[0]) is not None

    def _led_by(self, index: int) -> str:
        """The words of the sentence before the mention, other mentions among them."""
        at = self.mentions[index].start
        return self.folded[_sentence_start(self.folded, at, max(0, at - _REACH)) : at]

    def _followed_by(self, index: int) -> str:
        """The words of the sentence behind the mention, unless it is the next one that they lead to."""
        end = self.mentions[index].end
        until = self.mentions[index + 1].start if index + 1 < len(self.mentions) else len(self.folded)
        sentence = SENTENCE_END.search(self.folded, end, until)
        words = self.folded[end : min(sentence.start() if sentence else until, end + _REACH)]
        leads_on = end + len(words) == until < len(self.folded) and _OWN_CLAUSE.match(words.lstrip())
        return "" if leads_on and not _OWN_CLAUSE.match(words.rstrip()[-1:]) else words

    def _same_sentence(self, index: int) -> bool:
        last, at = self.mentions[index - 1].end, self.mentions[index].start
        return SENTENCE_END.search(self.folded, last, at) is None

    def _is_listed(self, index: int) -> bool:
        """Whether only "or", "and" or a comma stands between the mention and the next one."""
        gap = self.folded[self.mentions[index].end : self.mentions[index + 1].start]
        return SENTENCE_END.search(gap) is None and not _without_joint(gap).strip(" ()[]")


def _blot(folded: str) -> str:
    """The text of the same length without addresses, and without "code" and "data" in names of terms."""
    spaced = folded.replace(IGNORED, "'")
    return _BLOTTED.sub(lambda match: "#" * len(match[0]), spaced)


def _sentence_start(folded: str, at: int, earliest: int) -> int:
    """Where the sentence at the place begins."""
    start = earliest
    for match in SENTENCE_END.finditer(folded, earliest, at):
        start = match.end()
    return start


def _own_words(gap: str) -> str:
    """What of the words between two mentions leads to the second: "; photos", not " for the text and"."""
    lead = _LEAD.match(gap)
    start = lead.end() if lead else 0
    match = _OWN_CLAUSE.search(gap, start)
    words = gap[match.end() :] if match else "" if _FOR.match(gap, start) else gap
    belongs_before = match is None and _without_joint(words) != words.rstrip()
    return "" if belongs_before and subject_of(words) != UNSAID else words


def _without_joint(words: str) -> str:
    """The words without an "and", "or" or comma at their end."""
    bare = words.rstrip(_JOINTS)
    joints = [x for x in _AND.finditer(bare) if x.end() == len(bare)]
    return bare[: joints[0].start()] if joints else bare


def _own_clause(before: str) -> str:
    """What of a sentence's beginning says what the license is for."""
    clause = _BREAK.split(before)[-1]
    if subject_of(clause) == UNSAID:
        clause = before
    head, comma, last = clause.rpartition(",")
    if comma and begins_with_whole(last):
        return last
    return last if comma and _is_exception(head) and not _RELATIVE.match(last.strip()) else clause


def _without_exception(before: str) -> str:
    """The words without "except images" in "All content, except images, is": what a verb follows, and none precedes."""
    found = _SAVE.search(before)
    if found is None or subject_of(before[: found.start()]) != WHOLE or _VERB.search(before, 0, found.start()):
        return before
    verb = _VERB.search(before, found.end())
    end = verb.start() if verb else len(before)
    spared = before[found.end() : end]
    if subject_of(spared) != PART or len(words_of(spared)) > _MOST_SPARED:
        return before
    return f"{before[: found.start()].rstrip(' ,(')} {before[end:]}"


def _is_exception(head: str) -> bool:
    """Whether a clause as "Except for images" only takes something out of the grant that follows."""
    match = _SAVE.search(head)
    if match is None or "," in head or len(head[: match.start()].split()) > 1:
        return False
    return subject_of(head[: match.start()]) != PART


def _spares_whole(before: str) -> bool:
    """Whether the words take the text itself out of the grant that follows: "Except for the text," or such."""
    if any(begins_with_whole(x[1]) for x in _INSERTED.finditer(before)):
        return True
    head, comma, last = before.rpartition(",")
    if comma and _is_exception(head) and subject_of(last) != WHOLE:
        spared = _SAVE.split(head, maxsplit=1)[-1]
    else:
        words = before.rstrip(" :\uff1a-")
        spared = next((words[: x.start()] for x in _SAVE.finditer(words) if x.end() == len(words)), "")
    return len(spared.split()) <= _ELLIPTIC and subject_of(spared) == WHOLE


def _is_past(words: str) -> bool:
    """Whether the license was once given, with no "since then" behind that."""
    last = max((x.start() for pattern in (_FORMERLY, _UNTIL) for x in pattern.finditer(words)), default=-1)
    return last >= 0 and all(x.start() < last for x in _SINCE.finditer(words))


def _is_of_source(before: str) -> bool:
    """Whether the license is that of a work which the text was made from: "translated from an article under"."""
    clause = _CLAUSE.split(before)[-1]
    made = _DERIVED.search(clause)
    return made is not None and _AND.search(clause, made.end()) is None


_AND, _ONLY, _FOR, _SAVE, _RELATIVE = map(any_word, ("and", "only", "for", "save", "relative"))
_OTHERS, _VERB = any_word("others"), any_word("verb")
_RESERVED, _BRACKETS = any_phrase("reserved"), re.compile(r"\s?\([^()]{0,120}\)")
_FORMERLY, _SINCE, _DERIVED = map(any_word, ("formerly", "since", "derived"))
_IN_PLACE_OF = re.compile(rf"\s?\(\s?(?:{_FORMERLY.pattern})\s(?:under\s|licensed under\s)?(?:cc|creative commons|#)")
_INSERTED = re.compile(rf"[,(]\s{{0,3}}(?:{_SAVE.pattern})((?:\s[^\W\d_]{{1,20}}){{1,4}})\s?[,)]")
_UNTIL = re.compile(rf"(?:{any_word('until').pattern})[^,;]{{0,20}}?(?<!\d)(?:19|20)\d\d(?!\d)")
