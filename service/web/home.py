"""The front door: a page for browsers, an index of links for everyone else; and the problem types explained."""

from dataclasses import asdict

import orjson
from flask import Blueprint, Response, current_app, render_template, request

from service.core.errors import NotFound
from service.web.accept import find_best_type
from service.web.auth import OPEN
from service.web.calls import Call, reading
from service.web.openapi.paths import template_of
from service.web.problem_types import BY_SLUG
from service.web.responses import CATALOGUE_CACHE, JSON_TYPE, answer_json

home = Blueprint("home", __name__)
_PATHS = "creditline-paths"
_CACHED = {"Cache-Control": CATALOGUE_CACHE}
_LINKS = {
    "articles": "/v1/articles",
    "export": "/v1/export/articles",
    "bulk": "/v1/bulk/articles",
    "extractions": "/v1/extractions",
    "sources": "/v1/sources",
    "changes": "/v1/changes",
    "licenses": "/v1/licenses",
    "resolve": "/v1/resolve",
    "permissions": "/v1/permissions",
    "attributions": "/v1/attributions",
    "combinations": "/v1/combinations",
    "detections": "/v1/detections",
    "audits": "/v1/audits",
    "webhooks": "/v1/webhooks",
    "keys": "/v1/keys",
    "oai": "/oai?verb=Identify",
    "problems": "/v1/problems",
    "openapi": "/v1/openapi.json",
    "docs": "/docs",
    "catalog": "/.well-known/api-catalog",
    "reservations": "/.well-known/tdmrep.json",
    "live": "/livez",
    "ready": "/readyz",
}
"""Where everything stands, by what it is called here; what this release does not have is left out."""

_TEMPLATES = {
    "article": "/v1/articles/{id}",
    "versions": "/v1/articles/{id}/versions",
    "version": "/v1/articles/{id}/versions/{n}",
    "grants": "/v1/articles/{id}/grants",
    "grant": "/v1/articles/{id}/grants/{n}",
    "attribution": "/v1/articles/{id}/attribution",
    "permission": "/v1/articles/{id}/permission",
    "source": "/v1/sources/{slug}",
    "reapply": "/v1/sources/{slug}/reapply",
    "license": "/v1/licenses/{id}",
    "key": "/v1/keys/{id}",
    "problem": "/v1/problems/{slug}",
    "article_page": "/articles/{id}",
    "source_page": "/sources/{slug}",
    "license_page": "/licenses/{id}",
}
"""Where each of many stands (URI templates, RFC 6570)."""

_LEADING = ", ".join(
    (
        '</.well-known/api-catalog>; rel="api-catalog"',
        '</v1/openapi.json>; rel="service-desc"; type="application/json"',
        '</docs>; rel="service-doc"; type="text/html"',
    )
)


@home.get("/")
@reading(scope=OPEN)
def index(call: Call) -> Response:
    """Say what this is and where everything stands."""
    headers = {**_CACHED, "Vary": "Accept", "Link": _LEADING}
    links = {name: address for name, address in _LINKS.items() if _is_there(address)}
    if find_best_type([JSON_TYPE, "text/html"]) == "text/html":
        page = render_template("home.html", base=request.host_url.rstrip("/"), links=links)
        return Response(page, mimetype="text/html", headers=headers)
    document = {
        "name": "Creditline",
        "metadata_license": call.context.metadata_license,
        "links": links,
        "templates": {name: address for name, address in _TEMPLATES.items() if _is_there(address)},
    }
    return answer_json(orjson.dumps(document), headers=headers)


@home.get("/v1/problems")
@reading(scope=OPEN)
def list_problems(call: Call) -> Response:
    """List the types of problem that an answer may have."""
    data = [_explain(slug) for slug in BY_SLUG]
    return answer_json(orjson.dumps({"data": data}), headers=_CACHED)


@home.get("/v1/problems/<slug:slug>")
@reading(scope=OPEN)
def read_problem(call: Call, slug: str) -> Response:
    """Explain a type of problem and what to do about it."""
    if slug not in BY_SLUG:
        raise NotFound(f"There is no problem type {slug}.")
    return answer_json(orjson.dumps(_explain(slug)), headers=_CACHED)


def _is_there(address: str) -> bool:
    """Whether this application has a route to an address."""
    paths: frozenset[str] | None = current_app.extensions.get(_PATHS)
    if paths is None:
        paths = frozenset(template_of(rule) for rule in current_app.url_map.iter_rules())
        current_app.extensions[_PATHS] = paths
    return address.partition("?")[0] in paths


def _explain(slug: str) -> dict[str, object]:
    return {"type": f"/v1/problems/{slug}", **asdict(BY_SLUG[slug])}
