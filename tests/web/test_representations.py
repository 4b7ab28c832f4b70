"""An article over HTTP in the forms that other systems speak."""

import json
import re
from typing import Any
from urllib.parse import urljoin

import html5lib
import pytest
from lxml import etree

from service.formats.representations import REPRESENTATIONS
from service.web.representations import FORMATS
from tests.api import Api, expect_problem, faults_of
from tests.factories import lighthouse, moth

FORMS = list(REPRESENTATIONS.values())
SA, ND = "https://creativecommons.org/licenses/by-sa/3.0/", "https://creativecommons.org/licenses/by-nd/4.0/"

H = "{http://www.w3.org/1999/xhtml}"

each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


@pytest.fixture(scope="module")
def lighthouse_article(shared_api: Api) -> dict[str, Any]:
    made = shared_api.created("/v1/articles", lighthouse(url="https://harbour.example/forms"))
    return {name: value for name, value in made.items() if name != "warnings"}


@pytest.fixture
def path(lighthouse_article: dict[str, Any]) -> str:
    return f"/v1/articles/{lighthouse_article['id']}"


def parse_links(header: str) -> list[tuple[str, str]]:
    """Relation and target of each link in a Link header."""
    return [(rel, target) for target, rel in re.findall(r'<([^>]+)>; rel="([^"]+)"', header)]


class TestChoice:
    @each_form
    def test_accept_and_format_choose_the_same_form(self, shared_api, path, form):
        by_header = shared_api.get(path, accept=form.media_type)
        by_name = shared_api.get(f"{path}?format={form.name}")
        assert by_header.status_code == by_name.status_code == 200
        assert by_header.data == by_name.data
        assert by_header.headers["Content-Type"] == by_name.headers["Content-Type"] == form.content_type

    @pytest.mark.parametrize(
        "accept",
        [None, "", "*/*", "application/json", "application/*", "text/plain, */*;q=0.1", "application/json;q=0.5"],
    )
    def test_json_is_what_comes_where_nothing_else_is_asked_for(self, shared_api, path, lighthouse_article, accept):
        response = shared_api.get(path, **({} if accept is None else {"accept": accept}))
        assert response.headers["Content-Type"] == "application/json"
        assert response.json == lighthouse_article

    def test_a_browser_gets_the_page(self, shared_api, path):
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
        response = shared_api.get(path, accept=accept)
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "script-src" not in response.headers["Content-Security-Policy"]

    def test_the_best_liked_form_wins(self, shared_api, path):
        response = shared_api.get(path, accept="application/x-bibtex;q=0.4, application/ld+json;q=0.9, */*;q=0.1")
        assert response.headers["Content-Type"] == "application/ld+json"

    def test_the_parameter_counts_for_more_than_the_header(self, shared_api, path):
        response = shared_api.get(f"{path}?format=ninjs", accept="application/ld+json")
        assert response.headers["Content-Type"] == "application/vnd.iptc.ninjs+json"
        assert shared_api.get(f"{path}?format=json", accept="text/html").headers["Content-Type"] == "application/json"

    @pytest.mark.parametrize("accept", ["image/png", "text/csv", "application/json;q=0"])
    def test_where_nothing_fits_all_forms_are_listed(self, shared_api, path, accept):
        problem = expect_problem(shared_api.get(path, accept=accept), 406, "not-acceptable")
        assert problem["available"] == ["application/json", *(form.media_type for form in FORMS)]

    @each_form
    @pytest.mark.parametrize(
        "parameter", ["charset=utf-8", 'profile="https://a.example/, x"', "version=4", "q=0.7;a=b"]
    )
    def test_parameters_of_a_media_type_make_no_difference(self, shared_api, path, form, parameter):
        response = shared_api.get(path, accept=f"image/png, {form.media_type}; {parameter}")
        assert response.headers["Content-Type"] == form.content_type

    @pytest.mark.parametrize(
        ("accept", "chosen"),
        [
            ("application/json;version=2;q=0.1, application/ld+json;profile=x;q=0.2", "application/ld+json"),
            ("application/json;q=0, */*;level=1", "application/ld+json"),
            ("application/*;q=0.9, application/ld+json;profile=x;q=0.1", "application/json"),
            ("application/ld+json;profile=x;q=0, application/ld+json;q=0.5", "application/ld+json"),
        ],
    )
    def test_weights_count_beside_other_parameters(self, shared_api, path, accept, chosen):
        assert shared_api.get(path, accept=accept).headers["Content-Type"] == chosen

    @pytest.mark.parametrize("name", ["csv", "atom", "JSONLD", "xml"])
    def test_a_form_that_there_is_not_is_406_with_those_that_there_are(self, shared_api, path, name):
        problem = expect_problem(shared_api.get(f"{path}?format={name}"), 406, "not-acceptable")
        assert faults_of(problem) == {("format", "not-allowed")}
        assert problem["formats"] == list(FORMATS)
        assert problem["available"] == ["application/json", *(form.media_type for form in FORMS)]
        assert all(form in problem["detail"] for form in FORMATS)

    @pytest.mark.parametrize(
        ("query", "code"), [("format=", "invalid"), ("format=%20", "invalid"), ("format=csl&format=csl", "repeated")]
    )
    def test_no_form_and_two_of_them_are_400(self, shared_api, path, query, code):
        problem = expect_problem(shared_api.get(f"{path}?{query}"), 400, "invalid-parameter")
        assert faults_of(problem) == {("format", code)}

    def test_fields_are_of_the_json_document_alone(self, shared_api, path):
        problem = expect_problem(shared_api.get(f"{path}?format=csl&fields=title"), 400, "invalid-parameter")
        assert faults_of(problem) == {("fields", "invalid")}
        assert shared_api.read(f"{path}?format=json&fields=title").keys() == {"id", "version", "title"}


class TestConditions:
    @each_form
    def test_each_form_has_a_strong_tag_of_its_own(self, shared_api, path, form):
        response = shared_api.get(f"{path}?format={form.name}")
        assert response.headers["ETag"] == f'"1-{form.name}"'
        assert "Accept" in response.headers["Vary"]
        assert response.headers["Cache-Control"] == shared_api.get(path).headers["Cache-Control"]

    @each_form
    def test_a_copy_that_is_present_is_304(self, shared_api, path, form):
        response = shared_api.get(path, accept=form.media_type, if_none_match=f'"0-x", "1-{form.name}"')
        assert (response.status_code, response.data) == (304, b"")
        assert response.headers["ETag"] == f'"1-{form.name}"'
        assert "Accept" in response.headers["Vary"]

    @pytest.mark.parametrize("tag", ['"1"', '"1-csl"', '"2-ninjs"'])
    def test_the_copy_of_another_form_or_state_is_none(self, shared_api, path, tag):
        assert shared_api.get(f"{path}?format=ninjs", if_none_match=tag).status_code == 200

    def test_the_tag_of_a_form_is_no_copy_of_the_document(self, shared_api, path):
        assert shared_api.get(path, if_none_match='"1-jsonld"').status_code == 200

    def test_a_copy_that_is_present_costs_no_document(self, api, statements):
        made = api.created("/v1/articles", moth())
        statements.clear()
        response = api.get(f"/v1/articles/{made['id']}?format=html", if_none_match='"1-html"')
        assert response.status_code == 304
        assert len(statements) == 1
        assert "a.document" not in statements[0]

    @each_form
    def test_a_form_costs_one_query(self, api, statements, form):
        made = api.created("/v1/articles", moth())
        statements.clear()
        assert api.get(f"/v1/articles/{made['id']}?format={form.name}").status_code == 200
        assert len(statements) == 1

    def test_if_match_compares_the_version(self, shared_api, path):
        assert shared_api.get(f"{path}?format=csl", if_match='"1"').status_code == 200
        expect_problem(shared_api.get(f"{path}?format=csl", if_match='"2"'), 412, "precondition-failed")

    def test_the_tag_of_a_form_lets_a_write_through(self, api):
        path = f"/v1/articles/{api.created('/v1/articles', moth())['id']}"
        tag = api.get(f"{path}?format=html").headers["ETag"]
        assert api.patch(path, {"section": "Science"}, if_match=tag).status_code == 200
        assert api.get(f"{path}?format=html").headers["ETag"] == '"2-html"'

    @each_form
    def test_head_has_the_headers_of_get(self, shared_api, path, form):
        got, head = (shared_api.send(method, f"{path}?format={form.name}") for method in ("GET", "HEAD"))
        for name in ("ETag", "Content-Type", "Link", "Vary", "Content-Length"):
            assert head.headers[name] == got.headers[name]


class TestAsOf:
    @pytest.fixture
    def turned(self, api: Api) -> str:
        """An article that was under one license until the end of 2023, and is under another since."""
        made = api.created("/v1/articles", moth(license={"id": "CC-BY-SA-3.0", "end": "2023-12-31"}))
        path = f"/v1/articles/{made['id']}"
        later = {"license": {"id": "CC-BY-ND-4.0", "start": "2024-01-01"}}
        tag = api.get(path).headers["ETag"]
        assert api.post(f"{path}/grants", later, if_match=tag).status_code == 201
        return path

    def test_a_form_shows_the_license_of_the_day(self, api, turned):
        for day, license in (("2023-12-31", SA), ("2024-01-01", ND)):
            assert json.loads(api.get(f"{turned}?format=jsonld&as_of={day}").data)["license"] == license
            links = api.get(f"{turned}?format=dc&as_of={day}").headers["Link"]
            assert f'<{license}>; rel="license"' in links

    def test_a_day_has_a_tag_of_its_own(self, api, turned):
        response = api.get(f"{turned}?format=csl&as_of=2023-12-31")
        assert response.headers["ETag"] == '"2-csl-as-of-20231231"'
        again = api.get(f"{turned}?format=csl&as_of=2023-12-31", if_none_match=response.headers["ETag"])
        assert (again.status_code, again.headers["ETag"]) == (304, response.headers["ETag"])
        assert api.get(f"{turned}?format=csl", if_none_match=response.headers["ETag"]).status_code == 200

    @pytest.mark.parametrize("name", FORMATS)
    def test_whoever_follows_its_links_stays_with_the_day(self, api, turned, name):
        links = parse_links(api.get(f"{turned}?format={name}&as_of=2023-12-31").headers["Link"])
        followed = [
            urljoin(turned, target) for rel, target in links if rel in ("alternate", "describedby", "describes")
        ]
        assert len(followed) > len(REPRESENTATIONS)
        for address in followed:
            links = parse_links(api.get(address).headers["Link"])
            assert [target for rel, target in links if rel == "license"] == [SA], address

    def test_the_page_of_a_day_leads_to_forms_of_that_day(self, api, turned):
        page = html5lib.parse(api.get(f"{turned}?format=html&as_of=2023-12-31").data, transport_encoding="utf-8")
        links = [link.get("href") for kind in ("a", "link") for link in page.iter(f"{H}{kind}")]
        forms = [link for link in links if "format=" in link]
        assert len(forms) > len(REPRESENTATIONS)
        assert all(link.startswith(f"{turned}?as_of=2023-12-31&format=") for link in forms)

    def test_the_policy_of_a_day_is_not_called_as_that_of_another_day(self, api, turned):
        addresses = [
            f"{turned}?format=odrl",
            *(f"{turned}?format=odrl&as_of={day}" for day in ("2023-12-31", "2022-01-01")),
        ]
        uids = [json.loads(api.get(address).data)["uid"] for address in addresses]
        assert uids[0].endswith("#policy-2")
        assert len(set(uids)) == 3

    def test_a_day_that_is_none_is_400(self, api, turned):
        expect_problem(api.get(f"{turned}?format=csl&as_of=2023"), 400, "invalid-parameter")


class TestTerms:
    """Where the terms stand is said alike for licenses and for other terms."""

    TERMS = "https://harbour.example/terms#reuse"

    @pytest.mark.parametrize("name", FORMATS)
    def test_other_terms_with_an_address_are_linked(self, api, name):
        made = api.created("/v1/articles", moth(license={"url": self.TERMS}))
        address = f"/v1/articles/{made['id']}?format={name}"
        for asked in (address, f"{address}&as_of=2030-01-01"):
            links = parse_links(api.get(asked).headers["Link"])
            assert [target for rel, target in links if rel == "license"] == [self.TERMS]

    def test_alternatives_are_all_linked(self, api):
        made = api.created("/v1/articles", moth(license=["CC-BY-ND-4.0", {"url": self.TERMS}]))
        links = parse_links(api.get(made["links"]["self"]).headers["Link"])
        assert [target for rel, target in links if rel == "license"] == [ND, self.TERMS]

    @pytest.mark.parametrize(
        "license", [None, "all-rights-reserved", "CC BY", {"statement": "Ask us."}, "CC BY 4.0 or CC BY-SA 4.0"]
    )
    def test_what_is_not_known_has_no_link(self, api, license):
        made = api.created("/v1/articles", moth(license=license))
        assert 'rel="license"' not in api.get(made["links"]["self"]).headers["Link"]

    @pytest.mark.parametrize("license", [{"url": TERMS}, "CC-BY-ND-4.0", ["CC-BY-ND-4.0", {"url": TERMS}]])
    def test_the_page_says_which_terms_the_article_is_under(self, api, license):
        made = api.created("/v1/articles", moth(license=license))
        page = html5lib.parse(api.get(f"/articles/{made['id']}").data, transport_encoding="utf-8")
        stated = {
            link.get("href")
            for about in page.iter(f"{H}dd")
            if about.get("about") == made["url"]
            for link in about.iter(f"{H}a")
            if link.get("rel") == "license"
        }
        assert stated == {item["url"] for item in made["licenses"]}


class TestMissing:
    @each_form
    def test_an_article_that_never_was_is_404(self, shared_api, form):
        path = f"/v1/articles/01900000-0000-7000-8000-000000000000?format={form.name}"
        expect_problem(shared_api.get(path), 404, "not-found")
        expect_problem(shared_api.get(f"{path}&as_of=2024-01-01"), 404, "not-found")

    def test_a_tombstone_is_410_in_every_form(self, api):
        path = f"/v1/articles/{api.created('/v1/articles', moth())['id']}"
        assert api.delete(path, if_match='"1"').status_code == 204
        for form in FORMS:
            expect_problem(api.get(f"{path}?format={form.name}"), 410, "gone")
            expect_problem(api.get(path, accept=form.media_type, if_none_match=f'"2-{form.name}"'), 410, "gone")


class TestContent:
    def test_links_to_the_service_follow_the_address_asked(self, shared_api, path):
        body = json.loads(shared_api.get(f"{path}?format=jsonld", host="registry.example").data)
        assert body["usageInfo"][0] == f"http://registry.example{path}/permission?use=republish"

    def test_the_license_of_the_record_is_the_one_configured(self, make_app):
        api = Api(make_app(metadata_license="CC-BY-4.0"))
        path = f"/v1/articles/{api.created('/v1/articles', moth())['id']}"
        body = json.loads(api.get(f"{path}?format=jsonld").data)
        assert body["sdLicense"] == "https://creativecommons.org/licenses/by/4.0/"

    def test_the_document_names_every_form_as_an_alternate(self, shared_api, path):
        for address in (path, f"{path}?format=ris"):
            links = shared_api.get(address).headers["Link"].split(", ")
            for form in FORMS:
                assert f'<?format={form.name}>; rel="alternate"; type="{form.media_type}"' in links
            assert '<https://harbour.example/forms>; rel="canonical"' in links

    def test_text_that_breaks_markup_is_text(self, api):
        title = "</script><script>alert('\U0001f98b')</script> ]]> \u202e{x}"
        path = f"/v1/articles/{api.created('/v1/articles', moth(title=title))['id']}"
        assert json.loads(api.get(f"{path}?format=jsonld").data)["headline"] == title
        assert json.loads(api.get(f"{path}?format=csl").data)["title"] == title
        record = etree.fromstring(api.get(f"{path}?format=dc").data)
        assert record.findtext("{http://purl.org/dc/elements/1.1/}title") == title
        assert "<script>alert" not in api.get(f"{path}?format=html").text
