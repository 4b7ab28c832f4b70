"""Feeds of every kind: what each element of an entry becomes."""

import io
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import Invalid
from service.formats.intake.feed_people import read_name
from service.formats.intake.loose_dates import read_loose_date
from service.formats.intake.loose_languages import read_language
from service.formats.intake.plain_text import cut_text, plain_text
from service.formats.schemas.articles import load_article
from service.formats.schemas.claims import read_license
from tests.formats.intake.uploads import FEED, HEAD, ITEM, atom, items_of, members_of, rdf, rss

URL = "https://lantern.example/moths"


def entry(form: str, inside: str, **said: Any) -> dict[str, Any]:
    (members,) = members_of(FEED, {"rss": rss, "rdf": rdf, "atom": atom}[form](inside), **said)
    return members


class TestEntries:
    def test_a_whole_item_of_rss(self):
        assert entry(
            "rss",
            "<title>Moths &amp;amp; &lt;i&gt;whistling&lt;/i&gt;</title><link>https://lantern.example/moths</link>"
            "<guid>https://lantern.example/?p=1</guid><pubDate>Sat, 14 Mar 2026 12:00:00 +0100</pubDate>"
            "<dc:creator>Ines Albright</dc:creator><dc:contributor>Tomás Ferreira</dc:contributor>"
            "<category>Moths</category><category>Sounds</category>"
            "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two &amp;lt; three.&lt;/p&gt;</description>"
            '<enclosure url="https://lantern.example/moth.jpg" type="image/jpeg" length="1"/>',
        ) == {
            "url": URL,
            "title": "Moths & whistling",
            "source": {"name": "The Lantern", "url": "https://lantern.example/"},
            "creators": [{"name": "Ines Albright"}, {"name": "Tomás Ferreira", "role": "contributor"}],
            "language": "en-GB",
            "published_at": "2026-03-14T11:00:00Z",
            "summary": "One.\nTwo < three.",
            "keywords": ["Moths", "Sounds"],
            "parts": [{"kind": "image", "url": "https://lantern.example/moth.jpg"}],
        }

    def test_a_whole_entry_of_atom(self):
        assert entry(
            "atom",
            '<id>urn:isbn:0451450523</id><title type="html">Moths &amp;lt; birds</title>'
            '<link rel="self" href="https://lantern.example/moths.atom"/><link href="https://lantern.example/moths"/>'
            "<published>2026-03-14T12:00:00+01:00</published><updated>2026-03-15T12:00:00Z</updated>"
            "<author><name>Ines Albright</name><uri>/staff/ines</uri><email>i@lantern.example</email></author>"
            "<contributor><name>Tomás Ferreira</name></contributor>"
            '<category term="moths" label="Moths"/><category term="https://lantern.example/tags/1"/>'
            '<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">They <b>whistle</b>.</div></summary>'
            '<link rel="enclosure" type="audio/mpeg" href="/moth.mp3"/>',
        ) == {
            "url": URL,
            "title": "Moths < birds",
            "source": {"name": "The Lantern", "url": "https://lantern.example/"},
            "creators": [
                {"name": "Ines Albright", "url": "https://lantern.example/staff/ines"},
                {"name": "Tomás Ferreira", "role": "contributor"},
            ],
            "published_at": "2026-03-14T12:00:00+01:00",
            "modified_at": "2026-03-15T12:00:00Z",
            "summary": "They whistle.",
            "keywords": ["Moths"],
            "identifiers": [{"scheme": "urn", "value": "urn:isbn:0451450523"}],
            "parts": [{"kind": "audio", "url": "https://lantern.example/moth.mp3"}],
        }

    def test_a_whole_item_of_rss_1(self):
        assert entry(
            "rdf",
            f"{ITEM}<dc:date>2026-03</dc:date><dc:language>ger</dc:language><dc:subject>Moths</dc:subject>"
            "<prism:doi>10.1000/182</prism:doi><dc:rights>© 2026 The Lantern</dc:rights>",
        ) == {
            "url": URL,
            "title": "Moths",
            "source": {"name": "The Lantern", "url": "https://lantern.example/"},
            "language": "de",
            "published_at": "2026-03",
            "keywords": ["Moths"],
            "identifiers": [{"scheme": "doi", "value": "10.1000/182"}],
            "attribution": {"copyright_notice": "© 2026 The Lantern"},
        }

    def test_an_entry_may_be_a_document_of_its_own(self):
        document = f'<entry xmlns="http://www.w3.org/2005/Atom"><title>Moths</title><link href="{URL}"/></entry>'
        assert members_of(FEED, document) == [{"url": URL, "title": "Moths"}]

    def test_entries_are_numbered(self):
        assert [item.line for item in items_of(FEED, rss(ITEM, ITEM, ITEM))] == [1, 2, 3]

    def test_a_feed_without_entries_is_one(self):
        assert items_of(FEED, rss()) == items_of(FEED, atom()) == []

    def test_what_the_channel_says_behind_its_items_counts_too(self):
        document = rss(ITEM, head="").replace("</channel>", f"{HEAD}<copyright>CC BY 4.0</copyright></channel>")
        (members,) = members_of(FEED, document)
        assert members["source"]["name"] == "The Lantern"
        assert read_license(members["license"]).name == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("form", "inside", "url"),
    [
        ("rss", "<link> /moths </link>", URL),
        ("rss", f"<guid>{URL}</guid>", URL),
        ("rss", f'<guid isPermaLink="false">{URL}</guid>', None),
        ("rss", f"<link>https://count.example/1</link><feedburner:origLink>{URL}</feedburner:origLink>", URL),
        ("rss", f'<link/><atom:link href="{URL}"/>', URL),
        ("rss", "<link>urn:moths</link>", None),
        ("rss", '<link xml:base="https://lantern.example/a/">../moths</link>', URL),
        ("rdf", "<title>Moths</title>", "https://lantern.example/0"),
        ("atom", f'<link type="application/json" href="/json"/><link type="text/html" href="{URL}"/>', URL),
        ("atom", f"<id>{URL}</id>", URL),
        ("atom", "<id>tag:lantern.example,2026:1</id>", None),
        ("atom", f'<link rel="http://www.iana.org/assignments/relation/alternate" href="{URL}"/>', URL),
        ("atom", '<link xml:base="https://lantern.example/a/" href="../moths"/>', URL),
        ("atom", '<link href="http://[::bad"/>', "http://[::bad"),
    ],
)
def test_where_the_original_is(form: str, inside: str, url: str | None):
    assert entry(form, inside).get("url") == url


@pytest.mark.parametrize(
    ("form", "inside", "names"),
    [
        ("rss", "<author>ines@lantern.example (Ines Albright)</author>", ["Ines Albright"]),
        ("rss", "<author>ines@lantern.example</author>", []),
        ("rss", "<author>i@l.example (Ines)</author><dc:creator>Ines</dc:creator>", ["Ines"]),
        ("rss", "<dc:creator>Ines</dc:creator><dc:creator>Ines</dc:creator>", ["Ines", "Ines"]),
        ("rss", "<itunes:author>The desk</itunes:author>", ["The desk"]),
        ("rss", "<dc:creator>Ines</dc:creator><itunes:author>The desk</itunes:author>", ["Ines"]),
        ("rss", "<dc:creator>https://lantern.example/ines</dc:creator>", []),
        ("atom", "<author><name>Ines &lt;ines@lantern.example&gt;</name></author>", ["Ines"]),
        ("atom", "<author><email>ines@lantern.example</email></author>", []),
        ("rdf", "<dc:creator> Ines\n Albright </dc:creator>", ["Ines Albright"]),
    ],
)
def test_who_made_it(form: str, inside: str, names: list[str]):
    assert [creator["name"] for creator in entry(form, inside).get("creators", [])] == names


def test_an_entry_without_an_author_has_that_of_its_feed():
    head = "<title>The Lantern</title><author><name>Ines</name></author>"
    document = atom("<title>a</title>", "<title>b</title><author><name>Tomás</name></author>", head=head)
    assert [members["creators"][0]["name"] for members in members_of(FEED, document)] == ["Ines", "Tomás"]


def test_the_title_of_a_picture_is_not_that_of_the_item():
    picture = (
        '<media:content url="https://a.example/a.jpg" medium="image"><media:title>Moth</media:title></media:content>'
    )
    inside = f"<image><title>Logo</title></image>{picture}"
    assert entry("rss", f"{ITEM}{inside}")["title"] == "Moths"
    assert entry("rss", f"{ITEM}{inside}")["parts"][0]["title"] == "Moth"


class TestSources:
    def test_an_entry_from_elsewhere_names_its_own_source_in_atom(self):
        source = '<source><title>Harbour Courier</title><link href="https://harbour.example/"/></source>'
        assert entry("atom", source)["source"] == {"name": "Harbour Courier", "url": "https://harbour.example/"}

    def test_an_item_from_elsewhere_names_its_own_source_in_rss(self):
        source = '<source url="https://harbour.example/rss">Harbour Courier</source>'
        assert entry("rss", source)["source"] == {"name": "Harbour Courier"}

    def test_the_publisher_of_an_entry_is_its_source(self):
        assert entry("rss", "<dc:publisher>Mehr News Agency</dc:publisher>")["source"] == {"name": "Mehr News Agency"}

    def test_a_publisher_who_is_the_feed_is_its_source_with_the_address(self):
        assert entry("rss", "<dc:publisher>The Lantern</dc:publisher>")["source"]["url"] == "https://lantern.example/"

    def test_a_feed_without_a_title_is_called_by_its_host(self):
        (members,) = members_of(FEED, rss(ITEM, head="<link>https://lantern.example/</link>"))
        assert members["source"] == {"name": "lantern.example", "url": "https://lantern.example/"}

    def test_a_feed_that_says_nothing_of_itself_is_no_source(self):
        (members,) = members_of(FEED, rss(ITEM, head=""))
        assert "source" not in members


@pytest.mark.parametrize(
    ("inside", "language"),
    [
        ("", "en-GB"),
        ("<dc:language>fa_IR</dc:language>", "fa-IR"),
        ("<dc:language>per</dc:language>", "fa"),
        ("<dc:language>Klingon!</dc:language>", None),
    ],
)
def test_the_language_is_that_of_the_entry_or_of_its_feed(inside: str, language: str | None):
    assert entry("rss", ITEM + inside).get("language", None) in (language, "en-GB")
    assert entry("rdf", ITEM + inside).get("language") == (None if language == "en-GB" else language)


def test_the_language_may_stand_on_any_element_around():
    document = (
        atom(ITEM, head="<title>a</title>")
        .replace("<feed", '<feed xml:lang="de"')
        .replace("<entry>", '<entry xml:lang="pt-BR">')
    )
    assert members_of(FEED, document)[0]["language"] == "pt-BR"
    assert members_of(FEED, document.replace(' xml:lang="pt-BR"', ""))[0]["language"] == "de"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sat, 14 Mar 2026 12:00:00 GMT", "2026-03-14T12:00:00Z"),
        ("14 Mar 26 12:00 EST", "2026-03-14T17:00:00Z"),
        ("Sat, 14 Mar 2026 12:00:00 -0000", "2026-03-14T12:00:00Z"),
        ("Sat, 14 Mar 2026 12:00:00 CEST", "2026-03-14"),
        ("Sat, 14 Mar 2026", "2026-03-14"),
        ("2026-03-14T12:00Z", "2026-03-14T12:00:00Z"),
        ("2026-03-14 12:00:00 UTC", "2026-03-14T12:00:00Z"),
        ("2026-03-14T12:00:00", "2026-03-14"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("0000-00-00", None),
        ("Sat, 99 Mar 2026 12:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("Sat, 14 Mar 2026 12:00:00 +9999", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(text: str | None, date: str | None):
    assert read_loose_date(text) == date


@given(st.text(max_size=60))
def test_no_text_is_too_strange_for_a_date_a_language_a_name_or_words(text: str):
    read_loose_date(text)
    read_language(text)
    read_name(text)
    plain_text(text)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a < b &amp; c", "a < b & c"),
        ("<p>a\n  b</p>\n<p>c<br/>d</p>", "a b\nc\nd"),
        ("<script>x < y</script>a<style>b", "a"),
        ("<!-- x -->a<!-- b", "a"),
        ('<a title="x > y">a</a>', "a"),
        ("<img src=x", ""),
        ("one\n\ntwo", "one\n\ntwo"),
        ("a\x00\x0bb", "ab"),
        ("<" * 1000, "<" * 1000),
        ("&nbsp;a&nbsp;", "\xa0a\xa0"),
    ],
)
def test_the_words_of_html(html: str, words: str):
    assert plain_text(html) == words


def test_a_text_is_cut_behind_a_word():
    assert cut_text("one two three", 10) == "one two…"
    assert cut_text("one", 3) == "one"
    assert len(cut_text("a" * 100, 10)) == 10


def test_what_is_too_long_is_cut_or_left_out():
    long = "word " * 10_000
    members = entry(
        "rss",
        f"<title>{long}</title><link>{URL}</link><content:encoded>{long}</content:encoded>"
        f"<category>{long}</category><category>a</category><dc:creator>{long}</dc:creator>",
    )
    assert members["keywords"] == ["a"]
    new = load_article(members, None)
    assert 990 < len(new.content.title) <= 1000
    assert 19_990 < len(new.content.summary or "") <= 20_000


def test_a_summary_comes_before_the_content():
    both = "<content:encoded>All of it.</content:encoded><description>In short.</description>"
    assert entry("rss", both)["summary"] == "In short."
    assert entry("rss", "<content:encoded>All of it.</content:encoded>")["summary"] == "All of it."


@pytest.mark.parametrize(
    "document", ["<html><p>Hello</p></html>", "<html><p>Hello<p></html>", "<a/>", '<rdf:RDF xmlns:rdf="x"/>']
)
def test_what_is_no_feed_is_refused(document: str):
    with pytest.raises(Invalid) as refused:
        items_of(FEED, document)
    assert refused.value.faults[0].code == "not-a-feed"


FACTS = {
    "rss": f"{ITEM}<pubDate>Sat, 14 Mar 2026 12:00:00 GMT</pubDate><dc:creator>Ines</dc:creator><category>a</category>",
    "rdf": f"{ITEM}<dc:date>2026-03-14T12:00:00Z</dc:date><dc:creator>Ines</dc:creator><dc:subject>a</dc:subject>",
    "atom": f'<title>Moths</title><link href="{URL}"/><published>2026-03-14T12:00:00Z</published>'
    '<author><name>Ines</name></author><category term="a"/>',
}


@pytest.mark.parametrize("form", FACTS)
def test_feedparser_reads_the_same(form: str):
    document = {"rss": rss, "rdf": rdf, "atom": atom}[form](FACTS[form]).encode()
    (other,) = feedparser.parse(io.BytesIO(document)).entries
    members = entry(form, FACTS[form])
    assert (other.title, other.link, other.author) == (members["title"], members["url"], members["creators"][0]["name"])
    assert [tag.term for tag in other.tags] == members["keywords"]
    moment = other.get("published_parsed") or other.updated_parsed
    assert moment[:6] == (2026, 3, 14, 12, 0, 0)
    assert members["published_at"] == "2026-03-14T12:00:00Z"
