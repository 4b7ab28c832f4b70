"""schema.org NewsArticle, read by a JSON-LD processor (pyld)."""

import json
from typing import Any

import pytest
from pyld import jsonld

from service.formats.provider import Provider
from service.formats.schema_org import render_schema_org
from tests.formats.cast import HOSTILE, PROVIDER, STATED, URN, hostile, least, whole

S = "http://schema.org/"
LINKS = ("license", "url", "sameAs", "acquireLicensePage", "mainEntityOfPage", "sdLicense")
CONTEXT = {"@vocab": S, **{name: {"@id": S + name, "@type": "@id"} for name in LINKS}}
BY = "https://creativecommons.org/licenses/by/4.0/"


def load(url: str, _: Any) -> dict[str, Any]:
    """The context of schema.org as far as the tests need it: every word is a term, some of them are addresses."""
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def expand(body: bytes) -> dict[str, Any]:
    (node,) = jsonld.expand(json.loads(body), {"documentLoader": load})
    return node


def values(node: dict[str, Any], name: str) -> list[Any]:
    """The values of a property: literals and addresses by themselves, anything else as a node."""
    found = node.get(S + name, [])
    return [item.get("@value", item["@id"] if item.keys() == {"@id"} else item) for item in found]


def test_it_is_a_news_article_about_the_original():
    node = expand(render_schema_org(whole(), PROVIDER))
    assert node["@type"] == [S + "NewsArticle"]
    assert node["@id"] == "https://harbour.example/2024/lighthouse"
    assert values(node, "mainEntityOfPage") == values(node, "url") == [node["@id"]]
    assert values(node, "identifier")[0] == URN
    assert values(node, "headline") == ["Who paints the lighthouse?"]


def test_rights_are_given_in_the_terms_that_search_engines_read():
    node = expand(render_schema_org(whole(), PROVIDER))
    assert values(node, "license") == ["https://creativecommons.org/licenses/by-sa/3.0/"]
    assert values(node, "copyrightNotice") == ["© 2024 The Harbour Trust"]
    assert values(node, "copyrightYear") == [2024]
    assert values(node, "acquireLicensePage") == ["https://harbour.example/syndication"]
    assert "CC BY-SA 3.0" in values(node, "creditText")[0]


def test_the_record_has_a_license_of_its_own():
    node = expand(render_schema_org(whole(license="CC-BY-ND-4.0"), PROVIDER))
    assert values(node, "sdLicense") == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    assert values(node, "license") == ["https://creativecommons.org/licenses/by-nd/4.0/"]
    assert values(node, "sdDatePublished") == ["2026-03-14"]


def test_a_part_has_a_license_and_a_credit_of_its_own():
    (part,) = values(expand(render_schema_org(whole(), PROVIDER)), "hasPart")
    assert part["@type"] == [S + "ImageObject"]
    assert values(part, "license") == ["https://creativecommons.org/licenses/by-nc/4.0/"]
    assert values(part, "creditText") == ["Photo: T. Ferreira"]


@pytest.mark.parametrize(
    ("relation", "property", "other"),
    [
        ("translation", "translationOfWork", "isBasedOn"),
        ("adaptation", "isBasedOn", "translationOfWork"),
        ("excerpt", "isBasedOn", "translationOfWork"),
        ("version", "isBasedOn", "translationOfWork"),
    ],
)
def test_what_it_is_made_from_keeps_its_own_license(relation: str, property: str, other: str):
    basis = {"relation": relation, "url": "https://faro.example/pintura", "article": URN[9:], "license": "CC-BY-4.0"}
    node = expand(render_schema_org(whole(based_on=[basis]), PROVIDER))
    (work,) = values(node, property)
    assert work["@id"] == "https://faro.example/pintura"
    assert values(work, "license") == [BY]
    assert values(work, "identifier") == [URN]
    assert not values(node, other)


def test_usage_info_leads_to_the_permission_the_evidence_and_the_requests():
    info = values(expand(render_schema_org(whole(), PROVIDER)), "usageInfo")
    assert info[0] == f"https://registry.example/v1/articles/{URN[9:]}/permission?use=republish"
    assert (values(info[1], "name"), values(info[1], "url")) == (["TDM policy"], ["https://harbour.example/tdm.json"])
    assert [values(work, "text") for work in info[2:]] == [["Text: CC BY-SA 3.0."], ["Keep the pixel."]]
    assert values(info[2], "about") == ["https://creativecommons.org/licenses/by-sa/3.0/"]


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("all-rights-reserved", "All rights reserved"),
        ("unversioned", "CC BY-ND (version not stated)"),
        ("disputed", "License in dispute: CC-BY-4.0, CC-BY-NC-4.0"),
    ],
)
def test_a_claim_that_no_address_stands_for_is_named(status: str, name: str):
    (work,) = values(expand(render_schema_org(least(license=STATED[status]), Provider())), "usageInfo")
    assert values(work, "name") == [name]


def test_a_copyright_notice_is_one_that_is_stated():
    node = expand(render_schema_org(least(attribution={"copyright_holder": "The Trust"}), PROVIDER))
    assert not values(node, "copyrightNotice")


def test_without_an_address_of_the_service_no_link_to_it_is_made_up():
    node = expand(render_schema_org(least(), Provider()))
    assert not values(node, "usageInfo")
    assert not values(node, "sdLicense")


@pytest.mark.parametrize(
    ("kind", "property"), [("person", "affiliation"), (None, "affiliation"), ("organization", "memberOf")]
)
def test_a_creator_says_where_it_belongs(kind: str | None, property: str):
    creator = {"name": "Ines Albright", "kind": kind, "affiliation": "Harbour Courier"}
    (author,) = values(expand(render_schema_org(least(creators=[creator]), PROVIDER)), "author")
    (party,) = values(author, property)
    assert values(party, "name") == ["Harbour Courier"]
    assert party["@type"] == [S + "Organization"]


def test_corrections_are_comments_with_their_day():
    node = expand(render_schema_org(whole(), PROVIDER))
    (correction,) = values(node, "correction")
    assert correction["@type"] == [S + "CorrectionComment"]
    assert values(correction, "text") == ["It is the north tower."]
    assert values(correction, "datePublished") == ["2024-05-05"]
    assert values(node, "creativeWorkStatus") == ["corrected"]


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_has_an_address(status: str):
    node = expand(render_schema_org(least(license=STATED[status]), PROVIDER))
    assert values(node, "license") == {
        "known": [BY],
        "alternatives": [
            "https://creativecommons.org/licenses/by-nc/4.0/",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ],
        "other": ["https://harbour.example/our-terms"],
    }.get(status, [])


def test_what_is_not_known_is_not_there():
    members = json.loads(render_schema_org(least(), PROVIDER))
    assert not {"author", "license", "datePublished", "copyrightHolder", "copyrightYear", "keywords"} & members.keys()
    assert None not in members.values()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back(text: str):
    body = render_schema_org(hostile(text), PROVIDER)
    node = expand(body)
    assert values(node, "headline") == values(node, "name") == [text]
    assert values(node, "description") == [text]
    assert values(node, "keywords") == values(node, "articleSection") == [text[:500]]
    assert values(values(node, "author")[0], "name") == [text[:500]]
    assert values(values(node, "correction")[0], "text") == [text]
    assert b"<" not in body, "it may stand in a script element"


@pytest.mark.parametrize(
    "name", ["TY  - NEWS", "\ufeff\u202eAda\u202c", " Ada\u00a0 ", "\u2067Ada\u2069\u2028Byron", "\u202e"]
)
def test_a_name_is_as_recorded_with_its_marks_and_its_spaces(name: str):
    part = {"kind": "image", "title": name, "creator": name, "credit": name}
    basis = {"relation": "translation", "title": name, "creators": [name]}
    creators = [{"name": name, "affiliation": name}]
    changes = {"source": {"name": name, "url": "https://harbour.example/"}, "attribution": {"credit": name}}
    node = json.loads(
        render_schema_org(whole(creators=creators, parts=[part], based_on=[basis], **changes), PROVIDER),
    )
    (author,), (shown,), (work,) = node["author"], node["hasPart"], node["translationOfWork"]
    parties = [author, author["affiliation"], node["sourceOrganization"], node["publisher"], *work["author"]]
    assert [party["name"] for party in [*parties, shown, *shown["author"], work]] == [name] * 8
    assert shown["creditText"] == name


def test_two_people_of_one_name_are_two():
    orcids = ["https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0002-1694-233X"]
    namesakes = [{"name": "Wang Wei", "orcid": orcid} for orcid in orcids]
    node = expand(render_schema_org(least(creators=namesakes), PROVIDER))
    assert [values(author, "sameAs") for author in values(node, "author")] == [[orcid] for orcid in orcids]


def test_the_credit_alone_is_worded_on_one_line():
    node = json.loads(render_schema_org(least(creators=["\ufeffAda  \u202eByron"]), PROVIDER))
    assert "Ada Byron" in node["creditText"]
