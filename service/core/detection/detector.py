"""The way from a text to its licenses: read it, find the signals, drop what is denied, see what agrees."""

from service.core.catalogue import ANY_UNIT, resolve_license
from service.core.detection.agreement import Claim, Group, claims_of, disagree, group_signals
from service.core.detection.credits import find_credit
from service.core.detection.denial import is_denied, is_general, is_reported
from service.core.detection.document import Document
from service.core.detection.findings import Detected, Detection, Evidence
from service.core.detection.folding import fold
from service.core.detection.markup import read_markup
from service.core.detection.signals import Signal, find_signals
from service.core.licenses import License, Unversioned, unit_family

_RANKS = {"markup": 0, "url": 1, "name": 2, "spdx": 3, "button": 4}


def detect(text: str, *, media_type: str = "text/plain", base_url: str | None = None) -> Detection:
    """The licenses that a text, HTML or XML document grants, with the words that say so, and whom it credits.

    Offsets count Unicode characters of `text`. Never raises, whatever the text; time grows with its length.
    """
    document = _read(text, media_type)
    signals = find_signals(document, base_url)
    if not signals:
        return Detection()
    folded = fold(document.text)
    groups = [group for group in group_signals(signals, folded) if _is_granted(group, folded)]
    claims = claims_of(groups)
    if not claims:
        return Detection()
    units = [claim for claim in claims if isinstance(claim, str)]
    credit = find_credit(document, [signal for group in groups for signal in group], folded)
    return Detection(
        licenses=tuple(_detected(claim, groups, text) for claim in claims),
        unit=units[0] if units else None,
        conflict=disagree(groups, folded),
        credit=credit.name if credit else None,
        credit_evidence=credit.evidence if credit else None,
    )


def _read(text: str, media_type: str) -> Document:
    kind = media_type.partition(";")[0].strip().lower()
    marked = kind.endswith(("/html", "/xml", "+xml"))
    return read_markup(text) if marked else Document(text, text)


def _is_granted(group: Group, folded: str) -> bool:
    """Whether nothing about the signals denies the license or speaks of it as of news."""
    spoken = [signal for signal in group if not signal.metadata]
    if any(is_denied(folded, signal.at, signal.until) for signal in spoken):
        return False
    if any(signal.linked for signal in group) or not spoken:
        return True
    signal = spoken[0]
    if is_reported(folded, signal.at, signal.until):
        return False
    return (
        signal.unit != ANY_UNIT
        or not _is_plural(folded, signal.until)
        or not is_general(folded, signal.at, signal.until)
    )


def _is_plural(folded: str, until: int) -> bool:
    return (
        folded[until : until + 20].lstrip(" -").startswith(("licenses", "licences", "lizenzen", "licencias", "licenze"))
    )


def _detected(claim: Claim, groups: list[Group], text: str) -> Detected:
    signals = [signal for group in groups for signal in group if _supports(signal, claim)]
    evidence = sorted({_evidence(x, text) for x in signals}, key=lambda x: (_RANKS[x.kind], x.start, x.end))
    if isinstance(claim, License):
        return Detected(claim, None, (), tuple(evidence))
    resolution = resolve_license("Creative Commons" if claim == ANY_UNIT else f"CC {claim}")
    candidates = resolution.candidates if isinstance(resolution, Unversioned) else ()
    return Detected(None, claim, candidates, tuple(evidence))


def _supports(signal: Signal, claim: Claim) -> bool:
    """Whether the signal is evidence for the claim, or names its type at least."""
    if isinstance(claim, License):
        return signal.license == claim or (
            signal.unit is not None and unit_family(signal.unit) == unit_family(claim.unit)
        )
    return signal.unit == claim


def _evidence(signal: Signal, text: str) -> Evidence:
    return Evidence(text[signal.start : signal.end], signal.start, signal.end, signal.kind)
