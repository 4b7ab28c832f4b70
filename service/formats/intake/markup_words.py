"""The words of texts with markup: JATS, as Crossref has it in titles and abstracts, and prose that may be HTML."""

import re

from service.formats.intake.plain_text import one_line, plain_text

_JATS = re.compile(r"<(/?)(?:[a-z]{1,10}:)?([a-z][a-z-]{0,30})(?=[\s/>])", re.IGNORECASE)
_AS_HTML = {
    "title": "h1",
    "sec": "section",
    "list": "ul",
    "list-item": "li",
    "disp-formula": "div",
    "break": "br",
    "tex-math": "script",
    "annotation": "script",
}
_HEADING = re.compile(r"(?:abstract|summary|résumé|zusammenfassung|resumen|resumo)\s{0,9}[:.]?\s{0,9}\n", re.IGNORECASE)
_BLOCK = re.compile(r"\s*<(?:p|div|section|ul|ol|h[1-6])[\s>]", re.IGNORECASE)


def read_markup(markup: str) -> str:
    """The words, a line for each block; a heading that says no more than that this is the abstract falls away."""
    text = plain_text(_JATS.sub(_rename, markup)).strip()
    return _HEADING.sub("", text, count=1) if _HEADING.match(text) else text


def read_prose(text: str) -> str:
    """The words of a text that is markup as a whole, from the first block to the last; any other text as it is."""
    is_markup = text.rstrip().endswith(">") and _BLOCK.match(_JATS.sub(_rename, text[:200]))
    return read_markup(text) if is_markup else text


def read_heading(markup: str) -> str:
    """The words of a title on one line."""
    return one_line(read_markup(markup))


def _rename(tag: re.Match[str]) -> str:
    """The beginning of a tag, without its prefix, as HTML has the element."""
    name = tag[2].lower()
    return f"<{tag[1]}{_AS_HTML.get(name, name)}"
