"""Folding: spellings of one text fall together, and nothing else is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("The Moth", "the moth"),
        ("  two \t\n words  ", "two words"),
        ("Été", "ete"),
        ("E\u0301te\u0301", "ete"),
        ("Ærøskøbing", "ærøskøbing".replace("ø", "o")),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Łódź", "lodz"),
        ("ﬁne", "fine"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("ＡＢＣ１", "abc1"),
        ("Đà Nẵng", "da nang"),
        ("№ 5", "no 5"),
        ("𝐌𝕠𝖙𝗵", "moth"),
        ("ℝ ℃ ™", "r °c tm"),
        ("東京", "東京"),
    ],
)
def test_case_accents_and_spaces_do_not_count(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("arabic", "persian"),
    [
        ("علي", "علی"),
        ("كتاب", "کتاب"),
        ("مى", "می"),
        ("خانة", "خانه"),
        ("می\u200cشود", "می شود"),
        ("كـــتاب", "کتاب"),
        ("كِتَاب", "کتاب"),
    ],
)
def test_arabic_and_persian_spellings_fall_together(arabic, persian):
    assert fold(arabic) == fold(persian)


@pytest.mark.parametrize(("one", "other"), [("moth", "mouth"), ("a b", "ab"), ("é", "f"), ("東京", "京都"), ("1", "l")])
def test_different_words_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_short_way_of_ascii_is_the_long_way(text):
    assert fold(text) == fold(text + "é").removesuffix("e").strip()


@given(st.text())
def test_a_folded_text_has_no_needless_spaces(text):
    assert fold(text) == " ".join(fold(text).split())
