"""The document of an article says everything that is known of it, and is read back as it was."""

import json
from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.articles import (
    AiTerms,
    Article,
    Attribution,
    Basis,
    Content,
    Correction,
    Creator,
    Part,
    Request,
    Shown,
    SourceName,
)
from service.core.catalogue import LICENSES, find_license
from service.core.dates import PartialDate
from service.core.grants import UNKNOWN, Claim
from service.core.identifiers import Identifier
from service.formats.documents.articles import MEMBERS, read_article, render_article
from service.formats.schemas.articles import load_article
from tests.factories import lighthouse, moth

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
ID = "01900000-0000-7000-8000-000000000000"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe = st.none() | texts
flags = st.none() | st.booleans()
instants = st.datetimes(timezones=st.just(UTC))
dates = st.one_of(
    instants.map(lambda instant: PartialDate(instant, "instant")),
    st.dates().map(lambda day: PartialDate.parse(day.isoformat())),
    st.dates().map(lambda day: PartialDate.parse(day.isoformat()[:7])),
    st.dates().map(lambda day: PartialDate.parse(day.isoformat()[:4])),
)


def tuples(items):
    return st.lists(items, max_size=2).map(tuple)


def made(kind, /, **members):
    """Values of a dataclass, each member from a strategy of its own or else any text or none."""
    return st.builds(kind, **{**{field.name: maybe for field in fields(kind)}, **members})


evidence = {"statement": maybe, "statement_url": maybe, "start": st.none() | st.dates(), "end": st.none() | st.dates()}
claims = st.one_of(
    st.builds(Claim, status=st.just("known"), license=st.sampled_from(LICENSES), **evidence),
    st.builds(Claim, status=st.just("other"), url=maybe, **evidence),
    st.builds(Claim, status=st.just("unversioned"), unit=texts, candidates=tuples(texts), **evidence),
    st.builds(Claim, status=st.just("disputed"), candidates=tuples(texts), **evidence),
    st.builds(Claim, status=st.sampled_from(["unknown", "all-rights-reserved"]), **evidence),
)
creators = made(Creator, name=texts, role=texts)
contents = made(
    Content,
    url=texts,
    title=texts,
    creators=tuples(creators),
    published_at=st.none() | dates,
    modified_at=st.none() | dates,
    keywords=tuples(texts),
    identifiers=tuples(st.builds(Identifier, texts, texts)),
    requests=tuples(made(Request, kind=texts)),
    attribution=made(Attribution, copyright_year=st.none() | st.integers(1, 9999)),
    parts=tuples(made(Part, kind=texts, license=claims)),
    based_on=tuples(made(Basis, relation=texts, creators=tuples(creators), license=claims)),
    ai_terms=made(AiTerms, train_ai=flags, search=flags, tdm_reservation=flags),
    status=st.sampled_from(["published", "corrected", "retracted", "withdrawn"]),
    corrections=tuples(made(Correction, at=dates)),
)
shown = st.builds(Shown, claim=claims, origin=maybe)


def articles():
    """Articles with anything at all in every member."""
    return st.builds(
        Article,
        id=st.uuids().map(str),
        version=st.integers(1, 2**53 - 1),
        created_at=instants,
        updated_at=instants,
        content=contents,
        source=made(SourceName, id=texts),
        license=shown,
        licenses=tuples(shown),
    )


def article_of(document: dict) -> Article:
    """An article as it is kept after a client has sent `document`."""
    new = load_article(document, None)
    standing = tuple(Shown(claim=claim, origin="article") for claim in new.claims)
    return Article(
        id=ID,
        version=3,
        created_at=NOON,
        updated_at=NOON,
        content=new.content,
        source=SourceName(id="harbour-courier", name=new.source.name, url=new.source.url),
        license=standing[0] if standing else Shown(claim=UNKNOWN),
        licenses=standing,
    )


def lighthouse_article() -> Article:
    """An article with something in every member."""
    return article_of(lighthouse())


@given(articles())
def test_every_article_is_read_back_as_it_was(article):
    document = render_article(article)
    assert read_article(document) == article
    assert render_article(read_article(document)) == document, "byte for byte"


@given(articles())
def test_every_document_has_every_member_and_no_other(article):
    document = json.loads(render_article(article))
    assert set(document) == set(MEMBERS)
    for name, inner in MEMBERS.items():
        items = document[name] if isinstance(document[name], list) else [document[name]]
        if inner is not None:
            optional = {"license"} if name == "links" else set()  # a link only where one license is known
            assert all(set(inner) - optional <= set(item) <= set(inner) for item in items)


def test_a_document_is_one_line_to_every_reader():
    article = article_of({**moth(), "title": "Salt\u2028and\u2029sea", "keywords": ["\u2028salt"]})
    document = render_article(article)
    assert len(document.decode().splitlines()) == 1
    assert read_article(document) == article


def test_the_least_article_has_null_or_an_empty_list_where_nothing_is_known():
    document = json.loads(render_article(article_of(moth())))
    assert (document["url"], document["title"]) == (moth()["url"], moth()["title"])
    lists = ("creators", "keywords", "identifiers", "licenses", "requests", "parts", "based_on", "corrections")
    assert {name: document[name] for name in lists} == {name: [] for name in lists}
    nulls = ("language", "published_at", "modified_at", "summary", "section", "more_permissions_url")
    assert {name: document[name] for name in nulls} == dict.fromkeys(nulls)
    assert set(document["attribution"].values()) == set(document["ai_terms"].values()) == {None}
    assert (document["status"], document["license"]["status"], document["license"]["origin"]) == (
        "published",
        "unknown",
        None,
    )


def test_what_a_client_sends_is_what_the_document_says():
    sent, document = lighthouse(), json.loads(render_article(lighthouse_article()))
    same = ("title", "url", "language", "summary", "section", "keywords", "identifiers", "requests", "attribution")
    for name in (*same, "more_permissions_url", "ai_terms", "status", "corrections", "published_at", "modified_at"):
        assert document[name] == sent[name], name
    first, second = document["creators"]
    assert first == sent["creators"][0]
    assert second == {**dict.fromkeys(first), "name": "Tomás Ferreira", "role": "photographer"}
    license = document["license"]
    assert {name: license[name] for name in sent["license"]} == sent["license"]
    assert document["parts"][0]["license"]["id"] == "CC-BY-NC-4.0"
    assert document["based_on"][0]["license"]["id"] == "CC-BY-4.0"
    assert document["based_on"][0]["creators"][0]["name"] == "Lucía Mar"


def test_a_client_may_send_back_what_the_document_says():
    article = lighthouse_article()
    document = json.loads(render_article(article))
    again = load_article(document, document)
    assert again.content == article.content
    assert again.claims == (), "the license that is shown is no new statement"


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_the_license_shows_the_facts_of_the_catalogue(license):
    document = json.loads(render_article(article_of(moth(license=license.id))))
    shown = document["license"]
    for name in ("id", "url", "title", "unit", "version", "jurisdiction", "spdx"):
        assert shown[name] == getattr(license, name)
    for name in ("permits", "requires", "prohibits"):
        assert shown[name] == list(getattr(license, name))
    assert document["licenses"] == [shown]
    assert document["links"]["license"] == f"/v1/licenses/{license.id}"


def test_the_links_lead_to_what_belongs_to_the_article():
    links = json.loads(render_article(article_of(moth())))["links"]
    assert links == {
        "self": f"/v1/articles/{ID}",
        "attribution": f"/v1/articles/{ID}/attribution",
        "grants": f"/v1/articles/{ID}/grants",
        "versions": f"/v1/articles/{ID}/versions",
        "source": "/v1/sources/harbour-courier",
    }
    assert find_license("CC-BY-4.0") is not None
