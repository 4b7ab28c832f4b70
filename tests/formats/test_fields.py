"""``fields=``: a document cut down to what was asked for, which always keeps its id and version."""

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.formats.documents.articles import MEMBERS, render_article
from service.formats.documents.fields import read_fields, trim_document
from tests.formats.test_documents_articles import articles, lighthouse_article

DOCUMENT = render_article(lighthouse_article())
WHOLE = json.loads(DOCUMENT)


def trim(fields: str) -> dict:
    wanted, unknown = read_fields(fields, MEMBERS)
    assert unknown == []
    return json.loads(trim_document(DOCUMENT, wanted))


def test_a_document_stays_one_line():
    document = orjson.dumps({"id": "1", "version": 1, "title": "Salt\u2028and\u2029sea"})
    trimmed = trim_document(document, dict.fromkeys(("id", "version", "title")))
    assert len(trimmed.decode().splitlines()) == 1
    assert orjson.loads(trimmed) == orjson.loads(document)


@pytest.mark.parametrize("name", MEMBERS)
def test_every_member_can_be_asked_for_by_name(name):
    assert trim(name) == {key: WHOLE[key] for key in WHOLE if key in ("id", "version", name)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title,language", {"title": WHOLE["title"], "language": "en-GB"}),
        (" title , language ", {"title": WHOLE["title"], "language": "en-GB"}),
        ("title,title", {"title": WHOLE["title"]}),
        ("license.id", {"license": {"id": "CC-BY-SA-3.0"}}),
        ("license.id,license.url", {"license": {"id": "CC-BY-SA-3.0", "url": WHOLE["license"]["url"]}}),
        ("license.id,license", {"license": WHOLE["license"]}),
        ("license,license.id", {"license": WHOLE["license"]}),
        ("creators.name", {"creators": [{"name": "Ines Albright"}, {"name": "Tomás Ferreira"}]}),
        ("based_on.creators.name", {"based_on": [{"creators": [{"name": "Lucía Mar"}]}]}),
        ("parts.license.status", {"parts": [{"license": {"status": "known"}}]}),
        ("links", {"links": WHOLE["links"]}),
        ("links.self", {"links": {"self": WHOLE["links"]["self"]}}),
        ("id", {}),
    ],
)
def test_members_within_members_are_named_by_points(fields, expected):
    assert trim(fields) == {"id": WHOLE["id"], "version": 3, **expected}


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [
        ("", [""]),
        (",", ["", ""]),
        ("colour", ["colour"]),
        ("title,colour,Title", ["colour", "Title"]),
        ("title.id", ["title.id"]),
        ("license.", ["license."]),
        ("license..id", ["license..id"]),
        ("license.colour", ["license.colour"]),
        ("license.id.x", ["license.id.x"]),
        (".title", [".title"]),
        ("creators.0.name", ["creators.0.name"]),
        ("links.next", ["links.next"]),
        ("title\0", ["title\0"]),
    ],
)
def test_members_that_there_are_not_are_told(fields, unknown):
    assert read_fields(fields, MEMBERS)[1] == unknown


@given(st.text())
def test_any_text_is_read_without_a_fault(text):
    wanted, unknown = read_fields(text, MEMBERS)
    assert wanted["id"] is None
    assert len(unknown) <= text.count(",") + 1


@given(articles(), st.lists(st.sampled_from(sorted(MEMBERS)), min_size=1))
def test_what_stays_is_as_it_was_and_in_its_order(article, names):
    document = render_article(article)
    wanted, _ = read_fields(",".join(names), MEMBERS)
    whole, trimmed = orjson.loads(document), orjson.loads(trim_document(document, wanted))
    kept = {"id", "version", *names}
    assert list(trimmed.items()) == [(name, value) for name, value in whole.items() if name in kept]
