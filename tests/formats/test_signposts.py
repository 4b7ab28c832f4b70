"""The links of the page of an article, as the FAIR Signposting Profile has them at level 1."""

import pytest

from service.formats.representations import REPRESENTATIONS
from service.formats.signposts import Signpost, description_of, signposts_of
from tests.formats.cast import ID, least, whole


def targets(article, rel: str) -> list[str]:
    return [link.target for link in signposts_of(article) if link.rel == rel]


def test_the_profile_has_exactly_one_link_to_cite_and_at_least_one_to_item_and_description():
    for article in (least(), whole()):
        assert len(targets(article, "cite-as")) == 1
        assert targets(article, "item") == [article.content.url]
        assert targets(article, "describedby")


def test_a_doi_is_cited_and_without_one_the_original():
    assert targets(whole(), "cite-as") == ["https://doi.org/10.1000/182"]
    assert targets(least(), "cite-as") == ["https://lantern.example/science/moth"]


def test_what_the_page_is_and_what_it_is_about_are_types_of_schema_org():
    assert targets(least(), "type") == ["https://schema.org/AboutPage", "https://schema.org/NewsArticle"]


@pytest.mark.parametrize(
    ("creators", "found"),
    [
        ([{"name": "A", "orcid": "https://orcid.org/0000-0002-1825-0097", "url": "https://a.example/"}], ["orcid"]),
        ([{"name": "A", "url": "https://a.example/"}, {"name": "B", "url": "https://b.example/"}], ["a.", "b."]),
        ([{"name": "A", "url": "https://a.example/"}, {"name": "B", "url": "https://a.example/"}], ["a."]),
        ([{"name": "A", "url": "https://a.example/", "role": "editor"}, "B"], []),
    ],
)
def test_authors_are_found_by_orcid_or_address_each_once(creators, found):
    authors = targets(least(creators=creators), "author")
    assert len(authors) == len(found)
    assert all(part in url for part, url in zip(found, authors, strict=True))


def test_every_other_form_describes_the_article_by_its_media_type():
    described = {link.target: link.type for link in signposts_of(least()) if link.rel == "describedby"}
    expected = {name: form.media_type for name, form in REPRESENTATIONS.items() if name != "html"}
    assert described == {
        f"/v1/articles/{ID}?format={name}": type for name, type in {"json": "application/json", **expected}.items()
    }


def test_an_address_beyond_ascii_is_fit_for_a_header():
    (author,) = targets(least(creators=[{"name": "A", "url": 'https://a.example/é "x>'.replace(" ", "%20")}]), "author")
    assert author == "https://a.example/%C3%A9%20%22x%3E"


def test_a_link_is_written_as_rfc_8288_has_it():
    assert Signpost(rel="item", target="https://a.example/").header == '<https://a.example/>; rel="item"'
    typed = Signpost(rel="describedby", target="/x", type="application/json")
    assert typed.header == '</x>; rel="describedby"; type="application/json"'
    assert description_of(ID) == f'</articles/{ID}>; rel="describes"'
