"""The draft of an article that a page made, as the document of ``/v1/extractions``."""

from typing import Any

import orjson

from service.formats.documents.detections import render_detection
from service.formats.pages.drafts import Draft
from service.formats.pages.facts import Fact


def render_extraction(draft: Draft, *, registered: bytes | None = None, warnings: bytes = b"") -> bytes:
    """The document of a draft; where it has been `registered`, with the record in its place and what was said of that.

    `warnings` is a JSON list as the answer to a new article has it.
    """
    article = draft.members if registered is None else orjson.Fragment(registered)
    return orjson.dumps(
        {
            "article": article,
            "evidence": {member: [*map(_fact, facts)] for member, facts in draft.evidence.items()},
            "detections": orjson.Fragment(render_detection(draft.detection, charset=draft.charset)),
            "warnings": [*draft.warnings, *map(_beneath_article, orjson.loads(warnings or b"[]"))],
        }
    )


def _fact(fact: Fact) -> dict[str, Any]:
    return {"value": fact.value, "from": fact.source, "quote": fact.quote}


def _beneath_article(warning: dict[str, str]) -> dict[str, str]:
    return {**warning, "pointer": f"/article{warning['pointer']}"}
