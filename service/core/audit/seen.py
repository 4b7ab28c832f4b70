"""A page that has been read: its visible text in blocks, its links and its media, with their places in the source."""

from bisect import bisect_right
from dataclasses import dataclass, field

from service.core.audit.model import Quote

_LONGEST_QUOTE = 300


@dataclass(slots=True)
class Link:
    """A link whose address is the value at [start, end) of the source, around [at, until) of the visible text."""

    url: str
    rel: frozenset[str]
    shown: bool
    start: int
    end: int
    at: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """An image, a video, a frame or the like; the attribute that names it has its value at [start, end)."""

    url: str
    shown: bool
    start: int
    end: int


@dataclass(slots=True)
class Page:
    """The visible text; `places` and `origins` map its pieces onto the source, `blocks` are where its blocks begin."""

    source: str
    text: str = ""
    lang: str | None = None
    base: str | None = None
    links: list[Link] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    length: int = 0
    blocks: list[int] = field(default_factory=lambda: [0])
    _pieces: list[str] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _origins: list[int] = field(default_factory=list)
    _lengths: list[int] = field(default_factory=list)
    _shown: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, words: str, origin: int) -> None:
        """Add a piece of visible text that stands at a place of the source."""
        if words:
            self._places.append(self.length)
            self._origins.append(origin)
            self._lengths.append(len(words))
            self._pieces.append(words)
            self.length += len(words)

    def begin_block(self) -> None:
        """End the line, if there is anything on it."""
        if self.length > self.blocks[-1]:
            self._pieces.append("\n")
            self.length += 1
            self.blocks.append(self.length)

    def finish(self) -> "Page":
        """The page with its text put together."""
        self.text = "".join(self._pieces)
        self.media.sort(key=lambda medium: medium.start)
        self._shown = sorted(zip(self._origins, self._places, self._lengths, strict=True))
        return self

    def quote(self, at: int, until: int) -> Quote:
        """What stands in the source where [at, until) of the visible text comes from."""
        return self.quote_source(*self.span(at, until))

    def span(self, at: int, until: int) -> tuple[int, int]:
        """Where in the source [at, until) of the visible text stands."""
        return self._origin(at), self._origin(until - 1) + 1

    def quote_source(self, start: int, end: int) -> Quote:
        """The words at [start, end) of the source."""
        end = min(max(end, start), start + _LONGEST_QUOTE)
        return Quote(quote=self.source[start:end], start=start, end=end)

    def place_of(self, origin: int) -> int | None:
        """Where in the visible text a place of the source stands; None where readers do not see it."""
        index = bisect_right(self._shown, (origin, self.length, 0)) - 1
        if index < 0:
            return None
        start, place, length = self._shown[index]
        return place + origin - start if origin < start + length else None

    def shows_medium(self, origin: int) -> bool:
        """Whether readers see the image or the like whose address holds a place of the source."""
        index = bisect_right(self.media, origin, key=lambda medium: medium.start) - 1
        return index >= 0 and self.media[index].shown and origin < self.media[index].end

    def block_of(self, place: int) -> tuple[int, int]:
        """The block of the visible text that holds a place: where it begins and ends."""
        index = bisect_right(self.blocks, place)
        return self.blocks[index - 1], self.blocks[index] if index < len(self.blocks) else len(self.text)

    def _origin(self, place: int) -> int:
        index = bisect_right(self._places, place) - 1
        return self._origins[index] + place - self._places[index] if index >= 0 else 0
