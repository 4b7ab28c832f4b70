"""JSON-LD in a page: which of its nodes is the article, read as records of schema.org are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from service.core.errors import MalformedJson
from service.formats.intake.json_ld import read_record
from service.formats.intake.json_ld_nodes import Article, Document, local, types_of
from service.formats.intake.values import items_of
from service.formats.members import Members
from service.formats.pages.facts import Fact, clean_text, quote_of
from service.formats.strict_json import parse_foreign_json

SOURCE = "json-ld"

_LONGEST, _MOST_ARTICLES = 1_000_000, 200
_WRAPPING = re.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PAGES = frozenset(("WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage", "QAPage", "ProfilePage"))
_HEAD = re.compile(r"^https?://(?:www\.)?")


class LinkedData:
    """What a page's JSON-LD says: the article among its nodes, and the page itself."""

    def __init__(self, scripts: Iterable[str], addresses: Iterable[str]) -> None:
        """`addresses` are what the page calls itself: of several articles the one that has any of them is meant."""
        contents = list(_contents(scripts))
        document = Document(contents)
        own = {_bare(address) for address in addresses}
        articles = [node for node in document.list_articles()[:_MOST_ARTICLES] if not node.types & _PAGES]
        pages = [Article(node, document) for node in _tops(contents) if types_of(node) & _PAGES]
        self.article = _choose([x for x in articles if x.text("headline", "name") or x.has("author")], own)
        self.page = _choose(pages, own)
        self.stated: Members = read_record(self.article).members if self.article else {}

    def texts(self, *names: str) -> Iterator[Fact]:
        """The texts of these members of the article, then of the page."""
        for node in filter(None, (self.article, self.page)):
            for name in names:
                for text in map(clean_text, node.texts(name)):
                    if text:
                        yield Fact(text, SOURCE, quote_of(f"{name}: {text}"))

    def stated_fact(self, member: str) -> Iterator[Fact]:
        """A member of the article, as records of schema.org are read."""
        value = self.stated.get(member)
        if value:
            words = value if isinstance(value, str) else ", ".join(map(str, value))
            yield Fact(clean_text(value) if isinstance(value, str) else value, SOURCE, quote_of(words))

    def publishers(self) -> Iterator[Fact]:
        """Who publishes the article, then who publishes the page."""
        named = [clean_text((self.stated.get("source") or {}).get("name"))]
        named += [clean_text(node.name) for node in (self.page.nodes("publisher") if self.page else [])]
        yield from (Fact(name, SOURCE, quote_of(f"publisher: {name}")) for name in named if name)

    def licenses(self) -> list[str]:
        """What the article, or the page where there is none, says its license is: addresses and names."""
        for node in filter(None, (self.article, self.page)):
            said = [*node.addresses("license"), *node.texts("license")]
            if said:
                return list(dict.fromkeys(said))
        return []


def _contents(scripts: Iterable[str]) -> Iterator[Any]:
    """The JSON of the scripts, as far as it is any."""
    length = 0
    for script in scripts:
        length += len(script)
        if length <= _LONGEST and (content := _parse(script)) is not None:
            yield content


def _parse(script: str) -> Any:
    """The JSON of a script, with slips that search engines forgive; None where it is none, or nested too deep."""
    text = _WRAPPING.sub("", script).strip().removesuffix(";")
    for attempt in (text, _TRAILING_COMMA.sub("", _CONTROL.sub(" ", text))):
        with suppress(MalformedJson):
            return parse_foreign_json(attempt.encode("utf-8", "replace"))
    return None


def _tops(contents: Iterable[Any]) -> Iterator[Any]:
    """The nodes at the top of the scripts, and in their graphs."""
    for content in contents:
        for item in items_of(content):
            yield item
            yield from items_of(local(item).get("@graph"))


def _choose(nodes: Sequence[Article], own: set[str]) -> Article | None:
    """The node that has an address of the page; else the only one that has none; else the first."""
    places = [{_bare(address) for address in node.addresses("url", "mainEntityOfPage", "@id")} for node in nodes]
    same = [node for node, place in zip(nodes, places, strict=True) if place & own]
    bare = [node for node, place in zip(nodes, places, strict=True) if not place]
    if same or len(bare) == 1:
        return (same or bare)[0]
    return nodes[0] if nodes else None


def _bare(address: str) -> str:
    """An address without what does not part pages: scheme, www, fragment, last slash."""
    return _HEAD.sub("", address.strip().partition("#")[0].lower()).rstrip("/")
