"""JSON-LD in a page: which of its nodes is the article, read as records of schema.org are."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from service.core.errors import MalformedJson
from service.formats.intake.json_ld import read_record
from service.formats.intake.json_ld_nodes import ARTICLES, Article, Document, Node, local, types_of
from service.formats.intake.values import items_of
from service.formats.members import Members
from service.formats.pages.addresses import PageAddresses, Standing
from service.formats.pages.facts import Fact, one_line_of, quote_of
from service.formats.strict_json import parse_foreign_json

SOURCE = "json-ld"

_LONGEST, _MOST_ARTICLES = 1_000_000, 200
_WRAPPING = re.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NAMING = ("url", "mainEntityOfPage", "@id")
PAGES = frozenset(("WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage", "QAPage", "ProfilePage"))
"""The types of schema.org for a page itself."""


class LinkedData:
    """What a page's JSON-LD says: the article among its nodes, and the page itself; other articles are left out."""

    def __init__(self, scripts: Iterable[str], addresses: PageAddresses, is_headed: Callable[[str], bool]) -> None:
        """`addresses` tell the nodes of this page from those of others.

        Of several that name no page those are of this one that are headed as it is, which `is_headed` tells.
        """
        contents = list(_contents(scripts))
        for record in _tops(contents):
            for container in (record, *items_of(local(record).get("itemListElement"))):
                _hand_down(local(container))
        document = Document(contents)
        articles = [node for node in document.list_articles()[:_MOST_ARTICLES] if not node.types & PAGES]
        telling = [node for node in articles if node.text("headline", "name") or node.has("author")]
        pages = [Article(node, document) for node in _tops(contents) if types_of(node) & PAGES][:_MOST_ARTICLES]
        self._articles, self._pages = (_choose(nodes, addresses, is_headed) for nodes in (telling, pages))
        self.article, self.page = (nodes[0] if nodes else None for nodes in (self._articles, self._pages))
        self.stated: Members = read_record(self.article).members if self.article else {}

    def texts(self, *names: str) -> Iterator[Fact]:
        """The texts of these members of the article, then of the page."""
        for node in filter(None, (self.article, self.page)):
            for name in names:
                for text in map(one_line_of, node.texts(name)):
                    if text:
                        yield Fact(text, SOURCE, quote_of(f"{name}: {text}"))

    def stated_fact(self, member: str) -> Iterator[Fact]:
        """A member of the article, as records of schema.org are read."""
        value = self.stated.get(member)
        if value:
            words = value if isinstance(value, str) else ", ".join(map(str, value))
            yield Fact(one_line_of(value) if isinstance(value, str) else value, SOURCE, quote_of(words))

    def publishers(self) -> Iterator[Fact]:
        """Who publishes the article, then who publishes the page."""
        named = [one_line_of((self.stated.get("source") or {}).get("name"))]
        named += [one_line_of(node.name) for node in (self.page.nodes("publisher") if self.page else [])]
        yield from (Fact(name, SOURCE, quote_of(f"publisher: {name}")) for name in named if name)

    def licenses(self) -> list[list[str]]:
        """What each node of the article that says a license, or else of the page, says: addresses and names."""
        for nodes in (self._articles, self._pages):
            said = ([*node.addresses("license"), *node.texts("license")] for node in nodes)
            if stated := [list(dict.fromkeys(texts)) for texts in said if texts]:
                return stated
        return []


def _choose(nodes: Sequence[Article], addresses: PageAddresses, is_headed: Callable[[str], bool]) -> list[Article]:
    """The nodes that name this page, then those that name none and are headed as it is; else the only one of these."""
    judged = [(addresses.judge(*(node.addresses(name) for name in _NAMING)), node) for node in nodes]
    own = [node for standing, node in judged if standing is Standing.OWN]
    unsaid = [node for standing, node in judged if standing is Standing.UNSAID]
    headed = [node for node in unsaid if is_headed(node.text("headline", "name") or "")]
    return [*own, *headed] or (unsaid if len(unsaid) == 1 else [])


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


def _hand_down(container: Node) -> None:
    """Give the address of the record of a page, or of a place in a list, to the article in it."""
    address = [container[name] for name in _NAMING if name in container]
    for article in items_of(container.get("mainEntity")) + items_of(container.get("item")):
        if address and types_of(article) & ARTICLES and "mainEntityOfPage" not in local(article):
            article["mainEntityOfPage"] = address
