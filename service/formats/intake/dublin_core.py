"""A record in the fifteen elements of Dublin Core as an article: our own come back as they went out."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from service.core.dates import PartialDate
from service.formats.intake.addresses import address_of_doi, read_address
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.feed_people import read_name
from service.formats.intake.loose_dates import read_loose_date
from service.formats.intake.loose_languages import read_language
from service.formats.intake.markup_words import read_prose
from service.formats.intake.plain_text import clean_text, cut_text, one_line
from service.formats.intake.stated_rights import is_address, license_of, notice_of, show_terms
from service.formats.intake.stated_terms import gather_terms
from service.formats.intake.work_names import read_work_name
from service.formats.intake.xml_records import Element, local_name
from service.formats.members import Members

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OURS = "urn:uuid:"
_FILE = re.compile(r"\.(?:pdf|epub|docx?|xml|zip|jpe?g|png|tiff?|mp[34])(?:[?#]|\Z)", re.IGNORECASE)
_STATUSES = ("Corrected", "Retracted", "Withdrawn")
_NAME, _TITLE, _SUMMARY, _MOST = 500, 1000, 20_000, 1000


def read_dublin_core(record: Element, *, identifier: str | None = None) -> Members:
    """The members of a record; `identifier` is that of its header, by which one of ours is known."""
    said = _texts(record)
    urn = next((text for text in said.get("identifier", ()) if text.startswith(_OURS)), None)
    is_ours = urn is not None and (identifier is None or identifier.endswith(urn.removeprefix(_OURS)))
    names = [text for text in said.get("identifier", ()) if not (is_ours and text == urn)]
    works = [work for work in map(read_work_name, names) if work]
    descriptions = said.get("description", [])
    status = descriptions[-1] if is_ours and descriptions and descriptions[-1] in _STATUSES else None
    rights = said.get("rights", [])
    notice = notice_of(rights)
    subjects = dict.fromkeys(map(one_line, said.get("subject", ())))
    members = {
        "url": _url(names, works),
        "title": cut_text(next(iter(said.get("title", ())), ""), _TITLE),
        "source": next(({"name": cut_text(one_line(name), _NAME)} for name in said.get("publisher", ())), None),
        "creators": _creators(record, one_line if is_ours else read_name),
        "language": _language(record, said),
        "published_at": _date(said.get("date", ())),
        "summary": cut_text(next(map(read_prose, descriptions[:-1] if status else descriptions), ""), _SUMMARY),
        "keywords": [word for word in subjects if len(word) <= _NAME][:_MOST],
        "identifiers": list({(work["scheme"], work["value"]): work for work in works}.values()),
        "license": _license(rights, is_ours=is_ours),
        "attribution": {"copyright_notice": notice} if notice else None,
        "status": status.lower() if status else None,
    }
    return {name: value for name, value in members.items() if value}


def _texts(record: Element) -> dict[str, list[str]]:
    """What the elements say, by their names."""
    said: dict[str, list[str]] = {}
    for child in record:
        text = clean_text(child.text or "")
        if text:
            said.setdefault(local_name(child), []).append(text)
    return said


def _url(names: Iterable[str], works: Iterable[Members]) -> str | None:
    """The page of the work, rather than a file of it; else where its DOI leads."""
    addresses = [text for text in map(read_address, names) if text and read_work_name(text) is None]
    page = next((address for address in addresses if not _FILE.search(address)), None)
    doi = next((address_of_doi(work["value"]) for work in works if work["scheme"] == "doi"), None)
    return page or doi or next(iter(addresses), None)


def _creators(record: Element, read: Callable[[str], str | None]) -> list[Members]:
    """Creators and contributors as they stand."""
    people = [child for child in record if local_name(child) in ("creator", "contributor")]
    named = ((local_name(child), read(clean_text(child.text or ""))) for child in people)
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


def _license(rights: list[str], *, is_ours: bool) -> Any:
    """The license of the words and addresses; of ours those that stand for a claim are read as what they stand for."""
    if not is_ours:
        return license_of((), rights)
    addresses = [text for text in rights if is_address(text)]
    if addresses:
        return gather_terms(map(show_terms, addresses))
    return next(filter(None, map(read_claim_words, rights)), None)
