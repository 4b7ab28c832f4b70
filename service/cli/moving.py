"""Articles as a service gives them away, on their way into another one, or back into the same.

What the other has numbered and timed itself is left out. A document that comes home names its source by the slug; one
that comes from elsewhere by the name, for slugs mean something else there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from service.core.bulk import Command
from service.core.identifiers import ARTICLE_ID
from service.formats.documents.articles import READ_ONLY
from service.formats.intake.bulk_lines import Upload


class Home:
    """Tells whether documents come from where they go to; `knows` says whether an article was ever made there.

    One article of each source is looked for.
    """

    def __init__(self, knows: Callable[[str], bool]) -> None:
        self._knows = knows
        self._found: dict[str, bool] = {}

    def has(self, document: Mapping[str, Any]) -> bool:
        """Whether the document comes home."""
        source, id = document.get("source"), document["id"]
        slug = str(source.get("id")) if isinstance(source, dict) else ""
        if slug not in self._found:
            self._found[slug] = isinstance(id, str) and ARTICLE_ID.fullmatch(id) is not None and self._knows(id)
        return self._found[slug]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The commands of an upload, whole documents among them made fit for here."""

    upload: Upload
    home: Home

    def __iter__(self) -> Iterator[Command]:
        for command in self.upload:
            moves = command.op == "upsert" and not command.place and is_document(command.data)
            yield replace(command, data=move(command.data, self.home)) if moves else command


def is_document(members: Mapping[str, Any]) -> bool:
    """Whether members are a document that a service gave away, and not what somebody wrote."""
    return members.keys() >= READ_ONLY


def move(document: Mapping[str, Any], home: Home) -> dict[str, Any]:
    """The members of a document that go with it."""
    members = {name: value for name, value in document.items() if name not in READ_ONLY or name == "licenses"}
    source = members.get("source")
    if isinstance(source, dict) and not home.has(document):
        members["source"] = {name: value for name, value in source.items() if name != "id"}
    return members


def move_line(text: bytes, home: Home) -> bytes:
    """A line with a document in it, made fit for elsewhere; any other as it is."""
    if b'"links"' not in text:
        return text
    try:
        members = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    if not isinstance(members, dict) or not is_document(members):
        return text
    return orjson.dumps(move(members, home), option=orjson.OPT_APPEND_NEWLINE)
