"""What the words and addresses of a record say of its rights: a license, or a notice that is none."""

import re
from collections.abc import Iterable

from service.core.catalogue import resolve_url
from service.core.licenses import Known
from service.formats.intake.plain_text import cut_text
from service.formats.intake.stated_terms import (
    Terms,
    dispute_terms,
    drop_inexact,
    find_contradictions,
    gather_terms,
    names_license,
    state_terms,
)

_NOTICE = re.compile(r"\s*(?:©|\(c\)|℗|copyright\b|copr\.)", re.IGNORECASE)
_BARE_NOTICE = re.compile(r"[^.!?;]*[.!?]?")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_NOTICE = 2_000


def license_of(addresses: Iterable[str], words: Iterable[str]) -> Terms | list[Terms] | None:
    """The ``license`` member for these addresses of terms and these words about rights, None where neither says one.

    Several addresses are alternatives. Words that state a license, or reserve all rights, are the statement of it, and
    in dispute with the addresses, or with each other, where they name another one.
    """
    said = list(words)
    urls = list(dict.fromkeys([*addresses, *filter(is_address, said)]))
    naming = list(dict.fromkeys(text for text in said if not is_address(text) and names_license(text)))
    if len(urls) < 2 and len(naming) < 2:
        return state_terms(next(iter(urls), None), next(iter(naming), None))
    if others := find_contradictions(naming, urls):
        return dispute_terms([*map(state_terms, urls), *(state_terms(None, text) for text in others)])
    if len(urls) > 1:
        return gather_terms(map(state_terms, urls))
    return state_terms(next(iter(urls), None), "\n".join(drop_inexact(naming)))


def show_terms(address: str) -> Terms:
    """The terms at an address in the form that documents show them in: repeated, they are no new statement."""
    resolution = resolve_url(address)
    if isinstance(resolution, Known):
        return {"status": "known", "id": resolution.license.id}
    return {"status": "other", "url": address}


def begins_notice(text: str) -> bool:
    """Whether words begin as a copyright notice does."""
    return _NOTICE.match(text) is not None


def notice_of(words: Iterable[str]) -> str | None:
    """The copyright notice among words about rights."""
    return next((cut_text(text, _LONGEST_NOTICE) for text in words if begins_notice(text)), None)


def is_bare_notice(text: str) -> bool:
    """Whether the words name a year and a holder and nothing else, as far as one can see."""
    return bool(begins_notice(text) and _BARE_NOTICE.fullmatch(text))


def is_address(text: str) -> bool:
    """Whether the words are a web address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None
