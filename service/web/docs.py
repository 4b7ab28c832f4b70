"""The API described: its OpenAPI document, a page to read and try it, and the catalog that points at both."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, render_template, request

from service.core.errors import NotFound, PreconditionFailed
from service.web.context import context
from service.web.headers import read_headers
from service.web.openapi.document import render_document
from service.web.parameters import read_parameters
from service.web.responses import CATALOGUE_CACHE, answer_json

docs = Blueprint("docs", __name__)
_FOLDER = Path(__file__).with_name("static")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".txt": "text/plain"}
_FOREVER = "public, max-age=31536000, immutable"
_RENDERED = "creditline-openapi"
_CATALOG_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


@docs.get("/v1/openapi.json")
def openapi() -> Response:
    """Give this description of the API, an OpenAPI 3.1 document."""
    conditions = read_headers(request.environ).conditions
    read_parameters(request.environ, ())
    body, tag = _rendered()
    headers = {"ETag": tag, "Cache-Control": CATALOGUE_CACHE}
    match, none_match = conditions.if_match, conditions.if_none_match
    if match and not match.any and tag not in match.tags:
        raise PreconditionFailed("The document is another one now.")
    if none_match and (none_match.any or none_match.has_tag(tag)):
        return Response(status=304, headers=headers)
    return answer_json(body, headers=headers)


@docs.get("/docs")
def page() -> Response:
    """Show the API as a page to read and to try."""
    _check_request()
    html = render_template("docs.html", assets=f"/docs/assets/{_digest()}")
    headers = {"Cache-Control": CATALOGUE_CACHE, "Content-Security-Policy": _POLICY}
    return Response(html, mimetype="text/html", headers=headers)


@docs.get("/docs/assets/<slug:digest>/<name>")
def asset(digest: str, name: str) -> Response:
    """Give a file that the page needs."""
    _check_request()
    if digest != _digest() or name not in _files():
        raise NotFound(f"There is nothing at {request.path}.")
    kind = _TYPES[Path(name).suffix]
    return Response(_files()[name], mimetype=kind, headers={"Cache-Control": _FOREVER})


@docs.get("/.well-known/api-catalog")
def catalog() -> Response:
    """Say where the API, its description and its state stand (RFC 9727)."""
    _check_request()
    base = request.host_url.rstrip("/")
    links: dict[str, Any] = {
        "anchor": f"{base}/v1",
        "service-desc": [{"href": f"{base}/v1/openapi.json", "type": "application/json"}],
        "service-doc": [{"href": f"{base}/docs", "type": "text/html"}],
        "status": [{"href": f"{base}/readyz", "type": "application/json"}],
    }
    headers = {"Cache-Control": CATALOGUE_CACHE, "Link": f'<{base}/.well-known/api-catalog>; rel="api-catalog"'}
    return Response(orjson.dumps({"linkset": [links]}), content_type=_CATALOG_TYPE, headers=headers)


def _check_request() -> None:
    """Refuse what no other endpoint takes either: malformed headers and parameters that there are not."""
    read_headers(request.environ)
    read_parameters(request.environ, ())


def _rendered() -> tuple[bytes, str]:
    """The document of this application and its entity tag, made once."""
    kept: tuple[bytes, str] | None = current_app.extensions.get(_RENDERED)
    if kept is None:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        body = render_document(app, public=context().public_read)
        kept = body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        current_app.extensions[_RENDERED] = kept
    return kept


@cache
def _files() -> dict[str, bytes]:
    """The files for the page, by their names."""
    return {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}


@cache
def _digest() -> str:
    """What all files hold, in short: their address changes with them."""
    return hashlib.sha256(b"".join(_files().values())).hexdigest()[:16]
