"""What a record says that its article says already."""

from typing import Any

import pytest

from service.formats.intake.echoes import drop_echoes

PRESENT = {
    "title": "Moths  that\nwhistle ",
    "summary": "a\ufffe",
    "section": "Coast",
    "published_at": "2026-03-14T12:00:00.25Z",
    "modified_at": "2026-03",
    "source": {"id": "lantern", "name": "The Lantern", "url": "https://lantern.example/"},
    "keywords": ["moths", "moths", "birds "],
    "attribution": {"copyright_notice": None, "copyright_holder": "The Lantern", "copyright_year": 2026},
    "license": {"statement": "© ask us"},
    "licenses": [],
}


@pytest.mark.parametrize(
    "members",
    [
        {"title": "Moths that whistle"},
        {"summary": "a\ufffd"},
        {"section": " Coast"},
        {"published_at": "2026-03-14T12:00:00Z"},
        {"published_at": "2026-03-14T13:00:00+01:00"},
        {"published_at": "2026-03-14"},
        {"published_at": "2026"},
        {"modified_at": "2026-03"},
        {"source": {"name": "The Lantern"}},
        {"source": {"name": "Lantern", "url": "https://lantern.example/"}},
        {"keywords": ["moths", "birds"]},
        {"keywords": ["Coast", "moths", "birds"]},
        {"attribution": {"copyright_notice": "© 2026 The Lantern"}},
        {"attribution": {"copyright_notice": "© ask us"}},
    ],
)
def test_an_echo_is_no_change(members: dict[str, Any]):
    assert drop_echoes(members, PRESENT) == {}


@pytest.mark.parametrize(
    "members",
    [
        {"title": "Moths that sing"},
        {"title": 7},
        {"published_at": "2026-03-14T12:00:01Z"},
        {"published_at": "2026-03-15"},
        {"published_at": "soon"},
        {"modified_at": "2026-03-14"},
        {"source": {"name": "Harbour Courier"}},
        {"source": {"name": "The Lantern", "url": "https://harbour.example/"}},
        {"source": {"id": "lantern"}},
        {"source": "lantern"},
        {"keywords": ["birds", "moths"]},
        {"keywords": "moths"},
        {"attribution": {"copyright_notice": "© 2025 The Lantern"}},
        {"attribution": {"copyright_notice": "© 2026 The Lantern", "credit": "x"}},
        {"attribution": {"credit": "x"}},
        {"language": "en"},
        {"creators": []},
    ],
)
def test_what_says_more_or_something_else_stays(members: dict[str, Any]):
    assert drop_echoes(members, PRESENT) == members
