"""Nodes of schema.org in JSON-LD: compacted, with the prefix ``schema:``, or with whole IRIs.

Contexts are not fetched. A node that is only referred to is looked for in the document.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from service.formats.intake.values import items_of, text_of

Node = Mapping[str, Any]

ARTICLES = frozenset(
    {
        "AdvertiserContentArticle",
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "CriticReview",
        "DiscussionForumPosting",
        "LiveBlogPosting",
        "MedicalScholarlyArticle",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "Review",
        "ReviewNewsArticle",
        "SatiricalArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
    }
)
"""The types that a record may have."""

_GENERAL = frozenset({"CreativeWork", "WebPage", "WebContent", "ItemPage"})
_INSIDE = ("@graph", "itemListElement", "item", "mainEntity", "dataFeedElement", "blogPost")
_WRAPPED = ("@list", "@set")
_LOCAL = ("#", "_:")  # what a text begins with that is an id and nothing else
_NOTHING: Node = {}
_ALIASES = {"id": "@id", "type": "@type"}  # of the context of schema.org
_MOST_NODES = 100_000


class Document:
    """A document with its nodes."""

    def __init__(self, content: object) -> None:
        self._content = content

    def list_articles(self) -> list["Article"]:
        """The articles in it; where none is said to be one, each object at its top that may be one."""
        nodes = list(_walk(self._content, _INSIDE))
        found = [node for node in nodes if types_of(node) & ARTICLES]
        if not found:
            tops = self._content if isinstance(self._content, list) else [self._content]
            found = [node for node in map(local, tops) if "@graph" not in node and is_article(node)]
        return [Article(node, self) for node in found]

    def open(self, value: object) -> Node:
        """The node that a value is or refers to, with the bare names of its members; empty for anything else."""
        if isinstance(value, str) and value.startswith(_LOCAL):
            return self._by_id.get(value, _NOTHING)
        if not isinstance(value, dict):
            return _NOTHING
        node = local(value)
        if "@id" in node and len(node) <= 1 + ("@type" in node):
            return self._by_id.get(text_of(node["@id"]) or "", node)
        return node

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        """The nodes that say something, by their ids."""
        found: dict[str, Node] = {}
        waiting, left = [self._content], _MOST_NODES
        while waiting and left:
            value = waiting.pop()
            left -= 1
            if isinstance(value, dict):
                node = local(value)
                id = text_of(node.get("@id"))
                if id and len(node) > 1 + ("@type" in node):
                    found.setdefault(id, node)
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)
        return found


class Article:
    """A node in its document, whose members are read as texts, addresses and nodes."""

    def __init__(self, node: Node, document: Document) -> None:
        self._node = local(node)
        self._document = document

    @property
    def node(self) -> Node:
        """The node itself."""
        return self._node

    @property
    def types(self) -> frozenset[str]:
        """The names of its types."""
        return types_of(self._node)

    def has(self, name: str) -> bool:
        """Whether it has a member, whatever that says."""
        return name in self._node

    def is_list(self, name: str) -> bool:
        """Whether a member is a list, of however many values."""
        value = self._node.get(name)
        return isinstance(value, list) or any(wrapped in local(value) for wrapped in _WRAPPED)

    def values(self, *names: str) -> list[Any]:
        """The values of the first of these members that has any: literals bare, lists and sets opened."""
        for name in names:
            value = self._node.get(name)
            if isinstance(value, str) and value.strip():
                return [value]
            if value is not None and (values := [item for item in _flatten(value) if item != ""]):
                return values
        return []

    def nodes(self, *names: str) -> list["Article"]:
        """The nodes that the first of these members that has any refers to; literals are left out."""
        opened = (self._document.open(value) for value in self.values(*names))
        return [Article(node, self._document) for node in opened if node]

    def open(self, value: object) -> "Article":
        """The node that a value of a member is or refers to; without members for anything else."""
        return Article(self._document.open(value), self._document)

    def text(self, *names: str) -> str | None:
        """The first text in these members, or the name of what they refer to."""
        return next((text for name in names for text in self.texts(name)), None)

    def texts(self, *names: str) -> list[str]:
        """The texts in the first of these members that has any, or the names of what it refers to."""
        found = (text_of(value) or self.open(value).name for value in self.values(*names))
        return [text for text in found if text]

    def addresses(self, *names: str) -> list[str]:
        """The texts in these members that may be addresses, or the addresses of what they refer to."""
        found = (text_of(value) or self.open(value).address for name in names for value in self.values(name))
        return [text for text in found if text]

    @property
    def name(self) -> str | None:
        """What it is called."""
        names = ("name", "headline", "legalName", "alternateName") if self._node else ()
        found = (text_of(value) for name in names for value in self.values(name))
        return next((text for text in found if text), None)

    @property
    def address(self) -> str | None:
        """Where it is, or else its id."""
        names = ("url", "contentUrl", "@id") if self._node else ()
        found = (text_of(value) or text_of(local(value).get("@id")) for name in names for value in self.values(name))
        return next((text for text in found if text), None)


def local(value: object) -> Node:
    """An object with the bare names of schema.org; anything else as an empty one."""
    if not isinstance(value, dict):
        return _NOTHING
    if not any(":" in name or name in _ALIASES for name in value):
        return value
    members: dict[str, Any] = {}
    for name, member in value.items():
        members.setdefault(_local_name(name), member)
    return members


def types_of(node: object) -> frozenset[str]:
    """The bare names of the types of a node."""
    types = (text_of(type) for type in items_of(local(node).get("@type")))
    return frozenset(_local_name(type) for type in types if type)


def is_article(node: object) -> bool:
    """Whether a node may be an article: it has a type that fits, or none."""
    types = types_of(node)
    return bool(local(node)) and (not types or bool(types & (ARTICLES | _GENERAL)))


def _local_name(name: str) -> str:
    if "schema.org/" in name:
        return name.rpartition("schema.org/")[2]
    return _ALIASES.get(name) or name.removeprefix("schema:")


def _walk(value: object, inside: tuple[str, ...]) -> Iterator[Node]:
    """The objects at the top and in the members that hold whole records."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, inside)
    elif isinstance(value, dict):
        node = local(value)
        yield node
        for name in inside:
            if name in node:
                yield from _walk(node[name], inside)


def _flatten(value: object) -> Iterator[Any]:
    for item in items_of(value):
        if not isinstance(item, dict):
            yield item
        elif "@value" in item:
            yield item["@value"]
        elif wrapped := next((name for name in _WRAPPED if name in item), None):
            yield from _flatten(item[wrapped])
        else:
            yield item
