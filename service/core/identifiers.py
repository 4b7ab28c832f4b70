"""Identifiers of works and people: which are well-formed, and their one spelling."""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from service.core.errors import InvalidValue

MAX_VALUE = 1000  # characters

ARTICLE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The id of an article, as the server makes and spells it."""

_SCHEME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+:-]{0,63}")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/([^?#]*)", re.ASCII | re.IGNORECASE)
_ADDRESS_SCHEMES = ("http", "https")
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3}[0-9Xx])")
_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
# RFC 8141 section 2: name, then ?+ resolver part, ?= query part, # fragment part.
_URN = re.compile(
    rf"urn:(?P<nid>[a-z0-9][a-z0-9-]{{0,30}}[a-z0-9]):(?P<rest>{_PCHAR}(?:{_PCHAR}|/)*"
    rf"(?:\?\+{_PCHAR}(?:{_PCHAR}|[/?])*)?(?:\?={_PCHAR}(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?])*)?)",
    re.ASCII | re.IGNORECASE,
)
_ARXIV_NEW = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}(?:v[1-9][0-9]*)?")
_ARXIV_OLD = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}(?:v[1-9][0-9]*)?")
_PMID = re.compile(r"[1-9][0-9]{0,8}")
_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?([0-9]{4}(?:-[0-9]{4}){2}-[0-9]{3}[0-9X])/?", re.IGNORECASE)
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A name of a work under a scheme, both in canonical form: ("doi", "10.1000/182")."""

    scheme: str
    value: str


def check_identifier(scheme: str, value: str) -> Identifier:
    """The identifier in its canonical form.

    doi, issn, urn, arxiv and pmid are checked and may carry their prefix (`doi:10.1000/182`), other schemes are free.
    Raises InvalidValue `invalid-identifier`.
    """
    if not _SCHEME.fullmatch(scheme):
        raise _invalid("A scheme has 1 to 64 letters, digits and . + : - and begins with a letter or digit.")
    if not 1 <= len(value) <= MAX_VALUE:
        raise _invalid(f"An identifier has 1 to {MAX_VALUE} characters.")
    scheme = scheme.lower()
    check = _CHECKS.get(scheme)
    return Identifier(scheme, check(value) if check else value)


def parse_identifier(text: str) -> Identifier:
    """The identifier that a text such as `doi:10.1000/182`, a URN or the address of a DOI is, in its canonical form.

    Raises InvalidValue `invalid-identifier`.
    """
    if _DOI_ADDRESS.fullmatch(text):
        return check_identifier("doi", text)
    scheme, colon, value = text.partition(":")
    if not colon or scheme.lower() in _ADDRESS_SCHEMES:
        raise _invalid("Use scheme:value, such as doi:10.1000/182, a URN, or the address of a DOI.")
    is_whole = scheme.lower() == "urn" and not value.lower().startswith("urn:")
    return check_identifier(scheme, text if is_whole else value)


def check_orcid(text: str) -> str:
    """An ORCID iD, bare or as an address, as https://orcid.org/0000-0002-1825-0097.

    The last character is a checksum by ISO 7064 MOD 11-2. Raises InvalidValue `invalid-orcid`.
    """
    match = _ORCID.fullmatch(text)
    if match is None:
        raise InvalidValue("invalid-orcid", "Give an ORCID iD such as https://orcid.org/0000-0002-1825-0097.")
    orcid = match[1].upper()
    if orcid[-1] != _orcid_check_character(orcid.replace("-", "")[:15]):
        raise InvalidValue("invalid-orcid", f"The checksum of {orcid} is wrong; look for a mistyped digit.")
    return f"https://orcid.org/{orcid}"


def _doi(value: str) -> str:
    """ISO 26324: without prefix, in lower case, as DOIs ignore the case of ASCII letters and of no others."""
    address = _DOI_ADDRESS.fullmatch(value)
    doi = unquote(address[1]) if address else _without_prefix("doi", value)
    if not _DOI.fullmatch(doi):
        raise _invalid("Give a DOI such as 10.1000/182, bare or as https://doi.org/10.1000/182.")
    return doi.translate(_ASCII_LOWER)


def _issn(value: str) -> str:
    """ISO 3297: NNNN-NNNC, the last a checksum modulo 11."""
    match = _ISSN.fullmatch(_without_prefix("issn", value))
    if match is None:
        raise _invalid("Give an ISSN such as 0378-5955.")
    issn = f"{match[1]}-{match[2].upper()}"
    if issn[-1] != _issn_check_character(issn.replace("-", "")[:7]):
        raise _invalid(f"The checksum of ISSN {issn} is wrong; look for a mistyped digit.")
    return issn


def _urn(value: str) -> str:
    """RFC 8141 section 3.1: scheme, namespace and escapes do not depend on case, the rest does."""
    match = _URN.fullmatch(value)
    if match is None:
        raise _invalid("Give a URN such as urn:isbn:0451450523.")
    rest = re.sub(r"%..", lambda escape: escape[0].upper(), match["rest"])
    return f"urn:{match['nid'].lower()}:{rest}"


def _arxiv(value: str) -> str:
    """The scheme since April 2007 (0704.0001) or the one before (math.GT/0309136), the version kept."""
    arxiv = _without_prefix("arxiv", value)
    if not _ARXIV_NEW.fullmatch(arxiv) and not _ARXIV_OLD.fullmatch(arxiv):
        raise _invalid("Give an arXiv identifier such as 2101.00001v2 or math.GT/0309136.")
    return arxiv


def _pmid(value: str) -> str:
    pmid = _without_prefix("pmid", value)
    if not _PMID.fullmatch(pmid):
        raise _invalid("Give a PubMed identifier of 1 to 9 digits such as 17284678.")
    return pmid


_CHECKS: dict[str, Callable[[str], str]] = {"doi": _doi, "issn": _issn, "urn": _urn, "arxiv": _arxiv, "pmid": _pmid}


def _without_prefix(prefix: str, value: str) -> str:
    """The value without a leading `prefix:` in any case and the spaces that people write after it."""
    head, colon, rest = value.partition(":")
    return rest.lstrip(" ") if colon and head.translate(_ASCII_LOWER) == prefix else value


def _issn_check_character(digits: str) -> str:
    remainder = -sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=True)) % 11
    return "0123456789X"[remainder]


def _orcid_check_character(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def _invalid(detail: str) -> InvalidValue:
    return InvalidValue("invalid-identifier", detail)
