"""Answers of OAI-PMH, valid whatever the records hold."""

import pytest
from lxml import etree

from service.core.catalogue import find_license
from service.core.dates import to_micros
from service.core.harvests import HarvestRequest, Refused, Subset
from service.formats import oai
from service.formats.oai import Record, Repository, Token
from tests.factories import NOON
from tests.formats.cast import HOSTILE, STATED, hostile, least, whole
from tests.formats.oai_schema import read_valid, texts

AT = to_micros(NOON)
REPOSITORY = Repository(
    name="lantern.example",
    base_url="https://lantern.example/oai",
    email="desk@lantern.example",
    license=find_license("CC-BY-4.0"),
)


def answer(verb: str, inside: str, **arguments: str) -> etree._Element:
    request = HarvestRequest(verb=verb, arguments=arguments)
    return read_valid(oai.render_answer(REPOSITORY, request, inside, at=AT))


def record(article=None, *, is_deleted: bool = False) -> Record:
    return Record(article=article or whole(), at=AT + 999_999, is_deleted=is_deleted)


def test_an_answer_repeats_its_request_and_says_of_when_it_is():
    root = answer("ListMetadataFormats", oai.list_formats(), identifier="oai:lantern.example:1")
    assert texts(root, "oai:responseDate") == ["2026-03-14T12:00:00Z"]
    (request,) = root.findall("{*}request")
    assert (request.text, dict(request.attrib)) == (
        "https://lantern.example/oai",
        {"verb": "ListMetadataFormats", "identifier": "oai:lantern.example:1"},
    )


def test_the_repository_says_its_own_facts_and_the_license_of_its_records():
    root = answer("Identify", oai.identify(REPOSITORY, earliest=0))
    assert texts(root, "//oai:earliestDatestamp | //oai:adminEmail | //oai:deletedRecord") == [
        "desk@lantern.example",
        "1970-01-01T00:00:00Z",
        "persistent",
    ]
    assert texts(root, "//id:repositoryIdentifier") == ["lantern.example"]
    assert texts(root, "//rights:rightsManifest//rights:rightsReference/@ref") == [REPOSITORY.license.url]


def test_a_record_has_header_metadata_and_the_license_of_the_metadata():
    root = answer("GetRecord", oai.list_records(REPOSITORY, [record()]))
    assert texts(root, "//oai:datestamp") == ["2026-03-14T12:00:00Z"]
    assert texts(root, "//oai:setSpec") == ["source:courier", "license:CC-BY-SA-3.0"]
    assert texts(root, "//oai:metadata/oai_dc:dc/dc:title") == ["Who paints the lighthouse?"]
    assert texts(root, "//oai:about/rights:rights/rights:rightsReference/@ref") == [REPOSITORY.license.url]


def test_a_deleted_record_has_its_header_alone():
    root = answer("ListRecords", oai.list_records(REPOSITORY, [record(is_deleted=True)]))
    assert texts(root, "//oai:header/@status") == ["deleted"]
    assert texts(root, "//oai:record/*[position() > 1]") == []


def test_headers_come_without_metadata():
    root = answer("ListIdentifiers", oai.list_headers(REPOSITORY, [record(), record(is_deleted=True)], None))
    assert texts(root, "//oai:header/@status") == ["deleted"]
    assert len(texts(root, "//oai:header")) == 2


@pytest.mark.parametrize(("token", "cursor"), [(Token(text="abc", cursor=0), ["0"]), (Token(text=""), [])])
def test_a_token_stands_behind_the_items(token, cursor):
    root = answer("ListSets", oai.list_sets([(Subset("source"), "All"), (Subset("source", "a"), "A & B")], token))
    assert texts(root, "//oai:setSpec") == ["source", "source:a"]
    assert texts(root, "//oai:setName") == ["All", "A & B"]
    assert texts(root, "//oai:resumptionToken") == [token.text]
    assert texts(root, "//oai:resumptionToken/@cursor") == cursor


def test_a_refusal_repeats_the_arguments_of_a_request_that_could_be_read():
    request = HarvestRequest(verb="ListRecords", arguments={"resumptionToken": 'a"<b'})
    refused = Refused("badResumptionToken", "No.")
    root = read_valid(oai.render_refusal(REPOSITORY, request, refused, at=AT))
    assert texts(root, "oai:request/@resumptionToken") == ['a"<b']
    assert texts(root, "oai:error/@code") == ["badResumptionToken"]


def test_a_refusal_of_what_could_not_be_read_repeats_nothing():
    refused = Refused("badArgument", "One.", "Two & <three>.")
    root = read_valid(oai.render_refusal(REPOSITORY, None, refused, at=AT))
    assert root.find("{*}request").attrib == {}
    assert texts(root, "oai:error") == ["One.", "Two & <three>."]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back_in_a_valid_answer(text: str):
    root = answer("GetRecord", oai.list_records(REPOSITORY, [record(hostile(text))]))
    assert texts(root, "//dc:title") == [text]


@pytest.mark.parametrize("status", STATED)
def test_every_kind_of_license_makes_a_valid_record(status: str):
    answer("GetRecord", oai.list_records(REPOSITORY, [record(least(license=STATED[status]))]))
