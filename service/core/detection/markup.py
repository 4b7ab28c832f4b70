"""HTML and XML, read in one pass that never goes back: text, attributes, and which work they speak of.

Entities of a DTD are never expanded; comments, styles and scripts other than JSON-LD are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.core.detection.document import OBJECT, PAGE, Attribute, Document, MarkedCredit
from service.core.detection.entities import unescape
from service.core.detection.folding import fold
from service.core.detection.tags import ELEMENT_RANKS, META_RANKS, element_rank, json_credits, tags_of

_MARK = re.compile(r"<(?:!--|!\[CDATA\[|[!?]|/?[^\W\d_])")
_TAG = re.compile(r"""</?([^\s/>]{1,80}+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_TAG_NAME = re.compile(r"</?([^\s/>]{1,80})")
_ATTRIBUTE = re.compile(r"""([^\s=/>"'<]{1,80})(?:\s{0,20}=\s{0,20}(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""")
_SCRIPT_END = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
_SPECIAL = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|\]\]>|[ \t\r\n\f]{2,}|[\t\r\n\f]"
)
_INLINE, _EMPTY, _WORKS = (frozenset(tags_of(kind)) for kind in ("inline", "empty", "work"))
_OBJECT_TYPES, _OBJECT_PROPERTIES = (frozenset(tags_of(kind)) for kind in ("object-type", "object-property"))
_DEEPEST = 100
_MOST_OPEN = 1000
# No tag with an attribute is shorter behind its name.
_SHORTEST = 4

_HINT = re.compile(
    r"creative|licensebuttons|\bcc\b|\bcc[-_ ]?(?:by|0|zero)|spdx\.org|\d\.\d|コモンズ|共享|إبداعي", re.IGNORECASE
)
_READ_ALWAYS = frozenset(("meta", *ELEMENT_RANKS))
_VERSION = re.compile(r"\d\.\d")
_LICENSE_WORD = re.compile(r"licen[sc]e|rights|copyright", re.IGNORECASE)


@dataclass(slots=True)
class _Element:
    """An element that is still open and worth closing."""

    name: str
    at: int
    start: int
    end: int
    subject: str
    attributes: list[Attribute] = field(default_factory=list)
    credit: int | None = None


def _is_telling(tag: str) -> bool:
    """Whether a tag in lower case may say of which work it is, who made that, or a license; other tags need no reading.

    Plain looks for words are many times quicker than one pattern.
    """
    return (
        "rel" in tag
        or "item" in tag
        or "prop" in tag
        or "about" in tag
        or "cc" in tag
        or "creative" in tag
        or "licen" in tag
        or "spdx" in tag
        or "&#" in tag
        or _VERSION.search(tag) is not None
        or (not tag.isascii() and _HINT.search(tag) is not None)
    )


def read_markup(source: str, base_url: str | None = None) -> Document:
    """The readable text of HTML or XML, broken or not, and the attributes that may speak of a license.

    `base_url` is the page's own address: what is about that is about the page.
    """
    return _MarkupReader(source, base_url).read()


class _MarkupReader:
    """The state of one pass: what is read, what is open."""

    def __init__(self, source: str, base_url: str | None) -> None:
        self.document = Document(source, "")
        self.source = source
        self.own = {"", base_url}
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Element] = []
        self.credited: list[tuple[_Element, int]] = []
        self.works = 0
        self.balanced = True

    def read(self) -> Document:
        position = 0
        while match := _MARK.search(self.source, position):
            self._read_text(position, match.start())
            position = self._read_mark(match[0], match.start())
        self._read_text(position, len(self.source))
        self.document.text = "".join(self.parts)
        self.document.folded = fold(self.document.text)
        self.document.credits += [self._marked_credit(element, end) for element, end in self.credited]
        return self.document

    def _marked_credit(self, element: _Element, until: int) -> MarkedCredit:
        """The first line of words that a credited element holds."""
        held = self.document.text[element.at : until]
        words = next((line for line in held.splitlines() if line.strip()), "").strip()
        at = element.at + held.find(words)
        start, end = self.document.origin(at), self.document.origin_end(at + len(words))
        return MarkedCredit(element.credit or 0, words, start, max(start, end))

    def _read_mark(self, mark: str, start: int) -> int:
        """Read one mark; where it ends."""
        if mark[1] not in "!?":
            return self._read_tag(start)
        if mark == "<!--":
            return self._behind("-->", start)
        if mark == "<![CDATA[":
            return start + len(mark)
        if mark == "<?":
            return self._behind("?>", start)
        end = self._behind(">", start)
        return self._behind("]>", start) if "[" in self.source[start:end] else end

    def _behind(self, ending: str, start: int) -> int:
        found = self.source.find(ending, start)
        return len(self.source) if found < 0 else found + len(ending)

    def _read_tag(self, start: int) -> int:
        name, end = self._tag(start)
        if name not in _INLINE and name.partition(":")[2] not in _INLINE:
            self._add("\n", start)
        if self.source[start + 1] == "/":
            self._close(name, end)
            return end
        body = start + 1 + len(name)
        self._open(name, body, end)
        return self._read_script(body, end) if name in ("script", "style") else end

    def _tag(self, start: int) -> tuple[str, int]:
        """The tag's name and its end; a ">" inside quotes does not count, as long as quotes are balanced."""
        match = _TAG.match(self.source, start) if self.balanced else None
        if match:
            return match[1].lower(), match.end()
        self.balanced = False
        name = _TAG_NAME.match(self.source, start)
        return name[1].lower() if name else "", self._behind(">", start)

    def _read_script(self, body: int, start: int) -> int:
        found = _SCRIPT_END.search(self.source, start)
        end = found.start() if found else len(self.source)
        if "ld+json" in self.source[body:start].lower():
            self.document.credits += json_credits(self.source, start, end)
            self._add_attribute("script", "json", self.source[start:end], start, end).metadata = True
        return end

    def _read_text(self, start: int, end: int) -> None:
        """Add text of the source, spaces single and entities resolved."""
        if start == end:
            return
        position = start
        for match in _SPECIAL.finditer(self.source, start, end):
            self._add(self.source[position : match.start()], position)
            special = match[0]
            self._add(unescape(special) if special[0] == "&" else "" if special == "]]>" else " ", match.start())
            position = match.end()
        self._add(self.source[position:end], position)

    def _add(self, text: str, origin: int) -> None:
        if text:
            self.document.places.append(self.length)
            self.document.origins.append(origin)
            self.parts.append(text)
            self.length += len(text)

    def _open(self, name: str, body: int, end: int) -> None:
        if len(self.open) >= _MOST_OPEN:
            return
        if name in _WORKS:
            self.works += 1
            self._enter(_Element(name, self.length, body, end, f"work {self.works}"))
        if name not in _READ_ALWAYS and not (end - body >= _SHORTEST and _is_telling(self.source[body:end].lower())):
            return
        values = list(self._attributes(body, end))
        said = {key: value for key, value, _, _ in values}
        thing = self._thing(said, body, end)
        subject = self._subject() if thing is None else thing
        element = _Element(name, self.length, body, end, subject, credit=element_rank(name, said))
        for key, value, start, stop in values:
            self._read_attribute(element, said, key, value, start, stop)
        holds = name not in _EMPTY and self.source[end - 2 : end] != "/>"
        if holds and (element.attributes or element.credit is not None or subject != self._subject()):
            self._enter(element)

    def _thing(self, said: dict[str, str], body: int, end: int) -> str | None:
        """The object that RDFa or microdata say an element is about, PAGE for the page; None where they say nothing.

        An item is an object by its type or as a property such as "image"; any other may be the page's own article.
        """
        address = said.get("about")
        type = said.get("itemtype", "")
        nested = said.get("itemprop", "")
        is_object = type.rstrip("/").rpartition("/")[2].lower() in _OBJECT_TYPES or (
            nested.lower() in _OBJECT_PROPERTIES and "itemscope" in self.source[body:end].lower()
        )
        if address is None and (is_object or not type):
            address = said.get("itemid")
        if address is not None:
            return PAGE if address.strip() in self.own else f"{OBJECT}{address.strip()}"
        return f"{OBJECT}{type or nested}" if is_object else None

    def _attributes(self, body: int, end: int) -> Iterator[tuple[str, str, int, int]]:
        """Name, value and the value's place of each attribute in the source."""
        for match in _ATTRIBUTE.finditer(self.source, body, end):
            group = match.lastindex or 1
            if group > 1:
                value = match[group]
                yield match[1].lower(), unescape(value), match.start(group), match.end(group)

    def _read_attribute(
        self, element: _Element, said: dict[str, str], key: str, value: str, start: int, end: int
    ) -> None:
        if element.name == "meta":
            self._read_meta(said, key, value, start, end)
            return
        rel = f"{said.get('rel', '')} {said.get('property', '')} {said.get('itemprop', '')}".lower()
        if key.startswith("xmlns") or key == "about" or not (_HINT.search(value) or "license" in rel.split()):
            return
        added = self._add_attribute(element.name, key, value, start, end)
        added.rel = rel
        added.subject = element.subject
        added.scope_start, added.scope_end = element.start, element.end
        added.metadata = element.name == "link" or "license" in element.name
        element.attributes.append(added)

    def _read_meta(self, said: dict[str, str], key: str, value: str, start: int, end: int) -> None:
        name = (said.get("name") or said.get("property") or said.get("itemprop") or "").lower()
        if key != "content":
            return
        if name in META_RANKS:
            self.document.credits.append(MarkedCredit(META_RANKS[name], value, start, end))
        if _LICENSE_WORD.search(name) or "creativecommons.org/" in value.lower():
            self._add_attribute("meta", name, value, start, end).metadata = True

    def _add_attribute(self, element: str, key: str, value: str, start: int, end: int) -> Attribute:
        place = self.length
        attribute = Attribute(element, key, value, start, end, place, place, start, end, self._subject())
        self.document.attributes.append(attribute)
        return attribute

    def _subject(self) -> str:
        return self.open[-1].subject if self.open else ""

    def _enter(self, element: _Element) -> None:
        self.open.append(element)
        self.document.subjects.append((self.length, element.subject))

    def _close(self, name: str, end: int) -> None:
        """Close the innermost open element of the name, if it is not buried too deep."""
        for depth in range(1, min(len(self.open), _DEEPEST) + 1):
            if self.open[-depth].name == name:
                element = self.open[-depth]
                del self.open[-depth:]
                self._leave(element, end)
                return

    def _leave(self, element: _Element, end: int) -> None:
        self.document.subjects.append((self.length, self._subject()))
        for attribute in element.attributes:
            attribute.until, attribute.scope_end = self.length, end
        if element.credit is not None:
            self.credited.append((element, self.length))
