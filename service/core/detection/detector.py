"""The way from a text to its licenses: read it, find the signals, drop what is denied, see what agrees."""

from service.core.catalogue import ANY_UNIT, resolve_license
from service.core.detection.agreement import Claim, Group, claims_of, disagree, group_signals
from service.core.detection.credits import find_credit
from service.core.detection.denial import is_denied, is_general, is_plural, is_reported
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
    folded = document.folded
    groups = [group for group in group_signals(signals, folded) if _is_granted(group, folded)]
    granted = [signal for group in groups for signal in group.signals]
    claims = claims_of(groups)
    if not claims:
        return Detection()
    credit = find_credit(document, granted, folded)
    return Detection(
        licenses=_with_evidence(claims, granted, text),
        unit=next((claim for claim in claims if isinstance(claim, str)), None),
        conflict=disagree(groups, folded),
        credit=credit.name if credit else None,
        credit_evidence=credit.evidence if credit else None,
    )


def _read(text: str, media_type: str) -> Document:
    kind = media_type.partition(";")[0].strip().lower()
    marked = kind.endswith(("/html", "/xml", "+xml"))
    return read_markup(text) if marked else Document(text, text, fold(text))


def _is_granted(group: Group, folded: str) -> bool:
    """Whether nothing about the signals denies the license or speaks of it as of news."""
    spoken = [signal for signal in group.signals if not signal.metadata]
    if not spoken:
        return True
    at, until = spoken[0].at, spoken[0].until
    if is_denied(folded, at, max(signal.until for signal in spoken)):
        return False
    if group.linked:
        return True
    if is_reported(folded, at, until):
        return False
    return spoken[0].unit != ANY_UNIT or not is_plural(folded, until) or not is_general(folded, at, until)


def _with_evidence(claims: list[Claim], signals: list[Signal], text: str) -> tuple[Detected, ...]:
    """Each claim with the signals that are evidence for it, the strongest first."""
    evidence: dict[str, dict[Evidence, None]] = {}
    for signal in signals:
        quote = Evidence(text[signal.start : signal.end], signal.start, signal.end, signal.kind)
        key = signal.license.id if signal.license else unit_family(signal.unit or ANY_UNIT)
        evidence.setdefault(key, {})[quote] = None
    return tuple(_detected(claim, evidence) for claim in claims)


def _detected(claim: Claim, evidence: dict[str, dict[Evidence, None]]) -> Detected:
    family = unit_family(claim if isinstance(claim, str) else claim.unit)
    keys = [family] if isinstance(claim, str) else [claim.id, family]
    quotes = [quote for key in keys for quote in evidence.get(key, ())]
    quotes.sort(key=lambda quote: (_RANKS[quote.kind], quote.start, quote.end))
    ranked = tuple(quotes)
    if isinstance(claim, License):
        return Detected(claim, None, (), ranked)
    return Detected(None, claim, _candidates(claim), ranked)


def _candidates(unit: str) -> tuple[str, ...]:
    resolution = resolve_license("Creative Commons" if unit == ANY_UNIT else f"CC {unit}")
    return resolution.candidates if isinstance(resolution, Unversioned) else ()
