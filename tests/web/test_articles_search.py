"""Searching, counting and sharing the address of what was found."""

from urllib.parse import quote

import pytest

from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, courier

CAST = {
    "one": {"title": "Red moths in Gilan", "summary": "A report.", "license": "CC-BY-4.0", "language": "en",
            "published_at": "2024-01-01", "keywords": ["whistling"]},
    "two": {"title": "Lamps", "summary": "Why red moths come.", "license": "CC-BY-NC-4.0", "language": "en",
            "published_at": "2024-05-04", "creators": ["Ínes Albright"], "source": "harbour-courier"},
    "three": {"title": "روزنامه‌نگار و كتاب", "license": "CC BY", "language": "fa", "published_at": "2023"},
    "four": {"title": "新聞社の記事", "language": "ja", "published_at": "2022"},
    "five": {"title": "L’état des moths", "license": "CC-BY-4.0", "language": "fr", "published_at": "2025"},
}  # fmt: skip


@pytest.fixture(scope="module")
def shelf(shared_api: Api) -> Api:
    """A client of an application with five articles."""
    shared_api.created("/v1/sources", courier(policies=[]))
    for name, members in CAST.items():
        shared_api.created("/v1/articles", another_moth(section=name, **members))
    return shared_api


def names(api: Api, query: str) -> str:
    return " ".join(article["section"] for article in api.walk(f"/v1/articles?{query}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moths", "five one two"),
        ("MOTHS red", "one two"),
        ('"red moths"', "one two"),
        ('"moths red"', ""),
        ("moths -red", "five"),
        ("-moths", "three four"),
        ("mot*", "five one two"),
        ("etat", "five"),
        ("ÉTAT", "five"),
        ("ines albright", "two"),
        ("Whistling", "one"),
        ("کتاب", "three"),
        ("كتاب", "three"),
        ("روزنامه‌نگار", "three"),
        ("روزنامهنگار", "three"),
        ("روزنامه نگار", "three"),
        ("聞社", "four"),
        ("記", "four"),
        ("新聞 記事", "four"),
        ("", "five two one three four"),
        ("  ", "five two one three four"),
        ("!?", ""),
        ("no such word", ""),
    ],
)
def test_a_search_finds_words_first_in_titles_then_elsewhere(shelf, text, expected):
    assert names(shelf, f"q={quote(text, safe='')}") == expected
    assert names(shelf, f"q={quote(text, safe='')}&limit=1") == expected


@pytest.mark.parametrize(
    "text",
    ["'", '"', '""', "-", "*", "(", ")", "AND", "OR NOT", "NEAR(a b)", "a:b", "{title}: x", "^a", "\\", "%", "_",
     "&|!<->", "':*", "a" * 256, "😀", "\u202e", "\x01", "\ufffe", "-" * 256, '"' * 255, "x " * 128, "-x " * 85,
     "新" * 256],
)  # fmt: skip
def test_no_text_is_an_error(shelf, text):
    assert shelf.get(f"/v1/articles?q={quote(text, safe='')}").status_code == 200


def test_a_text_that_is_too_long_is_an_error(shelf):
    problem = expect_problem(shelf.get("/v1/articles?q=" + "a" * 257), 400, "invalid-parameter")
    assert faults_of(problem) == {("q", "too-long")}


@pytest.mark.parametrize("text", ["a%00b", "%ff", "%ed%a0%80"])
def test_a_text_that_is_no_text_is_an_error(shelf, text):
    expect_problem(shelf.get(f"/v1/articles?q={text}"), 400, "invalid-encoding")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=moths&may=commercial,adapt", "five one"),
        ("q=moths&language=en", "one two"),
        ("q=moths&source=harbour-courier", "two"),
        ("q=moths&sort=-published_at", "five two one"),
        ("q=moths&sort=published_at", "one two five"),
        ("q=moths&sort=title", "two five one"),
        ("q=moths&sort=relevance", "five one two"),
        ("sort=relevance", "five two one three four"),
    ],
)
def test_a_search_goes_with_filters_and_orders(shelf, query, expected):
    assert names(shelf, query) == expected


def test_a_cursor_belongs_to_its_search(shelf):
    following = shelf.read("/v1/articles?q=moths&limit=1")["page"]["next"]
    assert "q=moths" in following
    expect_problem(shelf.get(following.replace("q=moths", "q=red")), 400, "invalid-cursor")


def test_what_is_found_is_counted_and_divided(shelf):
    page = shelf.read("/v1/articles?q=moths&count=exact&facet=license,language,source&limit=1")
    assert page["count"] == {"value": 3, "relation": "eq"}
    assert page["facets"]["license"] == {
        "buckets": [
            {"value": "CC-BY-4.0", "label": "CC BY 4.0", "count": 2},
            {"value": "CC-BY-NC-4.0", "label": "CC BY-NC 4.0", "count": 1},
        ],
        "missing": 0,
        "other": 0,
    }
    assert [bucket["label"] for bucket in page["facets"]["language"]["buckets"]] == ["English", "French"]
    assert page["facets"]["source"]["buckets"] == [
        {"value": "the-lantern", "label": "The Lantern", "count": 2},
        {"value": "harbour-courier", "label": "Harbour Courier", "count": 1},
    ]


def test_facets_of_everything_say_what_has_no_value(shelf):
    facets = shelf.read("/v1/articles?facet=license,license.unit")["facets"]
    assert (facets["license"]["missing"], facets["license.unit"]["missing"]) == (2, 1)
    assert facets["license.unit"]["buckets"][0] == {"value": "by", "label": "CC BY", "count": 3}


def test_facets_give_twenty_values_and_the_sum_of_the_others(shared_api):
    for number in range(22):
        for _ in range(1 + (number == 5)):
            shared_api.created("/v1/articles", another_moth(language=f"x-{number}", keywords=["many"]))
    facet = shared_api.read("/v1/articles?keyword=many&facet=language")["facets"]["language"]
    assert len(facet["buckets"]) == 20
    assert facet["buckets"][0] == {"value": "x-5", "label": "x-5", "count": 2}
    assert (facet["missing"], facet["other"]) == (0, 2)


@pytest.mark.parametrize("facet", ["", "title", "source,license,language,license.unit", "source,,license", "sources"])
def test_a_facet_that_there_is_not_is_an_error(shelf, facet):
    problem = expect_problem(shelf.get(f"/v1/articles?facet={facet}"), 400, "invalid-parameter")
    assert "license.unit" in problem["detail"]


@pytest.mark.parametrize("format", ["csv", "ndjson", "atom", "rss"])
def test_a_search_has_every_form_and_facets_are_for_json(shelf, format):
    answer = shelf.get(f"/v1/articles?q=etat&format={format}")
    assert "état des moths" in answer.get_data(as_text=True)
    expect_problem(shelf.get(f"/v1/articles?facet=source&format={format}"), 400, "invalid-parameter")


def test_an_export_takes_a_search(shelf):
    assert len(shelf.get("/v1/export/articles?q=moths").get_data().splitlines()) == 3
    by_relevance = shelf.get("/v1/export/articles?q=moths&sort=relevance&format=csv").get_data(as_text=True)
    assert by_relevance.index("état") < by_relevance.index("Red moths in Gilan") < by_relevance.index("Lamps")
    expect_problem(shelf.get("/v1/export/articles?facet=source"), 400, "invalid-parameter")
