"""Pages into drafts: each member from whatever says it, the best evidence first, and drafts of hostile pages too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.formats.pages import Draft, read_page
from service.formats.pages.names import read_names
from service.formats.pages.page_languages import tell_language
from service.formats.schemas.articles import load_article
from tests.formats.pages_cast import PROSE, URL, linked_data, names_of, page

GERMAN = (
    "<p>Die Straße am Salzsee ist auf neunzig Kilometern abgesunken, und die Dörfer neben ihr warten auf Hilfe aus der "
    "Hauptstadt. Niemand hat gesagt, wann die Ingenieure kommen sollen und was mit den Brunnen geschehen wird.</p>"
)


def read(html: str | None = None, **pieces: str) -> Draft:
    draft = read_page(page(**pieces) if html is None else html, url=URL)
    load_article({"source": "mehr", "title": "?", **draft.members}, None)
    return draft


def sources_of(draft: Draft, member: str) -> list[str]:
    return [fact.source for fact in draft.evidence.get(member, [])]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (page(), "The Salt Road"),
        (
            "<title>The Salt Road | Tehran Times</title><meta property='og:site_name' content='Tehran Times'>",
            "The Salt Road",
        ),
        (
            "<title>Tehran Times » Blog Archive » The Salt Road</title><h1>Tehran Times</h1><h2>The Salt Road</h2>",
            "The Salt Road",
        ),
        ("<title>The Salt Road – and why it sank</title>", "The Salt Road – and why it sank"),
        ("<meta property='og:title' content='The Salt Road'><h1><a href='/'>Tehran Times</a></h1>", "The Salt Road"),
        ("<title>x</title><h1 class='entry-title'>The  Salt&nbsp;Road\n</h1>", "The Salt Road"),
        (linked_data(), "The Salt Road"),
        ("<meta name='citation_title' content='The Salt Road'><p>x", "The Salt Road"),
        ("<title>The Salt Road - tehrantimes.example</title><h1>Tehran Times</h1>", "The Salt Road"),
    ],
)
def test_the_title_is_the_heading_that_the_page_bears_out_without_the_name_of_the_site(html, title):
    assert read(html).members["title"] == title


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        ({"head": linked_data(author={"@type": "Person", "name": "Jane Doe"})}, ["Jane Doe"]),
        ({"head": linked_data(author=[{"name": "Jane Doe"}, {"name": "Ali Rezaei"}])}, ["Jane Doe", "Ali Rezaei"]),
        ({"head": linked_data(author="Jane Doe and Ali Rezaei")}, ["Jane Doe", "Ali Rezaei"]),
        (
            {"head": linked_data(author={"@type": "Organization", "name": "Friends of Salt and Water"})},
            ["Friends of Salt and Water"],
        ),
        (
            {
                "head": '<meta name="citation_author" content="Doe, Jane">'
                '<meta name="citation_author" content="Rezaei, Ali">'
            },
            ["Jane Doe", "Ali Rezaei"],
        ),
        ({"head": '<meta name="author" content="Jane Doe">'}, ["Jane Doe"]),
        ({"head": '<meta property="article:author" content="https://facebook.example/jane">'}, []),
        ({"top": '<p class="byline">By Jane Doe, Staff Writer | May 18, 2014</p>'}, ["Jane Doe"]),
        ({"top": '<span class="author vcard"><a class="url fn" href="/author/jane">Jane Doe</a></span>'}, ["Jane Doe"]),
        (
            {
                "top": '<p>By <a rel="author" href="/jane">Jane Doe</a> '
                'and <a rel="author" href="/ali">Ali Rezaei</a></p>'
            },
            ["Jane Doe", "Ali Rezaei"],
        ),
        (
            {"top": '<div itemprop="author" itemscope><span itemprop="name">Jane Doe</span> (editor)</div>'},
            ["Jane Doe"],
        ),
        ({"top": '<p class="date">Erstellt von <a href="/autor/jane">Jane</a> am Dienstag 6. Mai 2014</p>'}, ["Jane"]),
        ({"top": "<p>Von Jane Doe</p>"}, ["Jane Doe"]),
        ({"top": '<p class="byline">By JANE DOE</p>', "head": '<meta name="author" content="Jane Doe">'}, ["Jane Doe"]),
        ({"beside": '<div class="comments"><span class="author">Troll</span></div>'}, []),
        ({"beside": '<div class="related-posts"><span class="byline">By Bob Roe</span></div>'}, []),
        ({"head": '<meta name="author" content="admin">', "top": '<p class="byline">By Jane Doe</p>'}, ["Jane Doe"]),
        ({"head": '<meta name="author" content="Tehran Times">', "top": "<p>By Jane Doe</p>"}, ["Jane Doe"]),
        ({}, []),
    ],
)
def test_creators_are_whom_the_best_source_names(pieces, names):
    assert names_of(read(**pieces)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("von Jane Doe und Ali Rezaei", ("Jane Doe", "Ali Rezaei")),
        ("Par Jane Doe, le 18 mai 2014 à 12h", ("Jane Doe",)),
        ("Posted by Jane Doe on May 18, 2014 at 12:30", ("Jane Doe",)),
        ("Jane Doe, PhD", ("Jane Doe",)),
        ("Jane Doe (jane@tehran.example)", ("Jane Doe",)),
        ("Jane Doe • @jane", ("Jane Doe",)),
        ("Jane (J.R.) Doe", ("Jane (J.R.) Doe",)),
        ("Ludwig van der Beek", ("Ludwig van der Beek",)),
        ("https://tehran.example/jane", ()),
        ("Read more about salt", ()),
        ("by", ()),
        ("", ()),
        ("Creative Commons License", ()),
    ],
)
def test_a_byline_is_bared_of_all_but_the_names(text, names):
    assert read_names(text) == names


@pytest.mark.parametrize(
    ("pieces", "published"),
    [
        ({"head": linked_data(datePublished="2014-05-18T12:30:00+04:30")}, "2014-05-18T12:30:00+04:30"),
        ({"head": linked_data(datePublished="2014-05-18T12:30:00")}, "2014-05-18"),
        (
            {"head": '<meta property="article:published_time" content="2014-05-18T12:30+0430">'},
            "2014-05-18T12:30:00+04:30",
        ),
        ({"head": '<meta name="citation_publication_date" content="2014/05/18">'}, "2014-05-18"),
        ({"head": '<meta name="dc.date" content="20140518">'}, "2014-05-18"),
        ({"top": '<time class="entry-date" datetime="2014-05-18T12:30:00Z">x</time>'}, "2014-05-18T12:30:00Z"),
        (
            {"top": '<time datetime="2015-01-01" class="updated">x</time><time pubdate datetime="2014-05-18">x</time>'},
            "2014-05-18",
        ),
        ({"top": '<abbr class="published" title="2014-05-18">Sunday</abbr>'}, "2014-05-18"),
        ({"top": '<span itemprop="datePublished" content="2014-05-18">x</span>'}, "2014-05-18"),
        ({"top": '<p class="post-meta">18. Mai 2014 von Jane</p>', "lang": "de"}, "2014-05-18"),
        ({"top": "<p>Tehran, May 18, 2014</p>"}, "2014-05-18"),
        ({"top": '<p class="meta">Last modified: May 18, 2015</p>'}, None),
        ({"beside": '<ul class="comments"><li><time datetime="2016-01-01">x</time></li></ul>'}, None),
        ({"head": '<meta name="date" content="31 February 2014">'}, None),
    ],
)
def test_the_date_of_publication_is_as_exact_as_the_page_says(pieces, published):
    assert read(**pieces).members.get("published_at") == published


def test_the_day_in_the_address_counts_where_nothing_else_says_it():
    draft = read_page(page(), url="https://tehrantimes.example/2014/05/18/salt")
    assert draft.members["published_at"] == "2014-05-18"
    assert sources_of(draft, "published_at") == ["url"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (linked_data(publisher={"@type": "Organization", "name": "Mehr News Agency"}), "Mehr News Agency"),
        ('<meta property="og:site_name" content="Mehr News Agency">', "Mehr News Agency"),
        ('<meta name="DC.publisher" content="Mehr News Agency">', "Mehr News Agency"),
        ("", "Tehran Times"),
    ],
)
def test_the_source_is_the_publisher_with_the_address_of_the_site(head, name):
    assert read(head=head).members["source"] == {"name": name, "url": "https://tehrantimes.example/"}


def test_a_page_that_names_no_publisher_has_its_host_as_source():
    assert read("<title>The Salt Road</title>").members["source"]["name"] == "tehrantimes.example"


@pytest.mark.parametrize(
    ("pieces", "language"),
    [
        ({}, "en"),
        ({"lang": "de_DE", "body": GERMAN * 9}, "de-DE"),
        ({"lang": "en", "body": GERMAN * 9}, "de"),
        ({"lang": "", "body": ""}, "en"),
        ({"lang": "martian"}, "en"),
    ],
)
def test_the_language_is_what_the_page_says_unless_its_words_are_plainly_another(pieces, language):
    assert read(**pieces).members["language"] == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE * 2, "en"),
        (GERMAN * 2, "de"),
        ("جاده‌ای که در کنار دریاچه نمک می‌گذشت فرو نشسته است و روستاها چشم به راه کمک از پایتخت هستند. " * 3, "fa"),
        ("塩湖に沿って走る道路が沈みました。村々は首都からの助けを待っています。" * 3, "ja"),
        ("盐湖边的公路已经下沉，沿路的村庄正在等待首都的帮助。" * 3, "zh"),
        ("Salt", None),
        ("Lorem ipsum dolor sit amet " * 20, None),
    ],
)
def test_a_language_is_told_by_script_or_commonest_words(text, language):
    assert tell_language(text) == language


def test_the_page_s_own_address_serves_where_the_client_gives_none():
    head = f'<link rel="canonical" href="{URL}">'
    draft = read_page(page(head=head))
    assert (draft.members["url"], sources_of(draft, "url")) == (URL, ["rel=canonical"])
    draft = read_page(page(head=head), url="https://mirror.example/1")
    assert (draft.members["url"], sources_of(draft, "url")) == (
        "https://mirror.example/1",
        ["request", "rel=canonical"],
    )


def test_the_rest_comes_along():
    head = (
        '<meta name="description" content="It sank."><meta property="article:section" content="Roads">'
        '<meta name="keywords" content="salt, roads; salt"><meta name="citation_doi" content="doi:10.1234/salt.1">'
        '<meta property="article:modified_time" content="2014-06-01T00:00:00Z">'
    )
    members = read(head=head).members
    assert (members["summary"], members["section"], members["keywords"]) == ("It sank.", "Roads", ["salt", "roads"])
    assert members["identifiers"] == [{"scheme": "doi", "value": "10.1234/salt.1"}]
    assert members["modified_at"] == "2014-06-01T00:00:00Z"


def test_sources_that_disagree_are_listed_the_best_first():
    head = linked_data(author={"name": "Jane Doe"}) + '<meta name="author" content="Ali Rezaei">'
    facts = read(head=head).evidence["creators"]
    assert [(fact.value[0]["name"], fact.source) for fact in facts] == [
        ("Jane Doe", "json-ld"),
        ("Ali Rezaei", "author"),
    ]


def test_of_several_articles_in_json_ld_the_page_s_own_is_taken():
    head = linked_data(url="https://tehrantimes.example/other", headline="Another road", author="Bob Roe")
    head += linked_data(url=URL, author="Jane Doe")
    assert names_of(read(head=head)) == ["Jane Doe"]


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","author":"Jane Doe","headline":"The Salt\nRoad",}',
        '<!-- {"@type":"NewsArticle","author":"Jane Doe","headline":"x"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","author":"Jane Doe","headline":"x"}\n//]]>',
        '{"@graph":[{"@id":"#a","@type":"Person","name":"Jane Doe"},{"@type":"NewsArticle","headline":"x",'
        '"author":{"@id":"#a"}}]}',
    ],
)
def test_json_ld_is_read_with_the_slips_that_pages_have(script):
    assert names_of(read(head=f'<script type="application/ld+json">{script}</script>')) == ["Jane Doe"]


def test_what_an_article_cannot_have_is_left_out():
    head = linked_data(author={"name": "Jane Doe", "url": "not an address"}, datePublished="soon", inLanguage="??")
    members = read(head=head).members
    assert members["creators"] == [{"name": "Jane Doe"}]
    assert "published_at" not in members


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "latin-1"])
def test_bytes_are_read_in_the_charset_that_the_header_or_the_page_names(encoding):
    body = page(top="<p>By Frank Boës</p>").replace('<meta charset="utf-8">', "").encode(encoding)
    draft = read_page(body, url=URL, charset=None if encoding == "utf-16" else encoding)
    assert names_of(draft) == ["Frank Boës"]


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "\0",
        "<",
        "<!--",
        "<div>" * 200_000,
        "<a href=x>" * 300_000,
        "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">x",
        "<p " + " ".join(f'a{n}=">"' for n in range(50_000)) + ">x",
        "<script type='application/ld+json'>" + "[" * 100_000,
        "<script type='application/ld+json'>" + '{"a":' * 100_000,
        '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">' * 5_000,
        "<h1>" * 50_000 + "CC BY 4.0",
        "<p class='byline'>By " + "A, " * 100_000,
        "<title>" + " - " * 100_000,
        "<meta name=author content='" + "und " * 100_000 + "'>",
        "\ue0f0\ue0f1<p>CC BY 4.0 \ue0f07\ue0f1",
    ],
    ids=range(17),
)
def test_hostile_pages_are_read_somehow(html):
    read(html)


@given(st.binary(max_size=400))
def test_any_bytes_make_a_draft(body):
    read_page(body, url=URL)


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</div>",
                "<a rel=license href=//creativecommons.org/licenses/by/4.0/>",
                "CC BY",
                '"',
                "'",
                "<script type=application/ld+json>",
                '{"@type":"Article"',
                "<title>",
                "&#0;",
                "\ud800",
                "By Al",
                "<time>",
                "1 May 2014",
            ]
        )
    ).map("".join)
)
def test_any_markup_makes_a_draft_that_an_article_can_be_made_of(html):
    read(html)
