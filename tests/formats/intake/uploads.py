"""Uploads as tests have them read: bytes, through the reader of a form, to items."""

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from service.formats.intake.feeds import read_feed
from service.formats.intake.items import Item
from service.formats.intake.oai import read_oai
from service.formats.intake.reading import Reading
from service.formats.intake.spreadsheet import read_csv

Reader = Callable[[BinaryIO, Reading], Iterator[Item]]


def items_of(reader: Reader, body: bytes | str, **said: Any) -> list[Item]:
    """The items of an upload."""
    content = body.encode() if isinstance(body, str) else body
    return list(reader(io.BytesIO(content), Reading(**said)))


def members_of(reader: Reader, body: bytes | str, **said: Any) -> list[dict[str, Any]]:
    """What the items state, all of which can be read."""
    items = items_of(reader, body, **said)
    assert [item.problem for item in items if item.problem] == []
    return [dict(item.members or {}) for item in items]


def problems_of(items: list[Item]) -> list[tuple[int, str]]:
    """The lines of the items that cannot be read, with the codes of what is wrong."""
    return [(item.line, item.problem.faults[0].code) for item in items if item.problem]


NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" '
    'xmlns:cc="http://web.resource.org/cc/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
ITEM = "<title>Moths</title><link>https://lantern.example/moths</link>"
HEAD = "<title>The Lantern</title><link>https://lantern.example/</link><language>en-gb</language>"


def rss(*items: str, head: str = HEAD) -> str:
    """A feed of RSS 2.0."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>\n<rss version="2.0" {NAMESPACES}><channel>{head}{inside}</channel></rss>'


def rdf(*items: str, head: str = "<title>The Lantern</title><link>https://lantern.example/</link>") -> str:
    """A feed of RSS 1.0."""
    inside = "".join(f'<item rdf:about="https://lantern.example/{n}">{item}</item>' for n, item in enumerate(items))
    return (
        f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>'
        f'<channel rdf:about="https://lantern.example/rdf">{head}</channel>{inside}</rdf:RDF>'
    )


def atom(*entries: str, head: str = '<title>The Lantern</title><link href="https://lantern.example/"/>') -> str:
    """A feed of Atom 1.0."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}>{head}{inside}</feed>'


def record(inside: str, *, status: str = "", identifier: str = "oai:lantern.example:1") -> str:
    """A record of OAI-PMH with these elements of Dublin Core, or a deleted one."""
    header = f"<identifier>{identifier}</identifier><datestamp>2026-03-14</datestamp><setSpec>moths</setSpec>"
    metadata = f'<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/">{inside}</oai_dc:dc></metadata>'
    mark = f' status="{status}"' if status else ""
    return f"<record><header{mark}>{header}</header>{'' if status else metadata}</record>"


def answer(inside: str) -> str:
    """An answer of a repository."""
    date = "<responseDate>2026-03-14T12:00:00Z</responseDate><request>https://lantern.example/oai</request>"
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" {NAMESPACES}>{date}{inside}</OAI-PMH>'


FEED: Reader = read_feed
CSV: Reader = read_csv
OAI: Reader = read_oai
