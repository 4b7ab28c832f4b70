"""Combinations of works over HTTP: may they go together, and under which license?"""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response

from service.core.articles import Article
from service.core.attribution import Credit, credit_block, credit_work, work_of
from service.core.combinations import Combination, Member, combine
from service.core.grants import UNKNOWN, Claim
from service.core.permission.territories import class_of_territory
from service.core.sources import Source
from service.formats.documents.combinations import render_combination
from service.formats.schemas.combinations import load_combination
from service.web.bodies import JSON, parse_body, read_body
from service.web.calls import Call, accepting, reading
from service.web.context import clock
from service.web.responses import answer_json, require_json
from service.web.subjects import sources_of
from service.web.works import NamedWork, find_works

combinations = Blueprint("combinations", __name__)


@combinations.post("/v1/combinations")
@reading()
@accepting(JSON)
def create(call: Call) -> Response:
    """Say whether works may be combined, under which licenses the result may be published, and give the credit."""
    require_json()
    order, today = load_combination(parse_body(read_body(JSON))), clock().date()
    works = find_works(call.context.database, order.works, day=today)
    members = [Member(name=work.given[0], claims=_claims_of(work)) for work in works]
    combination = combine(
        members,
        as_=order.kind,
        commercial=order.commercial,
        outbound_license=order.outbound_license,
        territory=class_of_territory(order.territory, today),
    )
    articles = {work.given[0]: work.article for work in works if work.article}
    sources = sources_of(call.context.database, articles.values())
    block = credit_block(_credits(combination, articles, sources, order.lang), lang=order.lang)
    ids = {name: article.id for name, article in articles.items()}
    problems = {work.given[0]: work.problem for work in works if work.problem}
    body = render_combination(combination, block, ids=ids, problems=problems, as_of=today)
    return answer_json(body, headers={"Cache-Control": "no-store"})


def _claims_of(work: NamedWork) -> tuple[Claim, ...] | None:
    """The alternatives that a work is offered under; a dispute is one claim, and None is a work that is not there."""
    if work.article is None:
        return (work.claim,) if work.claim else None
    if work.article.license.claim.status == "disputed":
        return (work.article.license.claim,)
    return tuple(shown.claim for shown in work.article.licenses) or (UNKNOWN,)


def _credits(
    combination: Combination, articles: Mapping[str, Article], sources: Mapping[str | None, Source], lang: str
) -> list[Credit]:
    """The credits of the articles, under the license that each goes in by; their order is not that of the request."""
    credits = [
        credit_work(replace(work_of(article, sources[article.source.id].content), claim=work.claim), lang=lang)
        for work in combination.works
        if work.claim and (article := articles.get(work.name))
    ]
    return sorted(credits, key=lambda credit: credit.text)
