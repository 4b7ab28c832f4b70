"""The credit of an article over HTTP."""

from flask import Blueprint, Response

from service.core.articles import license_article
from service.core.attribution import credit_work, work_of
from service.formats.documents.articles import read_article
from service.formats.documents.attribution import render_credit, render_view
from service.formats.schemas.attribution import PARAMETERS, read_order
from service.web.accept import choose_format
from service.web.as_of import read_day
from service.web.calls import Call, reading
from service.web.conditional import check_read
from service.web.context import clock
from service.web.present import get_licensed
from service.web.subjects import sources_of

attribution = Blueprint("attribution", __name__)
_TYPES = {
    "json": "application/json",
    "text": "text/plain",
    "html": "text/html",
    "markdown": "text/markdown",
    "jsonld": "application/ld+json",
    "short": "text/plain",
    "spoken": "text/plain",
}


@attribution.get("/v1/articles/<id:id>/attribution")
@reading("format", "as_of", *PARAMETERS)
def read(call: Call, id: str) -> Response:
    """Give the credit of an article, as JSON with all views or as one of them bare."""
    format, order = choose_format(call.parameters, _TYPES), read_order(call.parameters)
    day = read_day(call.parameters) or clock().date()
    found = get_licensed(call, id)
    article = license_article(read_article(found.document), found.ledger, day)
    source = sources_of(call.context.database, [article])[article.source.id]
    tag = f'"{found.version}-{format}-{source.version}-{day:%Y%m%d}"'
    headers = {"ETag": tag, "Cache-Control": call.context.document_cache, "Vary": call.context.vary}
    if check_read(call.conditions, found.version, tag):
        return Response(status=304, headers=headers)
    credit = credit_work(work_of(article, source.content), order.reuse, lang=order.lang)
    if format == "json":
        body = render_credit(credit, origin=article.license.origin, as_of=day)
    else:
        body = render_view(credit, format)
    charset = "; charset=utf-8" if _TYPES[format].startswith("text/") else ""
    return Response(body, content_type=f"{_TYPES[format]}{charset}", headers=headers)
