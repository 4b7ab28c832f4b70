"""The cast: a few articles and sources that every test knows, as a client would send them."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from service.actions.transactions import Order
from service.core.articles import NewArticle
from service.core.keys import Actor
from service.core.sources import SourceContent
from service.formats.schemas.articles import load_article
from service.formats.schemas.sources import load_source

Document = dict[str, Any]

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
EDITOR = Actor(id="editor", scopes=frozenset({"write"}))
ORDER = Order(actor=EDITOR, now=NOON)

_numbers = count(1)


def moth(**changes: Any) -> Document:
    """The least that an article may say: where it is, what it is called and who published it."""
    return {
        "url": "https://lantern.example/science/moth",
        "title": "The moth that learned to whistle",
        "source": {"name": "The Lantern", "url": "https://lantern.example/"},
        **changes,
    }


def another_moth(**changes: Any) -> Document:
    """An article like `moth` at an address that no other has."""
    number = next(_numbers)
    return moth(**{"url": f"https://lantern.example/moths/{number}", "title": f"Moth number {number}", **changes})


def lighthouse(**changes: Any) -> Document:
    """An article with something in every member that a client may send."""
    return {
        "url": "https://harbour.example/2024/lighthouse",
        "title": "Who paints the lighthouse?",
        "source": {"name": "Harbour Courier", "url": "https://harbour.example/"},
        "creators": [
            {
                "name": "Ines Albright",
                "role": "author",
                "kind": "person",
                "url": "https://harbour.example/staff/ines",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": "Harbour Courier",
            },
            {"name": "Tomás Ferreira", "role": "photographer"},
        ],
        "language": "en-GB",
        "published_at": "2024-05-04T10:30:00Z",
        "modified_at": "2024-05-05",
        "summary": "Eleven coats of white, and an argument about the twelfth.",
        "section": "Coast",
        "keywords": ["lighthouses", "paint"],
        "identifiers": [{"scheme": "doi", "value": "10.1000/182"}, {"scheme": "partner:desk", "value": "HC-0042"}],
        "license": {
            "id": "CC-BY-SA-3.0",
            "statement": "Text: CC BY-SA 3.0.",
            "statement_url": "https://harbour.example/terms",
            "start": "2024-05-04",
        },
        "requests": [{"kind": "tracking-pixel", "text": "Keep the pixel.", "url": "https://harbour.example/pixel"}],
        "attribution": {
            "credit": "The Harbour Trust",
            "credit_url": "https://trust.example/",
            "copyright_notice": "© 2024 The Harbour Trust",
            "copyright_holder": "The Harbour Trust",
            "copyright_year": 2024,
            "disclaimer": "The Trust does not vouch for the paint.",
            "requested": "Ines Albright for The Harbour Trust",
        },
        "parts": [
            {
                "kind": "image",
                "url": "https://harbour.example/lamp.jpg",
                "title": "The lamp",
                "creator": "Tomás Ferreira",
                "license": "CC-BY-NC-4.0",
                "credit": "Photo: T. Ferreira",
            }
        ],
        "based_on": [
            {
                "relation": "translation",
                "url": "https://faro.example/pintura",
                "title": "¿Quién pinta el faro?",
                "creators": ["Lucía Mar"],
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "changes": "Translated from Spanish.",
            }
        ],
        "more_permissions_url": "https://harbour.example/syndication",
        "ai_terms": {
            "train_ai": False,
            "search": True,
            "tdm_reservation": True,
            "tdm_policy": "https://harbour.example/tdm.json",
        },
        "status": "corrected",
        "corrections": [
            {"at": "2024-05-05", "text": "It is the north tower.", "url": "https://harbour.example/errata"}
        ],
        **changes,
    }


def lantern(**changes: Any) -> Document:
    """The least that a source may say."""
    return {"name": "The Lantern", "url": "https://lantern.example/", **changes}


def courier(**changes: Any) -> Document:
    """A source with something in every member that a client may send."""
    return {
        "name": "Harbour Courier",
        "url": "https://harbour.example/",
        "country": "IE",
        "language": "en",
        "credit": "The Harbour Trust",
        "policies": [
            {
                "license": "CC-BY-4.0",
                "statement": "All content of the Harbour Courier is licensed under CC BY 4.0.",
                "statement_url": "https://harbour.example/terms",
                "valid_from": "2020-01-01",
                "valid_to": "2029-12-31",
            }
        ],
        "requests": [{"kind": "notify", "text": "Tell us.", "url": "https://harbour.example/tell"}],
        "ai_terms": {"train_ai": True, "search": True, "tdm_reservation": False, "tdm_policy": None},
        "more_permissions_url": "https://harbour.example/syndication",
        **changes,
    }


def checked_article(document: Document) -> NewArticle:
    """`document` as the actions take it."""
    return load_article(document, None)


def checked_source(document: Document) -> SourceContent:
    """`document` as the actions take it."""
    return load_source(document, "any", None)
