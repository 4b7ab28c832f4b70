"""Whom a text names as the one to be credited, near its license or in its markup."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.core.data import read_table
from service.core.detection.document import Document
from service.core.detection.findings import Evidence
from service.core.detection.folding import fold
from service.core.detection.signals import Signal

_BEFORE, _BEHIND, _WINDOWS = 300, 160, 4
_LONGEST_NAME = 90
_WORD, _ASCII_WORD = re.compile(r"[^\W_]+"), re.compile(r"[a-z0-9]+")
# A name ends before punctuation; a full stop inside "SciDev.Net" or behind an initial is none.
# It begins with one class of characters, which is quick to search for.
_STOP = re.compile(
    r"[,;:!?\n|()\[\]{}<>•·，。、；：\s/.]"
    r"(?:(?<=[,;:!?\n|()\[\]{}<>•·，。、；：])|(?<=\s)(?:[-–—]\s|(?=\d{4}\b))|(?<=/)\s|(?<=\.)(?<!\b\w\.)(?=\s|$))"
)
_COPYRIGHT_SIGNS = ("©", "opyright", "(c)", "(C)", "OPYRIGHT", "&copy;", "ⓒ")
_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)|&copy;|\bcopyright)(?:\s{0,3}(?:©|ⓒ|\(c\)|&copy;|copyright|by|von))*"
    r"[\s:]{0,4}(?:\d{4}(?:\s?[-–/,]\s?(?:\d{2,4}|present))*[\s,.:]{0,3}){0,3}(?:by\s|von\s)?",
    re.IGNORECASE,
)
# A copyright notice in the sentence of a software license speaks of the code.
_CODE_LICENSE = re.compile(r"\b(?:[AL]?GPL|MIT|BSD|Apache|MPL|ISC)(?:v?\d[\d.]*)?\b[^.\n]*$")
_RESERVED = re.compile(
    r"[\s,.;–-]{0,4}(?:all rights|alle rechte|tous droits|todos los derechos|todos os direitos|tutti i diritti)", re.I
)
_WAIVED = re.compile(
    r"\bunder law,\s{1,3}(?P<name>[^\n,;]{2,160}?)\s{1,3}(?:has|have)\s(?:waived|dedicated)", re.IGNORECASE
)
_ORIGINAL_OF = re.compile(
    r"\b(?:original|originale|originallizenz)\s(?:de|von|of|di)\s(?P<name>[^\n:,.]{2,60})(?=[:,.])", re.I
)
_COLON = re.compile(r"\s?[:：]\s*")
_COLON_OR_BRACKET = re.compile(r"\s?[:：(（]\s*")
_LEAD = re.compile(
    r"(?:\s?/\s?[^\n,/–—]{1,40}?(?=\s[–—-]))?[\])]{0,2}(?:\([^()\s]{0,300}\))?"
    r"(?P<sign>\s?[,–—]|\s-|\s(?:by|von|par|por|di)\b)?\s{1,3}"
)
_LINE_STOP = re.compile(r"[,;:!?\n|()\[\]<>]|\.(?=\s|$)")
_SEGMENT_STOP = re.compile(r"[,;:!?\n|()\[\]<>]|\.\s")
_NEAR_LICENSE = re.compile(r"[\s,/|(\[–—-]{1,4}")
_SHORT = 60
_MADE_IN_CHINESE = re.compile(
    r"由\s?(?P<name>[^，。,\s]{2,40}?)\s?(?:采用|採用|创作|創作|发布|發布|提供|制作|編寫|编写)"
)
_LINK = re.compile(r"\[([^\[\]\n]{1,120})\]\([^()\s]{0,300}\)")
_LICENSE = re.compile(
    r"\bcc\b|\bcc-?by|creative commons|licen[csz]|lizenz|лиценз|ліценз|https?:|许可|授权", re.IGNORECASE
)
_YEARS = re.compile(r"^[\s,]*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?[\s,]+)+|[\s,]+\d{4}(?:\s?[-–]\s?\d{2,4})?$")


@dataclass(frozen=True, slots=True)
class Credit:
    """A name as it is to be printed, and where it stands."""

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Window:
    """The text about one mention of a license, and its words as (start, end, folded)."""

    text: str
    start: int
    end: int
    at: int
    until: int
    words: list[tuple[int, int, str]]


def find_credit(document: Document, signals: list[Signal], folded: str) -> Credit | None:
    """The licensor or author that the text names in so many words; a bare publisher is not enough."""
    for marked in sorted(document.credits, key=lambda credit: (credit.rank, credit.start)):
        name = _clean(marked.value)
        if name:
            quote = document.source[marked.start : marked.end]
            return Credit(name, Evidence(quote, marked.start, marked.end, "markup"))
    windows = _windows(document.text, folded, signals)
    for search in _SEARCHES:
        for window in windows:
            for start, end in search(window):
                name = _clean(document.text[start:end])
                if name:
                    return _place(document, start, end, name)
    return None


def _windows(text: str, folded: str, signals: list[Signal]) -> list[_Window]:
    windows: list[_Window] = []
    pattern = _ASCII_WORD if folded.isascii() else _WORD
    for signal in sorted(signals, key=lambda signal: signal.at):
        if signal.metadata or (windows and signal.at < windows[-1].until):
            continue
        start = max(windows[-1].until if windows else 0, signal.at - _BEFORE)
        end = min(len(text), signal.until + _BEHIND)
        words = [(x.start(), x.end(), x[0]) for x in pattern.finditer(folded, start, end)]
        windows.append(_Window(text, start, end, signal.at, signal.until, words))
        if len(windows) == _WINDOWS:
            break
    return windows


def _waived(window: _Window) -> Iterator[tuple[int, int]]:
    """X of "To the extent possible under law, X has waived"."""
    if window.text.find("under law", window.start, window.end) >= 0:
        yield from (match.span("name") for match in _WAIVED.finditer(window.text, window.start, window.end))


def _made_by(window: _Window) -> Iterator[tuple[int, int]]:
    """X of "Content by X is licensed" and "published on X under"."""
    words = window.words
    for index in [index for index, word in enumerate(words[:-1]) if word[2] in _BY]:
        at, start, _ = words[index]
        if _begins_behind(window, words[index + 1]) and not _in_code(window, at, start):
            made = any(earlier[2] in _MADE for earlier in words[max(0, index - 2) : index])
            end, verb = _name_end(window, start)
            if made or verb in _BE or _NEAR_LICENSE.fullmatch(window.text, end, max(end, window.at)):
                yield start, end


def _begins_behind(window: _Window, following: tuple[int, int, str]) -> bool:
    """Whether a name may begin with the next word: with a capital or a domain, or behind an article."""
    at, end, word = following
    if word in _BY:
        return word in _ARTICLES
    return word == "the" or _begins_name(window.text[at:end]) or window.text[end : end + 1] == "."


def _in_code(window: _Window, at: int, end: int) -> bool:
    """Whether a word is part of "CC BY", "by-nc" or of the license's name."""
    hyphens = window.text[at - 1 : at] + window.text[end : end + 1]
    return window.at <= at < window.until or "-" in hyphens or window.text[max(0, at - 3) : at].lower().startswith("cc")


def _labelled(window: _Window) -> Iterator[tuple[int, int]]:
    """X of "Author: X", "Photo: X / CC BY" and "the author (X)"."""
    for _, end, word in window.words:
        if word in _LABELS:
            sign = (_COLON_OR_BRACKET if word in _PERSONS else _COLON).match(window.text, end)
            if sign and window.text[sign.end() : sign.end() + 1] not in "©":
                yield sign.end(), _name_end(window, sign.end())[0]


def _phrased(window: _Window) -> Iterator[tuple[int, int]]:
    """X of "original of X:", and of the Chinese for "made by X"."""
    for sign, pattern in (("riginal", _ORIGINAL_OF), ("由", _MADE_IN_CHINESE)):
        if window.text.find(sign, window.start, window.end) >= 0:
            yield from (match.span("name") for match in pattern.finditer(window.text, window.start, window.end))


def _copyrighted(window: _Window) -> Iterator[tuple[int, int]]:
    """X of "© 2024 X", unless all rights are reserved."""
    if all(window.text.find(sign, window.start, window.end) < 0 for sign in _COPYRIGHT_SIGNS):
        return
    for match in _COPYRIGHT.finditer(window.text, window.start, window.end):
        end, _ = _name_end(window, match.end())
        if _CODE_LICENSE.search(window.text, max(window.start, match.start() - 60), match.start()):
            continue
        if not _RESERVED.match(window.text, end):
            yield match.end(), end


def _behind(window: _Window) -> Iterator[tuple[int, int]]:
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


def _before(window: _Window) -> Iterator[tuple[int, int]]:
    """X of "X, CC BY 4.0", and of "X CC BY 2.5" with nothing else."""
    end = window.at
    while end > window.start and window.text[end - 1] in ' [("*_':
        end -= 1
    separated = end > window.start and window.text[end - 1] in ",/|–—"
    stops = list(_SEGMENT_STOP.finditer(window.text, window.start, end - separated))
    start = stops[-1].end() if stops else window.start
    words = window.text[start : end - separated].split()
    alone = start == 0 and len(window.text) < _SHORT and bool(words) and words[0][0].isupper()
    if (_are_names(words) or (len(words) == 1 and _DOMAIN.fullmatch(words[0]))) and (separated or alone):
        yield start, end - separated


def _name_end(window: _Window, start: int) -> tuple[int, str]:
    """Where a name that begins at the place ends, and the verb that ends it."""
    while start < window.end and window.text[start].isspace():
        start += 1
    link = _LINK.match(window.text, start)
    from_here = link.end() if link else start
    limit = min(start + _LONGEST_NAME, window.at if start < window.at else window.end)
    stop = _STOP.search(window.text, from_here, max(limit, from_here))
    end = stop.start() if stop else max(limit, from_here)
    for at, _, word in window.words:
        if from_here <= at < end and word in _BE:
            return at, word
    following = next((word for at, _, word in window.words if at >= end), "")
    return end, following if not window.text[end : end + 1].strip() else ""


def _are_names(words: list[str]) -> bool:
    """Whether each of the few words begins as names do."""
    return 0 < len(words) <= 7 and all(_begins_name(word) or word in _JOINING for word in words)


def _begins_name(text: str) -> bool:
    """A capital, or one within the first word, as in "openDemocracy"; in scripts without capitals, any letter."""
    return not text[0].islower() or any(char.isupper() for char in text.split()[0])


def _clean(text: str) -> str:
    """The bare name; empty where it is none, as "the authors", or speaks of the license itself."""
    name = _LINK.sub(r"\1", text)
    name = _YEARS.sub("", " ".join(name.split()).strip(_EDGES)).strip(_EDGES).removeprefix("the ")
    folded = " ".join(_WORD.findall(fold(name)))
    if len(name) < 2 or len(name) > _LONGEST_NAME or _LICENSE.search(name):
        return ""
    if folded in _GENERIC or folded.startswith(_GENERIC_STARTS) or not any(char.isalpha() for char in name):
        return ""
    return name if _begins_name(name) or _DOMAIN.fullmatch(name) else ""


def _place(document: Document, start: int, end: int, name: str) -> Credit:
    found = document.text.find(name, start, end)
    if found >= 0:
        start, end = found, found + len(name)
    origin, stop = document.origin(start), document.origin_end(end)
    return Credit(name, Evidence(document.source[origin:stop], origin, stop, "name"))


def _words(kind: str) -> frozenset[str]:
    rows = read_table("credit-words.tsv")
    return frozenset(" ".join(_WORD.findall(fold(row["word"]))) for row in rows if row["kind"] == kind)


_BY, _MADE, _BE, _GENERIC = (_words(kind) for kind in ("by", "made", "be", "generic"))
_PERSONS = _words("person")
_LABELS = _words("label") | _PERSONS
_ARTICLES = frozenset(("de", "la", "the"))
_GENERIC_STARTS = tuple(f"{word} " for word in _words("generic start"))
_JOINING = _words("joining") | {"&"}
_DOMAIN = re.compile(r"[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}")
_EDGES = " \t\n\"'“”„«»‹›*_.,;:–—-/|([{<>"
_SEARCHES: tuple[Callable[[_Window], Iterator[tuple[int, int]]], ...] = (
    _waived,
    _made_by,
    _phrased,
    _labelled,
    _copyrighted,
    _behind,
    _before,
)
