"""What the elements and properties of HTML, XML and JSON-LD mean to a reader of licenses and credits."""

import json
import re
from collections.abc import Iterator

from service.core.data import read_table
from service.core.detection.document import MarkedCredit

_ROWS = read_table("tags.tsv")
_JSON_CREDIT = re.compile(
    r'"(?P<role>author|creator|copyrightHolder|creditText)"\s{0,9}:\s{0,9}(?:\[\s{0,9})?'
    r'(?:"(?P<text>(?:[^"\\]|\\.){1,200})"|\{[^{}]{0,400}?"name"\s{0,9}:\s{0,9}"(?P<name>(?:[^"\\]|\\.){1,200})")'
)


def tags_of(kind: str) -> list[str]:
    """The tags of a kind: `inline` ones break no line, `empty` ones hold nothing, `work` ones hold a work."""
    return [row["tag"] for row in _ROWS if row["kind"] == kind]


def element_rank(name: str, said: dict[str, str]) -> int | None:
    """How strongly an element with such attributes names a creator, 0 the strongest; None if it does not."""
    words = f"{said.get('property', '')} {said.get('itemprop', '')} {said.get('rel', '')}".lower().split()
    ranks = [_PROPERTY_RANKS[word] for word in words if word in _PROPERTY_RANKS]
    ranks += [ELEMENT_RANKS[name]] if name in ELEMENT_RANKS else []
    return min(ranks, default=None)


def json_credits(source: str, start: int, end: int) -> Iterator[MarkedCredit]:
    """The creators that JSON-LD at [start, end) of the source names, whether the JSON is whole or not."""
    for match in _JSON_CREDIT.finditer(source, start, end):
        group = "text" if match["text"] else "name"
        yield MarkedCredit(_JSON_RANKS[match["role"]], _json_text(match[group]), *match.span(group))


def _json_text(escaped: str) -> str:
    """What a JSON string says; half of a surrogate pair is no character and becomes U+FFFD."""
    try:
        text = str(json.loads(f'"{escaped}"'))
    except ValueError:
        return escaped
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _ranks(kind: str) -> dict[str, int]:
    return {row["tag"]: int(row["rank"]) for row in _ROWS if row["kind"] == kind}


ELEMENT_RANKS = _ranks("credit-element")
META_RANKS = _ranks("credit-meta")
_PROPERTY_RANKS = _ranks("credit-property")
_JSON_RANKS = _ranks("credit-json")
