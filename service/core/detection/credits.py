"""Whom a text names as the one to be credited, near its license or in its markup."""

import re
from dataclasses import dataclass

from service.core.detection.credit_phrases import SEARCHES, Window
from service.core.detection.credit_words import CUES, GENERIC, GENERIC_STARTS, begins_name, without_platform
from service.core.detection.cues import Wording, any_cue
from service.core.detection.document import Document
from service.core.detection.findings import Evidence
from service.core.detection.folding import fold
from service.core.detection.signals import Signal

_BEFORE, _BEHIND, _WINDOWS = 300, 160, 4
_LONGEST_NAME = 90
_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"\[([^\[\]\n]{1,120})\]\([^()\s]{0,300}\)")
_LICENSE = re.compile(rf"\bcc\b|\bcc-?by|creative commons|https?:|{any_cue('noun')}")
_YEARS = re.compile(r"^[\s,]*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?[\s,]+)+|[\s,]+\d{4}(?:\s?[-–]\s?\d{2,4})?$")
_DIGIT = re.compile(r"\d")
_DOMAIN = re.compile(r"[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}")
_EDGES = " \t\n\ufe0e\ufe0f\"'“”„«»‹›*_.,;:–—-/|([{<>"


@dataclass(frozen=True, slots=True)
class Credit:
    """A name as it is to be printed, and where it stands."""

    name: str
    evidence: Evidence


def find_credit(document: Document, signals: list[Signal], wording: Wording) -> Credit | None:
    """The licensor or author that the text names in so many words; a bare publisher is not enough."""
    for marked in sorted(document.credits, key=lambda credit: (credit.rank, credit.start)):
        name = _clean(marked.value)
        if name:
            quote = document.source[marked.start : marked.end]
            return Credit(name, Evidence(quote, marked.start, marked.end, "markup"))
    windows = _windows(document.text, wording, signals)
    for search in SEARCHES:
        for window in windows:
            for start, end in search(window):
                name = _clean(document.text[start:end])
                if name:
                    return _place(document, start, end, name)
    return None


def _windows(text: str, wording: Wording, signals: list[Signal]) -> list[Window]:
    """The text about the first few mentions of a license, cut so that none is read twice."""
    windows: list[Window] = []
    present = CUES & wording.words
    for signal in sorted(signals, key=lambda signal: signal.at):
        if signal.metadata or (windows and signal.at < windows[-1].until):
            continue
        start = max(windows[-1].until if windows else 0, signal.at - _BEFORE)
        end = min(len(text), signal.until + _BEHIND)
        windows.append(Window(text, wording.folded, start, end, signal.at, signal.until, present))
        if len(windows) == _WINDOWS:
            break
    return windows


def _clean(text: str) -> str:
    """The bare name; empty where it is none, as "the authors", or speaks of the license itself."""
    name = _LINK.sub(r"\1", text) if "[" in text else text
    name = without_platform(" ".join(name.split()).strip(_EDGES))
    name = (_YEARS.sub("", name) if _DIGIT.search(name) else name).strip(_EDGES).removeprefix("the ")
    if not 1 < len(name) <= _LONGEST_NAME or not (begins_name(name) or _DOMAIN.fullmatch(name)):
        return ""
    folded = fold(name)
    words = " ".join(_WORD.findall(folded))
    if _LICENSE.search(folded) or words in GENERIC or words.startswith(GENERIC_STARTS):
        return ""
    return name if any(char.isalpha() for char in name) else ""


def _place(document: Document, start: int, end: int, name: str) -> Credit:
    found = document.text.find(name, start, end)
    if found >= 0:
        start, end = found, found + len(name)
    origin, stop = document.origin(start), document.origin_end(end)
    return Credit(name, Evidence(document.source[origin:stop], origin, stop, "name"))
