"""The front door: a page for browsers, an index of links for everyone else; and the problem types explained."""

from dataclasses import asdict

import orjson
from flask import Blueprint, Response, render_template, request

from service.core.errors import NotFound
from service.web.accept import best_type
from service.web.calls import Call, reading
from service.web.problem_types import BY_SLUG
from service.web.responses import CATALOGUE_CACHE, JSON_TYPE, answer_json

home = Blueprint("home", __name__)
_CACHED = {"Cache-Control": CATALOGUE_CACHE}
_LINKS = {
    "articles": "/v1/articles",
    "export": "/v1/export/articles",
    "sources": "/v1/sources",
    "changes": "/v1/changes",
    "licenses": "/v1/licenses",
    "resolve": "/v1/resolve",
    "keys": "/v1/keys",
    "oai": "/oai?verb=Identify",
    "problems": "/v1/problems",
    "live": "/livez",
    "ready": "/readyz",
}


@home.get("/")
@reading()
def index(call: Call) -> Response:
    """Say what this is and where everything stands."""
    headers = {**_CACHED, "Vary": "Accept"}
    if best_type([JSON_TYPE, "text/html"]) == "text/html":
        page = render_template("home.html", base=request.host_url.rstrip("/"))
        return Response(page, mimetype="text/html", headers=headers)
    document = {"name": "Creditline", "metadata_license": call.context.metadata_license, "links": _LINKS}
    return answer_json(orjson.dumps(document), headers=headers)


@home.get("/v1/problems")
@reading()
def list_problems(call: Call) -> Response:
    """List the types of problem that an answer may have."""
    data = [_explain(slug) for slug in BY_SLUG]
    return answer_json(orjson.dumps({"data": data}), headers=_CACHED)


@home.get("/v1/problems/<slug:slug>")
@reading()
def read_problem(call: Call, slug: str) -> Response:
    """Explain a type of problem and what to do about it."""
    if slug not in BY_SLUG:
        raise NotFound(f"There is no problem type {slug}.")
    return answer_json(orjson.dumps(_explain(slug)), headers=_CACHED)


def _explain(slug: str) -> dict[str, object]:
    return {"type": f"/v1/problems/{slug}", **asdict(BY_SLUG[slug])}
