"""The catalogue of licenses over HTTP, and the answer to "which license, or which article, is this?"."""

from flask import Blueprint, Response

from service.core.catalogue import LICENSES, find_license, resolve_license
from service.core.errors import InvalidValue, NotFound
from service.core.licenses import Unresolved
from service.core.urls import canonical_url
from service.formats.documents.licenses import license_documents, render_resolution
from service.formats.representations import REPRESENTATIONS
from service.storage.articles import find_id_by_url
from service.web.calls import Call, reading
from service.web.conditional import not_found
from service.web.pages import Page, answer_page, read_limit, read_position
from service.web.parameters import invalid_parameter
from service.web.people import answer_license_page
from service.web.representations import choose_form
from service.web.responses import CATALOGUE_CACHE, answer_json, require_json

licenses = Blueprint("licenses", __name__)
_PLACES = {license.id: place for place, license in enumerate(LICENSES)}
_FORMS = {"json": None, "html": REPRESENTATIONS["html"]}
_CACHED = {"Cache-Control": CATALOGUE_CACHE, "Vary": "Accept"}


@licenses.get("/v1/licenses")
@reading("limit", "cursor")
def list_(call: Call) -> Response:
    """List the catalogue of every Creative Commons legal tool."""
    require_json()
    limit, position = read_limit(call.parameters), read_position(call, "licenses", "integer")
    start = max(position[0], 0) if position else 0
    found = LICENSES[start : start + limit]
    more = [start + limit] if start + limit < len(LICENSES) else None
    page = Page([license_documents()[license.id] for license in found], more)
    return answer_page(page, "/v1/licenses", call, limit=limit, query="licenses", extra=_CACHED)


@licenses.get("/v1/licenses/<id>")
@reading()
def read(call: Call, id: str) -> Response:
    """Read a license: what it permits, requires and prohibits."""
    form = choose_form({}, _FORMS)
    license = find_license(id)
    if license is None:
        raise not_found("license", id[:100])
    if form is not None:
        return answer_license_page(license, {"Vary": "Accept"})
    headers = {**_CACHED, "Link": f'<{license.url}>; rel="canonical"'}
    return answer_json(license_documents()[license.id], headers=headers)


@licenses.get("/v1/resolve")
@reading("license", "url")
def resolve(call: Call) -> Response:
    """Find a license by id, URL or name, or an article by its original URL."""
    require_json()
    license, url = call.parameters.get("license"), call.parameters.get("url")
    if (license is None) == (url is None):
        raise invalid_parameter("license", "Give one of license and url.")
    return _resolve_url(call, url) if url is not None else _resolve_license(license or "")


def _resolve_license(text: str) -> Response:
    if not text.strip():
        raise invalid_parameter("license", "license takes an id, a URL or a name.")
    resolution = resolve_license(text)
    if isinstance(resolution, Unresolved):
        near = f" Near ones are {', '.join(resolution.near[:5])}." if resolution.near else ""
        raise NotFound(f"There is no license {text[:200]!r}.{near}")
    return answer_json(render_resolution(resolution), headers=_CACHED)


def _resolve_url(call: Call, url: str) -> Response:
    try:
        address = canonical_url(url)
    except InvalidValue as error:
        raise invalid_parameter("url", error.detail) from error
    id = find_id_by_url(call.context.database, address)
    if id is None:
        raise NotFound(f"There is no article with the URL {address}.")
    headers = {"Location": f"/v1/articles/{id}", "Cache-Control": "no-store"}
    return answer_json(b'{"id":"' + id.encode() + b'"}', 303, headers)
