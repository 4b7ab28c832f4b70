"""Articles of schema.org in JSON-LD."""

from typing import Any

import pytest

from tests.formats.intake.records import load_record, read_items, read_members

ID = "01900000-0000-7000-8000-000000000000"
BY = "https://creativecommons.org/licenses/by/4.0/"


def news(**changes: Any) -> dict[str, Any]:
    """An article as a newspaper marks it up."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://harbour.example/lighthouse"},
        "headline": "Who paints the lighthouse?",
        "author": [
            {"@type": "Person", "name": "Ines Albright", "url": "https://orcid.org/0000-0002-1825-0097"},
            "Tomás Ferreira",
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": "Harbour Courier", "url": "https://harbour.example/"},
        "datePublished": "2024-05-04T10:30:00Z",
        "dateModified": "2024-05-05T08:00:00",
        "description": "Eleven coats.",
        "articleSection": ["Coast", "News"],
        "keywords": "lighthouses, paint ,",
        "inLanguage": {"@type": "Language", "name": "English", "alternateName": "en-gb"},
        "license": BY,
        "creditText": "Ines Albright / Harbour Courier",
        "copyrightHolder": {"@type": "Organization", "name": "The Trust"},
        "copyrightYear": "2024",
        "isAccessibleForFree": False,
        "hasPart": {"@type": "WebPageElement", "cssSelector": ".paywall", "isAccessibleForFree": False},
        "image": [
            {"@type": "ImageObject", "url": "https://harbour.example/a.jpg"},
            {
                "@type": "ImageObject",
                "contentUrl": "https://harbour.example/lamp.jpg",
                "caption": "The lamp",
                "creator": {"@type": "Person", "name": "Tomás Ferreira"},
                "license": "https://creativecommons.org/licenses/by-nc/4.0/",
                "creditText": "Photo: Ferreira",
            },
        ],
        "acquireLicensePage": "https://harbour.example/syndication",
        **changes,
    }


ARTICLE = {
    "url": "https://harbour.example/lighthouse",
    "title": "Who paints the lighthouse?",
    "source": {"name": "Harbour Courier", "url": "https://harbour.example/"},
    "creators": [
        {
            "name": "Ines Albright",
            "kind": "person",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
            "role": "author",
        },
        {"name": "Tomás Ferreira", "role": "author"},
    ],
    "language": "en-GB",
    "published_at": "2024-05-04T10:30:00Z",
    "modified_at": "2024-05-05",
    "summary": "Eleven coats.",
    "section": "Coast",
    "keywords": ["lighthouses", "paint"],
    "license": {"id": "CC-BY-4.0"},
    "attribution": {
        "copyright_holder": "The Trust",
        "copyright_year": 2024,
        "requested": "Ines Albright / Harbour Courier",
    },
    "parts": [
        {
            "kind": "image",
            "url": "https://harbour.example/lamp.jpg",
            "title": "The lamp",
            "creator": "Tomás Ferreira",
            "license": {"id": "CC-BY-NC-4.0"},
            "credit": "Photo: Ferreira",
        }
    ],
    "more_permissions_url": "https://harbour.example/syndication",
}


def test_a_node_becomes_an_article():
    assert read_members(news(), "jsonld") == ARTICLE


def prefixed(value: Any, prefix: str) -> Any:
    """A value with whole names for its members and types."""
    if isinstance(value, list):
        return [prefixed(item, prefix) for item in value]
    if not isinstance(value, dict):
        return value
    members = {}
    for name, member in value.items():
        if name == "@type":
            members[name] = prefix + member
        else:
            members[name if name.startswith("@") else prefix + name] = prefixed(member, prefix)
    return members


@pytest.mark.parametrize("prefix", ["schema:", "http://schema.org/", "https://schema.org/"])
def test_names_may_be_whole(prefix: str):
    assert read_members(prefixed(news(), prefix), "jsonld") == ARTICLE


def test_an_expanded_document_is_read_too():
    node = {
        "@type": ["http://schema.org/NewsArticle"],
        "http://schema.org/url": [{"@id": "https://harbour.example/lighthouse"}],
        "http://schema.org/headline": [{"@value": "Who paints the lighthouse?", "@language": "en"}],
        "http://schema.org/author": [{"@list": [{"http://schema.org/name": [{"@value": "Ines Albright"}]}]}],
        "http://schema.org/license": [{"@id": BY}],
        "http://schema.org/copyrightYear": [{"@value": 2024}],
        "http://schema.org/keywords": [{"@value": "paint"}, {"@value": "salt, sea"}],
    }
    assert read_members([node], "jsonld") == {
        "url": "https://harbour.example/lighthouse",
        "title": "Who paints the lighthouse?",
        "creators": [{"name": "Ines Albright", "role": "author"}],
        "keywords": ["paint", "salt, sea"],
        "license": {"id": "CC-BY-4.0"},
        "attribution": {"copyright_year": 2024},
    }


def test_nodes_are_found_by_their_ids():
    graph = [
        {"@type": "WebSite", "@id": "#site", "name": "Harbour", "url": "https://harbour.example/"},
        {"@type": "Person", "@id": "#ines", "name": "Ines Albright", "sameAs": ["https://ines.example/"]},
        {"@type": "CreativeWork", "@id": "https://harbour.example/terms", "name": "CC BY-ND 4.0"},
        news(
            author={"@id": "#ines"},
            publisher={"@id": "#site"},
            license={"@id": "https://harbour.example/terms"},
        ),
    ]
    members = read_members({"@context": "https://schema.org", "@graph": graph}, "jsonld")
    assert members["creators"] == [{"name": "Ines Albright", "kind": "person", "role": "author"}]
    assert members["source"] == {"name": "Harbour", "url": "https://harbour.example/"}
    assert members["license"]["candidates"] == ["https://harbour.example/terms", "CC-BY-ND-4.0"]


@pytest.mark.parametrize(
    ("license", "statuses"),
    [
        ("CC BY 4.0", ["known"]),
        ("CC BY", ["unversioned"]),
        ("https://harbour.example/terms", ["other"]),
        ("http://creativecommons.org/licenses/by/9.9/", ["other"]),
        ({"@type": "CreativeWork", "name": "Creative Commons Attribution 4.0", "url": BY}, ["known"]),
        ({"@type": "CreativeWork", "name": "CC BY-NC 4.0", "url": BY}, ["disputed"]),
        ({"@id": BY}, ["known"]),
        ({"sameAs": BY}, ["known"]),
        ({"url": BY, "sameAs": "https://creativecommons.org/licenses/by-nc/4.0/"}, ["disputed"]),
        ({"name": ["CC BY 4.0", "CC BY-NC 4.0"]}, ["disputed"]),
        ({"url": BY, "name": ["CC BY 4.0", "CC BY-NC 4.0"]}, ["disputed"]),
        ({"@type": "CreativeWork", "text": "All rights reserved"}, ["all-rights-reserved"]),
        (["All rights reserved", BY], ["disputed"]),
        ([BY, "https://creativecommons.org/licenses/by-sa/4.0/"], ["known", "known"]),
        ([], []),
        (7, []),
    ],
)
def test_a_license_is_text_address_or_work(license: Any, statuses: list[str]):
    new, _ = load_record(news(license=license), "jsonld")
    assert [claim.status for claim in new.claims] == statuses


@pytest.mark.parametrize(
    "prefix", ["dct:", "dcterms:", "cc:", "http://purl.org/dc/terms/", "http://creativecommons.org/ns#"]
)
def test_a_license_in_the_words_of_other_vocabularies_is_one(prefix: str):
    new, _ = load_record(news(license=None, **{f"{prefix}license": {"@id": BY}}), "jsonld")
    assert [claim.name for claim in new.claims] == ["CC-BY-4.0"]


@pytest.mark.parametrize(
    ("rights", "names"),
    [({"@id": BY}, ["CC-BY-4.0"]), ("CC BY 4.0", ["CC-BY-4.0"]), (["CC BY 4.0", "All rights reserved"], ["disputed"])],
)
def test_rights_in_the_words_of_dublin_core_count(rights: Any, names: list[str]):
    new, _ = load_record(news(license=None, **{"dcterms:rights": rights}), "jsonld")
    assert [claim.name for claim in new.claims] == names


@pytest.mark.parametrize(
    ("license", "usage", "names"),
    [
        (None, BY, ["CC-BY-4.0"]),
        (None, [BY, "https://harbour.example/terms"], ["CC-BY-4.0"]),
        (None, {"@type": "WebPage", "url": BY}, ["CC-BY-4.0"]),
        (None, "Not for republication", ["Not for republication"]),
        (BY, BY, ["CC-BY-4.0"]),
        (BY, "https://creativecommons.org/licenses/by-nc/4.0/", ["disputed"]),
        (BY, "All rights reserved", ["disputed"]),
    ],
)
def test_what_is_said_of_the_use_is_about_the_license(license: str | None, usage: Any, names: list[str]):
    new, _ = load_record(news(license=license, usageInfo=usage), "jsonld")
    assert [claim.name for claim in new.claims] == names


def test_the_rights_in_a_picture_are_judged_like_those_in_the_article():
    picture = {"@type": "ImageObject", "url": "https://harbour.example/a.jpg", "license": BY}
    new, _ = load_record(news(image={**picture, "copyrightNotice": "© AP. All rights reserved."}), "jsonld")
    assert [part.license.status for part in new.content.parts] == ["disputed"]


def test_words_about_the_use_may_contradict_the_license():
    info = {"@type": "CreativeWork", "text": "All rights reserved."}
    new, _ = load_record(news(usageInfo=info), "jsonld")
    assert [claim.status for claim in new.claims] == ["disputed"]
    new, _ = load_record(news(usageInfo="https://harbour.example/terms"), "jsonld")
    assert [claim.status for claim in new.claims] == ["known"]


def test_what_it_is_made_from_may_be_an_address_a_name_or_a_work():
    members = read_members(
        news(
            isBasedOn=["https://faro.example/a", "An old song", {"@type": "Book", "name": "Salt", "license": BY}],
            translationOfWork={"@id": "https://faro.example/b", "author": "Lucía Mar"},
        ),
        "jsonld",
    )
    assert members["based_on"] == [
        {
            "relation": "translation",
            "url": "https://faro.example/b",
            "creators": [{"name": "Lucía Mar", "role": "author"}],
        },
        {"relation": "adaptation", "url": "https://faro.example/a"},
        {"relation": "adaptation", "title": "An old song"},
        {"relation": "adaptation", "title": "Salt", "license": {"id": "CC-BY-4.0"}},
    ]


@pytest.mark.parametrize("identifier", ["Creditline", {"propertyID": "creditline", "value": ID}, f"urn:uuid:{ID}"])
def test_the_urn_of_a_record_is_that_of_an_article_of_ours_only_in_what_we_sign(identifier: Any):
    basis = {"@type": "Book", "name": "Salt", "identifier": f"urn:uuid:{ID}"}
    foreign = news(isBasedOn=basis, identifier=identifier)
    assert read_members(foreign, "jsonld")["based_on"] == [{"relation": "adaptation", "title": "Salt"}]
    signed = news(isBasedOn=basis, identifier=[{"@type": "PropertyValue", "propertyID": "Creditline", "value": ID}])
    assert read_members(signed, "jsonld")["based_on"] == [{"relation": "adaptation", "title": "Salt", "article": ID}]
    assert "identifiers" not in read_members(signed, "jsonld")


@pytest.mark.parametrize(
    ("identifier", "read"),
    [
        ("https://doi.org/10.1000/182", [{"scheme": "doi", "value": "10.1000/182"}]),
        (
            {"propertyID": "https://registry.identifiers.org/registry/doi", "value": "10.1000/182"},
            [{"scheme": "doi", "value": "10.1000/182"}],
        ),
        ({"name": "desk", "value": 7}, [{"scheme": "desk", "value": "7"}]),
        ("urn:isbn:0451450523", [{"scheme": "urn", "value": "urn:isbn:0451450523"}]),
        ("urn:uuid:01900000-0000-7000-8000-000000000000", None),
        ("A-7", None),
    ],
)
def test_an_identifier_has_a_scheme(identifier: Any, read: list[Any] | None):
    assert read_members(news(identifier=identifier), "jsonld").get("identifiers") == read


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"creativeWorkStatus": "Retracted"}, "retracted"),
        ({"creativeWorkStatus": "Draft"}, None),
        ({"correction": "It is the north tower."}, "corrected"),
        ({"correction": {"@type": "CorrectionComment", "text": "North.", "datePublished": "2024-05-05"}}, "corrected"),
    ],
)
def test_a_correction_is_a_status_and_needs_a_date_to_be_kept(changes: dict[str, Any], status: str | None):
    members = read_members(news(**changes), "jsonld")
    assert members.get("status") == status
    dated = isinstance(changes.get("correction"), dict)
    assert members.get("corrections") == ([{"at": "2024-05-05", "text": "North."}] if dated else None)


@pytest.mark.parametrize(
    "envelope",
    [
        [news()],
        {"@graph": [news()]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": news()}]},
        {"@type": "ItemList", "itemListElement": [news()]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": news()}]},
        {"@type": "WebPage", "mainEntity": news()},
        {"@type": "Blog", "blogPost": news()},
    ],
    ids=["array", "graph", "list of items", "list", "feed", "page", "blog"],
)
def test_every_envelope_is_opened(envelope: Any):
    (item,) = read_items(envelope, "jsonld")
    assert item.members == ARTICLE


@pytest.mark.parametrize("record", [news(**{"@type": "CreativeWork"}), {**news(), "@type": None}])
def test_an_object_that_may_be_an_article_is_one_where_nothing_else_is(record: dict[str, Any]):
    assert read_members(record, "jsonld")["title"] == ARTICLE["title"]


@pytest.mark.parametrize(
    "document", [{"@type": "Person", "name": "Ines"}, {"@graph": [{"@type": "WebSite"}]}, {}, [], 7, None]
)
def test_a_document_without_an_article_has_a_problem(document: Any):
    items = read_items(document, "jsonld")
    assert [item.problem is not None for item in items] == [True]


def test_two_nodes_that_refer_to_each_other_end():
    graph = [
        news(**{"@id": "#a", "isBasedOn": {"@id": "#b"}}),
        {"@id": "#b", "@type": "Book", "isBasedOn": {"@id": "#a"}},
    ]
    assert read_members({"@graph": graph}, "jsonld")["based_on"] == [{"relation": "adaptation"}]
