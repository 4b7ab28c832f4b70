"""Records in JSON: the forms that APIs and publishers give them in, as one document or a record a line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from service.core.errors import ContentTooLarge, MalformedJson, Problem
from service.formats.intake import crossref, csl, datacite, doaj, json_ld, ninjs
from service.formats.intake.item_sizes import refuse_large
from service.formats.intake.items import Item
from service.formats.intake.json_ld_nodes import Article
from service.formats.intake.lines import LINE_LIMIT, stream_lines
from service.formats.intake.reading import Reading
from service.formats.intake.refusals import refuse, refuse_json
from service.formats.intake.soundness import make_sound
from service.formats.intake.values import Stated
from service.formats.strict_json import parse_foreign_json

LIMIT = 64 * 1024 * 1024
"""So many bytes may a document have, which is read as a whole; more of them come as a record a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Profile:
    """A form: what finds the records in a document, of which kind they are, and what reads one."""

    list: Callable[[object], list[Any]]
    kind: type = dict
    read: Callable[[Any], Stated]


_PROFILES = {
    "crossref": _Profile(list=crossref.list_records, read=crossref.read_work),
    "datacite": _Profile(list=datacite.list_records, read=datacite.read_doi),
    "ninjs": _Profile(list=ninjs.list_records, read=ninjs.read_item),
    "csl": _Profile(list=csl.list_records, read=csl.read_item),
    "jsonld": _Profile(list=json_ld.list_records, kind=Article, read=json_ld.read_record),
    "doaj": _Profile(list=doaj.list_records, read=doaj.read_article),
}


def read_json_records(stream: BinaryIO, reading: Reading, *, profile: str) -> Iterator[Item]:  # noqa: ARG001
    """The records of a document: one, a list of them, or the answer of an API; numbered from 1 on.

    Raises Malformed or ContentTooLarge before the first.
    """
    form = _PROFILES[profile]
    body = stream.read(LIMIT + 1)
    if len(body) > LIMIT:
        raise ContentTooLarge(f"A document has at most {LIMIT} bytes; send a record a line instead.", limit=LIMIT)
    may_be_large = len(body) > LINE_LIMIT
    records = form.list(_parse(body))
    del body
    for line, record in enumerate(records, start=1):
        too_large = refuse_large(record.node if isinstance(record, Article) else record) if may_be_large else None
        yield Item(line=line, problem=too_large) if too_large else _read(record, form, line)


def read_json_lines(stream: BinaryIO, reading: Reading, *, profile: str) -> Iterator[Item]:  # noqa: ARG001
    """The records of a file that has one a line; an ill line is a problem of its own."""
    form = _PROFILES[profile]
    for line, text in stream_lines(stream):
        if text is None:
            problem = ContentTooLarge(f"The line has more than {LINE_LIMIT} bytes.", limit=LINE_LIMIT)
            yield Item(line=line, problem=problem)
            continue
        try:
            yield _read(_only(form.list(_parse(text, line=line))), form, line)
        except Problem as error:
            yield Item(line=line, problem=error)


def _parse(text: bytes, *, line: int | None = None) -> object:
    """The JSON of a document, or of a line of a file; raises Malformed."""
    try:
        return parse_foreign_json(text)
    except MalformedJson as error:
        raise refuse_json(error.in_file(line) if line else error) from error


def _only(records: list[Any]) -> Any:
    if len(records) != 1:
        raise refuse("not-one-record", f"A line holds one record; this one has {len(records)}.")
    return records[0]


def _read(record: Any, form: _Profile, line: int) -> Item:
    if not isinstance(record, form.kind):
        return Item(line=line, problem=refuse("no-record", _NO_RECORD[form.kind]))
    stated = form.read(record)
    return Item(line=line, members=make_sound(stated.members), grants=stated.grants)


_NO_RECORD = {
    dict: "A record is an object.",
    Article: "There is no article of schema.org here: no object that is of such a type, or of none.",
}
