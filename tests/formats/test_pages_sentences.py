"""Sentences in the running text that name a license: news of other texts, or statements about this page."""

import pytest

from tests.formats.pages_cast import BY, BYLINE, NC, PROSE, license_of, read

SITE = '<meta property="og:site_name" content="Tehran Times">'
NEWS = [
    "The council will put all its reports under CC BY 4.0 from June, the mayor said.",
    "All articles on Wikipedia are available under CC BY-SA 4.0.",
    "The council said the report is published under CC BY 4.0.",
    "Our neighbour's content is licensed under CC BY 4.0.",
    "The text of the charter is available under CC0.",
    "Wikivoyage articles are licensed under CC BY 2.5, unlike those here.",
    "In 2018 the library released its texts under CC BY-SA 3.0.",
    "The report is licensed under CC BY 4.0, the council announced.",
    "CC BY 4.0 is the license that the council chose.",
]
OWN = [
    ("This article is licensed under CC BY 4.0.", "CC-BY-4.0"),
    ("The text of this page is available under CC BY-SA 4.0.", "CC-BY-SA-4.0"),
    ("© 2014 Doe et al. This is an open access article under the terms of CC BY 3.0, which permits use.", "CC-BY-3.0"),
    ("All content by Tehran Times is licensed under CC BY 4.0.", "CC-BY-4.0"),
    ("All texts by Jane Doe are under CC BY 4.0.", "CC-BY-4.0"),
    ("This article was first published by The Lantern under CC BY-ND 4.0.", "CC-BY-ND-4.0"),
    ("Dieser Beitrag steht unter CC BY-SA 4.0.", "CC-BY-SA-4.0"),
    ("Cet article est publié sous licence CC BY 4.0.", "CC-BY-4.0"),
    ("本文采用 CC BY 4.0 许可协议。", "CC-BY-4.0"),
    ("All content is available under CC BY 4.0.", "CC-BY-4.0"),
    ("You may republish our stories under CC BY-ND 4.0.", "CC-BY-ND-4.0"),
    ("CC BY 4.0", "CC-BY-4.0"),
    ("Licensed under CC BY 4.0.", "CC-BY-4.0"),
    ("Republished from The Lantern under CC BY-ND 4.0.", "CC-BY-ND-4.0"),
    ("Материалы сайта доступны по лицензии CC BY 4.0.", "CC-BY-4.0"),
    ("Text: CC BY-SA 4.0", "CC-BY-SA-4.0"),
]


@pytest.mark.parametrize("sentence", NEWS)
@pytest.mark.parametrize("text", ["<p>{}</p>" + PROSE, PROSE + "<p>{}</p>" + PROSE, PROSE + "<p>{}</p>"])
@pytest.mark.parametrize("classes", ["", 'class="entry-content"'])
def test_news_about_the_license_of_other_texts_license_nothing(sentence, text, classes):
    draft = read(_page(f"<div {classes}>{text.format(sentence)}</div>"))
    assert license_of(draft) is None


@pytest.mark.parametrize("sentence", NEWS)
def test_news_in_a_paragraph_license_nothing_and_leave_the_rights_reserved(sentence):
    foot = "<footer>© 2024 Tehran Times. All rights reserved.</footer>"
    draft = read(_page(f"<p>It rained. {sentence} It rained again.</p>{PROSE}", foot))
    assert license_of(draft) == "all-rights-reserved"


@pytest.mark.parametrize(("sentence", "license"), OWN)
@pytest.mark.parametrize("text", ["<p>{}</p>" + PROSE, PROSE + "<p>{}</p>" + PROSE, PROSE + "<p>{}</p>"])
def test_a_statement_about_the_page_counts_in_its_running_text_too(sentence, license, text):
    assert license_of(read(_page(text.format(sentence)))) == license


def test_what_is_said_of_the_page_by_somebody_else_is_news():
    text = "<p>“This article is under CC BY 4.0,” the mayor said of it.</p>"
    assert license_of(read(_page(text + PROSE))) is None


def test_a_name_that_is_a_common_word_is_the_publisher_s_only_with_its_capital():
    site = '<meta property="og:site_name" content="Salt">'
    for words, license in [("Salt texts", "CC-BY-4.0"), ("Old salt texts", None)]:
        assert license_of(read(_page(f"<p>{words} are under CC BY 4.0.</p>{PROSE}").replace(SITE, site))) == license


@pytest.mark.parametrize(
    "statement",
    [
        "<p>Republished from The Lantern, where it stands under CC BY-ND 4.0.</p>",
        '<div class="license-box"><p>The Lantern gives its texts under CC BY-ND 4.0.</p></div>',
        "<aside>Lantern texts are under CC BY-ND 4.0.</aside>",
    ],
    ids=["last line", "box", "side"],
)
def test_what_stands_apart_from_the_running_text_need_not_name_the_page(statement):
    assert license_of(read(_page(f"{PROSE}{statement}"))) == "CC-BY-ND-4.0"


BADGE = f'<a href="{BY}"><img src="https://licensebuttons.net/l/by/4.0/88x31.png"></a>'
TEXT_ELEMENTS = ['class="entry-content"', 'class="post-content"', 'class="article-body"', 'itemprop="articleBody"', ""]
REPUBLISH = f'Republish this story for free. <a href="{BY}">Creative Commons License (CC BY 4.0)</a>'


@pytest.mark.parametrize("text", TEXT_ELEMENTS)
@pytest.mark.parametrize(
    "line", ["<p>CC BY 4.0</p>", "<h2>License</h2><p>CC BY 4.0</p>", BADGE, f"<p>{BADGE}</p>", f"<p>{REPUBLISH}</p>"]
)
def test_a_bare_license_at_the_end_counts_within_the_element_of_the_text_too(line, text):
    assert license_of(read(_page(f"<div {text}>{PROSE}{line}</div>"))) == "CC-BY-4.0"


@pytest.mark.parametrize(
    "lines",
    [
        f"<p>CC BY 4.0</p>{PROSE}<p>It rained.</p>",
        f"{BADGE}{PROSE}",
        '<p><img src="a.jpg"></p><p>CC BY 4.0</p>',
        '<figure><img src="a.jpg"></figure><p>CC BY 4.0</p>',
        "<h2>Image credits</h2><p>CC BY 4.0</p>",
        "<p>Photo by Ann Lee</p><p>CC BY 4.0</p>",
        f"<p>Photos:</p><p>{BADGE}</p>",
        "<p>Ann Lee, CC BY 4.0</p>",
    ],
)
def test_a_bare_license_within_the_text_or_of_a_picture_is_none(lines):
    assert license_of(read(_page(f'<div class="entry-content">{PROSE}{lines}</div>'))) is None


def test_a_description_of_the_page_licenses_nothing():
    draft = read(head='<meta name="description" content="All content is under CC BY 4.0.">')
    assert license_of(draft) is None


@pytest.mark.parametrize("words", ["CC BY-NC 4.0", "This work is under CC BY-NC 4.0", NC])
def test_metadata_that_disagree_are_a_dispute(words):
    head = f'<link rel="license" href="{BY}"><meta name="DC.rights" content="{words}">'
    draft = read(head=head)
    assert license_of(draft) == ["CC-BY-4.0", "CC-BY-NC-4.0"]
    assert [warning["code"] for warning in draft.warnings] == ["disputed"]


def _page(text: str, foot: str = "") -> str:
    return (
        f'<html lang="en"><head><title>The Salt Road</title>{SITE}</head><body><article><h1>The Salt Road</h1>'
        f"{BYLINE}{text}</article>{foot}</body></html>"
    )
