"""What is stated about machines, read from the documents of an article and its source without parsing the whole."""

import re

import orjson

from service.core.articles import AiTerms

# In a document that was written here, this cannot stand inside a text: there every quotation mark has a backslash.
_BEGINS = b',"ai_terms":'
_STATED = re.compile(
    _BEGINS + rb'(\{"train_ai":[a-z]+,"search":[a-z]+,"tdm_reservation":[a-z]+,'
    rb'"tdm_policy":(?:null|"[^"\\]*+(?:\\.[^"\\]*+)*+")\})'
)


def find_stated(document: bytes) -> bytes:
    """The member ``ai_terms`` of the stored document of an article or a source, as it stands there."""
    match = _STATED.match(document, max(document.rfind(_BEGINS), 0))
    if match is None:
        raise ValueError("This is not the document of an article or a source")
    return match[1]


def read_stated(stated: bytes) -> AiTerms:
    """The terms that `find_stated` found."""
    return AiTerms(**orjson.loads(stated))
