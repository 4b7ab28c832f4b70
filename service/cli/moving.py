"""Articles as a service gives them away, on their way into another one, or back into the same.

What the other has numbered and timed itself is left out, and a source that is not here goes by its name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from service.core.bulk import Command
from service.formats.documents.articles import READ_ONLY
from service.formats.intake.bulk_lines import Upload

HasSource = Callable[[str], bool]
"""Whether there is a source with a slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The commands of an upload, whole documents among them made fit for here."""

    upload: Upload
    has_source: HasSource

    def __iter__(self) -> Iterator[Command]:
        for command in self.upload:
            moves = command.op == "upsert" and not command.place and is_document(command.data)
            yield replace(command, data=move(command.data, self.has_source)) if moves else command


def is_document(members: Mapping[str, Any]) -> bool:
    """Whether members are a document that a service gave away, and not what somebody wrote."""
    return members.keys() >= READ_ONLY


def move(document: Mapping[str, Any], has_source: HasSource) -> dict[str, Any]:
    """The members of a document that go with it."""
    members = {name: value for name, value in document.items() if name not in READ_ONLY}
    source = members.get("source")
    if isinstance(source, dict) and isinstance(source.get("id"), str) and not has_source(source["id"]):
        members["source"] = {name: value for name, value in source.items() if name != "id"}
    return members


def move_line(text: bytes, has_source: HasSource) -> bytes:
    """A line with a document in it, made fit for elsewhere; any other as it is."""
    if b'"links"' not in text:
        return text
    try:
        members = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    if not isinstance(members, dict) or not is_document(members):
        return text
    return orjson.dumps(move(members, has_source), option=orjson.OPT_APPEND_NEWLINE)
