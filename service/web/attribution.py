"""The credit of an article over HTTP."""

from flask import Blueprint, Response, request

from service.actions.tombstones import gone
from service.core.attribution import Credit, Reuse, credit_work, work_of
from service.core.errors import NotAcceptable
from service.formats.documents.articles import read_article
from service.formats.documents.attribution import render_credit
from service.storage import articles as stored
from service.web.calls import Call, reading
from service.web.conditional import check_read, not_found
from service.web.context import clock
from service.web.parameters import Parameters, invalid_parameter

attribution = Blueprint("attribution", __name__)
_TYPES = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
}
_LONGEST_CHANGE = 500


@attribution.get("/v1/articles/<id:id>/attribution")
@reading("format", "lang", "changes", "changed_by")
def read(call: Call, id: str) -> Response:
    """Give the credit of an article, as JSON with all views or as one of them bare."""
    format, reuse = _format(call.parameters), _reuse(call.parameters)
    row = stored.serve_article(call.context.database, id)
    if row is None:
        raise not_found("article", id)
    version, document, deleted_at, _ = row
    if deleted_at is not None:
        raise gone("article", version=version, deleted_at=deleted_at)
    today = clock().date()
    tag = f'"{version}-{format}-{today:%Y%m%d}"'
    headers = {"ETag": tag, "Cache-Control": call.context.document_cache, "Vary": call.context.vary}
    if check_read(call.conditions, version, tag):
        return Response(status=304, headers=headers)
    article = read_article(document)
    credit = credit_work(work_of(article), reuse)
    if format == "json":
        body = render_credit(credit, origin=article.license.origin, as_of=today)
    else:
        body = _bare(credit, format).encode()
    return Response(body, content_type=_TYPES[format], headers=headers)


def _format(parameters: Parameters) -> str:
    """The view that is asked for, by the parameter or else by Accept."""
    named = parameters.get("format")
    if named is not None:
        if named not in _TYPES:
            raise invalid_parameter("format", f"format takes one of {', '.join(_TYPES)}.")
        return named
    media = {kind.partition(";")[0]: name for name, kind in _TYPES.items()}
    accept = request.headers.get("Accept")
    if accept is None or accept == "*/*":
        return "json"
    best = request.accept_mimetypes.best_match(list(media))
    if best is None:
        raise NotAcceptable(f"This resource has {', '.join(media)}.", available=list(media))
    return media[best]


def _reuse(parameters: Parameters) -> Reuse:
    if parameters.get("lang", "en") != "en":
        raise invalid_parameter("lang", "lang takes en.")
    for name in ("changes", "changed_by"):
        value = parameters.get(name)
        if value is not None and not 0 < len(value.strip()) <= _LONGEST_CHANGE:
            raise invalid_parameter(name, f"{name} takes 1 to {_LONGEST_CHANGE} characters.")
    return Reuse(changes=parameters.get("changes"), changed_by=parameters.get("changed_by"))


def _bare(credit: Credit, format: str) -> str:
    views = {"text": credit.text, "html": credit.html, "markdown": credit.markdown}
    return views[format]
