"""A record in the fifteen elements of Dublin Core as an article: our own come back as they went out.

Those are known by an identifier that our writer alone makes; the URN of a record, which anybody may have, is none.
"""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from service.core.dates import PartialDate
from service.formats.intake.access_rights import read_embargo_end
from service.formats.intake.addresses import address_of_doi, read_address
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.feed_people import read_name
from service.formats.intake.loose_dates import read_loose_date
from service.formats.intake.loose_languages import read_language
from service.formats.intake.markup_words import read_prose
from service.formats.intake.plain_text import cut_text, one_line, trim_text
from service.formats.intake.stated_rights import is_address, license_of, notice_of, show_terms
from service.formats.intake.stated_terms import gather_terms
from service.formats.intake.work_names import read_work_name
from service.formats.intake.xml_records import Element, local_name
from service.formats.members import Members
from service.formats.signature import is_ours

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_URN = "urn:uuid:"
_FILE = re.compile(r"\.(?:pdf|epub|docx?|xml|zip|jpe?g|png|tiff?|mp[34])(?:[?#]|\Z)", re.IGNORECASE)
_STATUSES = ("Corrected", "Retracted", "Withdrawn")
_NAME, _TITLE, _SUMMARY, _MOST = 500, 1000, 20_000, 1000


def read_dublin_core(record: Element) -> Members:
    """The members of a record, absent where it says nothing."""
    said = _texts(record)
    id = _own_id(said)
    names = [text for text in said.get("identifier", ()) if id is None or text != f"{_URN}{id}"]
    works = [work for work in map(read_work_name, names) if work]
    descriptions = said.get("description", [])
    status = descriptions[-1] if id and descriptions and descriptions[-1] in _STATUSES else None
    rights = said.get("rights", [])
    notice = notice_of(rights)
    dates = said.get("date", [])
    subjects = dict.fromkeys(map(one_line, said.get("subject", ())))
    members = {
        "url": _url(names, works),
        "title": cut_text(next(iter(said.get("title", ())), ""), _TITLE),
        "source": next(({"name": cut_text(one_line(name), _NAME)} for name in said.get("publisher", ())), None),
        "creators": _creators(record, one_line if id else read_name),
        "language": _language(record, said),
        "published_at": _date(dates),
        "summary": cut_text(next(map(read_prose, descriptions[:-1] if status else descriptions), ""), _SUMMARY),
        "keywords": [word for word in subjects if len(word) <= _NAME][:_MOST],
        "identifiers": list({(work["scheme"], work["value"]): work for work in works}.values()),
        "license": _own_license(rights) if id else license_of((), rights, ends=map(read_embargo_end, dates)),
        "attribution": {"copyright_notice": notice} if notice else None,
        "status": status.lower() if status else None,
    }
    return {name: value for name, value in members.items() if value}


def _texts(record: Element) -> dict[str, list[str]]:
    """What the elements say, by their names."""
    said: dict[str, list[str]] = {}
    for child in record:
        text = trim_text(child.text or "")
        if text:
            said.setdefault(local_name(child), []).append(text)
    return said


def _own_id(said: dict[str, list[str]]) -> str | None:
    """The id of a record of ours, which has it signed and in its URN; None for one of anybody else."""
    names = said.get("identifier", ())
    marked = (text.partition(":") for text in names)
    return next((id for maker, _, id in marked if is_ours(maker) and f"{_URN}{id}" in names), None)


def _url(names: Iterable[str], works: Iterable[Members]) -> str | None:
    """The page of the work, rather than a file of it; else where its DOI leads."""
    addresses = [text for text in map(read_address, names) if text and read_work_name(text) is None]
    page = next((address for address in addresses if not _FILE.search(address)), None)
    doi = next((address_of_doi(work["value"]) for work in works if work["scheme"] == "doi"), None)
    return page or doi or next(iter(addresses), None)


def _creators(record: Element, read: Callable[[str], str | None]) -> list[Members]:
    """Creators and contributors as they stand."""
    people = [child for child in record if local_name(child) in ("creator", "contributor")]
    named = ((local_name(child), read(trim_text(child.text or ""))) for child in people)
    return [{"name": name, **({"role": role} if role == "contributor" else {})} for role, name in named if name][:_MOST]


def _language(record: Element, said: dict[str, list[str]]) -> str | None:
    tags = [
        *said.get("language", ()),
        *(child.get(_XML_LANG) or "" for child in record if local_name(child) == "title"),
    ]
    return next(filter(None, map(read_language, tags)), None)


def _date(texts: Iterable[str]) -> str | None:
    """The earliest of the dates: repositories add those on which they took the work in."""
    dates = filter(None, map(read_loose_date, texts))
    return min(dates, key=lambda text: PartialDate.parse(text).first, default=None)


def _own_license(rights: list[str]) -> Any:
    """The license of the words and addresses of ours: those that stand for a claim are read as what they stand for."""
    addresses = [text for words, text in pairwise(("", *rights)) if is_address(text) and _is_claimed(text, words)]
    if addresses:
        return gather_terms(map(show_terms, addresses))
    return next(filter(None, map(read_claim_words, rights)), None)


def _is_claimed(address: str, words: str) -> bool:
    """Whether an address is that of a claim in `words`: a copyright notice may be the address of a license too."""
    return show_terms(address)["status"] == "other" or read_claim_words(f"{words} {address}") is not None
