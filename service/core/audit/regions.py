"""Stretches of a page's text in which short words say something: about its credits, and at the beginning of lines."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from service.core.audit.seen import Page
from service.core.audit.words import Place, Words, words_of

_LONG_BLOCK, _NEAR = 2000, 400
_SHORT_LINE, _FIRST_WORDS = 200, 8
# A letter that no page is written with: what is found lies on one side of it.
_WALL = " \ua66e "


class Regions:
    """Stretches of the visible text, to be searched as one."""

    def __init__(self, page: Page, spans: Iterable[Place]) -> None:
        self._starts: list[int] = []
        self._origins: list[int] = []
        pieces: list[str] = []
        length = 0
        for start, end in spans:
            self._starts.append(length)
            self._origins.append(start)
            pieces += [page.text[start:end], _WALL]
            length += end - start + len(_WALL)
        self._words = Words("".join(pieces))

    def find(self, letters: str, *, prefix: bool = False) -> Place | None:
        """Where folded letters first stand as words; with `prefix` the last of them may go on."""
        place = next(self._words.find_letters(letters, prefix=prefix), None)
        return (self._origin(place[0]), self._origin(place[1])) if place else None

    def _origin(self, place: int) -> int:
        index = bisect_right(self._starts, place) - 1
        return self._origins[index] + place - self._starts[index]


def credit_spans(page: Page, anchors: Iterable[int]) -> Iterator[Place]:
    """The blocks that hold an anchor, which is a place that only a credit has; of long ones what is near it."""
    reached = 0
    for anchor in sorted(anchors):
        start, end = page.block_of(anchor)
        if end - start > _LONG_BLOCK:
            start, end = max(start, anchor - _NEAR), min(end, anchor + _NEAR)
        start = max(start, reached)
        if start < end:
            yield start, end
            reached = end


def line_spans(page: Page) -> Iterator[Place]:
    """The first words of each short line that is more than a link."""
    linked = {start for start, _ in _linked_lines(page)}
    for start, end in _lines(page):
        if end - start <= _SHORT_LINE and start not in linked:
            rest = page.text[start:end].split(maxsplit=_FIRST_WORDS)
            yield start, end - (len(rest[-1]) if len(rest) > _FIRST_WORDS else 0)


def whole_lines(page: Page) -> dict[str, Place]:
    """Each short line by its letters."""
    short = (span for span in _lines(page) if span[1] - span[0] <= _SHORT_LINE)
    return {"".join(words_of(page.text[start:end])): (start, end) for start, end in short}


def _lines(page: Page) -> Iterator[Place]:
    return zip(page.blocks, [*page.blocks[1:], len(page.text)], strict=True)


def _linked_lines(page: Page) -> Iterator[Place]:
    blocks = ((link, page.block_of(link.at)) for link in page.links if link.shown)
    return (block for link, block in blocks if link.at <= block[0] and link.until + 1 >= block[1])
