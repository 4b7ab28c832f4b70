"""Pages for people, at addresses without a version: an article, a license, a source."""

from collections.abc import Mapping

from flask import Blueprint, Response

from service.actions.tombstones import gone
from service.core.catalogue import find_license
from service.core.licenses import License
from service.formats.documents.sources import read_source
from service.formats.html_page import CONTENT_SECURITY_POLICY, render_license_page, render_source_page
from service.formats.representations import REPRESENTATIONS
from service.storage.sources import find_source
from service.web.calls import Call, reading
from service.web.conditional import check_read, not_found
from service.web.representations import answer_in_form
from service.web.responses import CATALOGUE_CACHE

people = Blueprint("people", __name__)
_HTML = REPRESENTATIONS["html"]
_PAGE = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}


@people.get("/articles/<id:id>")
@reading()
def article(call: Call, id: str) -> Response:
    """Show an article: the credit to copy, the license, and what says so."""
    response = answer_in_form(call, id, _HTML, None, address=f"/v1/articles/{id}")
    del response.headers["Vary"]
    response.headers.update(_varied(call))
    return response


@people.get("/licenses/<id>")
@reading()
def license_(call: Call, id: str) -> Response:
    """Show a license: what it permits, requires and prohibits."""
    license = find_license(id)
    if license is None:
        raise not_found("license", id[:100])
    return answer_license_page(license, _varied(call))


@people.get("/sources/<slug:slug>")
@reading()
def source(call: Call, slug: str) -> Response:
    """Show a source: its policies with what says so, and what it asks."""
    found = find_source(call.context.database, slug)
    if found is None:
        raise not_found("source", slug)
    if found.deleted_at is not None:
        raise gone("source", version=found.version, deleted_at=found.deleted_at)
    tag = _HTML.tag(found.version)
    headers = {"ETag": tag, "Cache-Control": call.context.document_cache, **_varied(call)}
    if check_read(call.conditions, found.version, tag):
        return Response(status=304, headers=headers)
    links = (
        f'</v1/sources/{slug}>; rel="alternate"; type="application/json"',
        f'</v1/articles?source={slug}&format=atom>; rel="alternate"; type="application/atom+xml"; title="Its articles"',
    )
    page = render_source_page(read_source(found.document))
    return Response(page, content_type=_HTML.content_type, headers={**headers, **_PAGE, "Link": ", ".join(links)})


def answer_license_page(license: License, varied: Mapping[str, str]) -> Response:
    """The page of a license, which may be kept as long as its document; `varied` is Vary, if it depends on anything."""
    links = f'<{license.url}>; rel="canonical", </v1/licenses/{license.id}>; rel="alternate"; type="application/json"'
    headers = {"Cache-Control": CATALOGUE_CACHE, "Link": links, **varied, **_PAGE}
    return Response(render_license_page(license), content_type=_HTML.content_type, headers=headers)


def _varied(call: Call) -> dict[str, str]:
    """The request headers that a page depends on: it has one form, whatever Accept says."""
    return {} if call.context.public_read else {"Vary": "Authorization"}
