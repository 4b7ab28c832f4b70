"""What was found in a text, as the document of ``/v1/detections``."""

from typing import Any

import orjson

from service.core.detection import Detected, Detection, Evidence
from service.core.licenses import License
from service.formats.documents.licenses import license_documents


def render_detection(detection: Detection, *, charset: str | None) -> bytes:
    """The licenses with their evidence, the types without a version, and whom the text credits.

    `charset` is the one that the bytes of a page were read in.
    """
    unversioned = [_unversioned(found) for found in detection.licenses if found.license is None]
    return orjson.dumps(
        {
            "licenses": [_license(found.license, found) for found in detection.licenses if found.license],
            "unversioned": unversioned,
            "unit": detection.unit,
            "candidates": unversioned[0]["candidates"] if unversioned else [],
            "conflict": detection.conflict,
            "credit": detection.credit,
            "credit_evidence": _evidence(detection.credit_evidence) if detection.credit_evidence else None,
            "impossible": [*map(_evidence, detection.impossible)],
            "charset": charset,
        }
    )


def _license(license: License, found: Detected) -> dict[str, Any]:
    document = orjson.Fragment(license_documents()[license.id])
    return {"id": license.id, "url": license.url, "license": document, "evidence": [*map(_evidence, found.evidence)]}


def _unversioned(found: Detected) -> dict[str, Any]:
    return {"unit": found.unit, "candidates": found.candidates, "evidence": [*map(_evidence, found.evidence)]}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    place = {"quote": evidence.quote, "start": evidence.start, "end": evidence.end}
    return {**place, "kind": evidence.kind, "about": evidence.about}
