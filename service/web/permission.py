"""Permission over HTTP: may I do this with an article, or with many?"""

from flask import Blueprint, Response

from service.core.articles import license_article
from service.formats.documents.articles import read_article
from service.formats.documents.permission import render_permission, render_permissions
from service.formats.schemas.permission import PARAMETERS, load_permissions, read_use
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, reading
from service.web.conditional import check_read
from service.web.context import clock
from service.web.present import get_licensed
from service.web.responses import answer_json, require_json
from service.web.subjects import answer_use, answer_uses, sources_of
from service.web.works import find_works

permission = Blueprint("permission", __name__)


@permission.get("/v1/articles/<id:id>/permission")
@reading(*PARAMETERS)
def read(call: Call, id: str) -> Response:
    """Say whether an article may be used in a way, what must be done along with it, and why."""
    require_json()
    order = read_use(call.parameters, today=clock().date())
    found = get_licensed(call, id)
    article = license_article(read_article(found.document), found.ledger, order.use.as_of)
    source = sources_of(call.context.database, [article])[article.source.id]
    tag = f'"{found.version}-permission-{source.version}-{order.use.as_of:%Y%m%d}"'
    headers = {"ETag": tag, "Cache-Control": call.context.document_cache, "Vary": call.context.vary}
    if check_read(call.conditions, found.version, tag):
        return Response(status=304, headers=headers)
    document = answer_use(order, article, source, found.ledger, given=id)
    return answer_json(render_permission(document), headers=headers)


@permission.post("/v1/permissions")
@reading()
@accepting(JSON)
def create(call: Call) -> Response:
    """Say of each of many works whether it may be used in a way, what must be done along with it, and why."""
    require_json()
    order = load_permissions(parse_body(read_body(JSON)), today=clock().date())
    database = call.context.database
    works = find_works(database, order.articles, day=order.use.as_of)
    answers = answer_uses(database, order, works)
    items = (answers[given] for given in dict.fromkeys(order.articles))
    return answer_json(render_permissions(items), headers={"Cache-Control": "no-store"})
