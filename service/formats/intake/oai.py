"""Answers of OAI-PMH 2.0 repositories to ListRecords and GetRecord, an article for each record, and what else they say.

Sections are those of the protocol, http://www.openarchives.org/OAI/2.0/openarchivesprotocol.htm.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from service.core.errors import Gone, Problem
from service.formats.intake.dublin_core import read_dublin_core
from service.formats.intake.items import Item
from service.formats.intake.plain_text import trim_text
from service.formats.intake.reading import Reading
from service.formats.intake.refusals import refuse
from service.formats.intake.xml_records import Element, Records, local_name, read_records

OAI_ROOTS = frozenset({"OAI-PMH", "dc"})
"""The names of the elements that answers, and records of Dublin Core alone, are in."""

_NOTHING_MATCHES = "noRecordsMatch"
_LISTS = ("ListRecords", "GetRecord")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a repository says of one of its records (s. 2.5); `datestamp` is a day or an instant in UTC."""

    identifier: str
    datestamp: str
    is_deleted: bool = False
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a repository says of itself (s. 4.2), as far as a harvester needs it."""

    name: str
    base_url: str
    granularity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an answer says beside its records.

    `token` asks for the next page, None where this is the last one. `errors` are codes with messages (s. 3.6). `fault`
    says why the answer is not well-formed: then there may be more than could be read, the token too.
    """

    date: str | None = None
    token: str | None = None
    size: int | None = None
    errors: tuple[tuple[str, str], ...] = ()
    identity: Identity | None = None
    fault: str | None = None


def read_oai(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The records of an answer, numbered from 1; raises Invalid for one without records, with the error that it has.

    A record that has been deleted is an item with the problem Gone. Nothing that matches is no record.
    """
    return read_oai_records(read_records(stream, reading.charset))


def read_oai_records(records: Records) -> Iterator[Item]:
    """The records of an answer whose root has been read."""
    if local_name(records.root) == "dc":
        yield Item(line=1, members=read_dublin_core(records.root))
        return
    answer = read_answer(records)
    failed = [(code, message) for code, message in answer.errors if code != _NOTHING_MATCHES]
    if failed:
        code, message = failed[0]
        raise refuse(code, f"The repository answers with the error {code}: {message}")
    if not answer.errors and _list_of(records.root) is None:
        raise refuse("no-records", "There are no records here; an answer to ListRecords or GetRecord is needed.")
    yield from (item for _, item in stream_oai_records(records))


def read_answer(records: Records) -> Answer:
    """What an answer says beside its records."""
    root, found = records.root, _list_of(records.root)
    token = None if found is None else next((child for child in found if local_name(child) == "resumptionToken"), None)
    size = "" if token is None else token.get("completeListSize") or ""
    return Answer(
        date=_text(root, "responseDate") or None,
        token=None if token is None else trim_text(token.text or "") or None,
        size=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else None,
        errors=tuple(_errors(root)),
        identity=_identity(root),
        fault=records.fault,
    )


def stream_oai_records(records: Records) -> Iterator[tuple[Header | None, Item]]:
    """Each record with its header, which one that cannot be read does not have."""
    for line, record in enumerate(records.records, 1):
        if isinstance(record, Problem):
            yield None, Item(line=line, problem=record)
            continue
        header = _header(record)
        if header.is_deleted:
            yield header, Item(line=line, problem=Gone(f"{header.identifier[:500]} has been deleted at its source."))
            continue
        metadata = next((child for child in _children(record, "metadata") for child in child), None)
        if metadata is None or local_name(metadata) != "dc":
            problem = refuse("no-dublin-core", "The metadata of the record is not in the format oai_dc.")
            yield header, Item(line=line, problem=problem)
        else:
            yield header, Item(line=line, members=read_dublin_core(metadata))


def _list_of(root: Element) -> Element | None:
    return next((child for name in _LISTS for child in _children(root, name)), None)


def _errors(root: Element) -> Iterator[tuple[str, str]]:
    for child in _children(root, "error"):
        yield child.get("code") or "error", trim_text(child.text or "")[:500]


def _identity(root: Element) -> Identity | None:
    found = next(_children(root, "Identify"), None)
    if found is None:
        return None
    return Identity(
        name=_text(found, "repositoryName"),
        base_url=_text(found, "baseURL"),
        granularity=_text(found, "granularity"),
    )


def _header(record: Element) -> Header:
    header = next(_children(record, "header"), None)
    if header is None:
        return Header(identifier="", datestamp="")
    return Header(
        identifier=_text(header, "identifier"),
        datestamp=_text(header, "datestamp"),
        is_deleted=header.get("status") == "deleted",
        sets=tuple(trim_text(child.text or "") for child in _children(header, "setSpec")),
    )


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if local_name(child) == name)


def _text(element: Element, name: str) -> str:
    return next((trim_text(child.text or "") for child in _children(element, name)), "")
