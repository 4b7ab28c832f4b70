"""Where a text takes back a part of what the license beside it gives: "CC BY 4.0, no commercial use"."""

import re
from collections.abc import Collection, Iterator

from service.core.catalogue import ANY_UNIT
from service.core.detection.cues import Wording, any_cue, any_phrase, has_cue, longest_words
from service.core.detection.denial import is_denied
from service.core.detection.folding import fold
from service.core.detection.scopes import is_about_part, is_of_part
from service.core.detection.subjects import PART, any_word, subject_of

# What each kind of cue takes back, and the element of the types that do not give it anyhow.
_ELEMENTS = {"commerce": "nc", "changes": "nd", "copying": None}
_NEAR, _CLAUSE, _BESIDE = 300, 60, 30
_CLAUSE_END = re.compile(r"[.,;:!?\n]")


def restricts(text: str, units: Collection[str]) -> bool:
    """Whether a statement forbids, or makes a matter of permission, what each of the types that it names gives.

    What is said of parts alone, as of photos, is about the parts.
    """
    folded = fold(text)
    wording = Wording.of(folded)
    return may_restrict(wording) and any(not _is_of_part(folded, *found) for found in _find_all(wording, units))


def restricts_near(folded: str, at: int, until: int, units: Collection[str]) -> bool:
    """The same of the words about a license at [at, until), where none between the two tell of several works."""
    start = max(0, at - _NEAR)
    window = folded[start : min(until, at + _NEAR) + _NEAR]
    return any(
        not _is_of_part(window, *found) and not _is_apart(window, found, (at - start, until - start))
        for found in _find_all(Wording.of(window), units)
    )


def may_restrict(wording: Wording) -> bool:
    """Whether a text may hold words that take something back: most hold none, and that is soon told."""
    return wording.may_hold(_SIGNS)


def _is_of_part(folded: str, start: int, end: int) -> bool:
    """Whether the words, or those about them, are of parts alone: "no commercial use of the photos"."""
    rest = _CLAUSE_END.split(folded[end : end + _CLAUSE])[0]
    return is_of_part(folded, start) or is_about_part(folded[start:end] + rest)


def _is_apart(window: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    between = window[min(first[1], second[1]) : max(first[0], second[0])]
    return "\n\n" in between or subject_of(between) == PART or has_cue("also", between)


def _find_all(wording: Wording, units: Collection[str]) -> Iterator[tuple[int, int]]:
    """The places of words that take back what all the types give; one that is not named may forbid it itself."""
    elements = {element for unit in units for element in unit.split("-")}
    if ANY_UNIT in units:
        elements |= {"nc", "nd"}
    for kind, element in _ELEMENTS.items():
        if element not in elements:
            yield from (x for x in _find(kind, wording) if not _is_condition(wording, *x, elements))
    if "nc" not in elements:
        yield from (x.span(1) for x in _BARE.finditer(wording.folded) if not _is_either(wording, x.start()))


def _find(kind: str, wording: Wording) -> Iterator[tuple[int, int]]:
    for match in _FORBIDDEN[kind].finditer(wording.folded):
        if _is_said(wording, match):
            yield match.span()
    for match in _BY_LEAVE[kind].finditer(wording.folded):
        if _is_said(wording, match) and not _NEEDLESS.search(match[0]) and not _GRANTED.search(match[0]):
            yield match.span()


def _is_said(wording: Wording, match: re.Match[str]) -> bool:
    """Whether the words stand for themselves, not within another word or of a fee, and are not denied."""
    within = not wording.unspaced and wording.folded[match.start() - 1 : match.start()].isalpha()
    return not within and not _FEE.match(wording.folded, match.end()) and not is_denied(wording, *match.span())


def _is_condition(wording: Wording, start: int, end: int, elements: Collection[str]) -> bool:
    """Whether only what the types do not give anyhow is forbidden: copying for money, with changes, without credit."""
    if "nc" in elements and _is_commercial(wording, start):
        return True
    rest = _SENTENCE.match(wording.folded, end)
    words = wording.folded[start : rest.end() if rest else end]
    for kind, element in _ELEMENTS.items():
        if (element is None and not _LEAVE.search(words)) or element in elements:
            own = _OWN[kind].search(words)
            if own and not _NOT.search(words, end - start, own.start()):
                return True
    return False


def _is_commercial(wording: Wording, start: int) -> bool:
    """Whether what is forbidden is the commercial kind alone: "commercial reproduction requires permission"."""
    return _COMMERCIAL.search(wording.folded[max(0, start - _BESIDE) : start]) is not None


def _is_either(wording: Wording, start: int) -> bool:
    """Whether "commercial" stands close before "non-commercial"."""
    return _ANY_COMMERCIAL.search(wording.folded, max(0, start - _BESIDE), start) is not None


_OWN = {kind: re.compile(rf"(?:{any_word(f'own {kind}').pattern})(?!\s(?:or|and)\s)") for kind in _ELEMENTS}
_LEAVE, _NOT, _SENTENCE = any_word("leave"), any_word("not"), re.compile(r"[^.!?;\n]{0,80}")
_FORBIDDEN = {kind: any_phrase(f"no {kind}") for kind in _ELEMENTS}
_BY_LEAVE = {kind: any_phrase(f"ask {kind}") for kind in _ELEMENTS}
_NEEDLESS = re.compile(rf"(?<![^\W\d_])(?:{any_cue('needless')})(?:\W+[^\W\d_]+){{1,4}}\W*$")
# "Commercial use allowed, contact": what is allowed in so many words is not asked for.
_GRANTED = re.compile(
    rf"(?<!not )(?:{any_word('granted').pattern})\s?[,;:(]\W?(?:[^\W\d_]+\W)?(?:{any_cue('contact')})$"
)
_FEE = re.compile(rf"\s(?:{any_word('fee').pattern})")
_BARE = re.compile(rf"[,(]\s?({any_word('bare commerce').pattern})\s?(?=[.;)\n]|$)")
_ANY_COMMERCIAL = any_word("commercial")
_COMMERCIAL = re.compile(rf"(?<!non-)(?<!non )(?<!nicht-)(?<!no )(?<!não )(?<!非)(?:{_ANY_COMMERCIAL.pattern})\s?$")
_SIGNS = longest_words([*(f"{sense} {kind}" for sense in ("no", "ask") for kind in _ELEMENTS), "bare commerce"])
