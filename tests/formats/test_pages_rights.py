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


def codes(draft):
    return [warning["code"] for warning in draft.warnings]


@pytest.mark.parametrize("words", [*RESERVED, "This article is not licensed under Creative Commons."])
@pytest.mark.parametrize("licensed", [{"foot": FOOT}, {"head": LINK}], ids=["footer", "link"])
def test_the_article_s_own_reservation_disputes_the_license_of_its_site(words, licensed):
    draft = read(**licensed, body=f"<p>{words}</p>")
    assert (license_of(draft), codes(draft)) == (DISPUTE, ["disputed"])
    assert words in [fact.quote for fact in draft.evidence["license"]]


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
