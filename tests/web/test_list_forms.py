"""Lists of articles as CSV, as lines of JSON and as feeds."""

import csv
import io
import json
import re

import pytest
from lxml import etree

from service.formats.representations import LIST_REPRESENTATIONS
from service.formats.spreadsheet import COLUMNS
from service.web.list_forms import LIST_FORMATS
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, moth

FORMS = list(LIST_REPRESENTATIONS.values())
ATOM = "{http://www.w3.org/2005/Atom}"
CC0 = '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"'
NEXT = re.compile(r'<([^>]+)>; rel="next"')

each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


@pytest.fixture(scope="module")
def listed(shared_api: Api) -> Api:
    """A client of an application with five articles."""
    for number in range(5):
        shared_api.created(
            "/v1/articles", another_moth(title=f"={number}", license="CC-BY-4.0" if number else "CC-BY-ND-4.0")
        )
    return shared_api


def ids_in(name: str, body: bytes) -> list[str]:
    """The ids of the articles in a list, in their order."""
    if name == "csv":
        return [row["id"] for row in csv.DictReader(io.StringIO(body.decode()))]
    if name == "ndjson":
        return [json.loads(line)["id"] for line in body.splitlines()]
    tree = etree.fromstring(body)
    found = tree.iterfind(f"{ATOM}entry/{ATOM}id") if name == "atom" else tree.iterfind("channel/item/guid")
    return [item.text.removeprefix("urn:uuid:") for item in found]


class TestChoice:
    @each_form
    def test_accept_and_format_choose_the_same_form(self, listed, form):
        by_header, by_name = (
            listed.get("/v1/articles", accept=form.media_type),
            listed.get(f"/v1/articles?format={form.name}"),
        )
        assert by_header.status_code == by_name.status_code == 200
        assert by_header.data == by_name.data
        assert by_header.headers["Content-Type"] == by_name.headers["Content-Type"] == form.content_type

    @pytest.mark.parametrize("accept", ["*/*", "application/json", "application/*;q=0.5", "text/html, */*;q=0.8"])
    def test_json_is_what_comes_where_nothing_else_is_asked_for(self, listed, accept):
        assert listed.get("/v1/articles", accept=accept).json == listed.read("/v1/articles?format=json") | {
            "page": {"limit": 50, "next": None}
        }

    @pytest.mark.parametrize("accept", ["text/html", "application/ld+json", "text/csv;q=0"])
    def test_where_nothing_fits_all_forms_are_listed(self, listed, accept):
        problem = expect_problem(listed.get("/v1/articles", accept=accept), 406, "not-acceptable")
        assert problem["available"] == ["application/json", *(form.media_type for form in FORMS)]

    @each_form
    @pytest.mark.parametrize("parameter", ["charset=utf-8", "header=present", "type=feed;q=0.5"])
    def test_parameters_of_a_media_type_make_no_difference(self, listed, form, parameter):
        response = listed.get("/v1/articles", accept=f"{form.media_type};{parameter}")
        assert response.headers["Content-Type"] == form.content_type

    @pytest.mark.parametrize("name", ["html", "jsonld", "CSV"])
    def test_a_form_that_there_is_not_is_406_with_those_that_there_are(self, listed, name):
        problem = expect_problem(listed.get(f"/v1/articles?format={name}"), 406, "not-acceptable")
        assert faults_of(problem) == {("format", "not-allowed")}
        assert problem["formats"] == list(LIST_FORMATS)
        assert all(form in problem["detail"] for form in LIST_FORMATS)

    @pytest.mark.parametrize("query", ["format=", "format=csv&format=csv"])
    def test_no_form_and_two_of_them_are_400(self, listed, query):
        problem = expect_problem(listed.get(f"/v1/articles?{query}"), 400, "invalid-parameter")
        assert {at for at, _ in faults_of(problem)} == {"format"}


class TestPages:
    @each_form
    def test_it_holds_what_the_json_page_holds_in_its_order(self, listed, form):
        ids = [article["id"] for article in listed.read("/v1/articles?sort=title")["data"]]
        assert ids_in(form.name, listed.get(f"/v1/articles?sort=title&format={form.name}").data) == ids
        some = listed.get(f"/v1/articles?sort=title&license=CC-BY-ND-4.0&format={form.name}")
        assert ids_in(form.name, some.data) == ids[:1]

    @each_form
    def test_its_pages_follow_one_another_by_link(self, listed, form):
        met, address = [], "/v1/articles?limit=2"
        while address:
            response = listed.get(address, accept=form.media_type if not met else "*/*")
            met += ids_in(form.name, response.data)
            found = NEXT.search(response.headers["Link"])
            address = found[1] if found else None
        assert met == [article["id"] for article in listed.walk("/v1/articles?limit=2")]

    @each_form
    def test_a_cursor_of_a_json_page_fits_and_a_wrong_one_does_not(self, listed, form):
        following = listed.read("/v1/articles?limit=2")["page"]["next"]
        assert len(ids_in(form.name, listed.get(f"{following}&format={form.name}").data)) == 2
        expect_problem(listed.get(f"{following}&format={form.name}&sort=title"), 400, "invalid-cursor")

    @each_form
    def test_it_has_the_headers_of_a_list_and_names_the_license_of_the_records(self, listed, form):
        response = listed.get(f"/v1/articles?format={form.name}&sort=id")
        assert CC0 in response.headers["Link"]
        assert "ETag" not in response.headers
        assert "Accept" in response.headers["Vary"]
        assert int(response.headers["Feed-Seq"]) > 0
        head = listed.head(f"/v1/articles?format={form.name}&sort=id")
        assert head.headers["Content-Length"] == response.headers["Content-Length"]

    @each_form
    def test_a_page_costs_one_query_and_a_feed_one_more_for_its_sources(self, api, statements, form):
        api.created("/v1/articles", moth())
        reader = api.with_key(None)
        statements.clear()
        assert reader.get(f"/v1/articles?format={form.name}").status_code == 200
        assert len(statements) == (2 if form.is_feed else 1)


class TestLinks:
    @pytest.mark.parametrize("name", LIST_FORMATS)
    def test_each_form_names_the_others_with_the_same_filters(self, listed, name):
        query = "license=CC-BY-4.0&sort=title"
        links = listed.get(f"/v1/articles?{query}&format={name}").headers["Link"]
        found = dict(re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', links))
        others = [form for form in LIST_FORMATS if form != name]
        assert list(found) == [f"/v1/articles?{query}&format={form}" for form in others]
        for address, type in found.items():
            assert listed.get(address).mimetype == type
        assert CC0 in links

    def test_head_has_them_and_so_has_a_list_that_is_asked_for_by_accept(self, listed):
        links = listed.get("/v1/articles?limit=2").headers["Link"]
        assert listed.head("/v1/articles?limit=2").headers["Link"] == links
        assert '</v1/articles?limit=2&format=atom>; rel="alternate"; type="application/atom+xml"' in links
        feed = listed.get("/v1/articles", accept="application/rss+xml").headers["Link"]
        assert '</v1/articles?format=json>; rel="alternate"; type="application/json"' in feed
        assert "format=rss" not in feed

    def test_what_only_json_takes_is_left_out_of_them(self, listed):
        links = listed.get("/v1/articles?fields=title&count=exact&limit=2").headers["Link"]
        assert '</v1/articles?limit=2&format=csv>; rel="alternate"' in links

    def test_a_query_as_long_as_a_page_fills_no_header(self, listed):
        links = listed.get(f"/v1/articles?title[prefix]={'x' * 1001}").headers["Link"]
        assert links == CC0

    def test_other_lists_name_the_license_of_the_records(self, listed):
        for path in ("/v1/sources", "/v1/licenses?limit=1"):
            assert CC0 in listed.get(path).headers["Link"]


class TestEmpty:
    def test_a_table_without_rows_still_has_its_header(self, shared_api):
        body = shared_api.get("/v1/articles?format=csv&source=nobody").data
        assert body == ",".join(COLUMNS).encode() + b"\r\n"

    def test_no_lines_are_no_bytes(self, shared_api):
        response = shared_api.get("/v1/articles?format=ndjson&source=nobody")
        assert (response.status_code, response.data) == (200, b"")

    @pytest.mark.parametrize("name", ["atom", "rss"])
    def test_a_feed_without_items_is_a_feed(self, shared_api, name):
        body = shared_api.get(f"/v1/articles?format={name}&source=nobody").data
        assert ids_in(name, body) == []
        assert re.search(rb"<updated>[^<]+Z</updated>|<lastBuildDate>[^<]+</lastBuildDate>", body)


class TestFields:
    def test_lines_are_trimmed_as_documents_are(self, listed):
        lines = listed.get("/v1/articles?format=ndjson&fields=license.id&sort=title").data.splitlines()
        assert [list(json.loads(line)) for line in lines] == [["id", "version", "license"]] * 5

    @pytest.mark.parametrize("name", ["csv", "atom", "rss"])
    def test_what_has_columns_or_elements_of_its_own_takes_no_fields(self, listed, name):
        problem = expect_problem(listed.get(f"/v1/articles?format={name}&fields=title"), 400, "invalid-parameter")
        assert faults_of(problem) == {("fields", "invalid")}

    @each_form
    def test_a_count_has_no_place_there(self, listed, form):
        problem = expect_problem(listed.get(f"/v1/articles?format={form.name}&count=exact"), 400, "invalid-parameter")
        assert faults_of(problem) == {("count", "invalid")}


class TestContent:
    def test_a_cell_that_a_spreadsheet_would_run_is_harmless(self, listed):
        rows = csv.DictReader(io.StringIO(listed.get("/v1/articles?format=csv&sort=title").text))
        assert [row["title"] for row in rows] == [f"'={number}" for number in range(5)]

    def test_a_feed_has_absolute_addresses_and_the_last_change_of_its_items(self, listed):
        body = listed.get("/v1/articles?format=atom&limit=2&sort=title", host="registry.example").data
        feed = etree.fromstring(body)
        links = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}link")}
        assert links["self"] == "http://registry.example/v1/articles?format=atom&limit=2&sort=title"
        assert links["next"].startswith("http://registry.example/v1/articles?")
        assert feed.findtext(f"{ATOM}updated") == max(item.text for item in feed.iterfind(f"{ATOM}entry/{ATOM}updated"))

    def test_a_feed_that_accept_chose_names_an_address_that_gives_it_again(self, listed):
        feed = etree.fromstring(listed.get("/v1/articles", accept="application/atom+xml").data)
        address = next(link.get("href") for link in feed.iterfind(f"{ATOM}link") if link.get("rel") == "self")
        assert address.endswith("/v1/articles?format=atom")

    def test_every_item_has_its_own_license_and_the_feed_has_none(self, listed):
        feed = etree.fromstring(listed.get("/v1/articles?format=atom&sort=title").data)
        found = [link.get("href") for link in feed.iterfind(f"{ATOM}entry/{ATOM}link") if link.get("rel") == "license"]
        assert [url.split("/")[4] for url in found] == ["by-nd", "by", "by", "by", "by"]
        assert not [link for link in feed.iterfind(f"{ATOM}link") if link.get("rel") == "license"]
        assert "CC0" in feed.findtext(f"{ATOM}subtitle")
