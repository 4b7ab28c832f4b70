"""Items of microdata and RDFa: those of other pages are taken out, so that nothing in them is said of this one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from service.formats.intake.json_ld_nodes import ARTICLES
from service.formats.pages.addresses import PageAddresses, Standing
from service.formats.pages.license_places import Place
from service.formats.pages.linked_data import PAGES
from service.formats.pages.tree import Element, ancestors_of, text_of

_JUDGED = ARTICLES | PAGES | {"CreativeWork"}
_TYPED = etree.XPath("//*[@itemtype or @typeof]")
_TELLING = etree.XPath(
    "//*[(@itemprop or @property)"
    " and re:test(concat(@itemprop, ' ', @property), '(^|[ :])(url|mainEntityOfPage|headline|name)( |$)')]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_MOST, _MOST_HEADINGS = 20_000, 400
_IDS = ("itemid", "about", "resource")
_VALUES = ("itemid", "content", "resource", "href", "src")
# An address in a heading is the article's; in any other property, such as the author, it is that property's.
_HEADINGS = frozenset(("headline", "name"))
_WHOLE = frozenset(("html", "body", "main"))

Properties = dict[str, list[str]]
"""The values of the properties of an item."""


@dataclass(frozen=True, slots=True)
class Items:
    """The articles and pages among the items of a page, as far as they say which page they are of."""

    own: list[Element] = field(default_factory=list)
    others: list[Element] = field(default_factory=list)


def find_items(root: Element, addresses: PageAddresses, is_headed: Callable[[str], bool]) -> Items:
    """The items of this page and of others by the addresses that they name.

    Of several articles one that names no page is another's where the page is not headed as it is: `is_headed` tells.
    """
    items = [x for x in islice(_TYPED(root), _MOST) if _types_of(x) & _JUDGED]
    said = _properties_in(root) if items else {}
    judged = {item: _judge(item, said.get(item, {}), addresses) for item in items}
    articles = [item for item in items if judged[item] is not Standing.OTHER and _types_of(item) & ARTICLES]
    for item in articles if len(articles) > 1 else ():
        headings = [text for name in _HEADINGS for text in said.get(item, {}).get(name, ())]
        if judged[item] is Standing.UNSAID and headings and not any(map(is_headed, headings)):
            judged[item] = Standing.OTHER
    own, others = ([x for x in items if judged[x] is standing] for standing in (Standing.OWN, Standing.OTHER))
    return Items(own, others)


def _judge(item: Element, said: Properties, addresses: PageAddresses) -> Standing:
    ids = [value for name in _IDS if (value := item.get(name))]
    return addresses.judge(said.get("url", ()), said.get("mainEntityOfPage", ()), ids)


def take_out_others(root: Element, items: Items, heading: Element | None, places: Sequence[Place]) -> list[Place]:
    """Take the items of other pages out of the tree of a page; the places of licenses that are left.

    An item about the page's `heading`, about an item of the page, or about all of it keeps what a reader sees there:
    it loses its markup alone.
    """
    kept = _held_by(*items.own, *([] if heading is None else [heading]))
    gone: set[Element] = set()
    for item in items.others:
        if not (item in gone or item in kept or item.tag in _WHOLE):
            gone.update(item.iter("*"))
            _remove(item)
    bare = _stated_in(root, items)
    for element in bare:
        _take_markup_off(element)
    return [x for x in places if x.element not in gone and not (x.element in bare and x.evidence.kind == "markup")]


def _held_by(*elements: Element) -> set[Element]:
    """The elements and all that they stand in."""
    found: set[Element] = set()
    for about in elements:
        while about is not None and about not in found:
            found.add(about)
            about = about.getparent()
    return found


def _stated_in(root: Element, items: Items) -> set[Element]:
    """The elements that stand in an item of another page, and in none of this page within that.

    What the head states is of this page, unless it is marked as a property of the item.
    """
    own, others = set(items.own), set(items.others)
    inside: set[Element] = set()
    for element in root.iter("*"):
        if element in others or (element.getparent() in inside and element not in own):
            inside.add(element)
    return {x for x in inside if x.get("itemprop") is not None or x.getparent() is None or x.getparent().tag != "head"}


def _take_markup_off(element: Element) -> None:
    """Take off what an element states by its attributes; that it is the text of an article stays."""
    for name in ("itemprop", "property"):
        if element.get(name) != "articleBody":
            element.attrib.pop(name, None)
    if rel := element.get("rel"):
        element.set("rel", " ".join(word for word in rel.split() if word.lower() != "license"))


def _remove(element: Element) -> None:
    """Take an element out of its tree, and leave the words behind it."""
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = f"{before.tail or ''}{element.tail or ''}"
    else:
        parent.text = f"{parent.text or ''}{element.tail or ''}"
    parent.remove(element)


def _properties_in(root: Element) -> dict[Element, Properties]:
    """The addresses and headings of each article or page among the items."""
    found: dict[Element, Properties] = {}
    headings = 0
    for element in islice(_TELLING(root), _MOST):
        words = _properties_of(element)
        owner = _owner_of(element)
        if owner is not None and _types_of(owner) & _JUDGED:
            said = found.setdefault(owner, {})
            for word in words & _HEADINGS if headings < _MOST_HEADINGS else ():
                headings += 1
                said.setdefault(word, []).append(element.get("content") or text_of(element))
            for word in words - _HEADINGS if len(words - _HEADINGS) == 1 else ():
                said.setdefault(word, []).append(_value_of(element))
    return found


def _owner_of(element: Element) -> Element | None:
    """The item that a property is of, None where it stands in another property of that."""
    for about in ancestors_of(element)[1:]:
        if any(about.get(name) is not None for name in ("itemscope", "itemtype", "typeof")):
            return about
        if not _properties_of(about) <= _HEADINGS:
            return None
    return None


def _value_of(element: Element) -> str:
    return next((value for name in _VALUES if (value := element.get(name))), element.text or "")


def _types_of(element: Element) -> set[str]:
    """The bare names of the types of an item."""
    words = _words_of(element, "itemtype", "typeof")
    return {word.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2] for word in words}


def _properties_of(element: Element) -> set[str]:
    return {word.rpartition(":")[2] for word in _words_of(element, "itemprop", "property")}


def _words_of(element: Element, *names: str) -> list[str]:
    return [word for name in names for word in (element.get(name) or "").split()]
