"""Members without what an article may not have."""

from typing import Any

import pytest

from service.formats.intake.soundness import make_sound
from service.formats.schemas.articles import load_article
from tests.factories import lighthouse, moth


def test_what_is_sound_stays_as_it_is():
    assert make_sound(lighthouse()) == lighthouse()
    assert make_sound({}) == {}


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"language": "Klingonese"}, {}),
        ({"published_at": "2024-02-31"}, {}),
        ({"more_permissions_url": "mailto:ines@harbour.example"}, {}),
        ({"section": "x" * 501}, {}),
        ({"keywords": ["salt", "x" * 501, ""]}, {"keywords": ["salt"]}),
        ({"creators": [{"name": "Ines", "orcid": "1"}]}, {"creators": [{"name": "Ines"}]}),
        ({"creators": [{"name": "x" * 501}, {"name": "Ines"}, {"role": "author"}]}, {"creators": [{"name": "Ines"}]}),
        ({"creators": "Ines"}, {}),
        (
            {"identifiers": [{"scheme": "doi", "value": "x"}, {"scheme": "a", "value": "b"}]},
            {"identifiers": [{"scheme": "a", "value": "b"}]},
        ),
        (
            {"attribution": {"credit": "The Trust", "credit_url": "x", "copyright_year": 0}},
            {"attribution": {"credit": "The Trust"}},
        ),
        ({"parts": [{"kind": "hologram"}, {"kind": "image", "url": "x"}]}, {"parts": [{"kind": "image"}]}),
        (
            {"based_on": [{"relation": "version", "creators": [{"name": "Lou", "url": "x"}, {}]}]},
            {"based_on": [{"relation": "version", "creators": [{"name": "Lou"}]}]},
        ),
        ({"corrections": [{"text": "No date."}, {"at": "2024"}]}, {"corrections": [{"at": "2024"}]}),
        ({"source": {"name": "The Lantern", "url": "x"}}, {"source": {"name": "The Lantern"}}),
        ({"unheard_of": 1}, {}),
    ],
)
def test_what_is_ill_is_left_out_with_no_more_than_it_spoils(changes: dict[str, Any], kept: dict[str, Any]):
    sound = make_sound({**moth(), **changes})
    assert sound == {**moth(), **kept}
    load_article(sound, None)


@pytest.mark.parametrize("changes", [{"url": "x"}, {"title": " "}, {"source": {"name": ""}}, {"source": 7}])
def test_what_no_article_can_do_without_is_left_for_the_schema_to_refuse(changes: dict[str, Any]):
    assert make_sound({**moth(), **changes}) == {**moth(), **changes}


def test_a_text_that_is_too_long_is_cut_behind_a_word():
    sound = make_sound(moth(title="salt " * 300, summary="sea " * 6000))
    assert len(sound["title"]) <= 1000
    assert sound["title"].endswith(" salt…")
    assert len(sound["summary"]) <= 20_000
    assert sound["summary"].endswith("sea…")
    load_article(sound, None)


def test_a_list_that_is_too_long_is_cut():
    sound = make_sound(moth(creators=[{"name": f"Author {n}"} for n in range(3000)]))
    assert len(sound["creators"]) == 1000
    load_article(sound, None)
