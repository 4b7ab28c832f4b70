"""What an answer of an OAI-PMH repository says beside its records (OAI-PMH 2.0, section 3.2)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from service.core.errors import InvalidValue
from service.formats.charsets import find_charset

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LONGEST = 2000
_END = re.compile(rb"</(?:[\w.-]+:)?OAI-PMH\s*>|<(?:[\w.-]+:)?OAI-PMH(?:\s[^<>]*)?/>")
_TAIL = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class OaiAnswer:
    """An answer without its records.

    ``at`` is when it was made (UTC, to the second), ``errors`` are codes with their texts, ``token`` asks for the next
    part of a list, None where this is the last. ``deleted`` are the identifiers of records that are no more, ``count``
    all that it has, those among them. ``is_whole`` is False where it breaks off before its end. ``is_exact`` tells
    whether the repository knows times to the second, None where the answer does not say.
    """

    at: str | None = None
    errors: Sequence[tuple[str, str]] = ()
    token: str | None = None
    deleted: Sequence[str] = ()
    count: int = 0
    is_whole: bool = True
    is_exact: bool | None = None


def read_oai_answer(body: bytes, *, charset: str | None = None) -> OaiAnswer | None:
    """What an answer says, also where it is not well-formed; None where it is no answer of a repository at all."""
    root = _parse(body, charset)
    if root is None or _name(root) != "OAI-PMH":
        return None
    at = _text(root, "./{*}responseDate")
    granularity = _text(root, "./{*}Identify/{*}granularity")
    errors = [(error.get("code") or "", _words(error)) for error in root.findall("./{*}error")]
    headers = root.findall("./{*}ListRecords/{*}record/{*}header")
    deleted = [_text(header, "./{*}identifier") for header in headers if header.get("status") == "deleted"]
    return OaiAnswer(
        at=at if _DATE.fullmatch(at) else None,
        errors=errors,
        token=_text(root, "./{*}ListRecords/{*}resumptionToken")[:_LONGEST] or None,
        deleted=[identifier for identifier in deleted if identifier],
        count=len(headers),
        is_whole=_END.search(body[-_TAIL:].replace(b"\0", b"")) is not None,
        is_exact="hh:mm:ss" in granularity.lower() if granularity else None,
    )


def _parse(body: bytes, charset: str | None) -> Any:
    """The root element, mended where need be; None where there is none. Entities and the network are left alone."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=_codec(charset),
    )
    try:
        return etree.fromstring(body, parser) if body.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def _codec(charset: str | None) -> str | None:
    """A charset that the parser has too."""
    if charset is None:
        return None
    try:
        name = find_charset(charset)
        etree.XMLParser(encoding=name)
    except (InvalidValue, LookupError):
        return None
    return name


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)


def _words(element: Any) -> str:
    return " ".join((element.text or "").split())


def _text(element: Any, path: str) -> str:
    return str(element.findtext(path) or "").strip()
