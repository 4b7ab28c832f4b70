"""A text, an HTML page or an XML document whose license statements a client asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from service.core.errors import Fault, InvalidValue
from service.formats.schemas import fields as f
from service.formats.schemas.loading import StrictSchema, invalid, load

PAGE_LIMIT = 5 * 1024 * 1024
MEDIA_TYPES = {"text": "text/plain", "html": "text/html", "xml": "application/xml"}
FREE_TEXT = frozenset(MEDIA_TYPES)
"""The members that may hold control characters, as whole pages do."""

_DOCTYPE = re.compile(r"(?:\s++|<\?(?:[^?]++|\?(?!>))*+\?>|<!--(?:[^-]++|-(?!->))*+-->)*+<!DOCTYPE", re.IGNORECASE)
_SUBSET = re.compile(r"""(?:[^\[>"']++|"[^"]*+"|'[^']*+')*+\[""")
_MARK = re.compile(r"<!ENTITY|<!--|<\?|[\"'\]]", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<?": "?>", '"': '"', "'": "'"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is to be read: a text with its media type, and the address that its links are relative to."""

    text: str
    media_type: str
    base_url: str | None = None


class DetectionSchema(StrictSchema):
    """One of text, html and xml, and the address of the page."""

    text = f.text(PAGE_LIMIT)
    html = f.text(PAGE_LIMIT)
    xml = f.text(PAGE_LIMIT)
    base_url = f.url()

    def make(self, members: dict[str, Any]) -> Passage:
        """The passage; raises ValidationError for none or several."""
        given = [name for name in MEDIA_TYPES if name in members]
        if len(given) != 1:
            raise ValidationError([f.Coded("one-of", "Give one of text, html and xml.")])
        return Passage(text=members[given[0]], media_type=MEDIA_TYPES[given[0]], base_url=members.get("base_url"))


_DETECTION = DetectionSchema()


def load_passage(body: Mapping[str, Any]) -> Passage:
    """The passage in a parsed body; raises Invalid."""
    passage: Passage = load(_DETECTION, body)
    if passage.media_type == MEDIA_TYPES["xml"]:
        _check_entities(passage.text, "/xml")
    return passage


def make_passage(text: str, *, media_type: str, base_url: str | None) -> Passage:
    """The passage that a body is as a whole; raises Invalid."""
    if media_type.endswith(("/xml", "+xml")):
        _check_entities(text, "")
    return Passage(text=text, media_type=media_type, base_url=base_url)


def _check_entities(text: str, pointer: str) -> None:
    try:
        refuse_entities(text)
    except InvalidValue as error:
        raise invalid([Fault("pointer", pointer, error.code, error.detail)]) from error


def refuse_entities(xml: str) -> None:
    """Raise InvalidValue where a document type definition declares entities: they could grow, or reach outside."""
    doctype = _DOCTYPE.match(xml)
    subset = _SUBSET.match(xml, doctype.end()) if doctype else None
    if subset and _declares_entities(xml, subset.end()):
        raise InvalidValue("entity-declaration", "The DTD declares entities; leave them out, they are not expanded.")


def _declares_entities(xml: str, at: int) -> bool:
    """Whether an entity is declared between the place and the end of the internal subset."""
    while mark := _MARK.search(xml, at):
        ending = _ENDS.get(mark[0])
        if ending is None:
            return mark[0] != "]"
        end = xml.find(ending, mark.end())
        if end < 0:
            return False
        at = end + len(ending)
    return False
