"""Lines of spans as plain text, HTML and Markdown: one escaping pass each, over literal words and values alike."""

import re
from html import escape

from service.core.attribution.messages import Line, Property, Span

_PREFIX = "cc: http://creativecommons.org/ns# dct: http://purl.org/dc/terms/"
_NAME = ' property="cc:attributionName"'
_TITLE = ' property="dct:title"'

# The colon, the at sign and the dot of www are no markup of CommonMark; many dialects make links of what they stand in.
_MARKDOWN = re.compile(
    r"[\\`*_{}\[\]<>&#~|$^=@!]|:(?=\S)|(?<=www)\.|^[-+]|(?<=\d)[.)](?=\s|$)", re.ASCII | re.IGNORECASE
)
_ENTITY = re.compile(r"&(?=#?\w+;)")


def render_text(line: Line) -> str:
    """Plain text on one line."""
    return "".join(span.text for span in line)


def render_html(line: Line, *, about: str | None, lang: str, dir: str) -> str:
    """A paragraph with RDFa in the terms of ccREL.

    Where the work has no address the paragraph has no properties: without `about` they would speak of the page.
    """
    subject = f' about="{escape(about)}" prefix="{_PREFIX}"' if about else ""
    inner = "".join(_html_span(span, span.property if about else "") for span in line)
    return f'<p class="credit" lang="{escape(lang)}" dir="{escape(dir)}"{subject}>{inner}</p>'


def render_markdown(line: Line) -> str:
    """One CommonMark paragraph."""
    return "".join(map(_markdown_span, line))


def _html_span(span: Span, property: Property) -> str:
    text = escape(span.text)
    if not span.value:
        return text
    if property == "license" and span.url:
        return f'<a rel="license" href="{escape(span.url)}">{text}</a>'
    if property == "name":
        return _html_name(text, span.url)
    isolated = f"<bdi{_TITLE if property == 'title' else ''}>{text}</bdi>"
    return f'<a href="{escape(span.url)}">{isolated}</a>' if span.url else isolated


def _html_name(text: str, url: str | None) -> str:
    """The property stands beside `rel`, never inside: there it would be said of the address."""
    if url is None:
        return f"<bdi{_NAME}>{text}</bdi>"
    return f'<a{_NAME} rel="cc:attributionURL" href="{escape(url)}"><bdi>{text}</bdi></a>'


def _markdown_span(span: Span) -> str:
    text = _MARKDOWN.sub(lambda match: f"\\{match[0]}", span.text)
    return f"[{text}](<{_ENTITY.sub('&amp;', span.url)}>)" if span.url else text
