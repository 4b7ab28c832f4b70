"""A page as its readers see it: the visible text, the links and the media, and where each stands in the source.

One pass that never goes back, so that time grows with the length of the page whatever is in it. Two parsers were tried
first and left: `html.parser` of Python 3.11 took 586 s for 180 KB of unfinished tags, and Lexbor 12 s for 500 KB of
unclosed formatting elements, which the tree of HTML makes it repeat. No tree is needed here: what counts is whether an
element hides what it holds. Style sheets are not applied, so that what only they hide counts as seen.
"""

import re
from collections.abc import Iterator

from service.core.audit.seen import Link, Medium, Page
from service.core.audit.tags import (
    BLOCKS,
    HIDDEN,
    MEDIA,
    OPAQUE,
    SELF_CLOSING,
    SPOKEN,
    TITLED,
    VOID,
    Attributes,
    clean_source,
    is_hidden,
    resolve_references,
    split_references,
)

_MARK = re.compile(r"<(?:(/?)([A-Za-z][^\s/>]*+)(>?)|!--|[!?]|/[^>])")
_NAME = re.compile(r"[\s/]*+(?:([^\s/>=][^\s/>=]*+)\s*+(=?)\s*+)?")
_BARE = re.compile(r"[^\s>]*+")
_ENDS = {name: re.compile(rf"</{name}(?![^\s/>])", re.IGNORECASE) for name in OPAQUE}
_SIZES = re.compile(r"\s[^,\s]*(?:,|$)")
_STYLED = re.compile(r"url\(\s?[\"']?([^\"')\s]{1,2000})")


def read_page(html: str) -> Page:
    """What readers of the page see and what it shows; any text is read somehow."""
    return _Reader(html).read()


class _Reader:
    """The state of one pass: what has been read, and which elements are open."""

    def __init__(self, source: str) -> None:
        self.source = clean_source(source)
        self.page = Page(source)
        self.open: list[tuple[str, bool]] = []
        self.counts: dict[str, int] = {}
        self.hidden = 0
        self.anchor: Link | None = None
        self.asides: list[tuple[str, int]] = []
        self.last = {quote: source.rfind(quote) for quote in ('"', "'")}

    def read(self) -> Page:
        position = 0
        while match := _MARK.search(self.source, position):
            if match.start() > position:
                self._read_text(position, match.start())
            position = self._read_mark(match)
        self._read_text(position, len(self.source))
        self._close_anchor()
        for words, start in self.asides:
            self.page.begin_block()
            self.page.add(words, start)
        return self.page.finish()

    def _read_mark(self, mark: re.Match[str]) -> int:
        """Read what a mark begins; where it ends."""
        slash, name, closed = mark.groups()
        if name is None:
            is_comment = mark[0] == "<!--"
            return self._behind("-->" if is_comment else ">", mark.start() + 2)
        if slash:
            self._close(name.lower())
            return mark.end() if closed else self._behind(">", mark.end())
        return self._read_tag(name.lower(), mark.end(), is_bare=bool(closed))

    def _read_tag(self, name: str, position: int, *, is_bare: bool) -> int:
        """Read a start tag behind its name, and skip what no reader sees; where it ends. A bare one has ended."""
        attributes, end = ({}, position) if is_bare else self._read_attributes(position)
        self._enter(name, attributes, end)
        return self._behind_content(name, end) if name in OPAQUE else end

    def _behind(self, ending: str, start: int) -> int:
        found = self.source.find(ending, start)
        return len(self.source) if found < 0 else found + len(ending)

    def _behind_content(self, name: str, start: int) -> int:
        """Where an element ends whose content is not for readers; the end tag is read as a mark."""
        found = _ENDS[name].search(self.source, start)
        return found.start() if found else len(self.source)

    def _read_attributes(self, position: int) -> tuple[Attributes, int]:
        """Each attribute with its value and the value's place, the first of a name; and where the tag ends."""
        attributes: Attributes = {}
        while match := _NAME.match(self.source, position):
            position = match.end()
            if match[1] is None:
                break
            start, end, position = self._read_value(position) if match[2] else (position, position, position)
            attributes.setdefault(match[1].lower(), (resolve_references(self.source[start:end]), start, end))
        return attributes, self._behind(">", position)

    def _read_value(self, position: int) -> tuple[int, int, int]:
        """Start and end of a value, and where what follows it begins. A quote that nothing closes is none."""
        quote = self.source[position : position + 1]
        if quote in self.last and position < self.last[quote]:
            end = self.source.find(quote, position + 1)
            return position + 1, end, end + 1
        bare = _BARE.match(self.source, position)
        end = bare.end() if bare else position
        return position, end, end

    def _enter(self, name: str, attributes: Attributes, end: int) -> None:
        if name == "html" and "lang" in attributes:
            self.page.lang = attributes["lang"][0]
        if name in BLOCKS:
            self._begin_block(name)
        hides = bool(attributes or name in HIDDEN) and is_hidden(name, attributes)
        if attributes:
            shown = not self.hidden and not hides
            self._read_links(name, attributes, shown=shown)
            self._read_media(name, attributes, shown=shown)
            self._read_asides(name, attributes, shown=shown)
        is_closed = name in VOID or (self.source.startswith("/>", end - 2) and self._is_foreign())
        if not is_closed:
            self.open.append((name, hides))
            self.counts[name] = self.counts.get(name, 0) + 1
            self.hidden += hides

    def _is_foreign(self) -> bool:
        """Whether an element that is open follows the rules of XML, where a slash closes what it stands in."""
        return any(self.counts.get(name) for name in SELF_CLOSING)

    def _begin_block(self, name: str) -> None:
        """Start a block. It ends a paragraph, and an item its like, where no end tag does (HTML s. 13.1.2.4)."""
        self.page.begin_block()
        if self.open and self.open[-1][0] in ("p", name) and (self.open[-1][0] == "p" or BLOCKS[name]):
            self._leave()

    def _close(self, name: str) -> None:
        if name in BLOCKS:
            self.page.begin_block()
        if name == "a":
            self._close_anchor()
        if self.counts.get(name):
            while self.open[-1][0] != name:
                self._leave()
            self._leave()

    def _leave(self) -> None:
        name, hides = self.open.pop()
        self.counts[name] -= 1
        self.hidden -= hides

    def _read_text(self, start: int, end: int) -> None:
        if self.hidden:
            return
        for words, origin in split_references(self.source, start, end):
            self.page.add(words, origin)

    def _read_links(self, name: str, attributes: Attributes, *, shown: bool) -> None:
        if name == "a":
            self._close_anchor()
        if name == "base" and "href" in attributes and self.page.base is None:
            self.page.base = attributes["href"][0]
        if name not in ("a", "area", "link") or "href" not in attributes:
            return
        url, start, end = attributes["href"]
        rel = frozenset(attributes.get("rel", ("", 0, 0))[0].lower().split())
        at = self.page.length
        link = Link(url=url.strip(), rel=rel, shown=shown and name != "link", start=start, end=end, at=at, until=at)
        self.page.links.append(link)
        self.anchor = link if name == "a" else self.anchor

    def _close_anchor(self) -> None:
        if self.anchor:
            self.anchor.until = self.page.length
            self.anchor = None

    def _read_media(self, name: str, attributes: Attributes, *, shown: bool) -> None:
        """What is shown from elsewhere. Hidden or not, the page has it, but for templates, which nothing fetches."""
        if self.counts.get("template"):
            return
        for key in MEDIA.get(name, ()):
            if key in attributes:
                value, start, end = attributes[key]
                urls = _SIZES.sub(" ", f"{value} ").split() if key.endswith("srcset") else [value.strip()]
                self.page.media += [Medium(url=url, shown=shown, start=start, end=end) for url in urls]
        if "style" in attributes:
            value, start, end = attributes["style"]
            self.page.media += [
                Medium(url=match[1], shown=shown, start=start, end=end) for match in _STYLED.finditer(value)
            ]

    def _read_asides(self, name: str, attributes: Attributes, *, shown: bool) -> None:
        """What stands for an image, or is shown of a link when it is pointed at: told at the end of the text."""
        keys: Iterator[str] = iter((*SPOKEN.get(name, ()), *(("title", "aria-label") if name in TITLED else ())))
        for key in keys:
            if shown and key in attributes and attributes[key][0].strip():
                value, start, _ = attributes[key]
                self.asides.append((value, start))
