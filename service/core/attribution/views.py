"""Lines of spans as plain text, HTML and Markdown: one escaping pass each, over literal words and values alike.

A value whose direction is not that of the sentence is isolated from it: in HTML by ``bdi``, elsewhere by the isolates
of Unicode (UAX 9), so that neither list, bracket nor address ends up on the wrong side.
"""

import re
import unicodedata
from html import escape
from itertools import groupby

from service.core.attribution.spans import Direction, Line, Property, Span

_PREFIX = "cc: http://creativecommons.org/ns# dct: http://purl.org/dc/terms/"
_NAME = ' property="cc:attributionName"'
_TITLE = ' property="dct:title"'
_FIRST_STRONG, _LEFT_TO_RIGHT, _END = "\u2068", "\u2066", "\u2069"
_LICENSES = ("license", "terms")
_STRONG = {"ltr": ("R", "AL"), "rtl": ("L",)}

# The colon, the at sign and the dot of www are no markup of CommonMark; many dialects make links of what they stand in.
_MARKDOWN = re.compile(
    r"[\\`*_{}\[\]<>&#~|$^=@!]|:(?=\S)|(?<=www)\.|^[-+]|(?<=\d)[.)](?=\s|$)", re.ASCII | re.IGNORECASE
)
_ENTITY = re.compile(r"&(?=#?\w+;)")


def render_text(line: Line, dir: Direction = "ltr") -> str:
    """Plain text on one line."""
    return "".join(_isolate(span, span.text, dir) for span in line)


def render_html(line: Line, *, about: str | None, lang: str, dir: Direction, tag: str = "p") -> str:
    """A paragraph, or another element, with RDFa in the terms of ccREL.

    Where the work has no address the paragraph has no properties: without `about` they would speak of the page.
    """
    subject = f' about="{escape(about)}" prefix="{_PREFIX}"' if about else ""
    inner = "".join(_html_run(list(spans), about, dir) for _, spans in groupby(line, key=_unit))
    return f'<{tag} class="credit" lang="{escape(lang)}" dir="{escape(dir)}"{subject}>{inner}</{tag}>'


def render_markdown(line: Line, dir: Direction = "ltr") -> str:
    """One CommonMark paragraph."""
    return "".join(_markdown_run(list(spans), dir) for _, spans in groupby(line, key=_unit))


def _unit(span: Span) -> object:
    """What spans that are rendered together have in common: those of a license do, any other stands alone."""
    return (span.property, span.url) if span.property in _LICENSES else id(span)


def _html_run(spans: list[Span], about: str | None, dir: Direction) -> str:
    first = spans[0]
    if first.property not in _LICENSES:
        return _html_span(first, about)
    inner = "".join(_html_name_part(span, dir) for span in spans)
    rel = ' rel="license"' if about and first.property == "license" else ""
    return f'<a{rel} href="{escape(first.url)}">{inner}</a>' if first.url else inner


def _html_name_part(span: Span, dir: Direction) -> str:
    text = escape(span.text)
    if span.lang:
        turned = ' dir="ltr"' if dir == "rtl" else ""
        return f'<span lang="{escape(span.lang)}"{turned}>{text}</span>'
    return f"<bdi>{text}</bdi>" if span.value and (dir == "rtl" or not span.url) else text


def _html_span(span: Span, about: str | None) -> str:
    text, property = escape(span.text), span.property if about else ""
    if not span.value:
        return text
    if property == "name":
        return _html_name(text, span.url)
    isolated = f"<bdi{_language(span)}{_property(property)}>{text}</bdi>"
    return f'<a href="{escape(span.url)}">{isolated}</a>' if span.url else isolated


def _language(span: Span) -> str:
    return f' lang="{escape(span.lang)}"' if span.lang else ""


def _property(property: Property) -> str:
    return _TITLE if property == "title" else ""


def _html_name(text: str, url: str | None) -> str:
    """The property stands beside `rel`, never inside: there it would be said of the address."""
    if url is None:
        return f"<bdi{_NAME}>{text}</bdi>"
    return f'<a{_NAME} rel="cc:attributionURL" href="{escape(url)}"><bdi>{text}</bdi></a>'


def _markdown_run(spans: list[Span], dir: Direction) -> str:
    text = "".join(_isolate(span, _MARKDOWN.sub(lambda match: f"\\{match[0]}", span.text), dir) for span in spans)
    url = spans[0].url
    return f"[{text}](<{_ENTITY.sub('&amp;', url)}>)" if url else text


def _isolate(span: Span, text: str, dir: Direction) -> str:
    """The text of a span between isolates, where some of it runs against the direction of the sentence."""
    if not span.value or not _runs_against(span.text, dir):
        return text
    opening = _LEFT_TO_RIGHT if span.text == span.url else _FIRST_STRONG
    return f"{opening}{text}{_END}"


def _runs_against(text: str, dir: Direction) -> bool:
    if dir == "ltr" and text.isascii():
        return False
    return any(unicodedata.bidirectional(char) in _STRONG[dir] for char in text)
