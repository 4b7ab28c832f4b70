"""What the words and addresses of a record say of its rights: a license, or a notice that is none."""

import re
from collections.abc import Iterable

from service.core.catalogue import resolve_url
from service.core.detection import reserves_all
from service.core.licenses import Known
from service.formats.intake.plain_text import cut_text
from service.formats.intake.stated_terms import Terms, gather_terms, names_license, state_terms

_NOTICE = re.compile(r"(?:©|\(c\)|℗|copyright\b|copr\.)", re.IGNORECASE)
_BARE_NOTICE = re.compile(r"[^.!?;]*[.!?]?")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_NOTICE = 2_000


def license_of(addresses: Iterable[str], words: Iterable[str]) -> Terms | list[Terms] | None:
    """The ``license`` member for these addresses of terms and these words about rights, None where neither says one.

    Several addresses are alternatives. Words that state a license, or reserve all rights, are the statement of it.
    """
    said = list(words)
    urls = list(dict.fromkeys([*addresses, *filter(is_address, said)]))
    statement = next((text for text in said if not is_address(text) and names_license(text)), None)
    if len(urls) > 1 and not (statement and reserves_all(statement)):
        return gather_terms(map(state_terms, urls))
    return state_terms(urls[0] if urls else None, statement)


def show_terms(address: str) -> Terms:
    """The terms at an address in the form that documents show them in: repeated, they are no new statement."""
    resolution = resolve_url(address)
    if isinstance(resolution, Known):
        return {"status": "known", "id": resolution.license.id}
    return {"status": "other", "url": address}


def notice_of(words: Iterable[str]) -> str | None:
    """The copyright notice among words about rights."""
    return next((cut_text(text, _LONGEST_NOTICE) for text in words if _NOTICE.match(text)), None)


def is_bare_notice(text: str) -> bool:
    """Whether the words name a year and a holder and nothing else, as far as one can see."""
    return bool(_NOTICE.match(text) and _BARE_NOTICE.fullmatch(text))


def is_address(text: str) -> bool:
    """Whether the words are a web address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None
