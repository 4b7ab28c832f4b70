"""The words in which our own writers say what is claimed of an article (see ``rights``), read back.

Whatever is not word for word as they write it is not read: a sentence that ends in the address of a license may well
be about something else.
"""

import re

from service.core.attribution.grant_wording import word_license
from service.core.attribution.messages import messages_for
from service.core.catalogue import resolve_url
from service.core.grants import ALL_RIGHTS_RESERVED, Claim
from service.core.licenses import Known
from service.core.statements import read_claim
from service.formats.intake.addresses import read_address
from service.formats.intake.stated_terms import Terms
from service.formats.rights import DISPUTED, OTHER_TERMS, RESERVED, word_claim

_ALTERNATIVE = "; or "
_ADDRESSED = re.compile(r"(.+) (https?://\S+)", re.DOTALL)
_UNVERSIONED = re.compile(r"CC [A-Z+-]{2,20}\b|a Creative Commons license\b")


def read_claim_words(line: str) -> Terms | list[Terms] | None:
    """The claims that ``word_rights`` made `line` of: one or alternatives; None where it did not make it."""
    whole = _read_one(line)
    if whole is not None:
        return whole
    stated = [_read_one(words) for words in line.split(_ALTERNATIVE)]
    return [terms for terms in stated if terms] if all(stated) and len(stated) > 1 else None


def _read_one(words: str) -> Terms | None:
    if words == RESERVED:
        return {"status": ALL_RIGHTS_RESERVED}
    if words.startswith(DISPUTED):
        return {"status": "disputed", "candidates": words.removeprefix(DISPUTED).split(", ")}
    addressed = _ADDRESSED.fullmatch(words)
    if addressed:
        return _read_addressed(addressed[1], addressed[2])
    return _read_unversioned(words) if _UNVERSIONED.match(words) else None


def _read_addressed(words: str, url: str) -> Terms | None:
    resolution = resolve_url(url)
    if isinstance(resolution, Known):
        is_named = words == word_claim(Claim(status="known", license=resolution.license))
        return {"id": resolution.license.id} if is_named else None
    return {"url": url} if words == OTHER_TERMS and resolution is None and read_address(url) else None


def _read_unversioned(words: str) -> Terms | None:
    claim = read_claim(words)
    if claim.status != "unversioned" or word_license(claim, messages_for("en")) != words:
        return None
    return {"status": "unversioned", "unit": claim.unit}
