"""Filters, orders and what else a list of articles can be asked for."""

from urllib.parse import quote

import pytest

from service.core.catalogue import LICENSES
from service.core.listings import FILTERS
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, courier

URL = "https://lantern.example/list/one"
CAST = {
    "one": {"url": URL, "language": "en-GB", "license": "CC-BY-4.0", "published_at": "2024-05-04T10:00:00Z",
            "creators": ["Ínes Albright", "Tomás"], "keywords": ["Whistling", "moths"],
            "identifiers": [{"scheme": "doi", "value": "10.1000/182"}]},
    "two": {"language": "fa", "license": "CC-BY-SA-3.0", "published_at": "2024-05", "creators": ["Lucía"],
            "status": "retracted", "source": "harbour-courier"},
    "three": {"license": "CC BY", "published_at": "2023", "keywords": ["moths"], "source": "harbour-courier"},
    "four": {"identifiers": [{"scheme": "urn", "value": "urn:isbn:0451450523"}]},
}  # fmt: skip


@pytest.fixture(scope="module")
def listed(shared_api: Api) -> Api:
    """A client of an application with four articles, called one to four."""
    shared_api.created("/v1/sources", courier(policies=[]))
    for title, members in CAST.items():
        shared_api.created("/v1/articles", another_moth(title=title, **members))
    return shared_api


def titles(api: Api, query: str) -> str:
    return " ".join(article["title"] for article in api.walk(f"/v1/articles?{query}"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "one two three four"),
        ("source=harbour-courier", "two three"),
        ("source[ne]=harbour-courier", "one four"),
        ("source[in]=harbour-courier,the-lantern", "one two three four"),
        ("source=nobody", ""),
        ("license=CC-BY-4.0", "one"),
        ("license=cc-by-4.0", "one"),
        ("license=" + quote("https://creativecommons.org/licenses/by-sa/3.0/", safe=""), "two"),
        ("license[in]=CC-BY-4.0,CC-BY-SA-3.0", "one two"),
        ("license[ne]=CC-BY-4.0", "two three four"),
        ("license[exists]=false", "three four"),
        ("license.unit=by", "one three"),
        ("license.unit=BY", "one three"),
        ("license.unit[in]=By,BY-SA", "one two three"),
        ("license.unit[ne]=%20by%20", "two four"),
        ("license.unit=zero", ""),
        ("license.status=known", "one two"),
        ("license.status[in]=unversioned,unknown", "three four"),
        ("language=en-gb", "one"),
        ("language[exists]=true", "one two"),
        ("language[ne]=fa", "one three four"),
        ("creator=ines%20albright", "one"),
        ("creator[prefix]=lu", "two"),
        ("creator[exists]=false", "three four"),
        ("keyword=MOTHS", "one three"),
        ("keyword[ne]=moths", "two four"),
        ("keyword[prefix]=whistl", "one"),
        ("identifier=doi:10.1000/182", "one"),
        ("identifier=DOI:10.1000/182", "one"),
        ("identifier=https://doi.org/10.1000/182", "one"),
        ("identifier[in]=doi:10.1000/1,HTTP://dx.doi.org/10.1000%2F182", "one"),
        ("identifier[ne]=https://doi.org/10.1000/182", "two three four"),
        ("identifier=urn:isbn:0451450523", "four"),
        ("identifier=URN:urn:ISBN:0451450523", "four"),
        ("identifier=partner:a:b", ""),
        ("status=retracted", "two"),
        ("status[ne]=retracted", "one three four"),
        ("url=" + quote("HTTPS://lantern.example:443/list/one?utm_source=x", safe=""), "one"),
        ("url[prefix]=" + quote("https://lantern.example/list/", safe=""), "one"),
        ("title[prefix]=T", "two three"),
        ("published_at=2024-05-04", "one"),
        ("published_at=2024-05", "one two"),
        ("published_at=2024", "one two"),
        ("published_at[lt]=2024", "three"),
        ("published_at[lte]=2024", "one two three"),
        ("published_at[gt]=2023", "one two"),
        ("published_at[gte]=2023", "one two three"),
        ("published_at[gt]=2024-05-04", ""),
        ("published_at[ne]=2024", "three four"),
        ("published_at[exists]=false", "four"),
        ("published_at[in]=2023,2024-05-04", "one three"),
        ("source=harbour-courier&license.status=known", "two"),
        ("sort=published_at", "three two one four"),
        ("sort=title", "four one three two"),
        ("sort=-title", "two three one four"),
        ("sort=created_at", "one two three four"),
        ("sort=-updated_at", "four three two one"),
        ("sort=id&limit=1", "one two three four"),
    ],
)
def test_a_filter_or_an_order_gives_these(listed, query, expected):
    assert titles(listed, query) == expected
    separator = "&" if query else ""
    if "limit" not in query:
        assert titles(listed, f"{query}{separator}limit=1") == expected, "page by page"


@pytest.mark.parametrize(
    "query",
    [
        "license=CC-BY-9.9", "license.status=fine", "published_at=soon", "published_at[gt]=2024-01-01T00:00:00",
        "sort=mood", "sort=", "count=some", "fields=titel", "fields=", "source=", "language=x%20y", "identifier=x",
        "identifier=https://lantern.example/182",
        "identifier[in]=doi:10.1000/182,http://x", "identifier=a%20b:c", "license.unit=foo", "license.unit=cc0",
        "license.unit[in]=by,sb", "url=x", "status=draft", "license[exists]=maybe", "source[in]=", "keyword=",
    ],
)  # fmt: skip
def test_a_bad_value_is_refused(listed, query):
    problem = expect_problem(listed.get(f"/v1/articles?{query}"), 400, "invalid-parameter")
    assert {at for at, _ in faults_of(problem)} == {query.partition("=")[0]}


def test_an_unknown_unit_is_refused_with_those_that_there_are(listed):
    problem = expect_problem(listed.get("/v1/articles?license.unit=cc0"), 400, "invalid-parameter")
    assert all(license.unit in problem["detail"] for license in LICENSES)


@pytest.mark.parametrize("field", FILTERS)
def test_a_field_alone_and_its_eq_are_one_filter(listed, field):
    problem = expect_problem(listed.get(f"/v1/articles?{field}=a&{field}[eq]=a"), 400, "invalid-parameter")
    assert (f"{field}[eq]", "repeated") in faults_of(problem)


@pytest.mark.parametrize(
    "query", ["colour=red", "language[like]=e", "url[gt]=x", "source[prefix]=h", "license.color=x"]
)
def test_an_unknown_field_or_operator_is_refused(listed, query):
    assert listed.get(f"/v1/articles?{query}").status_code == 400
    assert listed.get(f"/v1/articles?{query}").json["type"] in (
        "/v1/problems/unknown-parameter", "/v1/problems/invalid-parameter",
    )  # fmt: skip


def test_in_takes_up_to_100_values(listed):
    assert titles(listed, "keyword[in]=" + ",".join(["moths", *(f"k{n}" for n in range(99))])) == "one three"
    query = "keyword[in]=" + ",".join(f"k{n}" for n in range(101))
    expect_problem(listed.get(f"/v1/articles?{query}"), 400, "invalid-parameter")


def test_fields_trims_and_id_and_version_stay(listed):
    item = listed.read("/v1/articles?fields=title,license.id&limit=1")["data"][0]
    assert item == {"id": item["id"], "version": 1, "title": "one", "license": {"id": "CC-BY-4.0"}}


def test_fields_reaches_into_links_and_every_other_object(listed):
    whole = listed.read("/v1/articles?limit=1&language=en-gb")["data"][0]
    assert "self" in whole["links"]
    for member, value in whole.items():
        for name in value if isinstance(value, dict) else ():
            item = listed.read(f"/v1/articles?limit=1&language=en-gb&fields={member}.{name}")["data"][0]
            assert item == {"id": whole["id"], "version": 1, member: {name: value[name]}}


@pytest.mark.parametrize("count", ["exact", "bounded"])
def test_a_count_is_given_where_it_is_asked_for(listed, count):
    page = listed.read(f"/v1/articles?source=harbour-courier&limit=1&count={count}")
    assert page["count"] == {"value": 2, "relation": "eq"}
    assert "count" not in listed.read("/v1/articles")


@pytest.mark.parametrize("other", ["sort=title", "source=the-lantern", "sort=published_at", "keyword=moths"])
def test_a_cursor_belongs_to_its_filter_and_order(listed, other):
    following = listed.read("/v1/articles?limit=1")["page"]["next"]
    expect_problem(listed.get(f"{following}&{other}"), 400, "invalid-cursor")


class TestUpsert:
    """``?on_conflict=update`` registers an article or replaces the one that has its URL."""

    def test_it_creates_then_replaces_then_leaves(self, shared_api):
        article = another_moth(license="CC-BY-4.0")
        one = shared_api.post("/v1/articles?on_conflict=update", article)
        two = shared_api.post("/v1/articles?on_conflict=update", {**article, "title": "New", "license": None})
        three = shared_api.post("/v1/articles?on_conflict=update", {**article, "title": "New"})
        assert [response.status_code for response in (one, two, three)] == [201, 200, 200]
        assert [response.headers["ETag"] for response in (one, two, three)] == ['"1"', '"2"', '"2"']
        assert two.json["id"] == one.json["id"]
        assert two.json["license"] == one.json["license"], "absence never touches the ledger"

    def test_it_takes_update_or_fail(self, shared_api):
        expect_problem(shared_api.post("/v1/articles?on_conflict=ignore", another_moth()), 400, "invalid-parameter")
