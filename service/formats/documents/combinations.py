"""The answer for works that are combined, as one JSON document."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import orjson

from service.core.attribution import Block
from service.core.combinations import Combination, CombinedWork
from service.formats.documents.claims import render_claim
from service.formats.documents.permission import duty_documents, question_documents, reason_documents

Document = dict[str, Any]


def render_combination(
    combination: Combination,
    block: Block,
    *,
    ids: Mapping[str, str | None],
    problems: Mapping[str, Document],
    as_of: date,
) -> bytes:
    """The document; `ids` has the articles' ids and `problems` those of works not found, by how they were named."""
    return orjson.dumps(
        {
            "verdict": combination.verdict,
            "outbound": combination.outbound,
            "conflicts": [asdict(conflict) for conflict in combination.conflicts],
            "duties": duty_documents(combination.duties),
            "reasons": reason_documents(combination.reasons),
            "questions": question_documents(combination.questions),
            "credit": {name: getattr(block, name) for name in ("text", "html", "markdown", "lang", "dir")},
            "works": [_work(work, ids.get(work.name), problems.get(work.name)) for work in combination.works],
            "rule_set": combination.rule_set,
            "as_of": as_of,
        }
    )


def _work(work: CombinedWork, id: str | None, problem: Document | None) -> Document:
    named: Document = {"work": work.name, "id": id, "verdict": work.verdict}
    if work.claim is None:
        return {**named, "problem": problem}
    return {**named, "license": render_claim(work.claim)}
