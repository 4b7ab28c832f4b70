"""Atom and RSS, read by feedparser, and by lxml where feedparser makes more of a text than there is."""

from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

from service.core.articles import Article
from service.core.catalogue import find_license
from service.formats.documents.articles import render_article
from service.formats.feeds import Channel, stream_atom, stream_rss
from tests.formats.cast import HOSTILE, STATED, URN, hostile, least, whole

ADDRESS = "https://registry.example/v1/articles?format=atom&limit=2"
CHANNEL = Channel(
    title="Articles <&>",
    address=ADDRESS,
    updated=datetime(2026, 3, 14, 12, tzinfo=UTC),
    next=f"{ADDRESS}&cursor=x",
    metadata_license=find_license("CC0-1.0"),
)
STREAMS = {"atom": stream_atom, "rss": stream_rss}
ATOM = "{http://www.w3.org/2005/Atom}"


def body(form: str, *articles: Article) -> bytes:
    return b"".join(STREAMS[form]((render_article(article) for article in articles), CHANNEL))


def read(form: str, *articles: Article) -> Any:
    parsed = feedparser.parse(body(form, *articles))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize("form", STREAMS)
class TestBoth:
    def test_the_feed_says_what_it_is_and_where_it_goes_on(self, form):
        feed = read(form).feed
        assert feed.title in ("Articles <&>", "Articles &lt;&amp;&gt;")
        links = {link.rel: link.href for link in feed.links if link.rel in ("self", "next")}
        assert links == {"self": ADDRESS, "next": f"{ADDRESS}&cursor=x"}

    def test_the_license_of_the_records_is_said_in_words_alone(self, form):
        feed = read(form).feed
        assert "CC0 1.0" in feed.subtitle
        assert "license" not in feed, "it would be taken for the license of items without one"

    def test_every_article_is_an_entry_in_order(self, form):
        entries = read(form, whole(), least()).entries
        assert [entry.title for entry in entries] == ["Who paints the lighthouse?", "The moth that learned to whistle"]

    def test_an_entry_has_its_facts_and_its_own_license(self, form):
        (entry,) = read(form, whole()).entries
        assert entry.id == URN
        assert entry.link == "https://harbour.example/2024/lighthouse"
        assert entry.license == "https://creativecommons.org/licenses/by-sa/3.0/"
        assert entry.rights.endswith("© 2024 The Harbour Trust. Credit: Ines Albright for The Harbour Trust")
        assert [tag.term for tag in entry.tags] == ["Coast", "lighthouses", "paint", "Corrected"]
        assert entry.publisher == "Harbour Courier"
        assert entry.author == "Ines Albright"
        assert entry.published_parsed[:6] == (2024, 5, 4, 10, 30, 0)

    @pytest.mark.parametrize("status", STATED)
    def test_only_a_license_that_is_exactly_known_has_an_address(self, form, status):
        root = etree.fromstring(body(form, least(license=STATED[status])))
        rights = root.find(".//{*}entry/{*}rights" if form == "atom" else ".//item/{*}rights")
        found = [link.get("href") for link in root.iter(f"{ATOM}link") if link.get("rel") == "license"]
        found += [item.text for item in root.iter("{http://backend.userland.com/creativeCommonsRssModule}license")]
        addresses = [address for address in found if address != "http://purl.org/atompub/license#unspecified"]
        assert len(addresses) == {"known": 1, "alternatives": 2, "other": 1}.get(status, 0)
        assert (found != addresses) == (form == "atom" and not addresses)
        assert rights.text, "a feed's rights would stand in for it"

    @pytest.mark.parametrize(("published", "date"), [("2024-05", "2024-05"), ("2024", "2024"), (None, None)])
    def test_a_date_that_is_no_instant_is_not_made_one(self, form, published, date):
        root = etree.fromstring(body(form, least(published_at=published)))
        assert root.findtext(".//{http://purl.org/dc/elements/1.1/}date") == date
        assert root.find(f".//{ATOM}published") is None
        assert root.find(".//pubDate") is None

    def test_a_feed_without_articles_is_one(self, form):
        assert read(form).entries == []

    def test_it_comes_in_pieces(self, form):
        pieces = list(STREAMS[form]([render_article(whole())] * 3, CHANNEL))
        assert len(pieces) == 5


def test_an_entry_of_atom_always_has_an_author():
    (entry,) = read("atom", least()).entries
    assert entry.author == "The Lantern"
    assert etree.fromstring(body("rss", least())).find(".//{http://purl.org/dc/elements/1.1/}creator") is None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back_from_atom(text: str):
    entry = etree.fromstring(body("atom", hostile(text))).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == entry.findtext(f"{ATOM}summary") == text
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == entry.find(f"{ATOM}category").get("term") == text[:500]
    assert read("atom", hostile(text)).entries[0].title_detail.type == "text/plain"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_rss_is_the_html_that_shows_it(text: str):
    item = etree.fromstring(body("rss", hostile(text))).find(".//item")
    for member in ("title", "description"):
        shown = etree.fromstring(f"<p>{item.findtext(member)}</p>".replace("\r", "&#13;"))
        assert (shown.text, len(shown)) == (text, 0)
    assert item.findtext("category") == text[:500]
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == text[:500]
