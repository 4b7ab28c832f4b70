"""The words of HTML without its markup, in one pass that never goes back."""

import re
from html import unescape

from service.formats.strict_json import CONTROL

_TAG = re.compile(r"""</?[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_LONG_TAG = 1000  # characters in which a quoted sign is told from the end of a tag
_TAG_NAME = re.compile(r"</?([A-Za-z][\w.:-]{0,40})")
_BEGINS_MARKUP = re.compile(r"</?[A-Za-z]|<[!?]")
_UNSEEN = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template", "svg", "iframe", "object")
}
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "td", "th", "tr", "ul"),
    )
)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_ENDS = " \t\r\n\f\v"
_LINE_ENDS = re.compile(r"[ \t\f\v]*+(?:\r\n?|\n)[ \t\f\v\r\n]*+")


def plain_text(html: str) -> str:
    """What a reader sees of `html`, its blocks on lines of their own; text without markup keeps its lines."""
    parts = _parts(html) if "<" in html else [html]
    if parts == [html]:
        return trim_text(unescape(html) if "&" in html else html)
    words = "".join(part if part == "\n" else _SPACES.sub(" ", part) for part in parts)
    return _LINE_ENDS.sub("\n", trim_text(unescape(words)))


def trim_text(text: str) -> str:
    """`text` without the control characters that no member takes, and without spaces at its ends."""
    return drop_controls(text).strip(_ENDS)


def drop_controls(text: str) -> str:
    """`text` without the control characters that no member takes."""
    return CONTROL.sub("", text)


def one_line(text: str) -> str:
    """`text` with single spaces where there were line ends and more."""
    return _SPACES.sub(" ", text).strip(" ")


def cut_text(text: str, limit: int) -> str:
    """`text`, cut behind a word with an ellipsis where it has more than `limit` characters."""
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    end = max(start.rfind(" "), start.rfind("\n"))
    return f"{start[: end if end > limit // 2 else limit - 1].rstrip()}…"


def _parts(html: str) -> list[str]:
    """The text between the tags, and a line end for each tag of a block."""
    parts, at, seen = [], 0, 0
    while (start := html.find("<", at)) >= 0:
        end = _end_of_markup(html, start)
        if end is None:
            at = start + 1
            continue
        parts.append(html[seen:start])
        name = _name(html, start)
        if name in _BLOCKS:
            parts.append("\n")
        elif name in _UNSEEN and html[start + 1] != "/":
            closing = _UNSEEN[name].search(html, end)
            end = closing.start() if closing else len(html)
        at = seen = end
    return [*parts, html[seen:]]


def _end_of_markup(html: str, start: int) -> int | None:
    """Where the tag or comment at `start` ends; None where there is none but a mere sign."""
    if not _BEGINS_MARKUP.match(html, start):
        return None
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        return end + 3 if end >= 0 else len(html)
    tag = _TAG.match(html, start, start + _LONG_TAG)
    if tag:
        return tag.end()
    end = html.find(">", start)
    return end + 1 if end >= 0 else len(html)


def _name(html: str, start: int) -> str:
    """The name of a tag without its prefix, in lower case."""
    found = _TAG_NAME.match(html, start)
    return found[1].rpartition(":")[2].lower() if found else ""
