"""The forms of other people's records: their names, media types and file names, and the reader of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, BinaryIO

from service.formats.intake.items import Item
from service.formats.intake.reading import Reader, Reading

NDJSON = "application/x-ndjson"
"""The media type of JSON, a record a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that records come in, by its word in ``?profile=`` and ``--format``.

    ``suffixes`` are those of files which are surely in it. ``module`` and ``function`` say where its reader is.
    """

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...] = ()
    module: str
    function: str
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def reader(self) -> Reader:
        """What reads it, loaded at its first use: the parsers behind it take longer to load than the whole service."""
        return partial(_read, self)


def _read(form: Form, stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    module = import_module(f"service.formats.intake.{form.module}")
    items: Iterator[Item] = getattr(module, form.function)(stream, reading, **form.settings)
    return items


def _of_json(name: str, *media_types: str, suffixes: tuple[str, ...] = ()) -> Form:
    """A form in JSON: one object, an array, or the envelope that an API gives it in."""
    return Form(
        name=name,
        media_types=media_types,
        suffixes=suffixes,
        module="json_records",
        function="read_json_records",
        settings=MappingProxyType({"profile": name}),
    )


_ATOM, _RSS = "application/atom+xml", "application/rss+xml"
_OF_JSON = (
    _of_json("crossref", "application/vnd.crossref-api-message+json"),
    _of_json("datacite", "application/vnd.datacite.datacite+json"),
    _of_json("ninjs", "application/vnd.iptc.ninjs+json"),
    _of_json("csl", "application/vnd.citationstyles.csl+json", suffixes=(".csljson", ".csl.json")),
    _of_json("jsonld", "application/ld+json", suffixes=(".jsonld",)),
    _of_json("doaj"),
)
_OTHERS = (
    Form(name="csv", media_types=("text/csv",), suffixes=(".csv",), module="spreadsheet", function="read_csv"),
    Form(name="rss", media_types=(_RSS,), suffixes=(".rss",), module="feeds", function="read_feed"),
    Form(name="atom", media_types=(_ATOM,), suffixes=(".atom",), module="feeds", function="read_feed"),
    Form(name="jsonfeed", media_types=("application/feed+json",), module="json_feed", function="read_json_feed"),
    Form(
        name="xml", media_types=("application/xml", "text/xml"), suffixes=(".xml",), module="xml", function="read_xml"
    ),
    Form(name="oai", media_types=(), module="oai", function="read_oai"),
)

FORMS = {form.name: form for form in (*_OTHERS, *_OF_JSON)}
"""The forms by name."""

PROFILES = tuple(form.name for form in _OF_JSON)
"""The forms that also come as NDJSON, by their word in ``?profile=``."""

MEDIA_TYPES = tuple(media_type for form in FORMS.values() for media_type in form.media_types)
"""The media types that have a reader; NDJSON has one with a profile."""

_BY_MEDIA_TYPE = {media_type: form for form in FORMS.values() for media_type in form.media_types}
_LINES = {
    name: Form(
        name=name,
        media_types=(NDJSON,),
        module="json_records",
        function="read_json_lines",
        settings=MappingProxyType({"profile": name}),
    )
    for name in PROFILES
}


def find_reader(media_type: str, *, profile: str | None = None) -> Reader | None:
    """The reader of a media type (lower case, without parameters), of a `profile` for NDJSON; None where none is.

    NDJSON without a profile holds our own articles and commands, which are no items: see ``bulk_lines``.
    """
    if media_type == NDJSON:
        return _LINES[profile].reader if profile in _LINES else None
    form = _BY_MEDIA_TYPE.get(media_type)
    return form.reader if form else None


def find_form(file_name: str) -> Form | None:
    """The form that the name of a file tells, be it compressed or not; None where it does not tell one for sure."""
    name = PurePath(file_name).name.lower().removesuffix(".gz")
    found = (form for form in FORMS.values() if name.endswith(form.suffixes or ("\0",)))
    return next(found, None)
