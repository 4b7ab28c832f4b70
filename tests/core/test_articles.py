"""An article record: the licenses that it is surely offered under, and where it leads to."""

import pytest

from service.core.articles import licenses_of
from service.core.terms import link_of, terms_url
from tests.formats.cast import STATED, contested, least

BY, BY_NC, BY_SA = (f"https://creativecommons.org/licenses/{unit}/4.0/" for unit in ("by", "by-nc", "by-sa"))
ORIGINAL = '<https://lantern.example/science/moth>; rel="canonical"'


@pytest.mark.parametrize(
    ("status", "urls"),
    [
        ("known", [BY]),
        ("alternatives", [BY_NC, BY_SA]),
        *((name, []) for name in STATED if name not in ("known", "alternatives")),
    ],
)
def test_each_license_on_offer_is_linked_and_none_in_doubt(status, urls):
    article = least(license=STATED[status])
    assert [license.url for license in licenses_of(article)] == urls
    others = [terms_url(article.license.claim)] if status == "other" else []
    linked = [f'<{url}>; rel="license"' for url in (*urls, *others)]
    assert link_of(article) == ", ".join([ORIGINAL, *linked])


def test_claims_that_disagree_are_no_alternatives():
    assert licenses_of(contested()) == ()
    assert link_of(contested()) == ORIGINAL


def test_a_license_beside_terms_that_are_none_is_linked_wherever_it_stands():
    for stated in (
        ["CC-BY-4.0", "https://harbour.example/our-terms"],
        ["https://harbour.example/our-terms", "CC-BY-4.0"],
    ):
        article = least(license=stated)
        assert [license.id for license in licenses_of(article)] == ["CC-BY-4.0"]
        assert '<https://harbour.example/our-terms>; rel="license"' in link_of(article)


def test_long_addresses_of_other_terms_do_not_make_a_header_too_long():
    long = [f"https://harbour.example/{'a' * 900}{number}" for number in range(3)]
    link = link_of(least(license=[*long, "CC-BY-4.0", "https://harbour.example/our-terms"]))
    assert [url in link for url in (*long, BY)] == [True, True, False, True]


def test_the_address_of_other_terms_is_fit_for_a_header():
    terms = 'https://harbour.example/bedingungen?für="alle"'
    assert link_of(least(license=terms)).endswith(
        ', <https://harbour.example/bedingungen?f%C3%BCr=%22alle%22>; rel="license"'
    )
