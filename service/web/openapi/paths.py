"""The paths of the document: the routes of the application, with what their views declare."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from service.core.listings import FILTERS
from service.web.auth import OPEN
from service.web.calls import Declaration
from service.web.openapi.operations import OPERATIONS
from service.web.openapi.patterns import Answer, Operation
from service.web.openapi.responses import LINE_TOO_LONG, LIST_TOO_LONG, bare_problem, headers_of, status_of
from service.web.openapi.shapes import Json, ref

_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A view with what it declares and what the table says of it."""

    name: str
    view: Callable[..., Any]
    operation: Operation

    @property
    def declared(self) -> Declaration | None:
        """What its decorators say."""
        declaration: Declaration | None = getattr(self.view, "declared", None)
        return declaration

    @property
    def accepts(self) -> tuple[str, ...]:
        """The media types that it takes."""
        types: tuple[str, ...] = getattr(self.view, "accepts", ())
        return types

    @property
    def summary(self) -> str:
        """The first line of its docstring."""
        return (inspect.getdoc(self.view) or "").partition("\n")[0].rstrip(".")


def paths_of(app: Flask, examples: dict[str, Json], *, public: bool) -> dict[str, Json]:
    """The path items of every route of `app`; where reading is `public` it needs no key."""
    items: dict[str, Json] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        item = items.setdefault(template_of(rule), {"parameters": _path_parameters(rule)})
        endpoint = Endpoint(
            name=rule.endpoint, view=app.view_functions[rule.endpoint], operation=OPERATIONS[rule.endpoint]
        )
        for method in _METHODS:
            if method in (rule.methods or ()):
                item[method.lower()] = _operation(endpoint, method, examples, public=public)
        item.setdefault("options", _options(endpoint, varied=bool(rule.arguments)))
    return items


def template_of(rule: Rule) -> str:
    """The path of a route as OpenAPI writes it: ``/v1/articles/{id}``."""
    return _VARIABLE.sub(r"{\1}", rule.rule)


def _path_parameters(rule: Rule) -> list[Json]:
    fixed, names = "", []
    for segment in rule.rule.split("/"):
        variable = _VARIABLE.fullmatch(segment)
        if variable is None:
            fixed = segment if segment != "versions" else "articles"
        else:
            names.append(f"{fixed}.{variable[1]}")
    return [_parameter(f"path.{name}") for name in names] + [_parameter("header.Request-Id")]


def _operation(endpoint: Endpoint, method: str, examples: dict[str, Json], *, public: bool) -> Json:
    head, blueprint = method == "HEAD", endpoint.name.partition(".")[0]
    id = endpoint.name.replace(".", "_").rstrip("_")
    operation: Json = {
        "operationId": f"{id}_head" if head else id,
        "summary": f"{endpoint.summary}: the headers alone" if head else endpoint.summary,
        "tags": [blueprint],
        "security": _security(endpoint.declared, public=public),
        "parameters": [_parameter(name) for name in _parameters(endpoint)],
        "responses": dict(sorted(_responses(endpoint, examples, head=head).items())),
    }
    if endpoint.operation.body:
        operation["requestBody"] = {
            "required": True,
            "content": {kind: _body(endpoint.operation.body, kind, examples) for kind in endpoint.accepts},
        }
    return operation


def _body(schema: str, kind: str, examples: dict[str, Json]) -> Json:
    """A body of a media type: the object, or a page as it is."""
    written_out = kind.endswith(("json", "form-urlencoded"))
    return _media(ref(schema), examples) if written_out else {"schema": {"type": "string"}}


def _options(endpoint: Endpoint, *, varied: bool) -> Json:
    allow = headers_of(("Allow",), ("Accept-Post", "Accept-Patch"))
    missing = {"404": _response("NotFound"), "414": _response(LINE_TOO_LONG)} if varied else {}
    return {
        "operationId": f"{endpoint.name.replace('.', '_').rstrip('_')}_options",
        "summary": "Ask which methods there are, and which media types they take",
        "tags": [endpoint.name.partition(".")[0]],
        "security": [],
        "responses": {"204": {"description": "What there is.", "headers": allow}, **missing},
    }


def _security(declared: Declaration | None, *, public: bool) -> list[Json]:
    if declared is None:
        return []
    if declared.scope == OPEN:
        return [{"bearer": []}, {}]
    key: Json = {"bearer": [declared.scope]}
    return [key, {}] if public and declared.scope == "read" else [key]


def _parameters(endpoint: Endpoint) -> Iterator[str]:
    """The names of the parameter components of an endpoint."""
    declared, operation = endpoint.declared, endpoint.operation
    if declared:
        for name in operation.listing if declared.parameters is None else declared.parameters:
            yield f"query.{operation.queries.get(name, name)}"
    if declared and declared.parameters is None:
        for name, operators in FILTERS.items():
            yield f"filter.{name}"
            yield from (f"filter.{name}.{op}" for op in operators)
    if operation.conditions:
        yield "header.If-Match"
    if operation.conditions in ("read", "write"):
        yield "header.If-None-Match"
    if operation.prefers:
        yield "header.Prefer"
    if operation.body and declared and declared.writes and declared.idempotent:
        yield "header.Idempotency-Key"


def _responses(endpoint: Endpoint, examples: dict[str, Json], *, head: bool) -> dict[str, Json]:
    made = {str(answer.status): _answer(answer, examples, head=head) for answer in endpoint.operation.answers}
    if endpoint.operation.conditions == "read":
        headers = headers_of(("ETag", "Cache-Control"), ("Vary",))
        made["304"] = {"description": "The copy of the client is the present one.", "headers": headers}
    for group in _problems(endpoint):
        made[str(status_of(group))] = bare_problem(group) if head else _response(group)
    return {**made, "414": _response(LIST_TOO_LONG if _is_walked(endpoint) else LINE_TOO_LONG)}


def _answer(answer: Answer, examples: dict[str, Json], *, head: bool) -> Json:
    made: Json = {"description": answer.about, "headers": headers_of(answer.headers, answer.maybe)}
    if answer.content and not head:
        made["content"] = {kind: _media(schema, examples) for kind, schema in answer.content.items()}
    return made


def _problems(endpoint: Endpoint) -> Iterator[str]:
    """The groups of problems that an endpoint may answer with."""
    declared, operation = endpoint.declared, endpoint.operation
    yield "InternalError"
    yield from operation.problems
    if declared or operation.checks:
        yield _bad_request(endpoint)
    if declared:
        yield from ("Unauthenticated", "Forbidden", "WriteUnavailable" if declared.writes else "Unavailable")
    if operation.conditions:
        yield "PreconditionFailed"
    if operation.conditions == "write":
        yield "PreconditionRequired"
    if operation.body and declared:
        yield from ("UnsupportedMediaType", "ContentTooLarge")
        if "application/x-www-form-urlencoded" not in endpoint.accepts:
            yield "InvalidOrReused" if declared.writes and declared.idempotent else "Invalid"


def _is_walked(endpoint: Endpoint) -> bool:
    """Whether it gives a list page by page."""
    declared = endpoint.declared
    names = declared and (endpoint.operation.listing if declared.parameters is None else declared.parameters)
    return "cursor" in (names or ())


def _bad_request(endpoint: Endpoint) -> str:
    if endpoint.operation.body:
        return "BadBody"
    names: Iterable[str] = (endpoint.declared and endpoint.declared.parameters) or ()
    paged = endpoint.declared and endpoint.declared.parameters is None
    return "BadPage" if paged or {"cursor", "after"} & set(names) else "BadRequest"


def _media(schema: Json, examples: dict[str, Json]) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    if name not in examples:
        return {"schema": schema}
    return {"schema": schema, "examples": {name: {"$ref": f"#/components/examples/{name}"}}}


def _parameter(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _response(name: str) -> Json:
    return {"$ref": f"#/components/responses/{name}"}
