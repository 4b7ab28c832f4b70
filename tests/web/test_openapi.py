"""The OpenAPI document: valid, complete, and true to what the application answers."""

import re
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import TestResponse

from service.formats.documents.articles import MEMBERS
from service.formats.schemas.articles import load_article
from service.formats.schemas.sources import load_new_source
from service.web.openapi.document import build_document
from service.web.openapi.examples import body_examples
from service.web.problem_types import BY_SLUG
from tests.api import Api
from tests.factories import courier, lighthouse, moth
from tests.web.conformance import Description, check_described

Json = dict[str, Any]
LATER = {"rate-limited", "failed-dependency"}
"""Problem types that no answer has yet."""


@pytest.fixture(scope="module")
def document(shared_api: Api) -> Json:
    return build_document(shared_api.app, public=True)


def operations(document: Json) -> list[tuple[str, str, Json]]:
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]


def resolve(document: Json, thing: Json) -> Json:
    while "$ref" in thing:
        found: Any = document
        for step in thing["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        thing = found
    return thing


def validator(document: Json, name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]})


class TestDocument:
    def test_it_is_openapi_3_1(self, document):
        assert document["openapi"].startswith("3.1.")
        assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []

    def test_it_covers_exactly_the_routes_of_the_application(self, document, shared_api):
        routes = {
            (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
            for rule in shared_api.app.url_map.iter_rules()
            for method in rule.methods or ()
        }
        assert {(path, method) for path, method, _ in operations(document)} == routes

    def test_every_operation_has_a_name_of_its_own_a_summary_and_a_tag(self, document):
        found = [operation for _, _, operation in operations(document)]
        assert len({operation["operationId"] for operation in found}) == len(found)
        assert all(re.match(r"[A-Z][^.]+", operation["summary"]) for operation in found)
        tags = {tag["name"] for tag in document["tags"]}
        assert {tag for operation in found for tag in operation["tags"]} == tags

    def test_every_path_variable_is_described(self, document):
        for path, item in document["paths"].items():
            described = {
                parameter["name"]
                for parameter in (resolve(document, reference) for reference in item["parameters"])
                if parameter["in"] == "path"
            }
            assert described == set(re.findall(r"\{(\w+)\}", path)), path

    def test_every_declared_query_parameter_is_described(self, document, shared_api):
        for rule in shared_api.app.url_map.iter_rules():
            declared = getattr(shared_api.app.view_functions[rule.endpoint], "declared", None)
            if declared is None or declared.parameters is None:
                continue
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in (rule.methods or set()) - {"OPTIONS"}:
                operation = document["paths"][path][method.lower()]
                named = [resolve(document, reference) for reference in operation["parameters"]]
                assert {item["name"] for item in named if item["in"] == "query"} == set(declared.parameters)

    def test_every_problem_type_is_an_answer_of_something(self, document):
        described = {
            name.removeprefix("problem.")
            for response in document["components"]["responses"].values()
            for media in response["content"].values()
            for name in media.get("examples", {})
        }
        assert described == BY_SLUG.keys() - LATER

    def test_a_write_that_needs_a_condition_says_so(self, document):
        for method in ("put", "patch", "delete"):
            responses = document["paths"]["/v1/articles/{id}"][method]["responses"]
            assert {"404", "409", "410", "412", "428"} <= responses.keys(), method

    def test_a_write_needs_a_key_and_a_read_does_not_where_reading_is_public(self, document):
        item = document["paths"]["/v1/articles"]
        assert item["post"]["security"] == [{"bearer": ["write"]}]
        assert {} in item["get"]["security"]

    def test_a_read_needs_a_key_where_reading_is_not_public(self, shared_api):
        closed = build_document(shared_api.app, public=False)
        assert closed["paths"]["/v1/articles"]["get"]["security"] == [{"bearer": ["read"]}]

    def test_the_members_of_an_article_are_those_that_fields_takes(self, document):
        assert document["components"]["schemas"]["Article"]["properties"].keys() == MEMBERS.keys()
        assert set(document["components"]["schemas"]["Article"]["required"]) == MEMBERS.keys()

    def test_every_text_that_is_taken_has_a_limit(self, document):
        def unlimited(schema: Any, at: str) -> list[str]:
            if not isinstance(schema, dict):
                return []
            bare = "string" in schema.get("type", "") and not {"maxLength", "enum", "pattern"} & schema.keys()
            inner = [*schema.get("properties", {}).items(), *enumerate(schema.get("anyOf", ()))]
            inner += [("items", schema["items"])] if "items" in schema else []
            return [at] * bare + [place for name, part in inner for place in unlimited(part, f"{at}/{name}")]

        schemas = document["components"]["schemas"]
        taken = [name for name in schemas if name.endswith(("Input", "Replacement", "Patch", "StatedLicense"))]
        assert [place for name in taken for place in unlimited(schemas[name], name)] == []


class TestExamples:
    def test_each_fits_its_schema(self, document):
        for name, example in body_examples().items():
            errors = list(validator(document, name).iter_errors(example["value"]))
            assert not errors, (name, errors)

    def test_each_problem_fits_too(self, document):
        for slug in BY_SLUG:
            example = document["components"]["examples"][f"problem.{slug}"]["value"]
            assert not list(validator(document, "Problem").iter_errors(example)), slug

    def test_a_body_is_taken_as_it_stands(self):
        examples = body_examples()
        assert load_article(examples["ArticleInput"]["value"], None).content.title
        assert load_new_source(examples["SourceInput"]["value"])

    def test_an_article_that_was_got_may_be_put(self, document):
        given = document["components"]["examples"]["Article"]["value"]
        assert not list(validator(document, "ArticleReplacement").iter_errors(given))


class TestSchemas:
    @pytest.mark.parametrize("body", [moth(), lighthouse()], ids=["least", "whole"])
    def test_an_article_that_is_taken_fits(self, document, body):
        assert not list(validator(document, "ArticleInput").iter_errors(body))

    def test_a_source_that_is_taken_fits(self, document):
        assert not list(validator(document, "SourceInput").iter_errors(courier()))

    @pytest.mark.parametrize(
        "changes",
        [
            {"titel": "A slip"},
            {"title": ""},
            {"title": None},
            {"title": "x" * 1001},
            {"url": "ftp://lantern.example/"},
            {"source": {}},
            {"creators": [{}]},
            {"creators": [{"name": "Ines", "role": "king"}]},
            {"published_at": "2024-05-04T10:30:00"},
            {"keywords": "moths"},
            {"status": "lost"},
            {"attribution": {"copyright_year": "2024"}},
            {"ai_terms": {"train_ai": 1}},
        ],
    )
    def test_an_article_that_is_refused_does_not(self, document, api, changes):
        body = moth(**changes)
        assert list(validator(document, "ArticleInput").iter_errors(body))
        assert api.post("/v1/articles", body).status_code == 422


class TestServing:
    def test_it_is_kept_for_an_hour_and_has_a_tag(self, api):
        response = api.get("/v1/openapi.json")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["Cache-Control"] == "public, max-age=3600"
        again = api.get("/v1/openapi.json", if_none_match=response.headers["ETag"])
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == response.headers["ETag"]

    def test_it_is_rendered_once(self, api):
        first = api.get("/v1/openapi.json").data
        kept = api.app.extensions["creditline-openapi"]
        assert api.get("/v1/openapi.json").data == first
        assert api.app.extensions["creditline-openapi"] is kept

    def test_another_state_of_it_is_412(self, api):
        assert api.app.test_client().get("/v1/openapi.json", headers={"If-Match": '"7"'}).status_code == 412

    def test_it_takes_no_parameters(self, api):
        assert api.get("/v1/openapi.json?pretty=true").status_code == 400


class TestChecker:
    """The check of every other test's answers finds what it has to find."""

    @pytest.fixture
    def answer(self, api: Api) -> TestResponse:
        return api.post("/v1/articles", moth())

    def described(self, app: Flask) -> Json:
        return build_document(app, public=True)

    def test_an_answer_that_is_described_passes(self, api, answer):
        check_described(answer, api.app)

    def test_a_member_that_is_not_described_fails(self, api, answer):
        document = self.described(api.app)
        del document["components"]["schemas"]["WrittenArticle"]["properties"]["summary"]
        with pytest.raises(AssertionError, match="summary"):
            Description(document).check(answer)

    def test_a_status_that_is_not_described_fails(self, api, answer):
        document = self.described(api.app)
        del document["paths"]["/v1/articles"]["post"]["responses"]["201"]
        with pytest.raises(AssertionError, match="no such answer"):
            Description(document).check(answer)

    def test_a_header_that_is_not_described_fails(self, api, answer):
        document = self.described(api.app)
        del document["paths"]["/v1/articles"]["post"]["responses"]["201"]["headers"]["Feed-Seq"]
        with pytest.raises(AssertionError, match="feed-seq"):
            Description(document).check(answer)

    def test_a_problem_that_is_not_described_fails(self, api):
        document = self.described(api.app)
        response = api.post("/v1/articles", b"{", content_type="application/json")
        media = document["components"]["responses"]["BadBody"]["content"]["application/problem+json"]
        del media["examples"]["malformed-json"]
        with pytest.raises(AssertionError, match="malformed-json"):
            Description(document).check(response)
