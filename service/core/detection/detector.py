"""The way from a text to its licenses: read it, find the signals, drop what is denied, see what agrees."""

from functools import lru_cache

from service.core.catalogue import ANY_UNIT, resolve_license
from service.core.detection.agreement import Claim, Group, claims_of, disagree, family_of, group_signals
from service.core.detection.credits import find_credit
from service.core.detection.cues import Wording
from service.core.detection.denial import is_denied, is_general, is_plural, is_reported
from service.core.detection.document import OBJECT, Document
from service.core.detection.findings import Detected, Detection, Evidence
from service.core.detection.folding import fold
from service.core.detection.hearsay import is_hearsay
from service.core.detection.markup import read_markup
from service.core.detection.restrictions import may_restrict, restricts_near
from service.core.detection.signals import Signal, find_signals
from service.core.licenses import License, Unversioned

_REMEMBERED = 1000
# A text that names more is a list of licenses, or hostile.
_MOST_RESTRICTED = 9
_RANKS = {"markup": 0, "url": 1, "name": 2, "spdx": 3, "button": 4}


def detect(text: str, *, media_type: str = "text/plain", base_url: str | None = None) -> Detection:
    """The licenses that a text, HTML or XML document grants, with the words that say so, and whom it credits.

    Offsets count Unicode characters of `text`. Never raises, whatever the text; time grows with its length. Short texts
    are remembered: the lines of a bulk often bring the same statement.
    """
    if len(text) > _REMEMBERED:
        return detect_anew(text, media_type, base_url)
    return _detect_short(text, media_type, base_url)


@lru_cache(maxsize=1024)
def _detect_short(text: str, media_type: str, base_url: str | None) -> Detection:
    return detect_anew(text, media_type, base_url)


def detect_anew(text: str, media_type: str, base_url: str | None) -> Detection:
    """What `detect` gives, and never from memory."""
    document = _read(text, media_type, base_url)
    signals = find_signals(document, base_url)
    if not signals:
        return Detection()
    wording = Wording.of(document.folded)
    groups = [group for group in group_signals(signals, document.folded) if _is_granted(group, wording)]
    if not groups:
        return Detection()
    granted = [signal for group in groups for signal in group.signals]
    claims = claims_of(groups, granted)
    credit = find_credit(document, granted, wording)
    return Detection(
        licenses=_with_evidence(claims, granted, text),
        unit=next((claim for claim in claims if isinstance(claim, str)), None),
        conflict=(len(claims) > 1 and disagree(groups, document.folded)) or _is_restricted(groups, claims, wording),
        credit=credit.name if credit else None,
        credit_evidence=credit.evidence if credit else None,
        impossible=tuple(_quote(signal, text) for signal in granted if signal.impossible),
    )


def _read(text: str, media_type: str, base_url: str | None) -> Document:
    kind = media_type.partition(";")[0].strip().lower()
    marked = kind.endswith(("/html", "/xml", "+xml"))
    return read_markup(text, base_url) if marked else Document(text, text, fold(text))


def _is_granted(group: Group, wording: Wording) -> bool:
    """Whether nothing about the signals denies the license or speaks of it as of news."""
    spoken = [signal for signal in group.signals if not signal.metadata]
    if not spoken:
        return True
    at, until = spoken[0].at, spoken[0].until
    if is_denied(wording, at, until if len(spoken) == 1 else max(signal.until for signal in spoken)):
        return False
    if not group.marked and is_hearsay(wording, at, until):
        return False
    if group.linked:
        return True
    if is_reported(wording, at, until):
        return False
    folded = wording.folded
    return spoken[0].unit != ANY_UNIT or not is_plural(folded, until) or not is_general(folded, at, until)


def _is_restricted(groups: list[Group], claims: list[Claim], wording: Wording) -> bool:
    """Whether words beside a license take back a part of what it gives."""
    if not may_restrict(wording):
        return False
    units = {claim if isinstance(claim, str) else claim.unit for claim in claims}
    spoken = (group for group in groups[:_MOST_RESTRICTED] if not group.signals[0].metadata)
    return any(restricts_near(wording.folded, group.signals[0].at, group.until, units) for group in spoken)


def _with_evidence(claims: list[Claim], signals: list[Signal], text: str) -> tuple[Detected, ...]:
    """Each claim with the signals that are evidence for it, the strongest first."""
    return tuple(_detected(claim, signals, text) for claim in claims)


def _detected(claim: Claim, signals: list[Signal], text: str) -> Detected:
    family = family_of(claim)
    places = {
        (_RANKS[x.kind], x.start, x.end, x.kind, _object(x)): None
        for x in signals
        if x.license is claim or (x.unit is not None and family_of(x.unit) == family)
    }
    ranked = tuple(
        Evidence(text[start:end], start, end, kind, about or None) for _, start, end, kind, about in sorted(places)
    )
    if isinstance(claim, License):
        return Detected(claim, None, (), ranked)
    return Detected(None, claim, _candidates(claim), ranked)


def _object(signal: Signal) -> str:
    """What of the page's objects the sign speaks of, "" for the page itself."""
    return signal.subject[len(OBJECT) :] if signal.subject.startswith(OBJECT) else ""


def _quote(signal: Signal, text: str) -> Evidence:
    return Evidence(text[signal.start : signal.end], signal.start, signal.end, signal.kind, _object(signal) or None)


def _candidates(unit: str) -> tuple[str, ...]:
    resolution = resolve_license("Creative Commons" if unit == ANY_UNIT else f"CC {unit}")
    return resolution.candidates if isinstance(resolution, Unversioned) else ()
