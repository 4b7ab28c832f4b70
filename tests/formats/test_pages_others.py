"""What JSON-LD says of other articles is nobody's here: no license, no creator, no date comes from it."""

import pytest

from tests.formats.pages_cast import (
    BY,
    BYLINE,
    CC,
    FILLED,
    NC,
    OTHER,
    URL,
    license_of,
    linked_data,
    names_of,
    read,
)

SAID = {
    "author": "Bob Roe",
    "license": BY,
    "datePublished": "2014-05-18",
    "dateModified": "2014-05-19",
    "description": "Another road.",
    "articleSection": "Elsewhere",
    "keywords": "elsewhere",
    "publisher": {"@type": "Organization", "name": "Mehr News Agency"},
}


@pytest.mark.parametrize(
    "named",
    [
        {"url": OTHER},
        {"@id": OTHER},
        {"mainEntityOfPage": OTHER},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": OTHER}},
        {"url": OTHER, "mainEntityOfPage": URL},
        {"url": OTHER, "headline": "The Salt Road"},
        {"url": "/news/another-road"},
        {"url": "//mehrnews.example/a"},
        {"url": "https://mehrnews.example/a b"},
        {"url": f"{URL}?page=2"},
        {"url": f"{URL}/comments"},
        {"url": "https://blog.tehrantimes.example/news/salt-road"},
        {"url": "https://blog.tehrantimes.example/"},
        {"@id": f"{OTHER}#article"},
    ],
)
def test_a_node_of_json_ld_that_names_another_page_says_nothing_of_this_one(named):
    draft = read(top=BYLINE, head=linked_data(**{**SAID, "headline": "Another Road", **named}))
    assert names_of(draft) == ["Jane Doe"]
    assert draft.members["title"] == "The Salt Road"
    assert draft.members["source"]["name"] == "Tehran Times"
    assert [member for member in FILLED if member in draft.members] == []


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"url": URL},
        {"@id": URL},
        {"mainEntityOfPage": URL},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": f"{URL}#webpage"}},
        {"mainEntityOfPage": "True"},
        {"@id": "#article"},
        {"@id": "urn:example:1"},
        {"@id": "tag:tehrantimes.example,2014:1"},
        {"url": URL, "@id": "https://doi.org/10.1234/salt"},
        {"url": "https://tehrantimes.example/", "mainEntityOfPage": URL},
        {"url": "https://tehrantimes.example/"},
        {"url": "http://www.tehrantimes.example"},
        {"url": "https://tehrantimes.example/index.html"},
        {"@id": f"{URL}#article"},
        {"@id": f"{URL}/#article"},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": "https://google.com/article"}},
        {"@id": "https://doi.org/10.1000/7"},
        {"url": "/news/salt-road"},
        {"url": "salt-road"},
        {"url": "news/salt-road"},
        {"url": "tehrantimes.example/news/salt-road"},
        {"url": [OTHER, URL]},
        {"url": "http://www.tehrantimes.example/news/salt-road/?utm_source=feed#top"},
        {"url": "https://TehranTimes.example:443/news/./salt%2Droad"},
        {"url": "https://m.tehrantimes.example/news/salt-road"},
        {"url": "https://amp.tehrantimes.example/news/salt-road"},
        {"url": f"{URL}/amp/"},
        {"url": f"{URL}.amp"},
        {"url": "https://tehrantimes.example/amp/news/salt-road"},
        {"url": f"{URL}?outputType=amp&ref=home"},
        {"url": f"{URL}?m=1"},
    ],
)
def test_a_node_that_names_this_page_or_none_speaks_of_the_article(named):
    draft = read(top=BYLINE, head=linked_data(**{**SAID, **named}))
    assert (names_of(draft), license_of(draft)) == (["Bob Roe"], "CC-BY-4.0")
    assert draft.members["published_at"] == "2014-05-18"


@pytest.mark.parametrize(
    "own",
    [
        f'<link rel="canonical" href="{OTHER}">',
        f'<meta property="og:url" content="{OTHER}">',
        f'<link rel="shortlink" href="{OTHER}">',
        f'<link rel="amphtml" href="{OTHER}">',
    ],
)
def test_the_page_is_also_at_the_address_that_it_says_it_has(own):
    draft = read(head=own + linked_data(url=OTHER, license=BY))
    assert license_of(draft) == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("query", "named", "license"),
    [
        ("?id=7&from=list", "?id=7", "CC-BY-4.0"),
        ("?id=7", "", "CC-BY-4.0"),
        ("?id=7", "?id=8", None),
        ("?id=7", "?id=7&id=8", None),
        ("/lake%20and%20road", "/lake and road", "CC-BY-4.0"),
    ],
)
def test_an_address_with_a_query_is_told_from_those_with_another(query, named, license):
    draft = read(url=URL + query, head=linked_data(url=URL + named, license=BY))
    assert license_of(draft) == license


def test_a_relative_address_is_joined_to_the_base_of_the_page_too():
    head = linked_data(url="salt-road.html", license=BY)
    base = '<base href="https://tehrantimes.example/news/">'
    assert license_of(read(url=f"{URL}.html/", head=head)) is None
    assert license_of(read(url=f"{URL}.html/", head=base + head)) == "CC-BY-4.0"


def test_on_the_first_page_of_a_site_an_article_of_the_site_is_another_page():
    home = "https://tehrantimes.example/"
    assert license_of(read(url=home, head=linked_data(url=URL, license=BY))) is None
    assert license_of(read(url=home, head=linked_data(url=home, license=BY))) == "CC-BY-4.0"
    assert license_of(read(url=f"{home}?p=7", head=linked_data(url=f"{home}?p=8", license=BY))) is None


@pytest.mark.parametrize(("url", "license"), [(OTHER, None), (URL, "CC-BY-4.0"), (f"{URL}#webpage", "CC-BY-4.0")])
def test_the_record_of_a_page_gives_its_license_where_it_is_this_one(url, license):
    draft = read(head=linked_data(**{"@type": "WebPage", "@id": url, "license": BY}))
    assert license_of(draft) == license


@pytest.mark.parametrize("container", ["mainEntity", "item"])
def test_an_article_in_the_record_of_another_page_is_of_that_page(container):
    article = {"@type": "NewsArticle", "@id": "#article", "headline": "Another Road", **SAID}
    head = linked_data(**{"@type": "WebPage", "url": OTHER, container: article})
    draft = read(top=BYLINE, head=head)
    assert (names_of(draft), license_of(draft)) == (["Jane Doe"], None)
    draft = read(top=BYLINE, head=head.replace(OTHER, URL))
    assert (names_of(draft), license_of(draft)) == (["Bob Roe"], "CC-BY-4.0")


def test_an_article_in_a_list_is_at_the_address_that_its_place_in_the_list_names():
    place = {"@type": "ListItem", "url": OTHER, "item": {"@type": "NewsArticle", "headline": "Another Road", **SAID}}
    draft = read(top=BYLINE, head=linked_data(**{"@type": "ItemList", "itemListElement": [place]}))
    assert (names_of(draft), license_of(draft)) == (["Jane Doe"], None)


def test_the_only_node_is_of_the_page_where_nobody_says_where_that_is():
    draft = read(url=None, top=BYLINE, head=linked_data(**{**SAID, "url": OTHER, "headline": "Another Road"}))
    assert (names_of(draft), license_of(draft)) == (["Bob Roe"], "CC-BY-4.0")


@pytest.mark.parametrize(
    ("url", "named"),
    [(URL, {}), (URL, {"@id": "#road.1"}), (None, {"url": OTHER})],
    ids=["no address", "a fragment", "no page address"],
)
def test_of_several_nodes_that_may_be_of_the_page_those_that_are_headed_as_it_is_are(url, named):
    others = linked_data(**{**SAID, **named, "headline": "Another Road"})
    own = linked_data(license=NC, author="Ali Rezaei", **named)
    draft = read(url=url, top=BYLINE, head=others + own + others)
    assert (names_of(draft), license_of(draft)) == (["Ali Rezaei"], "CC-BY-NC-4.0")
    draft = read(url=url, top=BYLINE, head=others + others.replace("4.0", "3.0"))
    assert (names_of(draft), license_of(draft)) == (["Jane Doe"], None)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("The Salt Road - Tehran Times", "The Salt Road"),
        ("The Salt Road - and why it sank - Tehran Times", "The salt road – and why it sank"),
    ],
)
def test_a_node_may_be_headed_as_the_title_of_the_page_or_a_long_piece_of_it(title, headline):
    nodes = linked_data(headline="Another Road", license=NC) + linked_data(headline=headline, license=BY)
    assert license_of(read(f"<title>{title}</title>{nodes}<p>Salt.</p>")) == "CC-BY-4.0"


def test_a_node_that_names_no_page_adds_to_one_that_names_this_page_where_it_is_headed_as_it_is():
    own = linked_data(url=URL, author="Jane Doe")
    draft = read(head=linked_data(license=BY, author="Bob Roe") + own)
    assert (names_of(draft), license_of(draft)) == (["Jane Doe"], "CC-BY-4.0")
    draft = read(head=linked_data(license=BY, headline="Another Road") + own)
    assert license_of(draft) is None


@pytest.mark.parametrize("named", [{}, {"url": URL}], ids=["no address", "its address"])
@pytest.mark.parametrize(
    ("license", "stated"),
    [
        (NC, ["CC-BY-4.0", "CC-BY-NC-4.0"]),
        ("https://mehr.example/terms", "https://mehr.example/terms"),
        ("CC BY 4.0", "CC-BY-4.0"),
    ],
)
def test_nodes_of_the_page_that_disagree_about_the_license_are_a_dispute_or_give_unknown_terms(named, license, stated):
    head = linked_data(license=BY, **named) + linked_data(license=license, **named) + linked_data(**named)
    assert license_of(read(head=head + linked_data(license=f"{CC}by-nd/4.0/", url=OTHER))) == stated
