"""The elements of a feed by short names, whichever of its many namespaces they are written in."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from service.formats.intake.license_links import show_license_links
from service.formats.intake.plain_text import plain_text, trim_text
from service.formats.intake.xml_records import Element

_ATOM = ("http://www.w3.org/2005/atom", "http://purl.org/atom/ns#")
_MODULES = {
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://backend.userland.com/creativecommonsrssmodule": "creativeCommons",
    "http://blogs.law.harvard.edu/tech/creativecommonsrssmodule": "creativeCommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativeCommons",
    "http://web.resource.org/cc/": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://creativecommons.org/ns#license": "cc",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
_CORE = ("http://purl.org/rss/", "http://my.netscape.com/", "http://backend.userland.com/rss", "http://blogs.law.")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HTML = ("html", "text/html", "xhtml", "application/xhtml+xml")


class Elements:
    """The children of an element by their names: ``title`` in RSS and Atom, ``dc:title``, ``media:title``.

    In an Atom feed its own elements have no prefix; elsewhere they are called ``atom:link``.
    """

    def __init__(self, element: Element, *, is_atom: bool) -> None:
        self.element = element
        self.is_atom = is_atom
        self._children: dict[str, list[Element]] = {}
        for child in element:
            self._children.setdefault(name_of(child.tag, is_atom), []).append(child)

    def all(self, *names: str) -> Iterator[Element]:
        """The children of any of the names: all of the first name, then of the second."""
        for name in names:
            yield from self._children.get(name, ())

    def in_order(self, *names: str) -> Iterator[Element]:
        """The children of any of the names as they stand."""
        if sum(name in self._children for name in names) < 2:
            return self.all(*names)
        return (child for child in self.element if name_of(child.tag, self.is_atom) in names)

    def texts(self, *names: str) -> Iterator[str]:
        """What the children of any of the names say, where they say anything."""
        return filter(None, (trim_text(bare_text(child)) for child in self.all(*names)))

    def text(self, *names: str) -> str | None:
        """What the first child of the first name says that has one which says anything."""
        return next(self.texts(*names), None)

    def inside(self, name: str) -> "Elements | None":
        """The elements in the first child of a name."""
        child = next(self.all(name), None)
        return None if child is None else Elements(child, is_atom=self.is_atom)


@lru_cache(maxsize=4096)
def name_of(tag: Any, is_atom: bool) -> str:  # noqa: FBT001 - a key of the cache
    """The short name of a tag; in a namespace that is not known, none that is ever looked for."""
    if not isinstance(tag, str):
        return "?"
    space, _, local = tag.rpartition("}")
    space = space[1:].lower()
    if space in _ATOM:
        return local if is_atom else f"atom:{local}"
    if space in _MODULES:
        return f"{_MODULES[space]}:{local}"
    if "prismstandard.org/namespaces" in space:
        return f"prism:{local}"
    return local if not space or space.startswith(_CORE) else f"?:{local}"


def bare_text(element: Element) -> str:
    """The text of an element without that of others in it."""
    return element.text or ""


def prose(element: Element, *, is_atom: bool) -> str:
    """The words of an element that may hold markup: escaped, as elements, or none, as its form has it."""
    markup = _markup(element, is_atom=is_atom)
    return trim_text(element.text or "") if markup is None else plain_text(markup)


def prose_with_licenses(element: Element, *, is_atom: bool) -> str:
    """The same with the addresses of licenses behind the words that link to them, and in place of their buttons."""
    markup = _markup(element, is_atom=is_atom)
    return trim_text(element.text or "") if markup is None else plain_text(show_license_links(markup))


def _markup(element: Element, *, is_atom: bool) -> str | None:
    """What an element holds as HTML; None where it is plain text."""
    if not holds_words(element):
        return ""
    if len(element):
        inside = (etree.tostring(child, encoding="unicode") for child in element)
        return "".join((escape(element.text or ""), *inside))
    kind = (element.get("type") or "").lower()
    is_html = kind in _HTML or element.get("mode") == "escaped" or not is_atom
    return (element.text or "") if is_html else None


def holds_words(element: Element) -> bool:
    """Whether what is in the element is text, and not a file, or the address of one."""
    kind = (element.get("type") or "text").lower()
    in_base64 = element.get("mode") == "base64"
    return (
        element.get("src") is None and not in_base64 and (kind.startswith("text") or "html" in kind or "/" not in kind)
    )


def language_of(element: Element) -> str | None:
    """What the nearest ``xml:lang`` says, "" where it takes back what was said further out."""
    for around in (element, *element.iterancestors()):
        lang: str | None = around.get(_XML_LANG)
        if lang is not None:
            return lang
    return None


def address_of(element: Element) -> str:
    """The address that an element gives: in an attribute of its own or of RDF, or as its text."""
    given = element.get("href") or element.get("url") or element.get(f"{_RDF}resource") or bare_text(element)
    return str(given).strip()


def about(element: Element) -> str | None:
    """The address that RDF says the element is about."""
    found: str | None = element.get(f"{_RDF}about")
    return found


def resolve(address: str, element: Element, base: str | None) -> str | None:
    """The web address that is meant by one which stands in `element`: relative to ``xml:base``, else to `base`."""
    address = address.strip()
    if address.startswith(("http://", "https://")):
        return address
    if not address or any(sign in address for sign in "\r\n<>"):
        return None
    try:
        found = urljoin(urljoin(base or "", element.base or ""), address)
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None
