"""Whether an answer is described: by the OpenAPI document of the application that gave it, read strictly.

A client has to ignore members that it does not know, so the document leaves objects open. Here they are closed, so that
an answer with a member that the document does not name fails the test that saw it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
from flask import Flask
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from service.web.openapi.document import build_document

Json = dict[str, Any]
_ROOT = "urn:openapi"
_FRAMING = {"content-type", "content-length", "date", "server", "set-cookie"}
_VARIABLE = re.compile(r"\{[^}]+\}")


class Description:
    """An OpenAPI document, ready to look answers up in."""

    def __init__(self, document: Json) -> None:
        self.document = document
        strict = {**document, "components": {**document["components"], "schemas": _closed_components(document)}}
        resource = Resource(contents=strict, specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_ROOT, resource)
        self._validators: dict[str, Draft202012Validator] = {}
        self._templates = sorted(document["paths"], key=lambda template: template.count("{"))

    def check(self, response: TestResponse) -> None:
        """Fail where the document does not describe `response`."""
        method, path = response.request.method.lower(), _path(response)
        described = self._find(method, path, response.status_code)
        where = f"{method.upper()} {path} {response.status_code}"
        assert described is not None, f"{where}: no such answer is described"
        self._check_headers(described, response, where)
        if response.data:
            self._check_body(described, response, where)
        elif method != "head" and described.get("content") and response.status_code >= 400:
            raise AssertionError(f"{where}: a body is described, and there is none")

    def _find(self, method: str, path: str, status: int) -> Json | None:
        """The response object of an answer, or None."""
        item = next(self._items(path), None)
        responses = self.document["components"]["responses"]
        if item is None:
            return (
                responses["NotFound"] if status == 404 else responses.get("MethodNotAllowed") if status == 405 else None
            )
        if method not in item:
            return responses["MethodNotAllowed"] if status == 405 else None
        found = item[method]["responses"].get(str(status))
        return None if found is None else self._resolve(found)

    def _items(self, path: str) -> Iterator[Json]:
        for template in self._templates:
            if _pattern(template).fullmatch(path):
                yield self.document["paths"][template]

    def _resolve(self, thing: Json) -> Json:
        while "$ref" in thing:
            found: Any = self.document
            for step in thing["$ref"].removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            thing = found
        return thing

    def _check_headers(self, described: Json, response: TestResponse, where: str) -> None:
        named = {name.lower(): self._resolve(about) for name, about in described.get("headers", {}).items()}
        for name, about in named.items():
            value = response.headers.get(name)
            assert value is not None or not about.get("required"), f"{where}: {name} is missing"
            if value is not None:
                errors = list(Draft202012Validator(about["schema"]).iter_errors(value))
                assert not errors, f"{where}: {name}: {errors[0].message}"
        given = {name.lower() for name, _ in response.headers}
        strange = {name for name in given - _FRAMING - named.keys() if not name.startswith("access-control-")}
        assert not strange, f"{where}: headers that are not described: {sorted(strange)}"

    def _check_body(self, described: Json, response: TestResponse, where: str) -> None:
        kind = response.mimetype
        content = described.get("content", {})
        assert kind in content, f"{where}: {kind} is not described"
        if not kind.endswith("json") or kind == "application/x-ndjson":
            return
        body = orjson.loads(response.data)
        error = next(self._validator(content[kind]["schema"]).iter_errors(body), None)
        assert error is None, f"{where}: {error.json_path}: {error.message[:2000]}"
        self._check_slug(content[kind], body, where)

    def _check_slug(self, media: Json, body: Any, where: str) -> None:
        """A problem is one of those that are named for the answer."""
        slugs = [name for name, about in media.get("examples", {}).items() if "/problem." in about["$ref"]]
        if slugs:
            slug = body["type"].rpartition("/")[2]
            assert slug in slugs, f"{where}: {slug} is not described, only {slugs}"

    def _validator(self, schema: Json) -> Draft202012Validator:
        key = orjson.dumps(schema).decode()
        if key not in self._validators:
            rooted = _rooted(_closed(schema))
            self._validators[key] = Draft202012Validator(rooted, registry=self._registry)
        return self._validators[key]


def check_described(response: TestResponse, app: Flask) -> None:
    """Fail where the document of `app` does not describe `response`; one with a route of a test's own has none."""
    if any("." not in rule.endpoint for rule in app.url_map.iter_rules()):
        return
    rules = tuple(
        sorted(f"{rule.rule} {rule.endpoint} {sorted(rule.methods or ())}" for rule in app.url_map.iter_rules())
    )
    if rules not in _DESCRIPTIONS:
        _DESCRIPTIONS[rules] = Description(build_document(app, public=True))
    _DESCRIPTIONS[rules].check(response)


_DESCRIPTIONS: dict[tuple[str, ...], Description] = {}


def _path(response: TestResponse) -> str:
    """The path as it was sent: ``request.path`` makes one of several slashes at its beginning."""
    sent: str = response.request.environ["PATH_INFO"]
    return sent.encode("latin-1").decode(errors="replace")


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = _VARIABLE.split(template)
    return re.compile("[^/]+".join(map(re.escape, parts)))


def _closed_components(document: Json) -> Json:
    return {name: _rooted(_closed(schema)) for name, schema in document["components"]["schemas"].items()}


def _closed(schema: Any) -> Any:
    """A schema whose objects have no other members than those that it names."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: value if name in ("enum", "const", "required") else _closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        made.setdefault("additionalProperties", False)
    return made


def _rooted(schema: Any) -> Any:
    """A schema whose references begin at the document."""
    if isinstance(schema, list):
        return [_rooted(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _rooted(value) for name, value in schema.items()}
    if isinstance(made.get("$ref"), str) and made["$ref"].startswith("#"):
        made["$ref"] = _ROOT + made["$ref"]
    return made
