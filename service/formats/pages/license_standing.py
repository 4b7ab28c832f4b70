"""Whether words that name a license stand apart from the running text of an article, or in it."""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from service.core.detection.folding import fold
from service.core.detection.subjects import begins_with_part
from service.formats.pages.license_parts import has_badge, is_beside_picture
from service.formats.pages.license_subjects import PICTURE_LIST
from service.formats.pages.regions import regions_of
from service.formats.pages.tree import Element, ancestors_of, names_of, text_of

_LICENSE_BOX = re.compile(
    r"licen[sc]e|lizenz|licencia|licence|copyright|creative-?commons|\scc[\s_-]|rights|imprint|credits|legal"
)
_APART = frozenset(("footer", "side", "navigation"))
_BESIDE = frozenset(("comments", "others", "navigation", "footer", "side", "embed", "figure"))
_CONTAINERS = frozenset(("article", "main", "body"))
_LINES = frozenset(("div", "section"))
_LEAST_WORDS, _MOST_LOOKED_AT, _BOX_DEPTH, _LONGEST_HEADING = 3, 200, 4, 80


def is_boxed(element: Element) -> bool:
    """Whether it stands in a box for licenses by the names of that."""
    return _LICENSE_BOX.search("".join(names_of(x) for x in ancestors_of(element)[:_BOX_DEPTH])) is not None


def stands_apart(element: Element, block: Element, regions: frozenset[str]) -> bool:
    """Whether it stands in a footer, a sidebar or a box for licenses, or beside a badge."""
    return bool(regions & _APART) or is_boxed(element) or has_badge(block)


def is_followed(block: Element) -> bool:
    """Whether running text follows a block where that stands, so that it is no line at the end."""
    behind = islice(_elements_behind(block), _MOST_LOOKED_AT)
    return any(_is_running(x) for x in behind if x.tag == "p" or (x.tag in _LINES and not len(x)))


def last_line_about(element: Element, block: Element) -> Element | None:
    """The line that an element of a block stands in, if it ends the text of the article and is no caption or credit."""
    line = block
    if _is_prose(block):
        within = list(takewhile(lambda about: about is not block, ancestors_of(element)))
        if not within:
            return None
        line = within[-1]
    return None if is_followed(line) or is_beside_picture(line) or _is_led_by_part(line) else line


def _is_led_by_part(line: Element) -> bool:
    """Whether a short line right before it, such as a heading, speaks of a part: "Image credits"."""
    before = line.getprevious()
    text = text_of(before, _LONGEST_HEADING) if before is not None else ""
    is_part = PICTURE_LIST.search(text) is not None or begins_with_part(fold(text))
    return is_part and len(text) < _LONGEST_HEADING


def _elements_behind(block: Element) -> Iterator[Element]:
    """The elements behind a block, as far as the article goes."""
    for about in ancestors_of(block):
        if about is not block and (about.tag in _CONTAINERS or _is_prose(about)):
            return
        for sibling in about.itersiblings("*"):
            yield from sibling.iter("*")


def _is_prose(element: Element) -> bool:
    """Whether it holds the text of the article, and is no line in it."""
    return "prose" in regions_of(element) and "prose" not in regions_of(element.getparent())


def _is_running(element: Element) -> bool:
    return not regions_of(element) & _BESIDE and len(text_of(element, 200).split()) >= _LEAST_WORDS
