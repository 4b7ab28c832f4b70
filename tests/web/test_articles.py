"""Articles over HTTP: their whole representation, and what each member may be."""

import re

import pytest
from flask import Flask

from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, courier, lighthouse, moth

MEMBERS = {
    "id", "version", "created_at", "updated_at", "links", "url", "title", "source", "creators", "language",
    "published_at", "modified_at", "summary", "section", "keywords", "identifiers", "license", "licenses", "requests",
    "attribution", "parts", "based_on", "more_permissions_url", "ai_terms", "status", "corrections",
}  # fmt: skip
LICENSE_MEMBERS = {
    "status", "id", "url", "title", "unit", "version", "jurisdiction", "spdx", "permits", "requires", "prohibits",
    "candidates", "statement", "statement_url", "origin", "start", "end",
}  # fmt: skip
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The articles of one test do not concern another."""
    return shared_api


@pytest.fixture
def own(app: Flask) -> Api:
    """An application of the test's own."""
    return Api(app)


def made(api: Api, **members: object):
    return api.created("/v1/articles", another_moth(**members))


def refused(api: Api, **members: object) -> set[tuple[str, str]]:
    """The faults of an article with these members."""
    return faults_of(expect_problem(api.post("/v1/articles", another_moth(**members)), 422, "validation-failed"))


class TestRepresentation:
    """Every member is there, null or [] where nothing is known."""

    def test_the_least_article_has_every_member(self, own):
        own.created("/v1/articles", moth())
        (article,) = own.walk("/v1/articles")
        assert article.keys() == MEMBERS
        assert UUID7.fullmatch(article["id"])
        assert article["version"] == 1
        assert article["created_at"] == article["updated_at"]
        assert article["source"] == {"id": "the-lantern", "name": "The Lantern", "url": "https://lantern.example/"}
        for name in ("creators", "keywords", "identifiers", "licenses", "requests", "parts", "based_on", "corrections"):
            assert article[name] == []
        for name in ("language", "published_at", "modified_at", "summary", "section", "more_permissions_url"):
            assert article[name] is None
        assert set(article["attribution"].values()) == {None}
        assert set(article["ai_terms"].values()) == {None}
        assert article["status"] == "published"
        assert article["license"].keys() == LICENSE_MEMBERS
        assert article["license"]["status"] == "unknown"

    def test_everything_that_was_sent_comes_back(self, own):
        sent = lighthouse()
        article = own.read(own.created("/v1/articles", sent)["links"]["self"])
        for name in ("url", "title", "language", "published_at", "modified_at", "summary", "section", "keywords",
                     "identifiers", "requests", "attribution", "more_permissions_url", "ai_terms", "status",
                     "corrections"):  # fmt: skip
            assert article[name] == sent[name], name
        assert article["creators"][0] == sent["creators"][0]
        assert article["creators"][1] == {
            "name": "Tomás Ferreira", "role": "photographer", "kind": None, "url": None, "orcid": None,
            "affiliation": None,
        }  # fmt: skip
        license = article["license"]
        assert {name: license[name] for name in sent["license"]} == sent["license"]
        assert (license["status"], license["unit"], license["version"]) == ("known", "by-sa", "3.0")
        assert license["origin"] == "article"
        assert article["licenses"] == [license]
        assert article["parts"][0]["license"]["id"] == "CC-BY-NC-4.0"
        assert article["based_on"][0]["license"]["id"] == "CC-BY-4.0"
        assert article["based_on"][0]["creators"][0]["name"] == "Lucía Mar"

    def test_json_has_no_charset(self, api):
        path = made(api)["links"]["self"]
        assert api.get(path).headers["Content-Type"] == "application/json"

    def test_a_read_has_its_headers(self, api):
        article = api.created("/v1/articles", lighthouse(url="https://harbour.example/headers"))
        headers = api.get(article["links"]["self"]).headers
        assert headers["ETag"] == '"1"'
        assert headers["Cache-Control"] == "public, no-cache"
        assert "Accept" in headers["Vary"]
        assert '<https://harbour.example/headers>; rel="canonical"' in headers["Link"]
        assert '<https://creativecommons.org/licenses/by-sa/3.0/>; rel="license"' in headers["Link"]

    def test_a_creation_answers_201_with_its_address(self, api):
        response = api.post("/v1/articles", another_moth())
        assert response.status_code == 201
        assert response.headers["Location"] == f"/v1/articles/{response.json['id']}"
        assert response.headers["ETag"] == '"1"'
        assert int(response.headers["Feed-Seq"]) > 0
        assert response.json["version"] == 1

    def test_the_201_warns_of_what_a_reuser_would_lack(self, api):
        warnings = made(api, license="CC-BY-3.0")["warnings"]
        assert ("/creators", "missing-creators") in {(item["pointer"], item["code"]) for item in warnings}

    def test_an_id_is_found_in_any_case(self, api):
        article = made(api)
        assert api.read(f"/v1/articles/{article['id'].upper()}")["id"] == article["id"]

    @pytest.mark.parametrize("id", ["1", "x", "not-a-uuid", "01900000000070008000000000000000", "%00", "..", "a" * 500])
    def test_what_is_no_id_is_not_found(self, api, id):
        expect_problem(api.get(f"/v1/articles/{id}"), 404, "not-found")


class TestPutOfWhatWasGot:
    """A client may PUT what it GOT."""

    @pytest.mark.parametrize(
        "document",
        [
            moth(),
            lighthouse(),
            moth(license=["CC-BY-4.0", "CC-BY-SA-3.0"]),
            moth(license="all-rights-reserved"),
            moth(license="CC BY"),
            moth(license="https://terms.example/our-own"),
            moth(license="Ask the editor."),
            moth(license={"id": "CC-BY-4.0", "statement": "Licensed under CC BY-SA 4.0."}),
            moth(source=courier()["name"], published_at="2024-05"),
        ],
        ids=["least", "whole", "dual", "reserved", "unversioned", "terms", "words", "disputed", "inherited"],
    )
    def test_it_changes_nothing(self, own, document):
        own.created("/v1/sources", courier())
        if document["source"] == "Harbour Courier":
            document = {**document, "source": "harbour-courier"}
        path = own.created("/v1/articles", document)["links"]["self"]
        got = own.get(path)
        response = own.put(path, got.json, if_match=got.headers["ETag"])
        assert (response.status_code, response.data) == (200, got.data)
        patched = own.patch(path, got.json, if_match=got.headers["ETag"])
        assert (patched.status_code, patched.data) == (200, got.data)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("id", "01900000-0000-7000-8000-000000000000"),
            ("version", 2),
            ("version", "1"),
            ("version", True),
            ("created_at", "2020-01-01T00:00:00Z"),
            ("updated_at", None),
            ("links", {"self": "/v1/articles/x"}),
            ("licenses", ["CC-BY-4.0"]),
        ],
    )
    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_another_value_of_a_read_only_member_is_refused(self, api, method, name, value):
        path = made(api)["links"]["self"]
        if method == "PATCH" and value is None:
            pytest.skip("null in a patch is the same as leaving it out")
        body = {**api.read(path), name: value} if method == "PUT" else {name: value}
        response = api.send(method, path, body, if_match="*")
        assert faults_of(expect_problem(response, 422, "validation-failed")) == {(f"/{name}", "read-only")}

    @pytest.mark.parametrize("name", ["id", "version", "created_at", "updated_at", "links", "licenses"])
    def test_a_creation_takes_no_read_only_member(self, api, name):
        assert refused(api, **{name: "x"}) == {(f"/{name}", "read-only")}


class TestMembers:
    """What each member may be."""

    def test_all_faults_are_told_at_once(self, api):
        document = {
            "titel": "x",
            "source": 7,
            "creators": [{"name": "A"}, {"rolle": "author"}, 3],
            "license": {"id": "CC-BY-9.9"},
            "attribution": {"copyright_year": "2024"},
            "parts": [{"kind": "picture", "license": {"url": "ftp://x"}}],
            "keywords": ["a", None, 5],
        }
        problem = expect_problem(api.post("/v1/articles", document), 422, "validation-failed")
        assert faults_of(problem) == {
            ("/titel", "unknown-member"),
            ("/title", "required"),
            ("/url", "required"),
            ("/source", "wrong-type"),
            ("/creators/1/name", "required"),
            ("/creators/1/rolle", "unknown-member"),
            ("/creators/2", "wrong-type"),
            ("/license/id", "unknown-license"),
            ("/attribution/copyright_year", "wrong-type"),
            ("/parts/0/kind", "not-allowed"),
            ("/parts/0/license/url", "invalid-url"),
            ("/keywords/1", "required"),
            ("/keywords/2", "wrong-type"),
        }

    @pytest.mark.parametrize(
        ("members", "pointer", "meant"),
        [
            ({"titel": "x"}, "/titel", "title"),
            ({"licence": "CC0-1.0"}, "/licence", "license"),
            ({"creator": ["A"]}, "/creator", "creators"),
            ({"publishedAt": "2024"}, "/publishedAt", "published_at"),
            ({"attribution": {"credits": "x"}}, "/attribution/credits", "credit"),
            ({"creators": [{"name": "A", "orcdi": "x"}]}, "/creators/0/orcdi", "orcid"),
            ({"license": {"statment": "x"}}, "/license/statment", "statement"),
        ],
    )
    def test_an_unknown_member_is_refused_with_what_may_be_meant(self, api, members, pointer, meant):
        problem = expect_problem(api.post("/v1/articles", another_moth(**members)), 422, "validation-failed")
        details = {fault["pointer"]: (fault["code"], fault["detail"]) for fault in problem["errors"]}
        assert details[pointer][0] == "unknown-member"
        assert f"Did you mean {meant}?" in details[pointer][1]

    @pytest.mark.parametrize("name", ["a/b", "a~b", "", "_schema", "\u2603", "x" * 500])
    def test_a_strange_member_is_named_by_its_pointer(self, api, name):
        pointer = "/" + name.replace("~", "~0").replace("/", "~1")
        assert refused(api, **{name: 1}) == {(pointer, "unknown-member")}

    def test_at_most_100_faults_are_told(self, api):
        problem = expect_problem(api.post("/v1/articles", another_moth(keywords=[1] * 500)), 422, "validation-failed")
        assert len(problem["errors"]) == 100

    @pytest.mark.parametrize("name", ["url", "title", "source"])
    @pytest.mark.parametrize("value", [None, 1, True, [], {}, "", " "])
    def test_a_required_member_is_needed(self, api, name, value):
        assert any(at.startswith(f"/{name}") for at, _ in refused(api, **{name: value}))

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("title", [1, True, ["x"], {"en": "x"}]),
            ("summary", [1, False, []]),
            ("language", [1, ["en"]]),
            ("published_at", [2024, 1714818600, True, {}]),
            ("keywords", ["a, b", {"a": 1}, 1]),
            ("creators", ["Ines", {"name": "Ines"}, 1]),
            ("identifiers", [{"doi": "10.1000/182"}, "10.1000/182"]),
            ("attribution", ["x", [], 1, True]),
            ("ai_terms", ["no", [], False]),
            ("status", [1, True]),
            ("license", [1, True, 4.0]),
            ("parts", [{}, "x"]),
            ("corrections", ["x", {}]),
        ],
    )
    def test_nothing_is_coerced(self, api, name, values):
        for value in values:
            assert refused(api, **{name: value}) == {(f"/{name}", "wrong-type")}, value

    @pytest.mark.parametrize(
        ("members", "pointer"),
        [
            ({"ai_terms": {"train_ai": "true"}}, "/ai_terms/train_ai"),
            ({"ai_terms": {"search": 1}}, "/ai_terms/search"),
            ({"attribution": {"copyright_year": "2024"}}, "/attribution/copyright_year"),
            ({"attribution": {"copyright_year": 2024.0}}, "/attribution/copyright_year"),
            ({"attribution": {"copyright_year": True}}, "/attribution/copyright_year"),
            ({"creators": [{"name": 5}]}, "/creators/0/name"),
            ({"creators": [["Ines"]]}, "/creators/0"),
            ({"license": {"id": 4}}, "/license/id"),
            ({"license": ["CC0-1.0", 4]}, "/license/1"),
            ({"license": {"id": "CC0-1.0", "start": 2024}}, "/license/start"),
        ],
    )
    def test_nothing_inside_is_coerced(self, api, members, pointer):
        assert refused(api, **members) == {(pointer, "wrong-type")}

    @pytest.mark.parametrize("name", [name for name in lighthouse() if name not in ("url", "title", "source")])
    def test_null_and_absent_mean_the_same(self, api, name):
        with_null, without = made(api, **{name: None}), made(api)
        assert with_null[name] == without[name]

    @pytest.mark.parametrize(
        ("name", "limit"),
        [("title", 1000), ("summary", 20_000), ("section", 500)],
    )
    def test_a_text_has_a_limit_in_characters(self, api, name, limit):
        assert made(api, **{name: "ü" * limit})[name] == "ü" * limit
        assert refused(api, **{name: "x" * (limit + 1)}) == {(f"/{name}", "too-long")}

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("2024-05-04T12:30:00+02:00", "2024-05-04T10:30:00Z"),
            ("2024-05-04T10:30:00.250Z", "2024-05-04T10:30:00.25Z"),
            ("2024-05-04", "2024-05-04"),
            ("2024-05", "2024-05"),
            ("2024", "2024"),
        ],
    )
    def test_a_date_comes_back_in_utc_or_as_precise_as_it_came(self, api, given, kept):
        assert made(api, published_at=given)["published_at"] == kept

    @pytest.mark.parametrize("value", ["2024-05-04T10:30:00", "2024-02-30", "yesterday", "", "2024-5-4", "24-05-04"])
    @pytest.mark.parametrize("name", ["published_at", "modified_at"])
    def test_a_date_without_offset_or_sense_is_refused(self, api, name, value):
        assert refused(api, **{name: value}) == {(f"/{name}", "invalid-date")}

    @pytest.mark.parametrize(("given", "kept"), [("EN-gb", "en-GB"), ("zh-hans-cn", "zh-Hans-CN"), ("fa", "fa")])
    def test_a_language_comes_back_in_canonical_case(self, api, given, kept):
        assert made(api, language=given)["language"] == kept

    @pytest.mark.parametrize(
        ("members", "fault"),
        [
            ({"language": "english"}, ("/language", "invalid-language")),
            ({"status": "draft"}, ("/status", "not-allowed")),
            ({"creators": [{"name": "A", "role": "boss"}]}, ("/creators/0/role", "not-allowed")),
            ({"creators": [{"name": "A", "kind": "robot"}]}, ("/creators/0/kind", "not-allowed")),
            ({"creators": [{"name": "A", "orcid": "0000-0002-1825-0098"}]}, ("/creators/0/orcid", "invalid-orcid")),
            ({"creators": [""]}, ("/creators/0/name", "empty")),
            ({"identifiers": [{"scheme": "doi", "value": "11.1"}]}, ("/identifiers/0/value", "invalid-identifier")),
            ({"identifiers": [{"value": "1"}]}, ("/identifiers/0/scheme", "required")),
            ({"attribution": {"copyright_year": 0}}, ("/attribution/copyright_year", "out-of-range")),
            ({"requests": [{"kind": "payment"}]}, ("/requests/0/kind", "not-allowed")),
            ({"based_on": [{"relation": "copy"}]}, ("/based_on/0/relation", "not-allowed")),
            ({"corrections": [{"text": "x"}]}, ("/corrections/0/at", "required")),
            ({"more_permissions_url": "mailto:desk@x.example"}, ("/more_permissions_url", "invalid-url")),
            ({"source": "No Slug"}, ("/source", "invalid-slug")),
            ({"source": "nobody-knows"}, ("/source", "unknown-source")),
            ({"source": {"url": "https://x.example/"}}, ("/source/name", "required")),
            ({"license": {}}, ("/license", "required")),
            ({"license": "CC BY 9.9"}, ("/license", "unknown-license")),
            ({"license": "https://creativecommons.org/licenses/by/4.0/us/"}, ("/license", "unknown-license")),
            ({"license": {"id": "CC0-1.0", "start": "2024-02-01", "end": "2024-01-01"}},
             ("/license/end", "out-of-range")),
        ],
    )  # fmt: skip
    def test_a_value_that_cannot_be_is_refused_with_its_place(self, api, members, fault):
        assert refused(api, **members) == {fault}

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ({"scheme": "DOI", "value": "https://doi.org/10.1000/ABC"}, {"scheme": "doi", "value": "10.1000/abc"}),
            ({"scheme": "issn", "value": "03785955"}, {"scheme": "issn", "value": "0378-5955"}),
        ],
    )
    def test_an_identifier_comes_back_in_one_form(self, api, given, kept):
        assert made(api, identifiers=[given])["identifiers"] == [kept]

    def test_a_bare_string_is_the_name_of_a_creator(self, api):
        assert made(api, creators=["Ines Albright"])["creators"][0] == {
            "name": "Ines Albright", "role": "author", "kind": None, "url": None, "orcid": None, "affiliation": None,
        }  # fmt: skip

    def test_lists_have_an_end(self, api):
        assert refused(api, keywords=["x"] * 1001) == {("/keywords", "too-many")}


class TestLicense:
    """Everything that `license` may be."""

    @pytest.mark.parametrize(
        ("given", "status", "id"),
        [
            ("CC-BY-4.0", "known", "CC-BY-4.0"),
            ("cc-by-4.0", "known", "CC-BY-4.0"),
            ("CC BY 4.0", "known", "CC-BY-4.0"),
            ("https://creativecommons.org/licenses/by/4.0/", "known", "CC-BY-4.0"),
            ("http://www.creativecommons.org/licenses/by/4.0/deed.de", "known", "CC-BY-4.0"),
            ({"url": "https://creativecommons.org/licenses/by/2.5/br/"}, "known", "CC-BY-2.5-BR"),
            ({"id": "CC0-1.0"}, "known", "CC0-1.0"),
            ({"id": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}, "known", "CC-BY-4.0"),
            ("CC BY", "unversioned", None),
            ("all-rights-reserved", "all-rights-reserved", None),
            ("https://terms.example/", "other", None),
            ("Ask the editor.", "other", None),
            ({"statement": "Ask the editor."}, "other", None),
            ({"id": "CC-BY-4.0", "statement": "Licensed under CC BY 3.0."}, "disputed", None),
            (None, "unknown", None),
            ([], "unknown", None),
        ],
    )
    def test_it_is_read_in_any_form(self, api, given, status, id):
        license = made(api, license=given)["license"]
        assert license.keys() == LICENSE_MEMBERS
        assert (license["status"], license["id"]) == (status, id)
        assert license["origin"] == (None if status == "unknown" else "article")

    def test_its_words_are_kept_as_evidence(self, api):
        for words in ("CC BY 4.0", "Ask the editor."):
            assert made(api, license=words)["license"]["statement"] == words

    def test_a_dispute_names_its_candidates(self, api):
        given = {"id": "CC-BY-4.0", "statement": "Licensed under CC BY 3.0."}
        assert made(api, license=given)["license"]["candidates"] == ["CC-BY-4.0", "CC-BY-3.0"]

    def test_an_unversioned_one_names_its_unit_and_every_version(self, api):
        license = made(api, license="CC BY-NC")["license"]
        assert (license["unit"], license["version"]) == ("by-nc", None)
        assert "CC-BY-NC-4.0" in license["candidates"]

    def test_a_list_is_a_dual_license(self, api):
        article = made(api, license=["CC-BY-4.0", "CC-BY-SA-3.0"])
        assert [license["id"] for license in article["licenses"]] == ["CC-BY-4.0", "CC-BY-SA-3.0"]
        assert article["license"] == article["licenses"][0]

    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_absence_leaves_it(self, api, method):
        article = made(api, license="CC-BY-4.0")
        body = {"url": article["url"], "title": "New", "source": article["source"], "license": None}
        changed = api.send(method, article["links"]["self"], body, if_match='"1"').json
        assert (changed["title"], changed["license"]) == ("New", article["license"])


class TestUrl:
    """Two spellings of a URL are one article."""

    @pytest.mark.parametrize(
        "spelling",
        [
            "HTTPS://LANTERN.EXAMPLE/one?a=1",
            "https://lantern.example:443/one?a=1",
            "https://lantern.example/one?a=1#part",
            "https://lantern.example/./x/../one?utm_source=feed&a=1&fbclid=2",
            "https://lantern.example/%6Fne?a=1",
        ],
    )
    def test_another_spelling_is_a_conflict_with_the_address_of_the_article(self, own, spelling):
        first = own.created("/v1/articles", moth(url="https://lantern.example/one?a=1"))
        problem = expect_problem(own.post("/v1/articles", moth(url=spelling)), 409, "conflict")
        assert problem["conflicting_url"] == first["links"]["self"]
        other = own.created("/v1/articles", another_moth())["links"]["self"]
        problem = expect_problem(own.patch(other, {"url": spelling}, if_match='"1"'), 409, "conflict")
        assert problem["conflicting_url"] == first["links"]["self"]

    def test_it_comes_back_in_canonical_form(self, api):
        article = made(api, url="HTTP://Bücher.Example:80/a b".replace(" ", "%20") + "?x=é&utm_medium=x#y")
        assert article["url"] == "http://xn--bcher-kva.example/a%20b?x=%C3%A9"

    @pytest.mark.parametrize(
        "url",
        ["ftp://x.example/", "//x.example/", "/path", "x.example", "https://", "https://a:b@x.example/",
         "https://x.example/a b", "https://x.example/\t", "javascript:alert(1)", "https://x.example/" + "a" * 8192],
    )  # fmt: skip
    def test_what_is_no_web_address_is_refused(self, api, url):
        assert refused(api, url=url) <= {("/url", "invalid-url"), ("/url", "control-character")}

    def test_http_and_https_are_two_articles(self, own):
        own.created("/v1/articles", moth(url="http://lantern.example/two"))
        own.created("/v1/articles", moth(url="https://lantern.example/two"))


class TestSource:
    """The source that an article names is found, or made beside it."""

    def test_it_is_made_if_new_and_found_again_by_its_url(self, own):
        one = own.created("/v1/articles", moth())
        two = own.created("/v1/articles", another_moth(source={"name": "Lantern!", "url": "HTTPS://lantern.example"}))
        assert one["source"] == two["source"]
        assert own.read("/v1/sources/the-lantern")["version"] == 1

    def test_it_is_found_by_its_exact_name_without_a_url(self, own):
        own.created("/v1/articles", moth())
        assert (
            own.created("/v1/articles", another_moth(source={"name": "The Lantern"}))["source"]["id"] == "the-lantern"
        )
        assert (
            own.created("/v1/articles", another_moth(source={"name": "the lantern"}))["source"]["id"] != "the-lantern"
        )

    def test_a_url_that_is_new_is_another_source_of_the_same_name(self, own):
        own.created("/v1/articles", moth())
        other = own.created(
            "/v1/articles", another_moth(source={"name": "The Lantern", "url": "https://other.example/"})
        )
        assert re.fullmatch(r"source-[0-9a-f]{8}", other["source"]["id"])
        problem = own.post("/v1/articles", another_moth(source={"name": "The Lantern"}))
        assert faults_of(expect_problem(problem, 422, "validation-failed")) == {("/source", "ambiguous-source")}

    def test_a_name_without_a_slug_gets_one_of_hex_digits(self, api):
        assert re.fullmatch(r"source-[0-9a-f]{8}", made(api, source={"name": "灯火"})["source"]["id"])

    def test_a_slug_names_it(self, own):
        own.created("/v1/sources", courier())
        assert own.created("/v1/articles", moth(source="harbour-courier"))["source"]["name"] == "Harbour Courier"

    def test_a_deleted_one_is_not_taken(self, own):
        own.created("/v1/sources", courier())
        own.delete("/v1/sources/harbour-courier", if_match="*")
        response = own.post("/v1/articles", moth(source="harbour-courier"))
        assert faults_of(expect_problem(response, 422, "validation-failed")) == {("/source", "unknown-source")}

    def test_it_stays_as_recorded_at_that_version(self, own):
        path = own.created("/v1/articles", moth())["links"]["self"]
        own.patch("/v1/sources/the-lantern", {"name": "The Night Lantern"}, if_match="*")
        assert own.read(path)["source"]["name"] == "The Lantern"
        assert own.put(path, own.read(path), if_match='"1"').headers["ETag"] == '"1"'
        assert own.patch(path, {"source": "the-lantern"}, if_match='"1"').json["source"]["name"] == "The Night Lantern"

    def test_an_article_cannot_rename_it(self, own):
        article = own.created("/v1/articles", moth())
        body = {"source": {"id": "the-lantern", "name": "Another"}}
        response = own.patch(article["links"]["self"], body, if_match="*")
        assert faults_of(expect_problem(response, 422, "validation-failed")) == {("/source/name", "read-only")}


class TestAsOf:
    """``?as_of=`` asks what was on offer on a day, as it is known today."""

    @pytest.fixture
    def article(self, api: Api) -> str:
        """An article under CC BY 3.0 until the end of 2023, and under CC BY-NC 4.0 since."""
        path = api.created("/v1/articles", another_moth(license="CC-BY-3.0", title="Dated"))["links"]["self"]
        ending = {"end": "2023-12-31", "reason": "The publisher changed its mind."}
        api.patch(f"{path}/grants/1", ending, if_match='"1"')
        api.created(f"{path}/grants", {"license": "CC-BY-NC-4.0", "start": "2024-01-01"}, if_match='"2"')
        return path

    @pytest.mark.parametrize(
        ("day", "id"),
        [
            ("0001-01-01", "CC-BY-3.0"),
            ("2023-12-31", "CC-BY-3.0"),
            ("2024-01-01", "CC-BY-NC-4.0"),
            ("2999-01-01", "CC-BY-NC-4.0"),
            ("9999-12-31", "CC-BY-NC-4.0"),
        ],
    )
    def test_the_licenses_are_those_of_the_day_and_all_else_is_of_today(self, api, article, day, id):
        now, then = api.read(article), api.read(f"{article}?as_of={day}")
        assert then["as_of"] == day
        assert then["license"]["id"] == id
        assert [license["id"] for license in then["licenses"]] == [id]
        assert then["links"]["license"] == f"/v1/licenses/{id}"
        for name in MEMBERS - {"license", "licenses", "links"}:
            assert then[name] == now[name]

    def test_it_is_said_only_where_it_is_asked(self, api, article):
        assert api.read(article).keys() == MEMBERS
        assert api.read(f"{article}?as_of=2024-01-01").keys() == MEMBERS | {"as_of"}

    def test_a_day_on_which_nothing_stood_is_unknown(self, api):
        path = made(api, license={"id": "CC-BY-4.0", "start": "2024-01-01"})["links"]["self"]
        then = api.read(f"{path}?as_of=2023-12-31")
        assert (then["license"]["status"], then["licenses"]) == ("unknown", [])
        assert "license" not in then["links"]

    def test_each_day_is_a_variant_with_a_strong_tag(self, api, article):
        address = f"{article}?as_of=2023-12-31"
        response = api.get(address)
        assert response.headers["ETag"] == '"3-as-of-20231231"'
        assert response.headers["Cache-Control"] == api.get(article).headers["Cache-Control"]
        assert '<https://creativecommons.org/licenses/by/3.0/>; rel="license"' in response.headers["Link"]
        unmodified = api.get(address, if_none_match=response.headers["ETag"])
        assert (unmodified.status_code, unmodified.data) == (304, b"")
        assert unmodified.headers["ETag"] == response.headers["ETag"]
        for other in ('"3"', '"3-as-of-20240101"', '"2-as-of-20231231"'):
            assert api.get(address, if_none_match=other).status_code == 200
        assert api.get(article, if_none_match=response.headers["ETag"]).status_code == 200
        assert api.get(address, if_match='"3"').status_code == 200
        expect_problem(api.get(address, if_match='"2"'), 412, "precondition-failed")

    def test_its_tag_will_do_for_a_write(self, api):
        path = made(api, license="CC-BY-4.0")["links"]["self"]
        tag = api.get(f"{path}?as_of=2024-01-01").headers["ETag"]
        assert api.patch(path, {"section": "Moths"}, if_match=tag).status_code == 200

    def test_members_may_be_chosen(self, api, article):
        trimmed = api.read(f"{article}?as_of=2023-12-31&fields=title,license.id")
        assert trimmed == {
            "id": article.rpartition("/")[2],
            "version": 3,
            "title": "Dated",
            "license": {"id": "CC-BY-3.0"},
            "as_of": "2023-12-31",
        }
        assert api.read(f"{article}?fields=title").keys() == {"id", "version", "title"}

    @pytest.mark.parametrize("day", ["", "2024", "2024-3-1", "2024-02-30", "yesterday", "2024-03-01T00:00:00Z", "%00"])
    def test_what_is_no_day_is_refused(self, api, article, day):
        response = api.get(f"{article}?as_of={day}")
        if day == "%00":
            expect_problem(response, 400, "invalid-encoding")
        else:
            assert faults_of(expect_problem(response, 400, "invalid-parameter")) == {("as_of", "invalid")}

    def test_a_member_that_there_is_not_is_refused(self, api, article):
        problem = expect_problem(api.get(f"{article}?fields=titel"), 400, "invalid-parameter")
        assert faults_of(problem) == {("fields", "invalid")}

    def test_what_is_not_there_or_deleted_is_told(self, api):
        nowhere = "/v1/articles/01900000-0000-7000-8000-000000000000?as_of=2024-01-01"
        expect_problem(api.get(nowhere), 404, "not-found")
        path = made(api)["links"]["self"]
        api.delete(path, if_match="*")
        expect_problem(api.get(f"{path}?as_of=2024-01-01"), 410, "gone")

    def test_head_is_get_without_the_body(self, api, article):
        got, headed = (api.send(method, f"{article}?as_of=2024-01-01") for method in ("GET", "HEAD"))
        assert headed.headers["ETag"] == got.headers["ETag"]


class TestPatch:
    """A merge patch."""

    def test_null_clears_and_objects_merge_and_lists_are_replaced_whole(self, api):
        article = api.created("/v1/articles", lighthouse(url="https://harbour.example/patch"))
        patch = {"summary": None, "keywords": ["one"], "attribution": {"credit": None, "disclaimer": "None."}}
        patched = api.patch(article["links"]["self"], patch, if_match='"1"').json
        assert (patched["summary"], patched["keywords"]) == (None, ["one"])
        assert patched["attribution"] == {**article["attribution"], "credit": None, "disclaimer": "None."}
        unchanged = MEMBERS - {"summary", "keywords", "attribution", "version", "updated_at"}
        assert all(patched[name] == article[name] for name in unchanged)

    def test_the_merged_whole_is_validated(self, api):
        path = made(api)["links"]["self"]
        for patch in ({"title": None}, {"source": None}, {"url": None}):
            name = next(iter(patch))
            response = api.patch(path, patch, if_match='"1"')
            assert faults_of(expect_problem(response, 422, "validation-failed")) == {(f"/{name}", "required")}

    def test_a_new_license_closes_the_offer_of_the_old(self, api):
        path = made(api, license="CC-BY-4.0")["links"]["self"]
        patched = api.patch(path, {"license": "CC-BY-SA-4.0"}, if_match='"1"').json
        assert [license["id"] for license in patched["licenses"]] == ["CC-BY-SA-4.0"]


class TestDelete:
    """A deletion leaves a tombstone."""

    def test_it_is_gone_with_its_version_and_the_url_is_free(self, own):
        article = own.created("/v1/articles", moth())
        response = own.delete(article["links"]["self"], if_match='"1"')
        assert (response.status_code, response.data) == (204, b"")
        assert response.headers["Feed-Seq"]
        assert expect_problem(own.get(article["links"]["self"]), 410, "gone")["version"] == 2
        assert own.walk("/v1/articles") == []
        assert own.created("/v1/articles", moth())["id"] != article["id"]

    def test_a_restoration_meets_whoever_took_the_url(self, own):
        article = own.created("/v1/articles", moth())
        own.delete(article["links"]["self"], if_match='"1"')
        other = own.created("/v1/articles", moth())
        response = own.put(article["links"]["self"], moth(), if_none_match="*")
        assert expect_problem(response, 409, "conflict")["conflicting_url"] == other["links"]["self"]

    def test_a_restored_article_keeps_its_id_and_birthday(self, own):
        article = own.created("/v1/articles", moth(license="CC-BY-4.0"))
        own.delete(article["links"]["self"], if_match='"1"')
        restored = own.put(article["links"]["self"], moth(title="Back"), if_none_match="*").json
        assert (restored["id"], restored["created_at"]) == (article["id"], article["created_at"])
        assert (restored["version"], restored["title"]) == (3, "Back")
        assert restored["license"]["id"] == "CC-BY-4.0"


class TestList:
    """The newest first."""

    def test_it_is_sorted_by_publication_with_nulls_last(self, own):
        for title, date in [("b", "2023"), ("none", None), ("a", "2024-01-01T00:00:00Z"), ("c", "1999-12")]:
            own.created("/v1/articles", another_moth(title=title, published_at=date))
        assert [item["title"] for item in own.walk("/v1/articles")] == ["a", "b", "c", "none"]
        assert [item["title"] for item in own.walk("/v1/articles?limit=1")] == ["a", "b", "c", "none"]

    def test_equal_dates_are_in_order_of_the_id(self, own):
        for _ in range(7):
            own.created("/v1/articles", another_moth(published_at="2024"))
        ids = [item["id"] for item in own.walk("/v1/articles?limit=2")]
        assert ids == sorted(ids, reverse=True)

    def test_a_page_links_to_the_next(self, own):
        for _ in range(3):
            own.created("/v1/articles", another_moth())
        response = own.get("/v1/articles?limit=2")
        assert len(response.json["data"]) == 2
        following = response.json["page"]["next"]
        assert response.json["page"]["limit"] == 2
        assert response.headers["Link"].split(", ")[0] == f'<{following}>; rel="next"'
        last = own.get(following)
        assert (len(last.json["data"]), last.json["page"]["next"]) == (1, None)
        assert 'rel="next"' not in last.headers["Link"]

    def test_an_empty_list_is_a_page(self, own):
        assert own.read("/v1/articles")["data"] == []

    def test_a_stable_article_is_met_once_while_others_come_and_go(self, own):
        stable = {own.created("/v1/articles", another_moth(published_at=f"20{day:02}"))["id"] for day in range(20)}
        met, following = [], "/v1/articles?limit=3"
        while following:
            page = own.read(following)
            met += [item["id"] for item in page["data"]]
            following = page["page"]["next"]
            passing = own.created("/v1/articles", another_moth(published_at=f"20{len(met):02}"))
            own.created("/v1/articles", another_moth(published_at=None))
            own.delete(passing["links"]["self"], if_match="*")
            if len(met) > 200:
                break
        assert [met.count(id) for id in stable] == [1] * 20


class TestQueryCounts:
    """Reads are one SELECT and bytes."""

    def test_reading_one_is_one_select(self, own, statements):
        path = own.created("/v1/articles", lighthouse())["links"]["self"]
        statements.clear()
        own.get(path)
        assert len(statements) == 1, statements

    def test_a_304_is_at_most_one_select(self, own, statements):
        path = own.created("/v1/articles", lighthouse())["links"]["self"]
        statements.clear()
        own.get(path, if_none_match='"1"')
        assert len(statements) <= 1, statements

    @pytest.mark.parametrize("path", ["/v1/articles", "/v1/articles?limit=2", "/v1/sources", "/v1/sources/the-lantern"])
    def test_a_list_is_one_select(self, own, statements, path):
        for _ in range(5):
            own.created("/v1/articles", another_moth())
        statements.clear()
        own.get(path)
        assert len(statements) == 1, statements

    @pytest.mark.parametrize("path", ["/", "/livez", "/v1/licenses", "/v1/licenses/CC0-1.0", "/v1/problems"])
    def test_what_never_changes_asks_no_database(self, own, statements, path):
        statements.clear()
        own.get(path)
        assert statements == []
