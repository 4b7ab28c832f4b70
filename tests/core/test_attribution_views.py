"""Hostile values come back from real parsers as they went in, and nothing else appears."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.core.articles import Basis, Creator, Part
from service.core.attribution import LANGUAGES, Credit, Reuse, Work, credit_work
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


languages = st.sampled_from(LANGUAGES)
ISOLATES = re.compile("[\u2066-\u2069]")


def bare(text: str) -> str:
    """A view as a reader sees it: the isolates of directions show nothing."""
    return ISOLATES.sub("", text)


def balanced(text: str) -> bool:
    """Whether every isolate is closed, and on its own line."""
    depth = 0
    for char in text:
        depth += (char in "\u2066\u2067\u2068") - (char == "\u2069")
        if depth < 0 or (char == "\n" and depth):
            return False
    return depth == 0


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
    return bare("".join(token.content for token in children)), hrefs, {token.type for token in children}


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
    text = bare(credit_work(Work(title=title, url=URL, creators=(Creator(name=name),), claim=BY)).text)
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


@given(hostile, languages)
def test_the_same_work_gives_the_same_bytes(title: str, lang: str) -> None:
    work = Work(title=title, url=URL, claim=BY)
    assert credit_work(work, lang=lang) == credit_work(work, lang=lang)


def whole(value: str) -> tuple[Work, Reuse]:
    """A work with the value in every text that it may have, and a use of it with the value too."""
    creators = (Creator(name=f"A {value}"), Creator(name="Amal"), Creator(name="Ned", role=f"r {value}"))
    basis = Basis(relation="translation", title=value, url=URL, creators=creators, license=BY, changes=f"c {value}")
    part = Part(kind=f"k {value}", title=value, url="https://part.example/", creator=f"P {value}", license=BY)
    work = Work(
        title=value,
        url=URL,
        creators=creators,
        credit=f"C {value}",
        source_name=f"S {value}",
        copyright_notice=f"© {value}",
        disclaimer=f"D {value}",
        claim=BY,
        based_on=(basis,),
        parts=(part, Part(kind=f"k {value}", title=value, license=Claim(status="unknown"))),
        language="sw",
    )
    return work, Reuse(changes=f"x {value}", changed_by=f"Y {value}")


def credit_in(lang: str, value: str, **use: str) -> Credit:
    work, reuse = whole(value)
    return credit_work(work, Reuse(changes=reuse.changes, changed_by=reuse.changed_by, **use), lang=lang)  # type: ignore[arg-type]


def blocks(markdown: str) -> tuple[str, set[str]]:
    """The text of all paragraphs of a credit and of its list, and the kinds of the tokens in them."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inline = [token for token in tokens if token.type == "inline"]
    kinds = {token.type for token in tokens} | {child.type for token in inline for child in token.children or []}
    return bare("".join(child.content for token in inline for child in token.children or [])), kinds


@given(hostile, languages, st.sampled_from(["standard", "news"]), st.sampled_from(["web", "print"]))
@example("</p><script>", "fa", "news", "print")
@example("](<x>) *a* _b_ `c`\n\n# d\n- e", "ja", "standard", "web")
@example("\u202e1. x", "ar", "standard", "web")
def test_in_every_language_and_form_html_and_markdown_say_the_same_and_are_nothing_but_text_and_links(
    value: str, lang: str, form: str, medium: str
) -> None:
    credit = credit_in(lang, value, form=form, medium=medium)
    tree = Tree(credit.html)
    assert {tag for tag, _ in tree.tags} <= {"p", "ul", "li", "a", "bdi", "span"}
    assert {name for _, attributes in tree.tags for name in attributes} <= {
        "class", "lang", "dir", "about", "prefix", "property", "rel", "href",
    }  # fmt: skip
    assert tree.other == []
    text, kinds = blocks(credit.markdown)
    assert text == tree.text
    assert kinds <= {
        "paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close", "list_item_open",
        "list_item_close", "text", "link_open", "link_close",
    }  # fmt: skip
    assert {href for tag, attributes in tree.tags if tag == "a" for href in [attributes["href"]]} <= {
        URL, BY_URL, "https://part.example/",
    }  # fmt: skip


@given(hostile, languages)
def test_in_every_language_and_view_the_values_come_back_as_they_are(value: str, lang: str) -> None:
    credit = credit_in(lang, value)
    for view in (credit.text, credit.short, credit.spoken, Tree(credit.html).text, blocks(credit.markdown)[0]):
        for text in (f"A {value}", f"C {value}", f"© {value}", f"D {value}", f"Y {value}", f"P {value}"):
            assert plain(text) in bare(view)
    if plain(value):
        assert plain(value) in Tree(credit.html).properties["dct:title"]


@given(hostile, languages)
def test_lines_are_one_for_the_work_and_one_for_each_part(value: str, lang: str) -> None:
    credit = credit_in(lang, value)
    assert len(credit.text.splitlines()) == len(credit.short.splitlines()) == 2
    assert len(credit.spoken.splitlines()) == 1


@given(hostile, languages)
@example("\u2069\u2069\u2066", "fa")
def test_isolates_are_balanced_whatever_a_value_brings(value: str, lang: str) -> None:
    credit = credit_in(lang, value)
    assert all(map(balanced, (credit.text, credit.short, credit.spoken, credit.markdown)))


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_latin_values_and_addresses_are_isolated_in_a_sentence_from_right_to_left(lang: str) -> None:
    credit = credit_work(Work(title="Salt", url=URL, creators=(Creator(name="سارا"),), claim=BY), lang=lang)
    assert credit.dir == "rtl"
    for view in (credit.text, credit.short):
        assert "\u2068Salt\u2069" in view
        assert f"\u2066{URL}\u2069" in view
        assert f"\u2066{BY_URL}\u2069" in view
        assert "\u2068سارا" not in view
    assert 'dir="rtl"' in credit.html
    assert '<bdi property="dct:title">Salt</bdi>' in credit.html


def test_names_from_right_to_left_keep_their_order_in_a_sentence_from_left_to_right() -> None:
    credit = credit_work(Work(title="T", url=URL, creators=(Creator(name="سارا"), Creator(name="علی")), claim=BY))
    assert "\u2068سارا\u2069 and \u2068علی\u2069" in credit.text
    assert "\u2066" not in credit.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_isolate_stands_where_all_runs_in_one_direction(lang: str) -> None:
    names = {"rtl": ("نمک", "سارا")}.get(credit_work(Work(), lang=lang).dir, ("Salt", "Amal"))
    credit = credit_work(Work(title=names[0], creators=(Creator(name=names[1]),)), lang=lang)
    assert bare(credit.text) == credit.text


def test_a_title_in_another_language_says_so() -> None:
    html = credit_work(Work(title="Salt", url=URL, language="en-GB", claim=BY), lang="de").html
    assert '<bdi lang="en-GB" property="dct:title">Salt</bdi>' in html
    assert "lang" not in Tree(credit_work(Work(title="Salt", url=URL, language="en-GB", claim=BY)).html).tags[2][1]
