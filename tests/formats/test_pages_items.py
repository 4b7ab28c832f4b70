"""What microdata and RDFa say of other articles is nobody's here: no license, no creator, no date comes from it."""

import pytest

from tests.formats.pages_cast import BY, BYLINE, FILLED, NC, OTHER, URL, license_of, names_of, page, read

ARTICLE = 'itemscope itemtype="https://schema.org/NewsArticle"'
INSIDE = (
    f'<a itemprop="license" rel="license" href="{BY}">CC BY 4.0</a> <span itemprop="author">Bob Roe</span>'
    '<time itemprop="datePublished" datetime="2014-05-18">Sunday</time>'
    '<meta itemprop="dateModified" content="2014-05-19">'
    '<meta property="article:section" content="Elsewhere"><p class="byline">By Bob Roe</p>'
    '<p>By Bob Roe</p><a href="/author/bob">Bob Roe</a><a rel="author" href="/bob">Bob Roe</a>'
    '<p class="date">18 May 2014</p><span itemprop="publisher">Mehr News Agency</span>'
)


@pytest.mark.parametrize(
    "item",
    [
        f'<div {ARTICLE} itemid="{OTHER}">{INSIDE}</div>',
        f'<div {ARTICLE}><link itemprop="url" href="{OTHER}">{INSIDE}</div>',
        f'<div {ARTICLE}>{INSIDE}<a itemprop="url" href="/news/another-road">Another Road</a></div>',
        f'<div {ARTICLE}><meta itemprop="mainEntityOfPage" content="{OTHER}">{INSIDE}</div>',
        f'<div {ARTICLE}><meta itemprop="mainEntityOfPage" itemscope itemtype="https://schema.org/WebPage" '
        f'itemid="{OTHER}">{INSIDE}</div>',
        f'<div vocab="https://schema.org/" typeof="NewsArticle" resource="{OTHER}">{INSIDE}</div>',
        f'<div typeof="schema:NewsArticle" about="{OTHER}">{INSIDE}</div>',
        f'<div vocab="https://schema.org/" typeof="Article"><a property="url" href="{OTHER}">x</a>{INSIDE}</div>',
        f'<div {ARTICLE}><h2 itemprop="headline"><a itemprop="url" href="{OTHER}">Another Road</a></h2>{INSIDE}</div>',
        f'<div {ARTICLE} itemid="{OTHER}"><div {ARTICLE}>{INSIDE}</div></div>',
    ],
)
def test_an_item_that_names_another_page_says_nothing_of_this_one(item):
    draft = read(beside=item)
    assert names_of(draft) == []
    assert draft.members["source"]["name"] == "Tehran Times"
    assert [member for member in (*FILLED, "parts") if member in draft.members] == []


@pytest.mark.parametrize(
    "item",
    [
        f"<div {ARTICLE}>{INSIDE}</div>",
        f'<div {ARTICLE} itemid="{URL}">{INSIDE}</div>',
        f'<div {ARTICLE} itemid="urn:example:1">{INSIDE}</div>',
        f'<div {ARTICLE} itemid="https://tehrantimes.example/">{INSIDE}</div>',
        f'<div {ARTICLE}><span itemprop="author"><a itemprop="url" href="/bob">Bob Roe</a></span>{INSIDE}</div>',
        f'<div {ARTICLE}><img itemprop="image url" src="/salt.jpg" alt="license">{INSIDE}</div>',
        f'<div {ARTICLE}><link itemprop="url" href="/news/salt-road/#top">{INSIDE}</div>',
        f'<div {ARTICLE}><div itemprop="author" itemscope itemtype="https://schema.org/Person">'
        f'<a itemprop="url" href="/bob"></a></div>{INSIDE}</div>',
        f'<div vocab="https://schema.org/" typeof="NewsArticle" resource="{URL}/">{INSIDE}</div>',
        f'<div typeof="schema:NewsArticle" about="http://www.tehrantimes.example/news/salt-road">{INSIDE}</div>',
    ],
)
def test_an_item_that_names_this_page_or_none_speaks_of_the_article(item):
    draft = read(beside=item)
    assert (names_of(draft), license_of(draft)) == (["Bob Roe"], "CC-BY-4.0")
    assert draft.members["published_at"] == "2014-05-18"


@pytest.mark.parametrize(
    "license",
    [
        f'<a rel="license" href="{BY}">CC BY 4.0</a>',
        f'<a itemprop="license" href="{BY}">CC BY 4.0</a>',
        f'<link itemprop="license" href="{BY}">',
        f'<meta itemprop="license" content="{BY}">',
    ],
)
def test_an_item_about_the_heading_that_names_another_page_loses_its_markup_alone(license):
    markup = license + '<meta itemprop="datePublished" content="2014-05-18"><span itemprop="author">Bob Roe</span>'
    html = page(top=BYLINE, body=markup).replace("<article", f'<article {ARTICLE} itemid="{OTHER}"')
    draft = read(html)
    assert (names_of(draft), license_of(draft)) == (["Jane Doe"], None)
    assert "published_at" not in draft.members
    draft = read(html.replace(OTHER, URL))
    assert (names_of(draft), license_of(draft)) == (["Bob Roe"], "CC-BY-4.0")
    assert draft.members["published_at"] == "2014-05-18"


def test_what_the_head_states_is_of_the_page_whatever_item_it_stands_in():
    head = f'<link rel="license" href="{BY}"><meta property="article:section" content="Roads">'
    head += f'<meta itemprop="license" content="{NC}"><meta itemprop="keywords" content="elsewhere">'
    html = page(head=head).replace("<html", f'<html itemscope itemtype="https://schema.org/WebPage" itemid="{OTHER}"')
    draft = read(html)
    assert (license_of(draft), draft.members["section"]) == ("CC-BY-4.0", "Roads")
    assert "keywords" not in draft.members
    assert license_of(read(html.replace(OTHER, URL))) == ["CC-BY-4.0", "CC-BY-NC-4.0"]


def test_an_item_of_the_page_in_one_of_another_page_keeps_its_markup():
    item = f'<div {ARTICLE} itemid="{OTHER}"><div {ARTICLE} itemid="{URL}">{INSIDE}</div></div>'
    draft = read(beside=item)
    assert (names_of(draft), license_of(draft)) == (["Bob Roe"], "CC-BY-4.0")


@pytest.mark.parametrize("before", ["", "<b>Salt</b> "])
def test_words_behind_an_item_that_is_taken_out_stay(before):
    item = f'<p class="byline">{before}<i {ARTICLE} itemid="{OTHER}">Another Road</i> By Jane Doe</p>'
    fact = read(beside=item).evidence["creators"][0]
    assert fact.quote.endswith("By Jane Doe")
    assert "Another Road" not in fact.quote


def test_an_item_that_is_all_of_the_page_is_not_taken_out():
    html = f'<title>Salt</title><body {ARTICLE} itemid="{OTHER}">{BYLINE}<i itemprop="author">Bob Roe</i></body>'
    assert names_of(read(html)) == ["Jane Doe"]


def test_the_running_text_of_an_item_about_the_heading_stays_running_text():
    body = f'<p>The ministry said that its records were to be under <a href="{BY}">CC BY 4.0</a> from now on.</p>'
    html = page(body=body).replace('class="entry-content"', 'itemprop="articleBody"')
    assert license_of(read(html.replace("<article", f'<article {ARTICLE} itemid="{OTHER}"'))) is None


@pytest.mark.parametrize(
    ("headline", "said"), [("Another Road", ([], None)), ("The Salt Road", (["Bob Roe"], "CC-BY-4.0"))]
)
@pytest.mark.parametrize("own", [f'<div {ARTICLE} itemid="{URL}"></div>', f"<div {ARTICLE}></div>"])
def test_of_several_items_that_name_no_page_one_that_is_headed_otherwise_is_another_article_s(own, headline, said):
    item = f'<div {ARTICLE}><h2 itemprop="name headline">{headline}</h2>{INSIDE}</div>'
    draft = read(beside=own + item)
    assert (names_of(draft), license_of(draft)) == said
    draft = read(beside=item)
    assert (names_of(draft), license_of(draft)) == (["Bob Roe"], "CC-BY-4.0")


def test_items_that_name_no_page_and_disagree_about_the_license_are_a_dispute():
    item = f'<div {ARTICLE}><a itemprop="license" href="{BY}">License</a></div>'
    draft = read(beside=item + item.replace(BY, NC))
    assert license_of(draft) == ["CC-BY-4.0", "CC-BY-NC-4.0"]
