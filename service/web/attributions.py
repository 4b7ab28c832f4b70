"""The credits of many works over HTTP."""

from collections.abc import Mapping

from flask import Blueprint, Response

from service.core.attribution import Work, credit_block, credit_work, work_of
from service.core.sources import Source
from service.formats.documents.attributions import CreditItem, render_credits
from service.formats.schemas.attributions import BlockOrder, load_attributions
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, reading
from service.web.context import clock
from service.web.responses import answer_json, require_json
from service.web.subjects import sources_of
from service.web.works import NamedWork, find_works

attributions = Blueprint("attributions", __name__)


@attributions.post("/v1/attributions")
@reading()
@accepting(JSON)
def create(call: Call) -> Response:
    """Give one credit block for many works, and the credit of each."""
    require_json()
    order = load_attributions(parse_body(read_body(JSON)))
    today = clock().date()
    works = find_works(call.context.database, order.articles, day=today)
    sources = sources_of(call.context.database, [work.article for work in works if work.article])
    items = [_credit(work, sources, order) for work in works]
    block = credit_block([item.credit for item in items if item.credit], lang=order.lang)
    return answer_json(render_credits(block, items, as_of=today), headers={"Cache-Control": "no-store"})


def _credit(work: NamedWork, sources: Mapping[str | None, Source], order: BlockOrder) -> CreditItem:
    if work.article:
        source = sources[work.article.source.id]
        credit = credit_work(work_of(work.article, source.content), order.reuse, lang=order.lang)
        return CreditItem(given=work.given, id=work.article.id, credit=credit, origin=work.article.license.origin)
    if work.claim:
        return CreditItem(given=work.given, credit=credit_work(Work(claim=work.claim), order.reuse, lang=order.lang))
    return CreditItem(given=work.given, problem=work.problem)
