"""The phrases that name somebody beside a license, each search giving the places of what may be a name."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.core.detection.credit_words import (
    AND,
    ARTICLES,
    BE,
    BY,
    BYLINE,
    CLEAR_BY,
    COURTESY,
    JOINING,
    LABELS,
    MADE,
    PARTICLES,
    PERSONS,
    begins_name,
    without_platform,
)
from service.core.detection.folding import fold

_LONGEST_NAME = 90
_LONGEST_LEAD = 60
_NEAR = 40
_WORD = re.compile(r"[^\W_]+")
# A name ends before punctuation; a full stop inside "SciDev.Net" or behind an initial is none.
# It begins with one class of characters, which is quick to search for.
_STOP = re.compile(
    r"[,;:!?\n|()\[\]{}<>•·，。、；：\s/.]"
    r"(?:(?<=[,;:!?\n|()\[\]{}<>•·，。、；：])|(?<=\s)(?:[-–—]\s|(?=\d{4}\b))|(?<=/)\s|(?<=\.)(?<!\b\w\.)(?=\s|$))"
)
_COPYRIGHT_SIGNS = ("©", "opyright", "(c)", "(C)", "OPYRIGHT", "&copy;", "ⓒ")
_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)|&copy;|\bcopyright|spdx-filecopyrighttext:)(?:\s{0,3}(?:©|ⓒ|\(c\)|&copy;|copyright|by|von))*"
    r"[\s:{}\ufe0f]{0,4}(?:\d{4}(?:\s?[-–/,]\s?(?:\d{2,4}|present))*[\s,.:]{0,3}){0,3}(?:by\s|von\s)?",
    re.IGNORECASE,
)
# A copyright notice in the sentence of a software license speaks of the code.
_CODE_LICENSE = re.compile(r"\b(?:[AL]?GPL|MIT|BSD|Apache|MPL|ISC)(?:v?\d[\d.]*)?\b[^.\n]*$")
_RESERVED = re.compile(
    r"[ \t,.;–-]{0,4}(?:all rights|alle rechte|tous droits|todos los derechos|todos os direitos|tutti i diritti)", re.I
)
_NEXT_HOLDER = re.compile(r",\s(?:(?:and|und|et|y|e)\s)?((?:[^\W\d_][\w.'’-]*\s?){2,5})(?=[,\n]|$)")
_WAIVED = re.compile(
    r"\bunder law,\s{1,3}(?P<name>[^\n,;]{2,160}?)\s{1,3}(?:has|have)\s(?:waived|dedicated)", re.IGNORECASE
)
_ORIGINAL_OF = re.compile(
    r"\b(?:original|originale|originallizenz)\s(?:de|von|of|di)\s(?P<name>[^\n:,.]{2,60})(?=[:,.])", re.I
)
_MADE_IN_CHINESE = re.compile(
    r"由\s?(?P<name>[^，。,\s]{2,40}?)\s?(?:采用|採用|创作|創作|发布|發布|提供|制作|編寫|编写)"
)
_COLONS = frozenset(":：(（")
_COLON = re.compile(r"\s?[:：]\s*")
_COLON_OR_BRACKET = re.compile(r"\s?[:：(（]\s*")
_LEAD = re.compile(
    r"(?:\s?/\s?[^\n,/–—]{1,40}?(?=\s[–—-]))?[\])]{0,2}(?:\([^()\s]{0,300}\))?"
    r"(?:\s(?:licen[cs]e|lizenz|licencia|licenza|licença)(?=,?\s(?:by|von|par|por|di|da)\s))?"
    r"(?P<sign>,?\s(?:by|von|par|por|di)\b|\s?[,–—]|\s-)?\s{1,3}"
)
# "SPDX-FileCopyrightText" begins that far before "opyright".
_LONGEST_SIGN = 10
_LINE_STOP = re.compile(r"[,;:!?\n|()\[\]<>]|\.(?=\s|$)")
_SEGMENT_STOPS = (*",;:!?\n|()[]<>", ". ")
_NEAR_LICENSE = re.compile(r"[\s,/|(\[–—-]{1,4}")
_LINK = re.compile(r"\[([^\[\]\n]{1,120})\]\([^()\s]{0,300}\)")
_ASIDE = re.compile(r"\s?(?:<[^<>\n]{1,80}>|\([^()\n]{1,80}\))")
_DOMAIN = re.compile(r"[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}")
_SHORT = 60


@dataclass(slots=True)
class Window:
    """The text about one mention of a license, which stands at [at, until)."""

    text: str
    folded: str
    start: int
    end: int
    at: int
    until: int
    present: frozenset[str]
    found: list[tuple[int, int, str]] | None = None

    @property
    def cues(self) -> list[tuple[int, int, str]]:
        """Start, end and letters of each word that may stand before a name; `present` are those of the whole text."""
        if self.found is None:
            self.found = sorted(cue for word in self.present for cue in self._places(word))
        return self.found

    def _places(self, word: str) -> Iterator[tuple[int, int, str]]:
        start = self.folded.find(word, self.start, self.end)
        while start >= 0:
            end = start + len(word)
            if not (self.folded[start - 1 : start].isalnum() or self.folded[end : end + 1].isalnum()):
                yield start, end, word
            start = self.folded.find(word, end, self.end)

    def words_between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Start, end and folded letters of each word between two places."""
        return [(*match.span(), match[0]) for match in _WORD.finditer(self.folded, start, end)]

    def words_before(self, place: int) -> list[tuple[int, int, str]]:
        """The two words before a place, as far as they are near."""
        return self.words_between(max(self.start, place - _NEAR), place)[-2:]

    def word_behind(self, place: int) -> tuple[int, int, str] | None:
        """The next word behind a place."""
        match = _WORD.search(self.folded, place, self.end)
        return (*match.span(), match[0]) if match else None


def _waived(window: Window) -> Iterator[tuple[int, int]]:
    """X of "To the extent possible under law, X has waived"."""
    if window.text.find("under law", window.start, window.end) >= 0:
        yield from (match.span("name") for match in _WAIVED.finditer(window.text, window.start, window.end))


def _made_by(window: Window) -> Iterator[tuple[int, int]]:
    """X of "Content by X is licensed" and "published on X under"."""
    for at, start, word in window.cues:
        if (word not in BY and word != "of") or _in_code(window, at, start) or not _begins_behind(window, start):
            continue
        before = window.words_before(at)
        if _is_by(window, at, word, before):
            end, verb = _name_end(window, start)
            made = verb in BE or any(earlier[2] in MADE for earlier in before) or _is_byline(window, at, word)
            if verb not in CLEAR_BY and (made or _leads_to_license(window, end)):
                yield start, end


def _is_byline(window: Window, at: int, word: str) -> bool:
    """Whether the word begins a line of its own: "By Jane Doe - Own work"."""
    return (at == 0 or window.text[at - 1] == "\n") and window.text[at].isupper() and word in BYLINE


def _begins_behind(window: Window, place: int) -> bool:
    """Whether a name may begin with the next word: with a capital or a domain, or behind an article."""
    following = window.word_behind(place)
    if following is None:
        return False
    at, end, word = following
    if word in BY:
        return word in ARTICLES
    return word == "the" or begins_name(window.text[at:end]) or window.text[end : end + 1] in (".", "_")


def _is_by(window: Window, at: int, word: str, before: list[tuple[int, int, str]]) -> bool:
    """Whether a word is as "by" in "photo by Jane"; "de" in "Saar de Wit" is part of the name."""
    if word == "of":
        return bool(before) and before[-1][2] in COURTESY
    if word not in PARTICLES or not before:
        return True
    start, end, earlier = before[-1]
    return earlier in MADE or at - end != 1 or not window.text[start].isupper()


def _in_code(window: Window, at: int, end: int) -> bool:
    """Whether a word is part of "CC BY", "by-nc" or of the license's name."""
    text = window.text
    if window.at <= at < window.until or text.startswith("-", end):
        return True
    return at > 0 and (text[at - 1] == "-" or window.folded.startswith("cc", max(0, at - 3)))


def _leads_to_license(window: Window, end: int) -> bool:
    """Whether nothing but punctuation and "under", "is licensed" stands between the name and the license."""
    if not 0 <= window.at - end <= _LONGEST_LEAD or "." in window.text[end : window.at]:
        return False
    if _NEAR_LICENSE.fullmatch(window.text, end, window.at):
        return True
    words = window.words_between(end, window.at)
    return bool(words) and all(word in BE or word in JOINING for _, _, word in words)


def _labelled(window: Window) -> Iterator[tuple[int, int]]:
    """X of "Author: X", "Photo: X / CC BY" and "the author (X)"."""
    for _, end, word in window.cues:
        if word in LABELS and not _COLONS.isdisjoint(window.text[end : end + 2]):
            sign = (_COLON_OR_BRACKET if word in PERSONS else _COLON).match(window.text, end)
            if sign and window.text[sign.end() : sign.end() + 1] not in "©":
                yield sign.end(), _name_end(window, sign.end())[0]


def _phrased(window: Window) -> Iterator[tuple[int, int]]:
    """X of "original of X:", and of the Chinese for "made by X"."""
    for sign, pattern in (("riginal", _ORIGINAL_OF), ("由", _MADE_IN_CHINESE)):
        if window.text.find(sign, window.start, window.end) >= 0:
            yield from (match.span("name") for match in pattern.finditer(window.text, window.start, window.end))


def _copyrighted(window: Window) -> Iterator[tuple[int, int]]:
    """X of "© 2024 X", unless all rights are reserved; "X, Y" where the line names several."""
    places = [place for sign in _COPYRIGHT_SIGNS if (place := window.text.find(sign, window.start, window.end)) >= 0]
    if not places:
        return
    for match in _COPYRIGHT.finditer(window.text, max(window.start, min(places) - _LONGEST_SIGN), window.end):
        end, _ = _name_end(window, match.end())
        if _CODE_LICENSE.search(window.text, max(window.start, match.start() - 60), match.start()):
            continue
        if not _RESERVED.match(window.text, end):
            yield match.end(), _last_holder(window, end)


def _last_holder(window: Window, end: int) -> int:
    """Where the last of several holders ends, if the line holds nothing but their names."""
    last, limit = end, min(window.end, end + _LONGEST_NAME)
    while following := _NEXT_HOLDER.match(window.text, last, limit):
        if not _are_names(following[1].split()) or any(x[2] in BE for x in window.words_between(*following.span(1))):
            return end
        last = following.end()
    return last if last == window.end or window.text[last] == "\n" else end


def _behind(window: Window) -> Iterator[tuple[int, int]]:
    """X of "CC BY 3.0, X" and "CC BY X"."""
    lead = _LEAD.match(window.text, window.until)
    if lead is None:
        return
    stop = _LINE_STOP.search(window.text, lead.end(), window.end)
    end = stop.start() if stop else window.end
    words = window.text[lead.end() : end].split()
    closed = stop is None or stop[0] in ".\n)"
    attached = window.text[max(0, window.until - 3) : window.until] in (" BY", "-BY") and 1 < len(words) < 5
    if closed and _are_names(words) and (lead["sign"] or (attached and words[0][0].isupper())):
        yield lead.end(), end


def _before(window: Window) -> Iterator[tuple[int, int]]:
    """X of "X, CC BY 4.0", and of "X CC BY 2.5" with nothing else."""
    end = window.at
    while end > window.start and window.text[end - 1] in ' [("*_':
        end -= 1
    separated = end > window.start and window.text[end - 1] in ",/|–—"
    if not separated and len(window.text) >= _SHORT:
        return
    stops = (window.text.rfind(stop, window.start, end - separated) for stop in _SEGMENT_STOPS)
    start = max(window.start, max(stops) + 1)
    words = without_platform(window.text[start : end - separated].rstrip()).split()
    alone = start == 0 and len(window.text) < _SHORT and bool(words) and words[0][0].isupper()
    if len(words) > 1 and fold(words[0]) in LABELS:
        start = window.text.index(words[0], start) + len(words.pop(0))
    if (_are_names(words) or (len(words) == 1 and _DOMAIN.fullmatch(words[0]))) and (separated or alone):
        yield start, end - separated


def _name_end(window: Window, start: int) -> tuple[int, str]:
    """Where a name that begins at the place ends, and the verb that ends it, or the "by" that no name holds."""
    text = window.text
    while start < window.end and text[start].isspace():
        start += 1
    link = _LINK.match(text, start) if text.startswith("[", start) else None
    from_here = link.end() if link else start
    limit = max(from_here, min(start + _LONGEST_NAME, window.at if start < window.at else window.end))
    stop = _STOP.search(text, from_here, limit)
    end = stop.start() if stop else limit
    and_at = -1
    for match in _WORD.finditer(window.folded, from_here, end):
        word, at = match[0], match.start()
        if word in CLEAR_BY:
            return at, word
        if word in BE and (at == start or not text[at].isupper()):
            return (at, word) if and_at < 0 else (and_at, word)
        and_at = at if word in AND and text.startswith(" ", match.end()) else -1
    aside = _ASIDE.match(text, end)
    behind = aside.end() if aside else end
    if text[behind : behind + 1].strip():
        return end, ""
    following = window.word_behind(behind)
    return end, following[2] if following else ""


def _are_names(words: list[str]) -> bool:
    """Whether each of the few words begins as names do."""
    return 0 < len(words) <= 7 and all(begins_name(word) or word in JOINING for word in words)


SEARCHES: tuple[Callable[[Window], Iterator[tuple[int, int]]], ...] = (
    _waived,
    _made_by,
    _phrased,
    _labelled,
    _copyrighted,
    _behind,
    _before,
)
"""In the order of their weight."""
