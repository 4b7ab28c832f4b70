"""The records of XML that is not well-formed: cut out of the text by their tags, so that one's faults stay its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.entities import name2codepoint

MAX_RECORD = 1024 * 1024
"""Characters that a record may have."""

_MAX_HELD = 8 * MAX_RECORD
_MAX_DONE = 65_536
_AHEAD = 128  # longer than any token
_TOKEN = re.compile(r"<!\[CDATA\[|<!--|<(?P<close>/?)(?P<name>(?:[\w.-]{1,40}:)?(?:item|entry|record))(?=[\s>/])")
_TAG_END = re.compile(r"[^<>]*>?")
_SECTION = "<![CDATA["
_SECTION_ENDS = {_SECTION: re.compile("]]>"), "<!--": re.compile("-->")}
_AMPERSAND = re.compile(r"&(?:#([0-9]{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{0,30});)?")
_OF_XML = frozenset({"lt", "gt", "amp", "quot", "apos"})
# Elements that hold prose, where markup stands unescaped most often.
_PROSE = re.compile(r"<((?:dc:|media:)?(?:description|title)|content:encoded|summary|content)(\s[^<>]*)?(?<!/)>")
_XHTML = re.compile(r"""\stype\s*=\s*["'](?:xhtml|application/xhtml\+xml)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A record as text; it `is_open` where its end is missing. Of one that is too large there is no text."""

    text: str | None
    is_open: bool = False


class Pieces:
    """The records in a text that comes in chunks; it is read on only as far as it is looked at.

    `head` is what comes before the first record. `tail`, after the last one, is there when all have been taken.
    """

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._text = ""
        self._is_whole = False
        self._endless: set[str] = set()
        self._done = 0
        self._next = self._find_tag(0)
        self.head = self._text[: self._next.start()] if self._next else self._text[:MAX_RECORD]
        self.tail = ""

    def __iter__(self) -> Iterator[Piece]:
        """The records in order."""
        while self._next:
            yield self._take(self._next)
        self.tail = self._text[self._done :][-MAX_RECORD:]

    def _take(self, opening: re.Match[str]) -> Piece:
        """The record that begins with `opening`: up to its end, or to the next one that is opened instead."""
        start, at = opening.start(), self._end_of_tag(opening.end())
        if self._text.startswith("/>", at - 2):
            return self._cut(start, at)
        tag = self._find_tag(at, name=opening["name"])
        if tag is None:
            return self._cut(start, len(self._text), is_open=True)
        end = self._end_of_tag(tag.end()) if tag["close"] else tag.start()
        return self._cut(start, end, is_open=not tag["close"])

    def _cut(self, start: int, end: int, *, is_open: bool = False) -> Piece:
        piece = Piece(text=self._text[start:end] if end - start <= MAX_RECORD else None, is_open=is_open)
        self._done = end
        if end > _MAX_DONE:
            self._text, self._done = self._text[end:], 0
        self._next = self._find_tag(self._done)
        return piece

    def _end_of_tag(self, at: int) -> int:
        found = self._find(_TAG_END, at)
        return found.end() if found else at

    def _find_tag(self, at: int, *, name: str | None = None) -> re.Match[str] | None:
        """The next tag of a record called `name` that opens or closes; without a name, the next that opens one."""
        while token := self._find(_TOKEN, at):
            at = token.end()
            if token[0] in _SECTION_ENDS:
                at = self._end_of_section(token)
            elif token["name"] == name or (name is None and not token["close"]):
                return token
        return None

    def _end_of_section(self, opening: re.Match[str]) -> int:
        """Where a comment or a CDATA section ends; one that never does is text like any other."""
        kind = opening[0]
        found = None if kind in self._endless else self._find(_SECTION_ENDS[kind], opening.end())
        if found is None:
            self._endless.add(kind)
        return found.end() if found else opening.end()

    def _find(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        start = at
        while True:
            found = pattern.search(self._text, start)
            if found and (self._is_whole or found.end() + _AHEAD < len(self._text)):
                return found
            if self._is_whole:
                return None
            if found is None:
                start = max(start, len(self._text) - _AHEAD)
            self._read_on()

    def _read_on(self) -> None:
        chunk = next(self._chunks, None) if len(self._text) <= _MAX_HELD else None
        self._is_whole = chunk is None
        self._text += chunk or ""


def mend_ampersands(text: str) -> str:
    """`text` with bare ampersands escaped, and with characters for the entities that HTML knows and XML does not."""
    parts = _split_sections(text)
    parts[::2] = [_AMPERSAND.sub(_mend_ampersand, part) for part in parts[::2]]
    return "".join(parts)


def escape_prose(text: str) -> str:
    """`text` with the markup escaped that stands in titles, summaries and contents as if it were their own elements."""
    parts, at, endless = [], 0, set()
    while opening := _PROSE.search(text, at):
        name = opening[1]
        end = -1 if name in endless else text.find(f"</{name}", opening.end())
        if end < 0:
            endless.add(name)
            end = opening.end()
        parts += [text[at : opening.end()], _escape(text[opening.end() : end], opening[2] or "")]
        at = end
    return "".join([*parts, text[at:]])


def _split_sections(text: str) -> list[str]:
    """The text before the first CDATA section, that section, the text behind it, and so on."""
    parts, at = [], 0
    while (start := text.find(_SECTION, at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        parts += [text[at:start], text[start : end + 3]]
        at = end + 3
    return [*parts, text[at:]]


def _escape(inside: str, attributes: str) -> str:
    parts = _split_sections(inside)
    if _XHTML.search(attributes) or not any("<" in part for part in parts[::2]):
        return inside
    parts[1::2] = [part[9:-3] for part in parts[1::2]]
    return escape("".join(parts), quote=False)


def _mend_ampersand(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return f"&#{code};" if _is_character(code) else ""
    if name is None:
        return "&amp;"
    known = None if name in _OF_XML else name2codepoint.get(name)
    return chr(known) if known else found[0]


def _is_character(code: int) -> bool:
    """XML 1.0 section 2.2."""
    return code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
