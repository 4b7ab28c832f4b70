"""Whose license a page names: the article's, or that of a picture, a comment, another article, a theme, nobody's."""

import pytest

from service.formats.pages import Draft, read_page
from service.formats.pages.license_places import may_name_license
from service.formats.schemas.articles import load_article
from tests.formats.pages_cast import CC, URL, license_of, linked_data, page

MARKED = 'rel="license"'


def link(path: str, words: str = "Creative Commons", rel: str = "") -> str:
    return f'<a {rel} href="{CC}{path}">{words}</a>'


def read(**pieces: str) -> Draft:
    draft = read_page(page(**pieces), url=URL)
    load_article({"source": "mehr", **draft.members}, None)
    return draft


@pytest.mark.parametrize(
    ("pieces", "license"),
    [
        ({"head": f'<link rel="license" href="{CC}by/4.0/">'}, "CC-BY-4.0"),
        ({"head": f'<meta name="DC.rights" content="{CC}by-sa/3.0/at/">'}, "CC-BY-SA-3.0-AT"),
        ({"head": linked_data(license=f"{CC}by/4.0/")}, "CC-BY-4.0"),
        ({"head": linked_data(license={"@type": "CreativeWork", "url": f"{CC}by-nc/4.0/"})}, "CC-BY-NC-4.0"),
        ({"foot": f"<p>All content is licensed under {link('by-nc/4.0/', 'CC BY-NC 4.0')}.</p>"}, "CC-BY-NC-4.0"),
        ({"foot": f"<p>Some rights reserved: {link('by-nc/4.0/', 'CC')}</p>"}, "CC-BY-NC-4.0"),
        ({"foot": f"<ul><li>About</li><li>{link('by/4.0/', 'CC BY 4.0')}</li></ul>"}, "CC-BY-4.0"),
        (
            {"foot": f"<p>Sofern nicht anders angegeben, stehen die Inhalte unter {link('by-sa/3.0/de/', 'CC')}</p>"},
            "CC-BY-SA-3.0-DE",
        ),
        (
            {
                "foot": f'<a href="{CC}by-nc-sa/3.0/"><img src="https://i.creativecommons.org/l/by-nc-sa/3.0/88x31.png"></a>'
            },
            "CC-BY-NC-SA-3.0",
        ),
        (
            {
                "beside": f'<div class="sidebar">'
                f'<p class="widget">{link("by/3.0/us/", "<img src=cc.png alt=CC>")}</p></div>'
            },
            "CC-BY-3.0-US",
        ),
        ({"body": f"<p>This article is republished under a {link('by-nd/4.0/')} license.</p>"}, "CC-BY-ND-4.0"),
        ({"body": f"<p>License: {link('by/4.0/', 'CC BY 4.0')}</p>"}, "CC-BY-4.0"),
        ({"foot": "<p>Texts: CC BY-SA</p>"}, "by-sa"),
        ({"foot": "<p>This text is under a Creative Commons license.</p>"}, "cc"),
        ({"foot": "<p>© 2014 Tehran Times. All rights reserved.</p>"}, "all-rights-reserved"),
        (
            {
                "foot": f"<p>This work is dual-licensed under {link('by/4.0/', 'CC BY 4.0')} "
                f"or {link('by-sa/4.0/', 'CC BY-SA 4.0')}.</p>"
            },
            ["CC-BY-4.0", "CC-BY-SA-4.0"],
        ),
        (
            {
                "foot": f"<p>Text under {link('by-sa/4.0/', 'CC BY-SA 4.0')}; "
                f"photos under {link('by-nc/4.0/', 'CC BY-NC 4.0')}.</p>"
            },
            "CC-BY-SA-4.0",
        ),
    ],
)
def test_the_license_of_the_article_is_found(pieces, license):
    assert license_of(read(**pieces)) == license


@pytest.mark.parametrize(
    "pieces",
    [
        {
            "body": f'<figure><img src="/a.jpg">'
            f"<figcaption>Ann Lee, {link('by/2.0/', 'CC BY 2.0')}</figcaption></figure>"
        },
        {"body": f'<div class="wp-caption"><img src="x.jpg"><p>Salt ({link("by/2.0/", "CC", MARKED)})</p></div>'},
        {"body": f'<p><img src="/a.jpg"> Ann Lee / Flickr {link("by/2.0/", "CC BY 2.0", MARKED)}</p>'},
        {"body": f"<p>Photo by Ann Lee on Flickr, licensed under {link('by-sa/2.0/', 'CC BY-SA 2.0', MARKED)}.</p>"},
        {"body": f"<p><em>Featured image: Ann Lee ({link('by-nc-nd/2.0/', 'CC BY-NC-ND 2.0')})</em></p>"},
        {"body": f"<p><small>Ann Lee, {link('by-sa/2.0/', 'CC BY-SA 2.0')}</small></p>"},
        {"body": f"<p>Bildnachweis: Ann Lee: Salz. {link('by/3.0/')}, Bob Roe: See. {link('by-sa/3.0/')}</p>"},
        {"body": f'<div about="/a.jpg"><img src="/a.jpg"> {link("by/2.0/", "CC BY 2.0", MARKED)}</div>'},
        {
            "head": linked_data(
                image={"@type": "ImageObject", "url": "https://a.example/a.jpg", "license": f"{CC}by/4.0/"}
            )
        },
        {"body": f"<p>The slides are available under {link('by/3.0/', 'CC BY 3.0', MARKED)}.</p>"},
        {"foot": f"<p>Intro music: Sun by Joe, {link('by/3.0/', 'CC BY 3.0', MARKED)}</p>"},
    ],
)
def test_a_license_of_a_picture_or_another_part_is_not_the_article_s(pieces):
    assert license_of(read(**pieces)) is None


@pytest.mark.parametrize(
    "pieces",
    [
        {
            "beside": f'<div id="comments" class="comments-area">'
            f"<p>Under {link('by/4.0/', 'CC BY 4.0', MARKED)}</p></div>"
        },
        {"foot": f"<p>By posting a comment you agree to license it under {link('by/4.0/', 'CC BY 4.0')}.</p>"},
        {"beside": f'<div class="related-posts"><p>Everything is under {link("by/4.0/", "CC BY 4.0")}</p></div>'},
        {"beside": f"<article><h2>Other</h2><p>This text is under {link('by/4.0/', 'CC BY 4.0')}</p></article>"},
        {"foot": f"<p>Theme by Bob, licensed under {link('by/3.0/', 'CC BY 3.0', MARKED)}</p>"},
        {"foot": f"<p>Icons by Glyphs under {link('by/3.0/', 'CC BY 3.0')}</p>"},
        {"foot": f"<p>Code samples are licensed under {link('by/3.0/', 'CC BY 3.0')}</p>"},
        {"foot": f"<p>Third-party content is licensed under {link('by/3.0/', 'CC BY 3.0')}.</p>"},
        {"beside": f'<textarea><a rel="license" href="{CC}by/4.0/">CC BY</a></textarea>'},
        {"beside": f"<pre>rel=license {CC}by/4.0/</pre>"},
        {"body": f"<blockquote>Somebody wrote this. {link('by-sa/3.0/', 'CC BY-SA 3.0')}</blockquote>"},
    ],
)
def test_a_license_of_other_things_is_nobody_s_here(pieces):
    assert license_of(read(**pieces)) is None


@pytest.mark.parametrize(
    "pieces",
    [
        {},
        {"foot": "<p>© 2014 Tehran Times</p>"},
        {"foot": f"<!-- {link('by/4.0/', 'CC BY 4.0', MARKED)} -->"},
        {
            "body": f"<p>Creative Commons released {link('by/4.0/', 'CC BY 4.0')} "
            f"and {link('by-sa/4.0/', 'CC BY-SA 4.0')}.</p>"
        },
        {
            "body": "<p>The ministry explained that the records which it had kept for twenty years would from now "
            "on be "
            f"under {link('by/4.0/', 'CC BY 4.0')} so that everybody can use them, be it in trade or in private, for "
            "any project whatsoever and for as long as they like.</p>"
        },
        {
            "body": f"<p>The above uses material from the Wikipedia article on salt, "
            f"under {link('by-sa/3.0/', 'CC BY-SA')}.</p>"
        },
    ],
)
def test_no_license_is_made_of_a_mere_mention(pieces):
    assert license_of(read(**pieces)) is None


def test_licenses_that_disagree_are_a_dispute_with_both_as_candidates():
    head = f'<link rel="license" href="{CC}by/4.0/">'
    draft = read(head=head, foot=f"<p>All content is licensed under {link('by-nc/4.0/', 'CC BY-NC 4.0', MARKED)}.</p>")
    assert draft.members["license"]["status"] == "disputed"
    assert license_of(draft) == ["CC-BY-4.0", "CC-BY-NC-4.0"]
    assert [warning["code"] for warning in draft.warnings] == ["disputed"]


def test_a_license_beside_reserved_rights_is_kept_with_a_warning():
    foot = f"<p>© 2014 All rights reserved.</p><p>This article is under {link('by/4.0/', 'CC BY 4.0', MARKED)}.</p>"
    draft = read(foot=foot)
    assert license_of(draft) == "CC-BY-4.0"
    assert [warning["code"] for warning in draft.warnings] == ["reserved"]


def test_a_picture_with_its_own_license_is_a_part_beside_the_article_s():
    body = (
        f'<figure><img src="/a.jpg" alt="Salt">'
        f"<figcaption>Photo: Ann Lee, {link('by/2.0/', 'CC BY 2.0')}</figcaption></figure>"
    )
    draft = read(body=body, foot=f"<p>This work is licensed under {link('by-sa/4.0/', 'CC BY-SA 4.0', MARKED)}.</p>")
    assert license_of(draft) == "CC-BY-SA-4.0"
    (part,) = draft.members["parts"]
    assert part == {
        "kind": "image",
        "url": "https://tehrantimes.example/a.jpg",
        "title": "Salt",
        "creator": "Ann Lee",
        "license": f"{CC}by/2.0/",
    }


def test_a_license_comes_with_the_words_that_say_so_and_where_they_stand():
    draft = read(foot=f"<p>This work is licensed under {link('by/4.0/', 'CC BY 4.0', MARKED)}.</p>")
    (fact, *_) = draft.evidence["license"]
    assert (fact.value, fact.source) == (f"{CC}by/4.0/", "rel=license")
    assert fact.quote.startswith("This work is licensed under CC BY 4.0")
    license = draft.members["license"]
    assert (license["statement"], license["statement_url"]) == (fact.quote, URL)
    assert [detected.license.id for detected in draft.detection.licenses] == ["CC-BY-4.0"]


def test_a_license_for_other_things_alone_is_told_in_a_warning():
    draft = read(body=f"<p><small>Photo: Ann Lee, {link('by/2.0/', 'CC BY 2.0')}</small></p>")
    assert [warning["code"] for warning in draft.warnings] == ["unclaimed"]


@pytest.mark.parametrize(
    "words",
    [
        "CC BY 4.0",
        "CCBY4.0",
        "ccbysa3",
        "CC\xa0BY\xa04.0",
        "CC&nbsp;BY",
        "CC0",
        "by-nc-sa/4.0",
        "CC 4.0 BY",
        "CC Attribution",
    ]
    + [
        "知识共享署名 4.0",
        "クリエイティブ・コモンズ 表示 4.0",
        "المشاع الإبداعي نسب المصنف",
        "Креатив Коммонс",
        "采用 CC 协议授权",
    ]
    + [
        "Creative Commons",
        "creative&nbsp;commons",
        "CREATIVE-COMMONS",
        "Public Domain Mark",
        "Attribution 4.0 International",
    ],
)
def test_a_page_that_may_name_a_license_is_searched(words):
    assert may_name_license(f"<p>Salt, {words}</p>")


@pytest.mark.parametrize("words", ["success #cc0000", "accord by name", "House of Commons", "my domain"])
def test_a_page_without_a_sign_of_a_license_is_not_searched(words):
    assert not may_name_license(f"<p>{words}</p>")
