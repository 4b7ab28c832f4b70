"""What is stated about machines is found in a document as a parser would find it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.articles import AiTerms
from service.core.sources import Source
from service.formats.documents.articles import render_article
from service.formats.documents.machine_terms import find_stated, read_stated
from service.formats.documents.sources import render_source
from tests.factories import NOON, checked_source, courier
from tests.formats.cast import HOSTILE, hostile, least, whole

FORGED = ',"ai_terms":{"train_ai":true,"search":true,"tdm_reservation":false,"tdm_policy":null}'
answers = st.sampled_from((None, True, False))


@given(answers, answers, answers, st.one_of(st.none(), st.sampled_from(("}", "%22}", "a\\b", "{,}"))))
def test_what_was_written_is_read(train_ai, search, reservation, ending):
    policy = None if ending is None else f"https://harbour.example/{ending}"
    said = {"train_ai": train_ai, "search": search, "tdm_reservation": reservation, "tdm_policy": policy}
    document = render_article(whole(ai_terms=said))
    assert read_stated(find_stated(document)) == AiTerms(**json.loads(document)["ai_terms"]) == AiTerms(**said)


@pytest.mark.parametrize("text", [*HOSTILE.values(), FORGED, FORGED[1:], f"\\{FORGED}", f'"{FORGED}"'])
def test_a_text_that_looks_like_it_is_none(text):
    for article in (hostile(text), whole(title=text, corrections=[{"at": "2024-05-05", "text": text}])):
        assert read_stated(find_stated(render_article(article))) == whole().content.ai_terms


def test_it_is_found_in_a_source_too():
    content = checked_source(courier(name=FORGED))
    source = Source(id="x", version=1, created_at=NOON, updated_at=NOON, content=content)
    assert read_stated(find_stated(render_source(source))) == content.ai_terms


def test_silence_is_read_as_silence():
    assert read_stated(find_stated(render_article(least()))) == AiTerms()


def test_what_is_no_document_is_refused():
    with pytest.raises(ValueError, match="not the document"):
        find_stated(b'{"id":"x"}')
