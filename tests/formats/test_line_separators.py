"""U+2028 and U+2029 in documents, which some readers take for the end of a line."""

import json

from hypothesis import given
from hypothesis import strategies as st

from service.core.sources import Source
from service.formats.documents.line_separators import escape_separators
from service.formats.documents.sources import read_source, render_source
from tests.factories import NOON, checked_source, courier


@given(st.text(st.sampled_from('a\\"u2028\u2027\u2028\u2029\u202a')))
def test_json_says_the_same_on_one_line(text: str):
    escaped = escape_separators(json.dumps(text, ensure_ascii=False).encode()).decode()
    assert json.loads(escaped) == text
    assert escaped.splitlines() == [escaped]


def test_a_source_is_one_line_to_every_reader():
    content = checked_source(courier(name="Harbour\u2028Courier"))
    source = Source(id="x", version=1, created_at=NOON, updated_at=NOON, content=content)
    document = render_source(source)
    assert len(document.decode().splitlines()) == 1
    assert read_source(document) == source
