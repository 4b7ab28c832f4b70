"""The forms in which an article, or a list of articles, is given away: their names, media types and writers.

``json`` is the stored document and needs no writer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from service.core.articles import Article
from service.formats.bibtex import render_bibtex
from service.formats.csl import render_csl
from service.formats.datacite import render_datacite
from service.formats.dublin_core import render_dublin_core
from service.formats.feeds import Channel, stream_atom, stream_rss
from service.formats.html_page import render_page
from service.formats.media_types import MEDIA_TYPES
from service.formats.ninjs import render_ninjs
from service.formats.odrl import render_odrl
from service.formats.provider import Provider
from service.formats.ris import render_ris
from service.formats.schema_org import render_schema_org
from service.formats.spreadsheet import stream_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A form by its word in ``?format=``; ``charset`` says whether its media type has that parameter."""

    name: str
    media_type: str
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The value of Content-Type."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation(_Form):
    """A form of one article."""

    write: Callable[[Article, Provider], bytes]

    def tag(self, version: int, day: date | None = None, *, source: int | None = None) -> str:
        """Its entity tag for a version of the article, of the source if that speaks for it, and for the day asked."""
        spoken = f"-{source}" if source else ""
        asked = f"-as-of-{day:%Y%m%d}" if day else ""
        return f'"{version}-{self.name}{spoken}{asked}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRepresentation(_Form):
    """A form of a list of articles, made in pieces from their documents; only a feed says anything of itself."""

    stream: Callable[[Iterable[bytes], Channel], Iterator[bytes]]
    is_feed: bool = False


def stream_ndjson(documents: Iterable[bytes]) -> Iterator[bytes]:
    """The documents as they are stored, a line each."""
    return (document + b"\n" for document in documents)


def _alone(write: Callable[[Article], bytes]) -> Callable[[Article, Provider], bytes]:
    """The writer of a form that says nothing of who gives it away."""
    return lambda article, _: write(article)


def _bare(
    stream: Callable[[Iterable[bytes]], Iterator[bytes]],
) -> Callable[[Iterable[bytes], Channel], Iterator[bytes]]:
    """The writer of a list that says nothing of itself."""
    return lambda documents, _: stream(documents)


_WRITERS: dict[str, Callable[[Article, Provider], bytes]] = {
    "jsonld": render_schema_org,
    "ninjs": _alone(render_ninjs),
    "datacite": _alone(render_datacite),
    "csl": _alone(render_csl),
    "bibtex": _alone(render_bibtex),
    "ris": _alone(render_ris),
    "odrl": _alone(render_odrl),
    "dc": _alone(render_dublin_core),
    "html": render_page,
}
_WITH_CHARSET = ("bibtex", "ris", "html")
_OF_LISTS = (
    ListRepresentation(name="csv", media_type="text/csv", charset=True, stream=_bare(stream_csv)),
    ListRepresentation(name="ndjson", media_type="application/x-ndjson", stream=_bare(stream_ndjson)),
    ListRepresentation(name="atom", media_type="application/atom+xml", stream=stream_atom, is_feed=True),
    ListRepresentation(name="rss", media_type="application/rss+xml", stream=stream_rss, is_feed=True),
)

REPRESENTATIONS = {
    name: Representation(name=name, media_type=MEDIA_TYPES[name], charset=name in _WITH_CHARSET, write=write)
    for name, write in _WRITERS.items()
}
"""The forms of one article beside its JSON document, by name."""

LIST_REPRESENTATIONS = {form.name: form for form in _OF_LISTS}
"""The forms of a list beside its JSON pages, by name."""
