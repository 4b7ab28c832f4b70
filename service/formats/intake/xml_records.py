"""The records of an XML document one after the other, in constant memory, however the document is broken.

Well-formed XML is read by lxml as it stands, without entities, network or documents of any size. Anything else is cut
into records (see ``xml_pieces``), and each is read as XML by itself: what cannot be mended without a guess is refused,
since a record that is read in part may lack the very words that limit its license.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, BinaryIO

from lxml import etree

from service.core.errors import ContentTooLarge, Problem
from service.formats.intake.charset_pieces import MARK
from service.formats.intake.refusals import refuse
from service.formats.intake.xml_pieces import MAX_RECORD, Piece, Pieces, escape_prose, mend_ampersands
from service.formats.intake.xml_source import stream_xml

Element = Any
"""An element of lxml."""

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "cc": "http://web.resource.org/cc/",
    "media": "http://search.yahoo.com/mrss/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "georss": "http://www.georss.org/georss",
}
"""Prefixes as everybody uses them: what they mean where a document that is broken forgets to say it."""

_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_PARSER = etree.XMLParser(**_SAFE, remove_comments=True, remove_pis=True)
_RECORDS = ("{*}item", "{*}entry", "{*}record")
_ROOT = re.compile(r"<([\w.:-]{1,80})(?:\s[^<>]*)?(?<!/)>")
_INNER = re.compile(r"<((?:[\w.-]{1,40}:)?(?:channel|ListRecords|GetRecord))(?:\s[^<>]*)?(?<!/)>")
_UNFINISHED = re.compile(r"<[^<>]*\Z")
_OUTER = "<outer {}>".format(" ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A document: its root with everything but the records, and the records, each an element or what is wrong with it.

    The elements stand in their document until the next one is taken. A last problem says that the document breaks off.
    """

    root: Element
    records: Iterable[Element | Problem] = field(repr=False)
    fault: str | None = None


def read_records(stream: BinaryIO, charset: str | None) -> Records:
    """The document in `stream`, which is read twice; raises Malformed where there is no XML at all."""
    survey = _Walk(stream_xml(stream, charset))
    try:
        for _ in survey:
            pass
    except _IllFormed as error:
        return _read_pieces(stream, charset, str(error))
    return Records(root=survey.root, records=_Walk(stream_xml(stream, charset)))


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return _without_namespace(element.tag)


@lru_cache(maxsize=1024)
def _without_namespace(tag: object) -> str:
    return str(tag).rpartition("}")[2]


class _IllFormed(Exception):
    """A document that cannot be read as it stands."""


class _Walk:
    """Goes through a well-formed document record by record; raises _IllFormed where it is none."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self.root: Element = None

    def __iter__(self) -> Iterator[Element]:
        parser = etree.XMLPullParser(events=("end",), tag=_RECORDS, remove_comments=True, remove_pis=True, **_SAFE)
        previous, held = None, 0
        for chunk in self._chunks:
            _feed(parser, chunk)
            held += len(chunk)
            for _, element in parser.read_events():
                if _is_record(element):
                    yield element
                    _discard(previous)
                    previous, held = element, 0
            if held > MAX_RECORD:
                raise _IllFormed("A record, or what stands between two, is too large.")
        try:
            self.root = parser.close()
        except etree.XMLSyntaxError as error:
            raise _IllFormed(error.msg) from None
        _discard(previous)


def _feed(parser: Any, chunk: str) -> None:
    try:
        parser.feed(chunk.encode())
    except etree.XMLSyntaxError as error:
        raise _IllFormed(error.msg) from None
    except UnicodeEncodeError:
        raise _IllFormed("There are bytes that its charset does not have.") from None


def _is_record(element: Element) -> bool:
    """Whether the element stands where records do: in the root, or in a child of it."""
    parent = element.getparent()
    if parent is None:
        return False
    above = parent.getparent()
    return above is None or above.getparent() is None


def _discard(element: Element) -> None:
    parent = None if element is None else element.getparent()
    if parent is not None:
        parent.remove(element)


def _read_pieces(stream: BinaryIO, charset: str | None, fault: str) -> Records:
    pieces = Pieces(stream_xml(stream, charset))
    head = _UNFINISHED.sub("", pieces.head)
    frame = _Frame.of(head)
    root = frame.read_head(head)
    if root is None:
        raise refuse("malformed", f"This cannot be read as XML: {fault}")
    return Records(root=root, records=_each(pieces, frame), fault=fault)


def _each(pieces: Pieces, frame: "_Frame") -> Iterator[Element | Problem]:
    piece = None
    for piece in pieces:
        yield frame.read(piece)
    if not frame.is_closed(pieces.tail) and not (piece and piece.is_open):
        yield refuse("cut", "The document ends, or can be read no further, before it is closed; more may be missing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The tags that records stand in, with what they say of namespaces, language and base."""

    tags: tuple[re.Match[str], ...]

    @classmethod
    def of(cls, head: str) -> "_Frame":
        root = _ROOT.match(head)
        inner = _INNER.search(head)
        is_around = inner is not None and f"</{inner[1]}" not in head
        return cls(tags=tuple(tag for tag in (root, inner if is_around else None) if tag))

    def read_head(self, head: str) -> Element | None:
        """The root with what comes before the records; of a head that cannot be read, the root alone."""
        if not self.tags:
            return None
        root = self._parse(mend_ampersands(head)) if len(head) <= MAX_RECORD else None
        return root if root is not None else self._parse("".join(tag[0] for tag in self.tags))

    def read(self, piece: Piece) -> Element | Problem:
        """The record, or why it cannot be read."""
        if piece.text is None:
            return ContentTooLarge(f"A record has at most {MAX_RECORD} characters.", limit=MAX_RECORD)
        if piece.is_open:
            return refuse("cut", "The record is not closed: the document is cut there, or ill.")
        if MARK in piece.text:
            return refuse("invalid-encoding", "The record has bytes that the charset of the document does not have.")
        opening = "".join(tag[0] for tag in self.tags)
        text = mend_ampersands(piece.text)
        root = self._parse(opening + text)
        if root is None:
            root = self._parse(opening + mend_ampersands(escape_prose(piece.text)))
        if root is None:
            return refuse("malformed", f"The record is no well-formed XML: {self._fault(opening + text)}")
        record = root[0] if len(self.tags) > 1 else root
        return record[0] if len(record) else refuse("malformed", "There is no record here.")

    def is_closed(self, tail: str) -> bool:
        """Whether the tags are closed at the end of the document."""
        return all(f"</{tag[1]}" in tail for tag in self.tags)

    def _parse(self, text: str) -> Element | None:
        """The root of a document that begins with `text`; None where it is not well-formed."""
        try:
            return etree.fromstring(self._whole(text).encode("utf-8", "replace"), _PARSER)[0]
        except etree.XMLSyntaxError:
            return None

    def _fault(self, text: str) -> str:
        try:
            etree.fromstring(self._whole(text).encode("utf-8", "replace"), _PARSER)
        except etree.XMLSyntaxError as error:
            return str(error.msg).partition(", line ")[0]
        return ""

    def _whole(self, text: str) -> str:
        closing = "".join(f"</{tag[1]}>" for tag in reversed(self.tags))
        return f"{_OUTER}{text}{closing}</outer>"
