"""Feeds: RSS 0.9x, 1.0 and 2.0, and Atom 0.3 and 1.0, an article for each entry.

lxml reads them, and not feedparser: that keeps every entry (13 bytes of memory for each byte of a feed, here none),
takes three times as long for one (390 microseconds before a member is made of it), and has no place for what matters
here: several licenses, those of the pictures, a date less precise than a second, the language of an entry. The tests
hold the two against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from service.core.errors import Problem
from service.formats.feeds import SECTION, STATUS
from service.formats.intake.feed_elements import Elements, about, language_of, prose, resolve
from service.formats.intake.feed_parts import parts_of
from service.formats.intake.feed_people import creators_of, read_name
from service.formats.intake.feed_rights import NOTHING, Rights, rights_of
from service.formats.intake.items import Item
from service.formats.intake.loose_dates import read_loose_date
from service.formats.intake.loose_languages import read_language
from service.formats.intake.plain_text import cut_text, one_line
from service.formats.intake.reading import Reading
from service.formats.intake.refusals import refuse
from service.formats.intake.work_names import read_work_name
from service.formats.intake.xml_records import Element, Records, local_name, read_records
from service.formats.members import Members
from service.formats.signature import is_ours

_HEADS = {"rss": "channel", "RDF": "channel", "feed": None, "entry": None}
FEED_ROOTS = frozenset(_HEADS)
"""The names of the elements that feeds are in."""

_ATOM_ROOTS = ("feed", "entry")
_SUMMARY = 20_000
_TITLE = 1000
_NAME = 500
_MOST_WORDS = 1000
_PUBLISHED = ("published", "issued", "pubDate", "dc:date", "dcterms:issued", "prism:publicationDate", "atom:published")
_MODIFIED = ("dcterms:modified", "modified", "prism:modificationDate")
_SUMMARIES = ("summary", "description", "dc:description", "atom:summary", "itunes:summary", "dcterms:abstract")
_CONTENTS = ("content:encoded", "content", "atom:content", "xhtml:body", "fullitem")
_IDENTIFIERS = ("id", "guid", "prism:doi", "dc:identifier", "dcterms:identifier", "atom:id")
_STATUSES = ("corrected", "retracted", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself, for entries that do not say it of themselves (`authors`: RFC 4287 s. 4.2.1)."""

    is_atom: bool = False
    is_ours: bool = False
    title: str | None = None
    link: str | None = None
    language: str | None = None
    rights: Rights = NOTHING
    authors: tuple[dict[str, Any], ...] = ()

    @property
    def source(self) -> dict[str, str] | None:
        """The ``source`` that the entries come from."""
        name = self.title or (urlsplit(self.link).hostname if self.link else None)
        if not name:
            return None
        return {"name": cut_text(name, _NAME), **({"url": self.link} if self.link else {})}


def read_feed(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The entries of a feed, numbered from 1; raises Invalid for what is no feed."""
    return read_feed_records(read_records(stream, reading.charset))


def read_feed_records(records: Records) -> Iterator[Item]:
    """The entries of a feed whose root has been read."""
    kind = local_name(records.root)
    head = _head(records.root, kind)
    if head is None:
        raise _refuse_root(kind, records.fault)
    feed = _read_head(head, is_atom=kind in _ATOM_ROOTS)
    entries = [records.root] if kind == "entry" else records.records
    for line, entry in enumerate(entries, 1):
        if isinstance(entry, Problem):
            yield Item(line=line, problem=entry)
        else:
            yield Item(line=line, members=_read_entry(Elements(entry, is_atom=feed.is_atom), feed))


def _head(root: Element, kind: str) -> Element | None:
    """The element that speaks of the feed; None where this is none."""
    if kind not in _HEADS:
        return None
    name = _HEADS[kind]
    found = root if name is None else next((child for child in root if local_name(child) == name), None)
    return root if found is None and kind == "rss" else found


def _refuse_root(kind: str, fault: str | None) -> Problem:
    """Why there is no feed in a root called `kind`, of a document that may be ill."""
    if kind not in _HEADS:
        return refuse("not-a-feed", f"This is no feed: its root is <{kind[:80]}>, not <rss>, <rdf:RDF> or <feed>.")
    if fault is None:
        return refuse("not-a-feed", f"This is no feed: there is no <{_HEADS[kind]}> in its <{kind}>.")
    return refuse("malformed", f"No <{_HEADS[kind]}> can be read in the <{kind}> of this feed: {fault}")


def _read_head(head: Element, *, is_atom: bool) -> Feed:
    if local_name(head) == "entry":
        return Feed(is_atom=is_atom)
    elements = Elements(head, is_atom=is_atom)
    link = _link(elements, None)
    return Feed(
        is_atom=is_atom,
        is_ours=is_ours(elements.text("generator")),
        title=_line(elements, "title", "dc:title", "atom:title"),
        link=link,
        language=_language(elements),
        rights=rights_of(elements, link),
        authors=tuple(creators_of(elements, link)) if is_atom else (),
    )


def _read_entry(entry: Elements, feed: Feed) -> dict[str, Any]:
    """The members of an entry, absent where neither it nor its feed says anything, or nothing that can be taken."""
    own = _read_source(entry, feed)
    publisher = one_line(entry.text("dc:publisher") or "")
    rights = rights_of(entry, feed.link, is_ours=feed.is_ours).or_else(own.rights)
    members = {
        "url": _url(entry, feed),
        "title": cut_text(_line(entry, "title", "dc:title", "media:title", "atom:title") or "", _TITLE),
        "source": own.source if own is not feed or not publisher else _publisher(publisher, feed),
        "creators": creators_of(entry, feed.link, one_line if feed.is_ours else read_name) or list(own.authors),
        "language": _language(entry) or own.language,
        **_dates(entry, feed),
        "summary": _summary(entry),
        **_categories(entry, feed),
        "identifiers": _identifiers(entry, feed),
        "license": rights.license,
        "attribution": {"copyright_notice": rights.notice} if rights.notice else None,
        "parts": parts_of(entry, feed.link),
    }
    return {name: value for name, value in members.items() if value}


def _read_source(entry: Elements, feed: Feed) -> Feed:
    """The feed that an entry comes from: what is taken over from another is not spoken of by this one."""
    if (other := entry.inside("source") if entry.is_atom else None) is not None:
        return _read_head(other.element, is_atom=True)
    name = None if entry.is_atom else _line(entry, "source")
    if name is None or name == feed.title:
        return feed
    return Feed(title=name, language=feed.language)


def _publisher(name: str, feed: Feed) -> dict[str, str] | None:
    return feed.source if name == feed.title else {"name": cut_text(name, _NAME)}


def _url(entry: Elements, feed: Feed) -> str | None:
    """Where the original is: the link behind that of who counts clicks, or the identifier where that is one."""
    element = entry.element
    original = entry.text("feedburner:origLink")
    if original:
        return original
    links = (guid for guid in entry.all("guid") if (guid.get("isPermaLink") or "true").strip().lower() == "true")
    return (
        _link(entry, feed.link)
        or next(filter(None, (resolve(guid.text or "", guid, None) for guid in links)), None)
        or resolve(entry.text("id", "atom:id") or "", element, None)
        or resolve(about(element) or "", element, feed.link)
    )


def _link(elements: Elements, base: str | None) -> str | None:
    """The address of the page: the text of a link, or the best of those that are alternates."""
    found: dict[int, str] = {}
    for link in elements.all("link", "atom:link"):
        href, kind = link.get("href"), (link.get("type") or "").lower()
        if (link.get("rel") or "alternate").lower().endswith("alternate"):
            rank = 0 if href is None else 1 if "html" in kind or not kind else 2
            url = resolve(link.text or "" if href is None else href, link, base)
            if url:
                found.setdefault(rank, url)
    return found[min(found)] if found else None


def _line(elements: Elements, *names: str) -> str | None:
    """A text on one line, of the first of the names that has one."""
    texts = (one_line(prose(child, is_atom=elements.is_atom)) for child in elements.all(*names))
    return next(filter(None, texts), None)


def _language(elements: Elements) -> str | None:
    said = elements.text("dc:language", "language", "dcterms:language")
    return read_language(said or language_of(elements.element) or "")


def _dates(entry: Elements, feed: Feed) -> dict[str, str | None]:
    """When it came out and was changed; what Atom calls updated is in feeds of ours the time of the record."""
    published = next(filter(None, map(read_loose_date, entry.texts(*_PUBLISHED))), None)
    names = _MODIFIED if feed.is_ours else (*_MODIFIED, "updated", "atom:updated")
    modified = next(filter(None, map(read_loose_date, entry.texts(*names))), None)
    return {"published_at": published, "modified_at": None if modified == published else modified}


def _summary(entry: Elements) -> str | None:
    """What it is about, or else what it says, as far as there is room."""
    texts = (prose(child, is_atom=entry.is_atom) for child in entry.all(*_SUMMARIES, *_CONTENTS))
    text = next(filter(None, texts), None)
    return cut_text(text, _SUMMARY) if text else None


def _categories(entry: Elements, feed: Feed) -> dict[str, Any]:
    """Section, keywords and status: feeds of ours say which category is which."""
    keywords: dict[str, None] = {}
    named: dict[str, str] = {}
    for category in entry.all("category"):
        word = one_line(category.get("label") or category.get("term") or category.text or "")
        scheme = category.get("scheme") or category.get("domain")
        if scheme in (SECTION, STATUS):
            named.setdefault(scheme, word)
        elif word and (feed.is_ours or not word.startswith(("http://", "https://"))):
            keywords[word] = None
    keywords |= dict.fromkeys(map(one_line, entry.texts("dc:subject", "atom:category")))
    lists = (word for text in entry.texts("media:keywords") for word in text.split(","))
    keywords |= dict.fromkeys(filter(None, map(one_line, lists)))
    status = named.get(STATUS, "").lower()
    return {
        "keywords": [word for word in keywords if len(word) <= _NAME][:_MOST_WORDS],
        "section": cut_text(named.get(SECTION) or entry.text("prism:section") or "", _NAME),
        "status": status if status in _STATUSES else None,
    }


def _identifiers(entry: Elements, feed: Feed) -> list[Members]:
    """DOIs and URNs; the identifiers of feeds are else of no use outside them, and ours are those of records."""
    texts = (text for text in entry.texts(*_IDENTIFIERS) if not (feed.is_ours and text.startswith("urn:uuid:")))
    found = filter(None, map(read_work_name, texts))
    return list({(item["scheme"], item["value"]): item for item in found}.values())
