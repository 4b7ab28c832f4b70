"""What a client says of a license, read into a claim: an id, a URL, a name or a whole statement."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.core.catalogue import find_license, near_licenses, resolve_license, resolve_url
from service.core.detection import Detected, detect, find_reservation, find_scopes, reserves_all, restricts
from service.core.errors import InvalidValue
from service.core.grants import ALL_RIGHTS_RESERVED, Claim
from service.core.licenses import Known, Resolution, Unresolved, Unversioned
from service.core.urls import check_url

_URL = re.compile(r"https?://\S+\Z", re.IGNORECASE)
# What is written as the code of a license and nothing else, whether there is such a license or not.
_CODE = re.compile(
    r"(?:cc[\s_-]*by|by[_-]\w\w)(?:[\s_-]+(?!cc)[a-z]{2})*(?:[\s_-]+v?\d[\d.]*)?(?:[\s_-]+(?!only\b)[a-z]{2,8})?", re.I
)

# A license that is said to be of the text, or of which nothing is said.
_GRANTING = ("whole", "")


def read_claim(text: str) -> Claim:
    """The claim that `text` makes: ``"all-rights-reserved"``, an id, any URL, a name, or a whole statement.

    Raises InvalidValue for a Creative Commons license that does not exist; it names near ones and chooses none.
    """
    words = text.strip()
    if words.casefold() == ALL_RIGHTS_RESERVED:
        return Claim(status=ALL_RIGHTS_RESERVED)
    if _URL.match(words):
        return read_url(words)
    resolution = resolve_license(words)
    if isinstance(resolution, Unresolved) and (_says_more(text) or not _is_one_name(words, resolution)):
        return read_statement(text)
    return _claim_of(resolution, text)


def read_id(text: str) -> Claim:
    """The claim of a license id; raises InvalidValue where there is no such license."""
    if text.strip().casefold() == ALL_RIGHTS_RESERVED:
        return Claim(status=ALL_RIGHTS_RESERVED)
    license = find_license(text.strip())
    if license is None:
        resolution = resolve_license(text)
        raise _no_such_license(text, resolution.near if isinstance(resolution, Unresolved) else ())
    return Claim(status="known", license=license)


def read_url(text: str) -> Claim:
    """The claim of a license URL: a Creative Commons tool, or other terms that stand at that address."""
    resolution = resolve_url(text)
    if resolution is None:
        return Claim(status="other", url=check_url(text))
    return _claim_of(resolution, text)


def read_statement(text: str) -> Claim:
    """The claim of a sentence such as a footer has it; words without a license of the text in them are other terms.

    A license of photos, data or other parts alone, one of the past, and one that is yet to begin say nothing of the
    text. "All rights reserved" is a claim of its own, and beside a license a dispute; so are words that take back a
    part of what it gives. Raises InvalidValue where the only license that is named does not exist.
    """
    detection = detect(text)
    claims = [_claim_of_detected(detected) for detected in detection.licenses]
    if detection.impossible and not any(claim.license for claim in claims):
        raise _no_such_license(detection.impossible[0].quote, ())
    if not claims:
        return Claim(status=ALL_RIGHTS_RESERVED if find_reservation(text) else "other", statement=text)
    if reserves_all(text) or restricts(text, _units_of(claims)):
        return replace(combine_claims([Claim(status=ALL_RIGHTS_RESERVED), *claims]), statement=text)
    scopes = find_scopes(text, detection)
    granted = [claim for claim, scope in zip(claims, scopes, strict=True) if scope in _GRANTING]
    return replace(combine_claims(granted), statement=text) if granted else Claim(status="other", statement=text)


def combine_claims(claims: Sequence[Claim]) -> Claim:
    """One claim out of several signals about one work: what they agree on, else a dispute between them."""
    distinct = {claim.says: claim for claim in claims}
    if len(distinct) == 1:
        return claims[0]
    names = tuple(dict.fromkeys(name for claim in distinct.values() for name in (claim.candidates or (claim.name,))))
    return Claim(status="disputed", candidates=names)


def _claim_of(resolution: Resolution, text: str) -> Claim:
    match resolution:
        case Known(license=license):
            return Claim(status="known", license=license, statement=None if _is_plain(text, license.id) else text)
        case Unversioned(unit=unit, candidates=candidates):
            return Claim(status="unversioned", unit=unit, candidates=candidates, statement=text)
        case Unresolved(near=near):
            raise _no_such_license(text, near)


def _is_one_name(words: str, resolution: Unresolved) -> bool:
    """Whether `words` are meant as the name of one license that does not exist, and do not name another that does."""
    if _CODE.fullmatch(words):
        return True
    return bool(resolution.near) and not any(detected.license for detected in detect(words).licenses)


def _says_more(text: str) -> bool:
    """Whether words like one name are a statement: of several licenses, with a link, or of what one is for."""
    detection = detect(text)
    linked = any(evidence.kind == "url" for detected in detection.licenses for evidence in detected.evidence)
    scoped = len(detection.licenses) > 1 or linked or any(find_scopes(text, detection))
    return scoped or detection.conflict or reserves_all(text)


def _units_of(claims: Sequence[Claim]) -> set[str]:
    units = (claim.license.unit if claim.license else claim.unit for claim in claims)
    return {unit for unit in units if unit}


def _is_plain(text: str, id: str) -> bool:
    """Whether `text` is only the id, so that nothing is lost when it is not kept."""
    return text.casefold() == id.casefold()


def _claim_of_detected(detected: Detected) -> Claim:
    if detected.license:
        return Claim(status="known", license=detected.license)
    return Claim(status="unversioned", unit=detected.unit, candidates=detected.candidates)


def _no_such_license(text: str, near: Sequence[str]) -> InvalidValue:
    shown = text if len(text) <= 100 else text[:100] + "…"
    near = near or near_licenses(text)
    hint = f" Near ones are {', '.join(near[:5])}." if near else " GET /v1/licenses lists what there is."
    return InvalidValue("unknown-license", f"There is no license {shown!r}.{hint}")
