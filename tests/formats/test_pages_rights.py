"""What a page says against a license, and the terms that it names and that are no license we know."""

import pytest

from service.formats.schemas.articles import load_article
from tests.formats.pages_cast import BY, CC, URL, license_of, linked_data, read

FOOT = f'<p>Content is licensed under <a rel="license" href="{BY}">CC BY 4.0</a>.</p>'
LINK = f'<link rel="license" href="{BY}">'
GFDL = "https://www.gnu.org/licenses/fdl-1.3.html"
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
DISPUTE = ["CC-BY-4.0", "all-rights-reserved"]
RESERVED = [
    "This article: all rights reserved.",
    "© 2024 The Lantern Press. All rights reserved. This material may not be published again.",
    "This article is not licensed under Creative Commons. All rights reserved.",
    "Dieser Artikel: alle Rechte vorbehalten.",
    "© 2024 Лантерн. Все права защищены.",
]


UNDER = f'is licensed under a <a rel="license" href="{BY}">CC BY 4.0</a>'
BODY = f"<p>This article {UNDER}.</p>"
OF_SITE = [
    "This site uses cookies. © 2024 Salt. All rights reserved.",
    "© 2024 Salt. All rights reserved. Use of this site constitutes acceptance of our User Agreement.",
    "All content on this site: Copyright © 2024 Salt B.V., its licensors, and contributors. All rights are reserved, "
    "including those for text and data mining. For all open access content, the relevant licensing terms apply.",
    "Alle Inhalte dieser Website sind geschützt. Alle Rechte vorbehalten.",
    "تمامی حقوق این سایت برای خبرگزاری سالت محفوظ است.",
    "本网站版权所有，未经许可不得转载。",
]
IN_FOOTERS = [
    "No part of this site may be reproduced without permission.",
    "All rights in the content of this site are reserved.",
    "Todos los derechos de este sitio están reservados.",
    "Все права на материалы сайта защищены.",
    "Усі права на матеріали сайту захищені.",
    "جميع حقوق هذا الموقع محفوظة.",
]


def codes(draft):
    return [warning["code"] for warning in draft.warnings]


@pytest.mark.parametrize("words", [*RESERVED, "This article is not licensed under Creative Commons."])
@pytest.mark.parametrize("licensed", [{"foot": FOOT}, {"head": LINK}], ids=["footer", "link"])
def test_the_article_s_own_reservation_disputes_the_license_of_its_site(words, licensed):
    draft = read(**licensed, body=f"<p>{words}</p>")
    assert (license_of(draft), codes(draft)) == (DISPUTE, ["disputed"])
    assert words in [fact.quote for fact in draft.evidence["license"]]


@pytest.mark.parametrize("licensed", [{"body": BODY}, {"head": LINK}], ids=["article", "link"])
@pytest.mark.parametrize("tag", ["footer", 'div id="colophon"', 'div class="copyright"'])
@pytest.mark.parametrize("words", OF_SITE)
def test_words_that_reserve_the_rights_of_the_site_are_a_warning(words, tag, licensed):
    draft = read(**licensed, beside=f"<{tag}><p>{words}</p></{tag.split()[0]}>")
    assert (license_of(draft), codes(draft)) == ("CC-BY-4.0", ["reserved"])
    assert "all-rights-reserved" in [fact.value for fact in draft.evidence["license"]]


@pytest.mark.parametrize("words", IN_FOOTERS)
@pytest.mark.parametrize("tag", ["footer", 'div id="colophon"'])
def test_a_footer_need_not_say_all_rights_reserved_for_the_warning(words, tag):
    draft = read(body=BODY, beside=f"<{tag}><p>{words}</p></{tag.split()[0]}>")
    assert (license_of(draft), codes(draft)) == ("CC-BY-4.0", ["reserved"])


@pytest.mark.parametrize(
    "words", ["No part of the photos may be reproduced.", "Все права на фотографии сайта защищены."]
)
def test_a_footer_that_reserves_the_rights_of_pictures_is_no_warning(words):
    assert codes(read(body=BODY, foot=f"<p>{words}</p>")) == []


@pytest.mark.parametrize("lead", ["Unless otherwise noted, content on this site", "This work", "This article"])
def test_a_footer_that_licenses_and_reserves_in_one_paragraph_is_a_warning(lead):
    for words in (
        f"© 2024 Salt. All rights reserved. {lead} {UNDER}.",
        f"{lead} {UNDER}. © 2024 Salt. All rights reserved.",
    ):
        draft = read(foot=f"<p>{words}</p>")
        assert (license_of(draft), codes(draft)) == ("CC-BY-4.0", ["reserved"])


@pytest.mark.parametrize(
    "words", ["This article: all rights reserved.", "© Salt. This article: all rights reserved.", "本文版权所有"]
)
def test_a_footer_that_reserves_the_rights_of_this_article_disputes_its_license(words):
    assert license_of(read(body=BODY, foot=f"<p>{words}</p>")) == DISPUTE


def test_words_that_reserve_the_rights_of_the_site_are_the_claim_where_there_is_no_license():
    for tag in ("footer", 'div id="colophon"'):
        draft = read(beside=f"<{tag}><p>All content on this site: all rights reserved.</p></{tag.split()[0]}>")
        assert license_of(draft) == "all-rights-reserved"


@pytest.mark.parametrize("words", RESERVED)
def test_the_article_s_own_reservation_is_the_claim_where_there_is_no_license(words):
    draft = read(body=f"<p>{words}</p>")
    assert license_of(draft) == "all-rights-reserved"
    assert draft.members["license"]["statement"] == words


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("body", "This article is not licensed under Creative Commons."),
        ("foot", "This text is not licensed under CC BY 4.0."),
    ],
)
def test_what_denies_a_license_is_other_terms_so_that_those_of_its_source_are_not_taken(where, words):
    license = read(**{where: f"<p>{words}</p>"}).members["license"]
    assert (license["status"], license["statement"]) == ("other", words)


@pytest.mark.parametrize(
    "pieces",
    [
        {"body": '<figure><img src="a.jpg"><figcaption>© 2024 Ann Lee. All rights reserved.</figcaption></figure>'},
        {"body": '<p><img src="a.jpg"></p><p>© 2024 Ann Lee. All rights reserved.</p>'},
        {"body": "<p>Photos: all rights reserved.</p>"},
        {"body": "<p>The mayor reads the words all rights reserved on the wall.</p>"},
        {"beside": '<div id="comments"><p>© 2024 Ann Lee. All rights reserved.</p></div>'},
        {"body": "<p>This article is under CC BY 4.0. All other rights reserved.</p>"},
        {"body": "<p>This article is under CC BY 4.0. Photo © Getty Images. All rights reserved.</p>"},
        {"body": "<p>This article is under CC BY 4.0. Photos: A. B. Lee. All rights reserved.</p>"},
    ],
)
def test_rights_in_pictures_comments_and_news_are_not_the_article_s(pieces):
    draft = read(**pieces, foot=FOOT)
    assert (license_of(draft), codes(draft)) == ("CC-BY-4.0", [])


@pytest.mark.parametrize(
    "words",
    [
        "You may republish our articles for non-commercial purposes only.",
        "This article may be used freely, but not for commercial ends.",
        "Die Texte dürfen nur für nicht-kommerzielle Zwecke genutzt werden.",
    ],
)
def test_a_ban_of_commercial_use_beside_a_license_that_allows_it_is_told_in_a_warning(words):
    draft = read(body=f"<p>{words}</p>", foot=FOOT)
    assert (license_of(draft), codes(draft)) == ("CC-BY-4.0", ["reserved"])
    assert "noncommercial" in [fact.value for fact in draft.evidence["license"]]


@pytest.mark.parametrize(
    "pieces",
    [
        {"body": "<p>Photos may be used for non-commercial purposes only.</p>", "foot": FOOT},
        {"body": "<p>The drone is made for non-commercial flights.</p>", "foot": FOOT},
        {"body": "<p>You may use it for non-commercial ends.</p>", "head": LINK.replace("/by/", "/by-nc/")},
    ],
)
def test_a_ban_that_is_of_other_things_or_agrees_with_the_license_is_no_warning(pieces):
    assert codes(read(**pieces)) == []


@pytest.mark.parametrize("address", [GFDL, OGL, "https://tehrantimes.example/terms"])
@pytest.mark.parametrize(
    "where",
    [
        {"foot": '<p>Text under <a rel="license" href="{}">these terms</a></p>'},
        {"head": '<link rel="license" href="{}">'},
        {"head": '<meta name="dcterms.license" content="{}">'},
        {"top": '<p><a itemprop="license" href="{}">Terms</a></p>'},
    ],
    ids=["a", "link", "meta", "microdata"],
)
def test_terms_that_are_no_license_we_know_are_the_license_by_their_address(address, where):
    draft = read(**{piece: html.format(address) for piece, html in where.items()})
    license = draft.members["license"]
    assert (license["status"], license["url"], license["statement_url"]) == ("other", address, URL)
    assert load_article(draft.members, None).claims[0].url == address


def test_unknown_terms_in_json_ld_and_relative_addresses_count_too():
    assert license_of(read(head=linked_data(license=GFDL))) == GFDL
    assert license_of(read(foot='<a rel="license" href="/terms">Terms</a>')) == "https://tehrantimes.example/terms"


def test_several_unknown_terms_are_a_dispute():
    draft = read(head=f'<link rel="license" href="{GFDL}"><link rel="license" href="{OGL}">')
    assert (license_of(draft), codes(draft)) == ([GFDL, OGL], ["disputed"])


@pytest.mark.parametrize(
    "pieces",
    [
        {"foot": f'<p>Theme by Bob under <a rel="license" href="{GFDL}">GFDL</a></p>'},
        {"body": f'<figure><img src="a.jpg"><a rel="license" href="{GFDL}">GFDL</a></figure>'},
        {"body": f'<p>Photos under <a rel="license" href="{GFDL}">GFDL</a></p>'},
        {"beside": f'<div id="comments"><p><a rel="license" href="{GFDL}">GFDL</a></p></div>'},
        {"beside": f'<article><h2>Other</h2><a rel="license" href="{GFDL}">GFDL</a></article>'},
        {"foot": '<a rel="license" href="#license">License</a>'},
    ],
)
def test_unknown_terms_of_other_things_are_nobody_s_here(pieces):
    assert license_of(read(**pieces)) is None


def test_a_license_that_is_known_comes_before_unknown_terms():
    draft = read(foot=FOOT, head=f'<link rel="license" href="{GFDL}">')
    assert license_of(draft) == "CC-BY-4.0"
    assert GFDL in [fact.value for fact in draft.evidence["license"]]


def test_a_version_that_there_is_not_stays_in_the_words():
    license = read(foot="<p>All content is licensed under CC BY 9.0.</p>").members["license"]
    assert (license["unit"], license["statement"]) == ("by", "All content is licensed under CC BY 9.0.")


def test_an_address_that_rdfa_speaks_of_is_a_part_only_where_it_is_a_picture():
    mark = '<div about="{}">Salt <a rel="license" href="' + CC + 'by/2.0/">CC BY 2.0</a></div>'
    assert "parts" not in read(body=mark.format("/other")).members
    (part,) = read(body=mark.format("/salt.jpg")).members["parts"]
    assert part["url"] == "https://tehrantimes.example/salt.jpg"


def test_the_words_of_a_long_block_are_those_about_its_license():
    words = "This article is licensed under CC BY 4.0."
    draft = read(body=f"<p>{'The lake is dry. ' * 30}{words}</p>")
    assert draft.members["license"]["statement"].startswith(words)


def test_a_notice_in_a_page_without_an_element_article_is_a_warning_beside_a_license():
    html = f"<html><head>{LINK}</head><body><h1>The Salt Road</h1><p>It sank.</p><p>{{}}</p></body></html>"
    for words in ("© 2024 Salt. All rights reserved.", "This site uses cookies. © 2024 Salt. All rights reserved."):
        draft = read(html.format(words))
        assert (license_of(draft), "reserved" in codes(draft)) == ("CC-BY-4.0", True)
    assert license_of(read(html.format("This page: all rights reserved."))) == DISPUTE
