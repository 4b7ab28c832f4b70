"""Statements as footers, captions, feeds, records and news have them, in the languages of the tables.

Each line of statements.ndjson is a text with what it says: ids, then the type without a version behind a question mark,
then "conflict" where it contradicts itself; and whom it credits. Most are plain text.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from service.core.detection import Detection, detect

STATEMENTS = [
    json.loads(line) for line in Path(__file__).with_name("statements.ndjson").read_text(encoding="utf-8").splitlines()
]


def said(detection: Detection) -> str:
    """What the detection comes to, as one line."""
    ids = sorted(detected.license.id for detected in detection.licenses if detected.license)
    unit = [f"?{detection.unit}"] if detection.unit else []
    return " ".join([*ids, *unit, *["conflict"] * detection.conflict])


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement["text"][:60])
def test_a_statement_says_what_is_noted_beside_it(statement: dict[str, Any]):
    detection = detect(statement["text"], media_type=statement.get("media_type", "text/plain"))
    assert (said(detection), detection.credit) == (statement["expected"], statement.get("credit"))


def test_the_statements_are_many_and_each_stands_once():
    assert len({(statement["text"], statement.get("media_type")) for statement in STATEMENTS}) == len(STATEMENTS) > 500
