"""XML that is ill: cut, broken, in wrong charsets, hostile. What can be read is, and nothing is read by halves."""

import io
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.errors import Invalid, Malformed, Problem, UnsupportedMediaType
from service.formats.intake.items import Item
from service.formats.intake.reading import Reading
from service.formats.intake.xml import read_xml
from service.formats.intake.xml_records import MAX_RECORD
from service.formats.schemas.claims import read_license
from tests.formats.intake.uploads import (
    FEED,
    HEAD,
    ITEM,
    OAI,
    answer,
    atom,
    items_of,
    members_of,
    problems_of,
    rdf,
    record,
    rss,
)

BY = "https://creativecommons.org/licenses/by/4.0/"
ITEMS = [f"<title>Moth {n} – «é»</title><link>https://lantern.example/{n}</link>" for n in range(4)]
WHOLE = {
    "rss": rss(*ITEMS, head=f"{HEAD}<creativeCommons:license>{BY}</creativeCommons:license>"),
    "rdf": rdf(*ITEMS),
    "atom": atom(*(f'<title>Moth {n}</title><link href="https://lantern.example/{n}"/>' for n in range(4))),
    "oai": answer(
        "<ListRecords>"
        + "".join(record(f"<dc:title>Moth {n}</dc:title>") for n in range(4))
        + "<resumptionToken>x</resumptionToken></ListRecords>"
    ),
}


def read(body: bytes, **said: str) -> list[Item]:
    return list(read_xml(io.BytesIO(body), Reading(**said)))


def titles(items: list[Item]) -> list[str]:
    return [item.members["title"] for item in items if item.members]


@pytest.mark.parametrize(
    ("form", "head", "record", "end"),
    [
        ("rss", b"<rss ", b"</item>", b"</rss"),
        ("rdf", b"<channel ", b"</item>", b"</rdf:RDF"),
        ("atom", b"<feed ", b"</entry>", b"</feed"),
        ("oai", b"<ListRecords>", b"</record>", b"</OAI-PMH"),
    ],
)
def test_a_document_cut_anywhere_gives_its_whole_records_and_a_problem(
    form: str, head: bytes, record: bytes, end: bytes
):
    body = WHOLE[form].encode()
    whole = read(body)
    first = body.index(b">", body.index(head)) + 1
    for cut in range(first):
        with pytest.raises(Problem) as refused:
            read(body[:cut])
        assert "not <rss>, <rdf:RDF>" not in refused.value.detail, cut
    for cut in range(first, len(body)):
        items = read(body[:cut])
        count = body[:cut].count(record)
        assert items[:count] == whole[:count], cut
        assert problems_of(items) == ([] if end in body[:cut] else [(count + 1, "cut")]), cut


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "there is no <channel> in its <RDF>"),
        ("<channel><title>a<b></title></channel>", "No <channel> can be read in the <RDF> of this feed"),
    ],
)
def test_rdf_without_a_channel_is_told_what_it_lacks(head: str, said: str):
    item = f'<item rdf:about="https://lantern.example/1">{ITEM}</item>'
    root = '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    with pytest.raises(Problem) as refused:
        read(f"{root}{head}{item}</rdf:RDF>".encode())
    assert said in refused.value.detail


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(body: bytes):
    for start in (b"", b"<rss><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"):
        with suppress(Problem):
            read(start + body)


@given(st.data())
@settings(max_examples=60)
def test_no_byte_changed_is_too_strange(data: st.DataObject):
    body = bytearray(WHOLE[data.draw(st.sampled_from(sorted(WHOLE)))].encode())
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Problem):
        read(bytes(body))


class TestWhatCanBeMended:
    @pytest.mark.parametrize(
        ("title", "words"),
        [
            ("Salt & pepper", "Salt & pepper"),
            ("Caf&eacute;&nbsp;&mdash; open", "Café\xa0— open"),
            ("One <br> two", "One two"),
            ("a\x0bb", "ab"),
            ("a&#11;b&#x1;c", "abc"),
            ("&#X41;", "A"),
            ("<![CDATA[x & <b>y</b>]]> & z", "x & y & z"),
        ],
    )
    def test_a_slip_in_a_title(self, title: str, words: str):
        items = items_of(FEED, rss(ITEM, f"<title>{title}</title><link>https://lantern.example/a</link>", ITEM))
        assert titles(items) == ["Moths", words, "Moths"]

    def test_an_open_tag_in_a_description(self):
        items = items_of(FEED, rss(f"{ITEM}<description><p>One<br>two <img src=x></description>"))
        assert (items[0].members or {})["summary"] == "One\ntwo"

    def test_a_prefix_that_everybody_knows(self):
        (members,) = members_of(FEED, f"<rss><channel><item>{ITEM}<dc:creator>Ines</dc:creator></item></channel></rss>")
        assert members["creators"] == [{"name": "Ines"}]

    def test_space_before_the_declaration(self):
        assert len(members_of(FEED, "\n \n" + rss(ITEM))) == 1

    def test_the_license_of_the_feed_still_counts(self):
        document = rss(f"{ITEM}<b>", ITEM, head=f"<title>a &amp b</title><cc:license>{BY}</cc:license>")
        items = items_of(FEED, document)
        assert [read_license(item.members["license"]).name for item in items if item.members] == ["CC-BY-4.0"]


class TestWhatCannot:
    def test_a_record_that_is_ill_is_refused_and_no_other(self):
        items = items_of(FEED, rss(ITEM, f"{ITEM}<category>a</b>", ITEM))
        assert titles(items) == ["Moths", "Moths"]
        assert problems_of(items) == [(2, "malformed")]

    def test_a_record_that_is_not_closed_is_refused(self):
        document = rss(ITEM, ITEM, ITEM).replace("</item>", "", 1)
        items = items_of(FEED, document)
        assert (len(titles(items)), problems_of(items)) == (2, [(1, "cut")])

    def test_a_feed_that_breaks_off_between_two_entries_says_so_last(self):
        items = items_of(FEED, rss(ITEM, ITEM).replace("</channel></rss>", ""))
        assert (len(titles(items)), problems_of(items)) == (2, [(3, "cut")])

    def test_bytes_that_the_charset_does_not_have_are_the_records_own_problem(self):
        body = rss("<title>a</title>", "<title>caf\xe9</title>", "<title>é</title>").encode()
        items = items_of(FEED, body.replace("caf\xe9".encode(), b"caf\xe9"))
        assert (titles(items), problems_of(items)) == (["a", "é"], [(2, "invalid-encoding")])

    def test_a_record_that_is_too_large_is_refused(self):
        items = items_of(FEED, rss(ITEM, f"{ITEM}<description>{'x ' * MAX_RECORD}</description>", ITEM))
        assert len(titles(items)) == 2
        assert items[1].problem is not None
        assert "1048576" in items[1].problem.detail

    @pytest.mark.parametrize(
        "body", [b"", b" ", b"\0" * 10, b"<", b"Hello", b"\xff\xd8\xff\xe0 no xml", b"%PDF-1.7 <", b"{}"]
    )
    def test_what_is_no_xml_is_refused_as_a_whole(self, body: bytes):
        with pytest.raises(Malformed):
            read(body)

    @pytest.mark.parametrize("body", [b"<html><p>Hi<br></p></html>", b"<svg/>", b"<!DOCTYPE html><html></html>"])
    def test_other_xml_is_refused_as_a_whole(self, body: bytes):
        with pytest.raises(Invalid) as refused:
            read(body)
        assert refused.value.faults[0].code == "unknown-root"

    def test_a_charset_that_there_is_not(self):
        with pytest.raises(UnsupportedMediaType):
            read(WHOLE["rss"].encode(), charset="klingon")


class TestCharsets:
    TITLE = "Nachtfalter Übergröße"

    @pytest.mark.parametrize(
        "charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
    )
    @pytest.mark.parametrize("said_by", ["header", "declaration"])
    def test_that_of_the_header_or_the_declaration(self, charset: str, said_by: str):
        declared = charset if said_by == "declaration" else "us-ascii"
        text = rss(f"<title>{self.TITLE}</title>").replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1)
        said = {"charset": charset} if said_by == "header" and not charset.startswith(("utf-1", "utf-3")) else {}
        assert titles(items_of(FEED, text.encode(charset), **said)) == [self.TITLE]

    def test_a_byte_order_mark_comes_first(self):
        text = rss(f"<title>{self.TITLE}</title>").replace('version="1.0"', 'version="1.0" encoding="koi8-r"', 1)
        assert titles(items_of(FEED, b"\xef\xbb\xbf" + text.encode(), charset="iso-8859-1")) == [self.TITLE]

    def test_a_character_may_be_cut_by_the_pieces_that_are_read(self):
        long = "я" * 100_001
        (members,) = members_of(FEED, rss(f"<title>a</title><description>x{long}</description>"))
        assert set(members["summary"]) == {"x", "я", "…"}


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(8))
    + "]>"
)


class TestHostile:
    @pytest.mark.parametrize(
        "doctype",
        [
            LAUGHS,
            '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
            '<!DOCTYPE rss [<!ENTITY j SYSTEM "file:///etc/passwd"> <!-- ]> --> <!ENTITY x "]>">]>',
            '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        ],
    )
    def test_entities_are_neither_expanded_nor_fetched(self, doctype: str):
        document = rss(ITEM, "<title>&j;</title>").replace("<rss", f"{doctype}<rss", 1)
        items = items_of(FEED, document)
        assert titles(items) == ["Moths"]
        assert problems_of(items) == [(2, "malformed")]

    @pytest.mark.parametrize(
        "inside",
        [
            "<a>" * 50_000,
            "<item>" * 50_000,
            '<item a="' * 20_000,
            "<![CDATA[" * 100_000,
            "<!--" * 50_000,
            "<title>" * 30_000,
            "&" * 200_000,
            "<item><title><p " * 20_000,
            "<item " + " ".join(f'a{n}="1"' for n in range(30_000)) + "/>",
            "<item>" + "".join(f'<x xmlns:n{n}="u{n}"/>' for n in range(10_000)) + "</item>",
            "<?" * 50_000,
            "<!DOCTYPE " * 20_000,
        ],
        ids=lambda inside: inside[:20].strip(),
    )
    def test_ill_markup_takes_no_more_time_than_its_length(self, inside: str):
        for start in ("<rss><channel>", "<rss><channel><item>", ""):
            with suppress(Problem):
                items_of(FEED, f"{start}{inside}")

    @pytest.mark.parametrize("filler", ["<a/>", "<!-- a -->", "text ", "<![CDATA[a]]>"])
    def test_memory_does_not_grow_with_what_is_no_record(self, filler: str):
        document = f"<rss><channel>{filler * 200_000}<item>{ITEM}</item></channel></rss>".encode()
        tracemalloc.start()
        with suppress(Problem):
            read(document)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 40_000_000


def test_memory_does_not_grow_with_the_entries():
    peaks = []
    for count in (500, 5_000):
        body = io.BytesIO(rss(*[ITEM] * count).encode())
        tracemalloc.start()
        assert sum(1 for _ in FEED(body, Reading())) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


def test_a_record_of_dublin_core_alone_is_taken():
    document = (
        '<dc xmlns="http://purl.org/dc/elements/1.1/"><title>Moths</title><identifier>doi:10.1000/182</identifier></dc>'
    )
    (item,) = read(document.encode())
    assert (item.members or {})["url"] == "https://doi.org/10.1000/182"


@pytest.mark.parametrize("form", WHOLE)
def test_the_root_tells_what_it_is(form: str):
    items = read(WHOLE[form].encode())
    assert [item.line for item in items] == [1, 2, 3, 4]
    assert items == (items_of(OAI, WHOLE[form]) if form == "oai" else items_of(FEED, WHOLE[form]))
