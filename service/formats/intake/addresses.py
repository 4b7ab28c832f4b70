"""Web addresses and identifiers of other people's records: those that an article may have."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from service.core.errors import InvalidValue
from service.core.identifiers import check_identifier
from service.core.urls import check_url
from service.formats.intake.values import text_of
from service.formats.members import Members

_CACHED = 2048


def read_address(value: object) -> str | None:
    """An http or https address as given; None for anything else."""
    text = text_of(value)
    return _checked(text.strip()) if text else None


def first_address(*values: object) -> str | None:
    """The first address among them; where none is one, the first text, so that its record is told what is wrong."""
    found = next((address for address in map(read_address, values) if address), None)
    return found or next((text for text in map(text_of, values) if text), None)


def address_of_doi(doi: object) -> str | None:
    """Where a DOI leads."""
    known = read_identifier("doi", doi)
    return f"https://doi.org/{quote(known['value'], safe='/:;()._-')}" if known else None


def read_identifier(scheme: object, value: object) -> Members | None:
    """An identifier in its canonical form; None for what is none."""
    named, text = text_of(scheme), text_of(value)
    if not named or not text:
        return None
    try:
        known = check_identifier(named.strip(), text)
    except InvalidValue:
        return None
    return {"scheme": known.scheme, "value": known.value}


def each_identifier_once(found: Iterable[Members | None]) -> list[Members]:
    """The identifiers in their order, equal ones once."""
    distinct: list[Members] = []
    for identifier in found:
        if identifier and identifier not in distinct:
            distinct.append(identifier)
    return distinct


@lru_cache(_CACHED)
def _checked(text: str) -> str | None:
    try:
        return check_url(text)
    except InvalidValue:
        return None
