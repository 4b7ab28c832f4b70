"""Which form of an article a request asks for, and the article in a form that other systems speak."""

from collections.abc import Callable
from datetime import date

from flask import Response, request

from service.actions.tombstones import gone
from service.core.articles import Article, license_article, link_of
from service.core.catalogue import find_license
from service.core.errors import NotAcceptable
from service.formats.documents.articles import read_article
from service.formats.html_page import CONTENT_SECURITY_POLICY
from service.formats.provider import Provider
from service.formats.representations import REPRESENTATIONS, Representation
from service.storage.articles import serve_article, serve_version
from service.web.calls import Call
from service.web.conditional import check_read, not_found
from service.web.parameters import Parameters, invalid_parameter
from service.web.present import get_licensed
from service.web.responses import JSON_TYPE

FORMATS = ("json", *REPRESENTATIONS)
"""What ``format`` takes for an article."""

ALTERNATES = ", ".join(
    f'<?format={form.name}>; rel="alternate"; type="{form.media_type}"' for form in REPRESENTATIONS.values()
)
"""The forms as a Link header says them, relative to the address of the article (RFC 8288 s. 3.2)."""

_BY_TYPE = {JSON_TYPE: None, **{form.media_type: form for form in REPRESENTATIONS.values()}}


def wanted_form(parameters: Parameters) -> Representation | None:
    """The form that ``format`` names, or else Accept; None is the JSON document.

    Raises InvalidParameter for a name that there is not, NotAcceptable where the client takes none of the forms.
    """
    named = parameters.get("format")
    if named is not None:
        if named not in FORMATS:
            raise invalid_parameter("format", f"format takes one of {', '.join(FORMATS)}.")
        return REPRESENTATIONS.get(named)
    if request.environ.get("HTTP_ACCEPT", "").strip() in ("", "*/*", JSON_TYPE):
        return None
    best = request.accept_mimetypes.best_match(_BY_TYPE)
    if best is None:
        raise NotAcceptable(f"This resource has {', '.join(_BY_TYPE)}.", available=list(_BY_TYPE))
    return _BY_TYPE[best]


def answer_in_form(call: Call, id: str, form: Representation, day: date | None) -> Response:
    """The article in a form, as of a day if one is asked for; the form is made from the stored document."""
    if "fields" in call.parameters:
        raise invalid_parameter("fields", "fields takes members of the JSON document, and another form is asked for.")
    if day is None and (version := unmodified_version(call, id, form.tag)):
        return Response(status=304, headers=_headers(call, form.tag(version)))
    article = _find(call, id) if day is None else _find_as_of(call, id, day)
    tag = form.tag(article.version, day)
    if check_read(call.conditions, article.version, tag):
        return Response(status=304, headers=_headers(call, tag))
    headers = {**_headers(call, tag), "Link": f"{link_of(article)}, {ALTERNATES}"}
    if form.name == "html":
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return Response(form.write(article, _provider(call)), content_type=form.content_type, headers=headers)


def unmodified_version(call: Call, id: str, tag_of: Callable[[int], str]) -> int | None:
    """The version of an article that the client has already, found without its document."""
    if not call.conditions.if_none_match:
        return None
    row = serve_version(call.context.database, id)
    if row is None or row[1] is not None:
        return None
    return row[0] if check_read(call.conditions, row[0], tag_of(row[0])) else None


def _find(call: Call, id: str) -> Article:
    row = serve_article(call.context.database, id)
    if row is None:
        raise not_found("article", id)
    version, document, deleted_at, _ = row
    if deleted_at is not None:
        raise gone("article", version=version, deleted_at=deleted_at)
    return read_article(document)


def _find_as_of(call: Call, id: str, day: date) -> Article:
    found = get_licensed(call, id)
    return license_article(read_article(found.document), found.ledger, day)


def _headers(call: Call, tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": call.context.document_cache, "Vary": call.context.vary}


def _provider(call: Call) -> Provider:
    license = find_license(call.context.metadata_license)
    return Provider(address=request.host_url.rstrip("/"), metadata_license=license)
