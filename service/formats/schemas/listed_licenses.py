"""All licenses of an article as its document lists them, where a document of elsewhere is sent.

``license`` shows one license where several are alternatives, and no more than names where they are in dispute;
``licenses`` lists them with their words and days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from service.core.grants import Claim, disputed_claim
from service.formats.schemas.claims import read_license


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A body whose ``license`` says all that ``licenses`` listed; of a dispute the `sides` are told beside it."""

    body: dict[str, Any]
    sides: tuple[Claim, ...] = ()


def read_listed_licenses(body: Mapping[str, Any], present: Mapping[str, Any] | None) -> Listed | None:
    """What `body` lists; None where that is nothing, what the `present` document lists, or no fit for ``license``."""
    license, licenses = body.get("license"), body.get("licenses")
    if not isinstance(licenses, list) or (present is not None and licenses == present["licenses"]):
        return None
    rest = {name: value for name, value in body.items() if name != "licenses"}
    if not licenses:
        return Listed(body=rest) if _status(license) in (None, "unknown") else None
    if license == licenses[0] and _status(license):
        return Listed(body={**rest, "license": licenses if len(licenses) > 1 else license})
    if not isinstance(license, dict) or _status(license) != "disputed":
        return None
    try:
        sides = tuple(read_license(item) for item in licenses if _status(item))
    except ValidationError:
        return None
    is_whole = len(sides) == len(licenses) and license.get("candidates") == [*disputed_claim(sides).candidates]
    return Listed(body=rest, sides=sides) if is_whole else None


def _status(license: Any) -> str | None:
    """The status of a license in the form that documents show it in; None for any other form."""
    status = license.get("status") if isinstance(license, dict) else None
    return status if isinstance(status, str) else None
