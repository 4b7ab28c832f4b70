"""Permissions and combinations as JSON Schema, with an example of each."""

from datetime import date
from typing import Any, get_args

import orjson

from service.core.articles import Article
from service.core.attribution import Credit, credit_block
from service.core.combinations import Member, combine
from service.core.grants import Grant
from service.core.permission import USES, Use, decide, subject_of
from service.core.permission.model import Basis, Verdict
from service.core.sources import SourceContent
from service.formats.documents.combinations import render_combination
from service.formats.documents.permission import permission_document, render_permissions
from service.formats.schemas.attribution import MEDIA
from service.web.openapi.shapes import COUNTER, MAYBE, MAYBE_DAY, TEXT, URL, UUID, Json, many, record, ref

_DAY: Json = {"type": "string", "format": "date"}
_VERDICT: Json = {"type": "string", "enum": list(get_args(Verdict))}
_MAYBE_ID: Json = {**UUID, "type": MAYBE["type"]}
_MAYBE_FLAG: Json = {"type": ["boolean", "null"]}
_AS_OF = date(2026, 11, 24)


def verdict_schemas() -> dict[str, Json]:
    """The schemas of what permissions and combinations answer."""
    return {
        "Duty": record(
            "Something to do along with the use; a request is a wish of the publisher's and no condition.",
            kind=TEXT,
            basis={"type": "string", "enum": list(get_args(Basis))},
            clause=MAYBE,
            text=TEXT,
            url={**URL, "type": MAYBE["type"]},
        ),
        "Reason": record("A rule that the verdict rests on, or a note beside it.", rule=TEXT, clause=MAYBE, text=TEXT),
        "Question": record("What would settle the answer.", question=TEXT, text=TEXT),
        "CreditViews": _views(),
        "Permission": _permission(),
        "PermissionList": record(
            "The answer for each work, in the order of the request.",
            data=many({"anyOf": [ref("Permission"), ref("MissingWork")]}),
        ),
        "MissingWork": record(
            "What was named and is no work.", article=TEXT, id={"type": "null"}, problem=ref("ItemProblem")
        ),
        "Combination": _combination(),
    }


def _views() -> Json:
    direction: Json = {"type": "string", "enum": ["ltr", "rtl"]}
    return record("A credit, ready to print.", text=TEXT, html=TEXT, markdown=TEXT, lang=TEXT, dir=direction)


def _permission() -> Json:
    asked = record(
        "What the use was taken to be; null was not said.",
        commercial=_MAYBE_FLAG,
        share=_MAYBE_FLAG,
        changes=MAYBE,
        outbound_license=MAYBE,
        medium={"enum": [*MEDIA, None]},
        territory=MAYBE,
        obtained_on=MAYBE_DAY,
    )
    return record(
        "The answer to a use: the verdict, what it asks, and why.",
        article={**TEXT, "description": "The work as it was named."},
        id=_MAYBE_ID,
        use={"type": "string", "enum": list(USES)},
        asked=asked,
        verdict=_VERDICT,
        duties=many(ref("Duty")),
        reasons=many(ref("Reason")),
        questions=many(ref("Question")),
        credit=ref("CreditViews"),
        license=ref("LicenseClaim"),
        earlier_grants=many(record("A grant that was closed.", n=COUNTER, license=ref("LicenseClaim"))),
        rule_set=TEXT,
        as_of=_DAY,
    )


def _combination() -> Json:
    conflict = record("Works that cannot go together.", works=many(TEXT), rule=TEXT, clause=MAYBE, text=TEXT)
    work = record(
        "A work, with the license that it goes in under or the problem of finding it.",
        ("license", "problem"),
        work={**TEXT, "description": "The work as it was named."},
        id=_MAYBE_ID,
        verdict=_VERDICT,
        license=ref("LicenseClaim"),
        problem=ref("ItemProblem"),
    )
    return record(
        "The answer for works that are combined.",
        verdict=_VERDICT,
        outbound={**many(TEXT), "description": "The ids of the licenses that the result may carry."},
        conflicts=many(conflict),
        duties=many(ref("Duty")),
        reasons=many(ref("Reason")),
        questions=many(ref("Question")),
        credit=ref("CreditViews"),
        works=many(work),
        rule_set=TEXT,
        as_of=_DAY,
    )


def verdict_examples(article: Article, credit: Credit, grant: Grant) -> Json:
    """An example of each body and answer."""
    use = Use(use="republish", commercial=True, as_of=_AS_OF)
    permission = decide(subject_of(article, SourceContent(name="The Lantern"), (grant,)), use)
    shown = permission_document(permission, use, credit, article=article.id, id=article.id, origin="article")
    works = [Member(name=article.id, claims=(article.license.claim,))]
    combination = render_combination(
        combine(works, as_="collection"),
        credit_block([credit], lang="en"),
        ids={article.id: article.id},
        problems={},
        as_of=_AS_OF,
    )
    return {
        "PermissionsInput": {"articles": [article.id], "use": "republish", "commercial": True},
        "Permission": _read(orjson.dumps(shown)),
        "PermissionList": _read(render_permissions([shown])),
        "CombinationInput": {"works": [article.id, "CC-BY-SA-4.0"], "as": "collection"},
        "Combination": _read(combination),
    }


def _read(document: bytes) -> Any:
    return orjson.loads(document)
