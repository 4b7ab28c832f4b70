"""The OAI-PMH provider over HTTP, every answer checked against the schema."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from service.actions.articles import add_article
from service.actions.retention import prune
from service.config import Config, ConfigError
from service.storage.database import Database
from service.web.oai import RECORDS, SETS
from tests.api import Api, expect_problem
from tests.factories import ORDER, another_moth, checked_article, courier, lantern, moth
from tests.formats.oai_schema import read_valid, texts

FORM = {"content_type": "application/x-www-form-urlencoded"}
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
ARGUMENTS = ("verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken", "page")
VALUES = (
    *("Identify", "ListSets", "ListRecords", "ListIdentifiers", "GetRecord", "ListMetadataFormats", "oai_dc"),
    *("source", "license:CC-BY-4.0", "2024-01-01", "2030-01-01T00:00:00Z", f"oai:creditline.example:{NOBODY}"),
)


def ask(api: Api, verb: str, **arguments: str) -> etree._Element:
    """The valid answer to a request; ``since`` is the argument ``from``."""
    given = {"from" if name == "since" else name: value for name, value in arguments.items()}
    response = api.get(f"/oai?{urlencode({'verb': verb, **given})}")
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    return read_valid(response.data)


def listed(api: Api, **arguments: str) -> etree._Element:
    return ask(api, "ListRecords", metadataPrefix="oai_dc", **arguments)


def walk(api: Api, verb: str, **arguments: str) -> Iterator[etree._Element]:
    """The pages of a list."""
    page = ask(api, verb, **arguments)
    yield page
    while token := "".join(texts(page, "//oai:resumptionToken")):
        page = ask(api, verb, resumptionToken=token)
        yield page


def codes(root: etree._Element) -> list[str]:
    return texts(root, "oai:error/@code")


def ids(root: etree._Element) -> list[str]:
    return [text.rpartition(":")[2] for text in texts(root, "//oai:header/oai:identifier")]


def name_of(article: dict[str, Any]) -> str:
    return f"oai:creditline.example:{article['id']}"


def fill(database: Database, count: int) -> list[str]:
    """Articles made without HTTP, in the order of the feed."""
    return [add_article(database, ORDER, checked_article(another_moth())).id for _ in range(count)]


def second(hours: float) -> str:
    """The instant so many hours from now, as an argument."""
    return (datetime.now(UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


class TestVerbs:
    def test_the_repository_identifies_itself(self, api):
        api.created("/v1/articles", moth())
        root = ask(api, "Identify")
        assert texts(root, "//oai:baseURL") == ["http://localhost/oai"]
        assert texts(root, "//oai:adminEmail") == ["admin@creditline.example"]
        assert texts(root, "//oai:earliestDatestamp") <= texts(listed(api), "//oai:datestamp")
        assert texts(root, "//rights:rightsReference/@ref") == ["https://creativecommons.org/publicdomain/zero/1.0/"]

    def test_it_does_so_while_it_is_empty(self, api):
        root = ask(api, "Identify")
        assert texts(root, "//oai:earliestDatestamp") == texts(root, "oai:responseDate")

    def test_its_names_are_settings(self, make_app):
        api = Api(
            make_app(
                oai_repository="articles.lantern.example",
                oai_email="desk@lantern.example",
                metadata_license="CC-BY-4.0",
            )
        )
        id = api.created("/v1/articles", moth())["id"]
        root = ask(api, "Identify")
        assert texts(root, "//oai:adminEmail") == ["desk@lantern.example"]
        assert texts(root, "//id:repositoryIdentifier") == ["articles.lantern.example"]
        assert texts(listed(api), "//oai:identifier") == [f"oai:articles.lantern.example:{id}"]
        assert texts(listed(api), "//rights:rightsReference/@ref") == ["https://creativecommons.org/licenses/by/4.0/"]

    def test_a_record_is_given_as_dublin_core(self, api):
        article = api.created("/v1/articles", moth(license="CC-BY-4.0"))
        root = ask(api, "GetRecord", identifier=name_of(article), metadataPrefix="oai_dc")
        assert texts(root, "//dc:title") == [article["title"]]
        assert texts(root, "//oai:setSpec") == ["source:the-lantern", "license:CC-BY-4.0"]
        assert root.find("{*}request").get("identifier") == name_of(article)

    def test_there_is_one_format_for_all_and_for_each(self, api):
        article = api.created("/v1/articles", moth())
        for arguments in ({}, {"identifier": name_of(article)}):
            assert texts(ask(api, "ListMetadataFormats", **arguments), "//oai:metadataPrefix") == ["oai_dc"]

    def test_identifiers_are_listed_as_records_are(self, api):
        api.created("/v1/articles", moth())
        gone = api.created("/v1/articles", another_moth())
        api.delete(gone["links"]["self"], if_match="*")
        headers = ask(api, "ListIdentifiers", metadataPrefix="oai_dc")
        assert ids(headers) == ids(listed(api))
        assert texts(headers, "//oai:header/@status") == ["deleted"]

    def test_sets_are_listed_page_by_page_each_once_and_every_record_is_in_some(self, api):
        api.created("/v1/articles", moth(license=["CC-BY-4.0", "CC0-1.0"]))
        for number in range(SETS):
            api.created("/v1/sources", lantern(id=f"desk-{number}", url=f"https://lantern.example/{number}"))
        pages = list(walk(api, "ListSets"))
        found = [spec for page in pages for spec in texts(page, "//oai:setSpec")]
        assert [len(texts(page, "//oai:set")) for page in pages[:-1]] == [SETS] * (len(pages) - 1)
        assert len(found) == len(set(found)) == 2 + SETS + 1 + 639
        assert set(texts(listed(api), "//oai:header/oai:setSpec")) <= set(found)
        assert "The Lantern" in texts(pages[1], "//oai:setName")


class TestSettings:
    @pytest.mark.parametrize(
        "name", ["lantern", "lantern.example/", "9.example", "lantern..example", "", "a.example:80"]
    )
    def test_a_repository_is_named_by_a_domain(self, name):
        with pytest.raises(ConfigError, match="CREDITLINE_OAI_REPOSITORY"):
            Config.from_environment({"CREDITLINE_OAI_REPOSITORY": name})

    def test_a_domain_is_the_same_in_whatever_case(self):
        config = Config.from_environment({"CREDITLINE_OAI_REPOSITORY": "Articles.Lantern.Example"})
        assert config.oai_repository == "articles.lantern.example"

    @pytest.mark.parametrize("address", ["desk", "desk@lantern", "de sk@lantern.example", "a@b@lantern.example", ""])
    def test_harvesters_write_to_an_address(self, address):
        with pytest.raises(ConfigError, match="CREDITLINE_OAI_EMAIL"):
            Config.from_environment({"CREDITLINE_OAI_EMAIL": address})


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("", "badVerb"),
            ("verb=List", "badVerb"),
            ("verb=Identify&verb=Identify", "badVerb"),
            ("verb=Identify&set=source", "badArgument"),
            ("verb=ListRecords", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-01", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-01-01T00:00:00Z", "badArgument"),
            ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
            (f"verb=GetRecord&metadataPrefix=marc21&identifier={NOBODY}", "cannotDisseminateFormat"),
            (f"verb=GetRecord&metadataPrefix=oai_dc&identifier={NOBODY}", "idDoesNotExist"),
            (f"verb=ListMetadataFormats&identifier=oai:creditline.example:{NOBODY}", "idDoesNotExist"),
            ("verb=ListMetadataFormats&identifier=a%22b", "idDoesNotExist"),
            ("verb=ListRecords&metadataPrefix=oai_dc", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=nothing", "noRecordsMatch"),
            ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
            ("verb=ListIdentifiers&resumptionToken=", "badResumptionToken"),
            ("verb=ListSets&resumptionToken=%F0%9F%A6%8B", "badResumptionToken"),
        ],
    )
    def test_each_is_told_by_the_protocol(self, shared_api, query, code):
        response = shared_api.get(f"/oai?{query}")
        root = read_valid(response.data)
        assert (response.status_code, codes(root)) == (200, [code])
        assert bool(root.find("{*}request").attrib) == (code not in ("badVerb", "badArgument"))

    def test_a_deleted_record_has_no_formats(self, api):
        article = api.created("/v1/articles", moth())
        api.delete(article["links"]["self"], if_match="*")
        assert codes(ask(api, "ListMetadataFormats", identifier=name_of(article))) == ["noMetadataFormats"]

    @settings(max_examples=60)
    @given(
        st.lists(
            st.tuples(st.sampled_from(ARGUMENTS), st.sampled_from(VALUES) | st.text(st.characters(codec="utf-8"))),
            max_size=5,
        )
    )
    def test_whatever_is_asked_the_answer_is_valid(self, shared_api, pairs):
        response = shared_api.get(f"/oai?{urlencode(pairs)}")
        if any("\0" in value for _, value in pairs):
            expect_problem(response, 400, "invalid-encoding")
        else:
            read_valid(response.data)

    @pytest.mark.parametrize("query", ["verb=%FF", "verb=Identify&set=%C3", "%00=1"])
    def test_what_is_no_text_is_a_problem(self, shared_api, query):
        expect_problem(shared_api.get(f"/oai?{query}"), 400, "invalid-encoding")

    def test_a_malformed_header_is_a_problem(self, shared_api):
        expect_problem(shared_api.get("/oai?verb=Identify", if_match="7"), 400, "malformed-header")

    def test_reading_may_need_a_key(self, make_app):
        api = Api(make_app(public_read=False))
        assert codes(ask(api, "Identify")) == []
        for method, body in (("GET", None), ("POST", b"verb=Identify")):
            expect_problem(api.with_key(None).send(method, "/oai?", body, **FORM), 401, "unauthenticated")

    def test_there_is_no_more_than_get_and_post(self, shared_api):
        problem = shared_api.send("PUT", "/oai", b"", **FORM)
        assert problem.status_code == 405
        assert problem.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
        assert shared_api.head("/oai?verb=Identify").status_code == 200


class TestForms:
    def test_arguments_may_come_as_a_form(self, shared_api):
        sent, got = (
            shared_api.post("/oai", b"verb=ListMetadataFormats", **FORM),
            shared_api.get("/oai?verb=ListMetadataFormats"),
        )
        assert codes(read_valid(sent.data)) == []
        assert texts(read_valid(sent.data), "//oai:schema") == texts(read_valid(got.data), "//oai:schema")

    def test_an_argument_in_query_and_form_is_repeated(self, shared_api):
        root = read_valid(shared_api.post("/oai?verb=Identify", b"verb=Identify", **FORM).data)
        assert codes(root) == ["badVerb"]

    @pytest.mark.parametrize(
        ("body", "content_type", "status", "slug"),
        [
            (b'{"verb": "Identify"}', "application/json", 415, "unsupported-media-type"),
            (b"verb=Identify", "application/x-www-form-urlencoded; charset=latin-1", 415, "unsupported-media-type"),
            (b"verb=%FF", FORM["content_type"], 400, "invalid-encoding"),
            (b"verb=\xff", FORM["content_type"], 400, "invalid-encoding"),
            (b"x" * (1024 * 1024 + 1), FORM["content_type"], 413, "content-too-large"),
        ],
    )
    def test_what_is_no_form_is_a_problem(self, shared_api, body, content_type, status, slug):
        expect_problem(shared_api.post("/oai", body, content_type=content_type), status, slug)


class TestSelection:
    def test_by_source_and_by_license(self, api):
        moths = [api.created("/v1/articles", another_moth(license=["CC-BY-4.0", "CC-BY-SA-4.0"]))["id"]]
        moths.append(api.created("/v1/articles", another_moth())["id"])
        api.created("/v1/sources", courier(id="courier"))
        other = api.created("/v1/articles", another_moth(source="courier", published_at="2024"))["id"]
        assert ids(listed(api, set="source:the-lantern")) == moths
        assert ids(listed(api, set="license:CC-BY-SA-4.0")) == moths[:1]
        assert ids(listed(api, set="license:CC-BY-4.0")) == [moths[0], other]
        assert ids(listed(api, set="license")) == [moths[0], other]
        assert ids(listed(api, set="source")) == [*moths, other]
        assert codes(listed(api, set="source:nobody")) == ["noRecordsMatch"]

    def test_a_disputed_license_is_in_no_set(self, api):
        article = api.created("/v1/articles", moth(license="CC-BY-4.0"))
        api.post(article["links"]["grants"], {"license": "CC-BY-NC-4.0"}, if_match="*")
        assert codes(listed(api, set="license:CC-BY-4.0")) == ["noRecordsMatch"]
        assert texts(listed(api), "//oai:setSpec") == ["source:the-lantern"]

    def test_by_date_both_ends_included(self, api, stored):
        made = fill(stored, 3)
        for number, day in enumerate(("2026-03-01", "2026-03-02", "2026-03-03")):
            at = int(datetime.fromisoformat(f"{day}T12:00:00.5Z").timestamp() * 1_000_000)
            stored.execute("UPDATE change SET at = ? WHERE record = ?", (at, made[number]))
        stored.execute("DELETE FROM change WHERE type LIKE 'source.%'")
        assert ids(listed(api, since="2026-03-02")) == made[1:]
        assert ids(listed(api, until="2026-03-02")) == made[:2]
        assert ids(listed(api, since="2026-03-02", until="2026-03-02")) == made[1:2]
        assert ids(listed(api, since="2026-03-02T12:00:00Z", until="2026-03-02T12:00:00Z")) == made[1:2]
        assert ids(listed(api, since="2026-03-02T12:00:01Z")) == made[2:]
        assert ids(listed(api, until="2026-03-02T11:59:59Z")) == made[:1]
        assert codes(listed(api, since="2026-03-04")) == ["noRecordsMatch"]
        assert codes(listed(api, until="1969-12-31")) == ["noRecordsMatch"]
        assert texts(ask(api, "Identify"), "//oai:earliestDatestamp") == ["2026-03-01T12:00:00Z"]

    def test_deleted_and_purged_records_stay_and_restored_ones_come_back(self, api):
        deleted, purged, restored = (api.created("/v1/articles", another_moth(license="CC-BY-4.0")) for _ in range(3))
        api.delete(deleted["links"]["self"], if_match="*")
        api.delete(f"{purged['links']['self']}?purge=true", if_match="*")
        api.delete(restored["links"]["self"], if_match="*")
        api.put(restored["links"]["self"], another_moth(), if_none_match="*")
        root = listed(api)
        assert ids(root) == [deleted["id"], purged["id"], restored["id"]]
        assert texts(root, "//oai:header/@status") == ["deleted"] * 2
        assert ids(listed(api, set="license:CC-BY-4.0")) == [deleted["id"], restored["id"]]
        assert texts(ask(api, "GetRecord", identifier=name_of(purged), metadataPrefix="oai_dc"), "//oai:setSpec") == [
            "source:the-lantern"
        ]

    def test_what_left_the_feed_is_harvested_with_the_same_dates(self, api, stored):
        for article in [api.created("/v1/articles", another_moth()) for _ in range(3)][:2]:
            api.patch(article["links"]["self"], {"title": "Another"}, if_match="*")
        before = listed(api)
        prune(stored, keep=timedelta(0), now=datetime.now(UTC) + timedelta(days=1))
        expect_problem(api.get("/v1/changes"), 410, "cursor-expired")
        after = listed(api)
        assert texts(after, "//oai:datestamp") == texts(before, "//oai:datestamp")
        assert ids(after) == ids(before)
        assert ids(listed(api, since=second(-1))) == ids(before)
        assert codes(listed(api, since=second(1))) == ["noRecordsMatch"]


class TestPages:
    def test_every_record_is_met_once_and_the_pages_say_how_far_they_are(self, api, stored):
        made = fill(stored, 2 * RECORDS + 5)
        for verb in ("ListRecords", "ListIdentifiers"):
            pages = list(walk(api, verb, metadataPrefix="oai_dc"))
            assert [id for page in pages for id in ids(page)] == made
            assert [texts(page, "//oai:resumptionToken/@cursor") for page in pages] == [["0"], ["100"], ["200"]]
            assert texts(pages[-1], "//oai:resumptionToken") == [""]

    def test_a_list_of_just_a_page_has_no_token(self, api, stored):
        fill(stored, RECORDS)
        assert texts(listed(api), "//oai:resumptionToken") == []

    def test_what_was_selected_holds_for_all_pages(self, api, stored):
        api.created("/v1/articles", another_moth(source={"name": "Harbour Courier"}))
        made = fill(stored, RECORDS + 5)
        api.created("/v1/articles", another_moth(source={"name": "Harbour Courier"}))
        selections = (
            {"set": "source:the-lantern"},
            {"set": "source:the-lantern", "until": second(1), "from": second(-1)},
        )
        for selection in selections:
            pages = walk(api, "ListRecords", metadataPrefix="oai_dc", **selection)
            assert [id for page in pages for id in ids(page)] == made

    def test_nothing_is_missed_that_others_change_meanwhile(self, api, stored):
        made = fill(stored, 2 * RECORDS)
        pages = walk(api, "ListRecords", metadataPrefix="oai_dc")
        first = next(pages)
        seen, unseen, dying = made[0], made[RECORDS], made[RECORDS + 1]
        for id in (seen, unseen):
            api.patch(f"/v1/articles/{id}", {"title": f"New {id}"}, if_match="*")
        api.delete(f"/v1/articles/{dying}", if_match="*")
        (new,) = fill(stored, 1)
        rest = list(pages)
        met = [id for page in rest for id in ids(page)]
        assert [id for id in met if id not in (seen, unseen, dying, new)] == made[RECORDS + 2 :]
        assert met[-4:] == [seen, unseen, dying, new]
        assert texts(rest[-1], "//oai:header/@status") == ["deleted"]
        assert {f"New {seen}", f"New {unseen}"} <= {title for page in rest for title in texts(page, "//dc:title")}
        again = walk(api, "ListRecords", metadataPrefix="oai_dc", **{"from": texts(first, "oai:responseDate")[0]})
        assert {seen, unseen, dying, new} <= {id for page in again for id in ids(page)}

    def test_a_token_outlives_the_entries_before_it(self, api, stored):
        made = fill(stored, RECORDS + 2)
        pages = walk(api, "ListRecords", metadataPrefix="oai_dc")
        next(pages)
        prune(stored, keep=timedelta(0), now=datetime.now(UTC) + timedelta(days=1))
        assert ids(next(pages)) == made[RECORDS:]

    def test_a_list_whose_rest_is_gone_ends(self, api, stored):
        made = fill(stored, RECORDS + 1)
        token = "".join(texts(listed(api, set="license"), "//oai:resumptionToken"))
        assert token == ""
        token = "".join(texts(listed(api, set="source:the-lantern"), "//oai:resumptionToken"))
        path = f"/v1/articles/{made[-1]}"
        document = {**api.read(path), "source": {"name": "Harbour Courier"}}
        members = ("url", "title", "source")
        api.put(path, {name: document[name] for name in members}, if_match="*")
        assert codes(ask(api, "ListRecords", resumptionToken=token)) == ["noRecordsMatch"]

    def test_a_license_that_is_due_but_not_yet_shown_does_not_count(self, api, stored):
        later = ["CC-BY-4.0", {"id": "CC-BY-SA-4.0", "start": "2026-04-01"}]  # after the day of the order
        for _ in range(RECORDS + 1):
            add_article(stored, ORDER, checked_article(another_moth(license=later)))
        assert codes(listed(api, set="license:CC-BY-SA-4.0")) == ["noRecordsMatch"]
        id = api.created("/v1/articles", another_moth(license="CC-BY-SA-4.0"))["id"]
        root = listed(api, set="license:CC-BY-SA-4.0")
        assert (ids(root), texts(root, "//oai:resumptionToken")) == ([id], [])

    @pytest.mark.parametrize(
        "selection", ["", "&from=2020-01-01", "&set=license:CC-BY-4.0", "&set=source&until=2099-01-01"]
    )
    def test_a_page_takes_few_statements_however_many_records_it_has(
        self, api: Api, stored: Database, statements: list[str], selection: str
    ):
        def count() -> int:
            statements.clear()
            assert api.with_key(None).get(f"/oai?verb=ListRecords&metadataPrefix=oai_dc{selection}").status_code == 200
            return len(statements)

        api.created("/v1/articles", moth(license="CC-BY-4.0"))
        few = count()
        fill(stored, 30)
        assert count() == few <= 4


def test_the_description_names_the_arguments_and_the_form(app: Flask, api: Api):
    document = api.read("/v1/openapi.json")
    content = document["paths"]["/oai"]["post"]["requestBody"]["content"]
    form = document["components"]["schemas"]["HarvestInput"]
    assert content == {FORM["content_type"]: {"schema": {"$ref": "#/components/schemas/HarvestInput"}}}
    assert (set(form["properties"]), form["required"]) == (set(ARGUMENTS) - {"page"}, ["verb"])
    assert "422" not in document["paths"]["/oai"]["post"]["responses"]
