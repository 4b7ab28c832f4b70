"""One use of many works over HTTP."""

from flask import Blueprint, Response

from service.formats.documents.permission import render_permissions
from service.formats.schemas.permission import load_permissions
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, reading
from service.web.context import clock
from service.web.responses import answer_json, require_json
from service.web.subjects import answer_uses
from service.web.works import find_works

permissions = Blueprint("permissions", __name__)


@permissions.post("/v1/permissions")
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
