"""The credit of an article over HTTP."""

import re

import orjson
import pytest

from service.core.attribution import CHANGES, LANGUAGES
from service.formats.documents.attribution import VIEWS
from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lighthouse

MEMBERS = {
    "text", "html", "markdown", "short", "spoken", "jsonld", "lang", "dir", "required", "requested", "optional",
    "missing", "omitted", "parts", "license", "rule_set", "as_of",
}  # fmt: skip
ISOLATES = re.compile("[\u2066-\u2069]")


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


@pytest.fixture(scope="module")
def credit(shared_api: Api) -> str:
    """The path of the credit of an article with everything in it."""
    return str(shared_api.created("/v1/articles", lighthouse())["links"]["attribution"])


@pytest.fixture(scope="module")
def agency(shared_api: Api) -> str:
    """The path of the credit of an article of an agency that licenses all of its content."""
    article = {
        "url": "https://agency.example/news/486556",
        "title": "Bread prices fall in the north",
        "source": {"name": "Mehr News Agency", "url": "https://mehr.example/"},
        "language": "en",
        "published_at": "2023-07-05",
        "license": "CC-BY-4.0",
    }
    return str(shared_api.created("/v1/articles", article)["links"]["attribution"])


def test_it_has_every_view_and_every_list(api, credit):
    response = api.get(credit)
    answer = response.json
    assert response.headers["Content-Type"] == "application/json"
    assert answer.keys() == MEMBERS
    assert (answer["lang"], answer["dir"], answer["rule_set"]) == ("en", "ltr", "2026-11")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", answer["as_of"])
    for name in ("required", "requested", "optional", "missing", "omitted"):
        assert all(item.keys() == {"element", "clause", "text"} for item in answer[name])
    for words in ("Ines Albright", "The Harbour Trust", "CC BY-SA 3.0"):
        assert words in answer["text"]
        assert words in answer["html"]
        assert words in answer["short"]
    assert 'rel="license"' in answer["html"]
    assert answer["license"]["id"] == "CC-BY-SA-3.0"


@pytest.mark.parametrize(
    ("format", "media_type"),
    [
        ("text", "text/plain; charset=utf-8"),
        ("html", "text/html; charset=utf-8"),
        ("markdown", "text/markdown; charset=utf-8"),
        ("short", "text/plain; charset=utf-8"),
        ("spoken", "text/plain; charset=utf-8"),
        ("jsonld", "application/ld+json"),
    ],
)
def test_one_view_is_given_bare(api, credit, format, media_type):
    whole = api.read(credit)
    response = api.get(f"{credit}?format={format}")
    assert response.headers["Content-Type"] == media_type
    assert (orjson.loads(response.data) if format == "jsonld" else response.text) == whole[format]
    assert "Accept" in response.headers["Vary"]


def test_every_view_can_be_given_bare(api, credit):
    assert all(api.get(f"{credit}?format={format}").status_code == 200 for format in VIEWS)


@pytest.mark.parametrize("format", ["text", "html", "markdown", "jsonld"])
def test_accept_names_a_view_as_well(api, credit, format):
    bare = api.get(f"{credit}?format={format}")
    response = api.get(credit, accept=bare.mimetype)
    assert (response.headers["Content-Type"], response.data) == (bare.headers["Content-Type"], bare.data)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/*", "text/html;q=0.1, application/json"])
def test_json_is_the_default(api, credit, accept):
    assert api.get(credit, accept=accept).mimetype == "application/json"


@pytest.mark.parametrize("accept", ["text/plain; charset=utf-8", "text/plain;format=flowed, image/png"])
def test_parameters_of_a_media_type_make_no_difference(api, credit, accept):
    assert api.get(credit, accept=accept).data == api.get(f"{credit}?format=text").data


def test_what_is_not_there_is_406_with_the_list(api, credit):
    for response in (api.get(credit, accept="image/png"), api.get(f"{credit}?format=pdf")):
        problem = expect_problem(response, 406, "not-acceptable")
        types = ["application/json", "text/plain", "text/html", "text/markdown", "application/ld+json"]
        assert problem["available"] == types
    assert set(problem["formats"]) == {"json", *VIEWS}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("format=", "format"),
        ("changes=", "changes"),
        ("changed_by=%20", "changed_by"),
        (f"changes={'x' * 501}", "changes"),
        ("medium=radio", "medium"),
        ("style=poem", "style"),
        ("into=french!", "into"),
    ],
)
def test_a_bad_parameter_is_400(api, credit, query, parameter):
    problem = expect_problem(api.get(f"{credit}?{query}"), 400, "invalid-parameter")
    assert faults_of(problem) == {(parameter, "invalid")}


@pytest.mark.parametrize("lang", ["xx", "sw", "nl-BE", "de_AT", "", "%D8%AA"])
def test_a_language_without_credits_is_422_with_the_list(api, credit, lang):
    problem = expect_problem(api.get(f"{credit}?lang={lang}"), 422, "validation-failed")
    assert faults_of(problem) == {("lang", "unknown-language")}
    assert ", ".join(LANGUAGES) in problem["detail"]


def test_all_faults_are_told_at_once_and_those_that_cannot_be_read_first(api, credit):
    problem = expect_problem(api.get(f"{credit}?lang=xx&medium=radio&style=poem"), 400, "invalid-parameter")
    assert faults_of(problem) == {("lang", "unknown-language"), ("medium", "invalid"), ("style", "invalid")}


@pytest.mark.parametrize(
    ("asked", "given"), [("de", "de"), ("de-AT", "de"), ("PT-br", "pt"), ("zh-Hant", "zh"), ("fa-AF", "fa")]
)
def test_a_language_is_matched_by_its_base_and_the_answer_says_which_it_is(api, credit, asked, given):
    answer = api.read(f"{credit}?lang={asked}")
    assert answer["lang"] == given
    assert f'lang="{given}"' in answer["html"]


def test_the_article_of_an_agency_is_credited_in_german(api, agency):
    answer = api.read(f"{agency}?lang=de")
    assert answer["text"] == (
        "„Bread prices fall in the north“ (Mehr News Agency), https://agency.example/news/486556, ist lizenziert unter "
        "Namensnennung 4.0 International (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/."
    )
    assert (answer["lang"], answer["dir"]) == ("de", "ltr")


def test_the_article_of_an_agency_is_credited_in_persian(api, agency):
    answer = api.read(f"{agency}?lang=fa")
    assert ISOLATES.sub("", answer["text"]) == (
        "«Bread prices fall in the north» از Mehr News Agency، به نشانی https://agency.example/news/486556، با مجوز "
        "«ارجاع 4.0 بینالمللی» (CC BY 4.0) به نشانی https://creativecommons.org/licenses/by/4.0/ منتشر شده است."
    )
    assert (answer["lang"], answer["dir"]) == ("fa", "rtl")
    assert 'dir="rtl"' in answer["html"]
    assert "\u2066https://agency.example/news/486556\u2069" in answer["text"]


@pytest.mark.parametrize("changes", CHANGES)
def test_what_the_reuser_changed_is_said(api, agency, changes):
    plain, changed = api.read(agency), api.read(f"{agency}?changes={changes}&changed_by=Mia%20Sund")
    assert changed["text"].removeprefix(plain["text"]).endswith("by Mia Sund.")


def test_a_translation_names_its_language(api, agency):
    text = api.read(f"{agency}?changes=translated&into=fr-CA&changed_by=Mia%20Sund")["text"]
    assert text.endswith(". Translated into Canadian French by Mia Sund.")


def test_the_medium_chooses_what_the_text_is(api, credit):
    web = api.read(credit)
    assert api.read(f"{credit}?medium=web")["text"] == web["text"]
    assert api.read(f"{credit}?medium=social")["text"] == web["short"]
    assert api.read(f"{credit}?medium=audio")["text"] == web["spoken"]
    printed = api.read(f"{credit}?medium=print")
    assert printed["text"] == web["text"]
    assert ">https://creativecommons.org/licenses/by-sa/3.0/</a>" in printed["html"]
    assert ">https://creativecommons.org/licenses/by-sa/3.0/</a>" not in web["html"]


def test_news_say_where_and_when_the_article_first_appeared(api, agency):
    assert api.get(f"{agency}?style=news&format=text").text == (
        "“Bread prices fall in the north” first appeared on Mehr News Agency on July 5, 2023 and is republished here "
        "under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). "
        "Read the original: https://agency.example/news/486556"
    )


def test_parts_have_their_own_credits_and_uncleared_ones_are_missing(api):
    cleared = {"kind": "image", "title": "The lamp", "creator": "Tomás Ferreira", "license": "CC-BY-NC-4.0"}
    article = another_moth(license="CC-BY-4.0", creators=["Ines"], parts=[cleared, {"kind": "chart"}])
    made = api.created("/v1/articles", article)
    answer = api.read(made["links"]["attribution"])
    assert [(part["index"], part["license"]["id"]) for part in answer["parts"]] == [(0, "CC-BY-NC-4.0")]
    assert answer["text"].splitlines()[1:] == [answer["parts"][0]["text"]]
    assert [(item["element"], item["text"].partition(":")[0]) for item in answer["missing"]] == [("license", "Chart 2")]
    assert [warning["pointer"] for warning in made["warnings"]] == ["/parts/1/license"]


def test_bare_linked_data_can_stand_in_a_script_element(api):
    title = "</script><script>alert(1)</script><!--"
    path = api.created("/v1/articles", another_moth(title=title))["links"]["attribution"]
    bare = api.get(f"{path}?format=jsonld")
    assert b"<" not in bare.data
    assert orjson.loads(bare.data)["name"] == title


def test_the_etag_is_of_this_view(api, credit):
    names = ("json", *VIEWS)
    tags = {api.get(f"{credit}?format={name}").headers["ETag"] for name in names}
    assert len(tags) == len(names)
    assert all(tag.startswith('"1-') for tag in tags)
    for name in ("json", "text"):
        tag = api.get(f"{credit}?format={name}").headers["ETag"]
        assert api.get(f"{credit}?format={name}", if_none_match=tag).status_code == 304
        assert api.get(f"{credit}?format=html", if_none_match=tag).status_code == 200


@pytest.mark.parametrize("name", ["json", "text"])
def test_if_match_compares_the_version_alone(api, credit, name):
    tag = api.get(f"{credit}?format={name}").headers["ETag"]
    assert api.get(credit, if_match=tag).status_code == 200
    assert api.get(credit, if_match='"1"').status_code == 200
    expect_problem(api.get(credit, if_match='"2"'), 412, "precondition-failed")


def test_it_is_gone_with_its_article(api):
    article = api.created("/v1/articles", another_moth())
    api.delete(article["links"]["self"], if_match="*")
    expect_problem(api.get(article["links"]["attribution"]), 410, "gone")


def test_of_no_article_it_is_not_found(api):
    expect_problem(api.get("/v1/articles/01900000-0000-7000-8000-000000000000/attribution"), 404, "not-found")


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "](x)", "{creators}", "two\nlines", "\u2067x\u2069", "&amp;"]
)
def test_no_title_breaks_a_view(api, title):
    path = api.created("/v1/articles", another_moth(title=title, license="CC-BY-4.0"))["links"]["attribution"]
    answer = api.read(path)
    assert "<script>" not in answer["html"]
    for view in ("text", "short", "spoken"):
        assert "\n" not in answer[view]


def test_head_is_get_without_the_body(api, credit):
    one, two = api.get(f"{credit}?format=text"), api.head(f"{credit}?format=text")
    assert two.status_code == 200
    for name in ("ETag", "Content-Type", "Content-Length", "Vary"):
        assert one.headers[name] == two.headers[name]


def test_the_party_of_a_source_is_credited_and_a_change_of_it_changes_the_tag(api):
    source = api.created("/v1/sources", {"name": "Tidal Wire", "credit": "Tidal Wire Desk"})["links"]["self"]
    path = api.created("/v1/articles", another_moth(source="tidal-wire", license="CC-BY-4.0"))["links"]["attribution"]
    first = api.get(path)
    assert "Tidal Wire Desk" in first.json["text"]
    assert ("credit", "Tidal Wire Desk") in [(x["element"], x["text"]) for x in first.json["required"]]
    assert "creators" in [x["element"] for x in first.json["missing"]]
    changed = {"name": "Tidal Wire", "credit": "The Night Desk"}
    assert api.put(source, changed, if_match="*").status_code == 200
    second = api.get(path, if_none_match=first.headers["ETag"])
    assert second.status_code == 200
    assert "The Night Desk" in second.json["text"]
    assert api.get(path, if_none_match=second.headers["ETag"]).status_code == 304
