"""Hostile values come back from real parsers as they went in, and nothing else appears."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.core.articles import Creator
from service.core.attribution import Reuse, Work, credit_work
from service.core.catalogue import find_license
from service.core.grants import Claim

URL = "https://salt.example/road?a=1&b=2"
BY = Claim(status="known", license=find_license("CC-BY-4.0"))
BY_URL = "https://creativecommons.org/licenses/by/4.0/"
GRANT = " is licensed under CC BY 4.0."

MARKUP = (
    "[ ] ( ) < > * _ ` ~~ \\ & &amp; &#60; ! ![ ]( <!-- --> <b> </p> \" ' {creator} {} # - + = | 1. 2) $x$ "
    "www.a.b http://c.d/e a@b.c"
)
hostile = st.lists(
    st.sampled_from(
        [
            *MARKUP.split(" "),
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            "\x00",
            "\u2028",
            "\u202e",
            "\u2067",
            "\u200f",
            "عنوان",
            "Salz",
            " ",
        ]
    )
    | st.text(max_size=4),
    min_size=1,
    max_size=12,
).map("".join)


def plain(text: str) -> str:
    """What a reader should see of a value: one line, without what turns directions."""
    kept = "".join(
        char for char in text if not ("\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" or char == "\ufeff")
    )
    return re.sub(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", kept).strip()


class Tree(HTMLParser):
    """The tags of a fragment in order, and the text of it all and of each property."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.properties: dict[str, str] = {}
        self.other: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append((tag, dict(attrs).get("property")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, property in self._open:
            if property:
                self.properties[property] = self.properties.get(property, "") + data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)


def links(markdown: str, preset: str = "commonmark") -> tuple[str, list[str], set[str]]:
    """The text of a parsed Markdown paragraph, the addresses that it links, and the kinds of its tokens."""
    tokens = MarkdownIt(preset).parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    hrefs = [str(token.attrGet("href")) for token in children if token.type == "link_open"]
    return "".join(token.content for token in children), hrefs, {token.type for token in children}


def shown(title: str) -> str:
    return f"“{plain(title)}”" if plain(title) else "This article"


@given(hostile, hostile)
@example("<script>alert(1)</script>", "]]>")
@example("a](https://evil.example) [b", "1.")
@example("{creator} {0.__class__}", "--")
def test_html_holds_the_values_and_no_other_markup(title: str, source: str) -> None:
    tree = Tree(credit_work(Work(title=title, url=URL, source_name=source, claim=BY)).html)
    origin = f" from {plain(source)}" if plain(source) else ""
    assert tree.text == f"{shown(title)}{origin}{GRANT}"
    assert tree.other == []
    assert [tag for tag, _ in tree.tags] == ["p", "a", "bdi", *(["bdi"] if origin else []), "a"]
    if plain(title):
        assert tree.properties["dct:title"] == plain(title)
    if origin:
        assert tree.properties["cc:attributionName"] == plain(source)


@given(hostile, hostile)
@example("a](https://evil.example) [b", "1.")
@example("\\", "`")
@example("[", "¸")
@example("x\n\n# y", "![z](https://evil.example/z.png)")
def test_markdown_holds_the_values_and_no_other_markup(title: str, source: str) -> None:
    text, hrefs, kinds = links(credit_work(Work(title=title, url=URL, source_name=source, claim=BY)).markdown)
    origin = f" from {plain(source)}" if plain(source) else ""
    assert text == f"{shown(title)}{origin}{GRANT}"
    assert hrefs == [URL, BY_URL]
    assert kinds == {"text", "link_open", "link_close"}


@given(hostile.filter(lambda text: plain(text)))
@example("1. first")
@example("- item")
@example("12)")
@example("---")
def test_requested_wording_begins_a_paragraph_without_becoming_a_list_or_heading(wording: str) -> None:
    for url in (URL, None):
        text, hrefs, _ = links(credit_work(Work(title="T", url=url, requested=wording, claim=BY)).markdown)
        assert text == f"{plain(wording)}{GRANT}"
        assert hrefs == [*([URL] if url else []), BY_URL]


@given(hostile, hostile)
def test_text_is_one_line_with_the_values_as_they_are(title: str, name: str) -> None:
    text = credit_work(Work(title=title, url=URL, creators=(Creator(name=name),), claim=BY)).text
    by = f" by {plain(name)}" if plain(name) else ""
    assert text == f"{shown(title)}{by}, {URL}, is licensed under CC BY 4.0, {BY_URL}."


@given(hostile, hostile, hostile, hostile)
def test_every_other_value_is_escaped_too(credit: str, notice: str, changes: str, role: str) -> None:
    creators = (Creator(name="Amal", role="author"), Creator(name="Ned", role=role))
    work = Work(title="T", url=URL, creators=creators, credit=credit, copyright_notice=f"© {notice}", claim=BY)
    views = credit_work(work, Reuse(changes=f"x {changes}", changed_by=credit))
    tree = Tree(views.html)
    assert {tag for tag, _ in tree.tags} <= {"p", "a", "bdi"}
    assert tree.other == []
    text, hrefs, kinds = links(views.markdown)
    assert text == tree.text
    assert hrefs == [URL, BY_URL]
    assert kinds == {"text", "link_open", "link_close"}


@pytest.mark.parametrize(
    "url",
    [
        "https://salt.example/a_b*c*[d](e)",
        "https://salt.example/?x=1&copy;=2&lt;",
        "https://salt.example/%3C%20'",
        "http://salt.example/a'b",
    ],
)
def test_addresses_come_back_as_they_were(url: str) -> None:
    credit = credit_work(Work(title="T", url=url, claim=BY))
    tree = Tree(credit.html)
    assert tree.tags[0][1]["about"] == tree.tags[1][1]["href"] == url
    assert links(credit.markdown)[1][0] == url.replace("[d]", "%5Bd%5D")  # as markdown-it normalizes it


def test_an_address_can_not_break_out_of_its_place() -> None:
    credit = credit_work(Work(title="T", url='https://salt.example/"><script>\\`é', claim=BY))
    assert "<script" not in credit.html + credit.markdown
    assert Tree(credit.html).tags[0][1]["about"] == "https://salt.example/%22%3E%3Cscript%3E%5C%60%C3%A9"


def test_html_speaks_of_the_work_in_the_terms_of_ccrel() -> None:
    work = Work(title="T", url=URL, credit="Delta", credit_url="https://delta.example/", claim=BY)
    paragraph, title, _, party, *_, grant = Tree(credit_work(work).html).tags
    assert paragraph == (
        "p",
        {
            "class": "credit",
            "lang": "en",
            "dir": "ltr",
            "about": URL,
            "prefix": "cc: http://creativecommons.org/ns# dct: http://purl.org/dc/terms/",
        },
    )
    assert title == ("a", {"href": URL})
    assert party[1] == {
        "property": "cc:attributionName",
        "rel": "cc:attributionURL",
        "href": "https://delta.example/",
    }
    assert grant == ("a", {"rel": "license", "href": BY_URL})


def test_the_properties_do_not_speak_of_the_page_when_the_work_has_no_address() -> None:
    html = credit_work(Work(title="T", creators=(Creator(name="Amal"),), claim=BY)).html
    assert "property=" not in html
    assert "rel=" not in html
    assert f'href="{BY_URL}"' in html


def test_values_are_isolated_from_the_direction_of_the_sentence() -> None:
    html = credit_work(Work(title="نان", url=URL, creators=(Creator(name="سارا"),), claim=BY)).html
    assert '<bdi property="dct:title">نان</bdi>' in html
    assert '<bdi property="cc:attributionName">سارا</bdi>' in html


def test_no_dialect_makes_links_of_a_title() -> None:
    markdown = MarkdownIt("gfm-like", {"linkify": False})
    source = credit_work(Work(title="See www.a.example or http://b.example/~~x~~", url=URL, claim=BY)).markdown
    assert r"www\.a.example" in source
    assert r"http\://b" in source
    hrefs = [x.attrGet("href") for x in markdown.parse(source)[1].children or [] if x.type == "link_open"]
    assert hrefs == [URL, BY_URL]


@given(hostile)
def test_the_same_work_gives_the_same_bytes(title: str) -> None:
    work = Work(title=title, url=URL, claim=BY)
    assert credit_work(work) == credit_work(work)
