"""How texts are cut into words, and what a search asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.articles import Content, Creator
from service.core.search import GAP, IndexedWords, Phrase, Search, fold_words, read_search, words_of


def title_words(title: str) -> tuple[str, ...]:
    return words_of(Content(url="https://lantern.example/", title=title)).title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who paints the lighthouse?", "who paints the lighthouse"),
        ("État d'urgence – ÇA VA", "etat d urgence ca va"),
        ("Straße İstanbul Ærø", "strasse istanbul aero"),
        ("covid-19 in the U.S.", "covid 19 in the u s"),
        (
            "\u0643\u062a\u0627\u0628 \u064a\u0643 \u06f1\u06f2\u06f3 \u0661",
            "\u06a9\u062a\u0627\u0628 \u06cc\u06a9 123 1",
        ),
        ("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0645\u062d\u0645\u062f"),
        ("\u0623\u062e\u0628\u0627\u0631 \u0622\u0628", "\u0627\u062e\u0628\u0627\u0631 \u0627\u0628"),
        ("新聞社が", "新聞 聞社 社が が"),
        ("iPhone手机 12", "iphone 手机 机 12"),
        ("か\u3099 ｶﾞ ガ", "が ガ ガ"),
        ("한국어 뉴스", "한국어 뉴스"),
        ("हिन्दी", "हिनदी"),
        ("😀 ☂ !", ""),
        ("qav\u00adz\u200bbi\u2060n\u200et \ufeffx", "qavzbint x"),
        ("葛\U000e0100城 \u2764\ufe0f a\u034fb", "葛城 城 ab"),
        (
            "\u062e\u0627\u0646\u06c0 \u062e\u0627\u0646\u06d5 \u062e\u0627\u0646\u0647\u0654",
            " ".join(["\u062e\u0627\u0646\u0647"] * 3),
        ),
        (
            "\u0671\u0644\u0644\u0647 \u06c1\u06be\u06c2\u06c3 \u06d2\u06cd\u06d3 \u06aa",
            "\u0627\u0644\u0644\u0647 \u0647\u0647\u0647\u0647 \u06cc\u06cc\u06cc \u06a9",
        ),
        ("under_score x² ﬁne", "under score x2 fine"),
    ],
)
def test_a_text_is_cut_into_folded_words(text, words):
    assert " ".join(title_words(text)) == words


def test_what_a_joiner_holds_together_is_found_as_one_word_and_by_its_parts():
    assert title_words("می\u200cخواهم") == ("میخواهم", GAP, "می", "خواهم")


def test_no_phrase_reaches_from_one_member_into_another():
    content = Content(
        url="https://lantern.example/",
        title="Moths",
        summary="One two.",
        creators=(Creator(name="Ines Albright"), Creator(name="Tomás")),
        keywords=("paint",),
    )
    rest = ("one", "two", GAP, "ines", "albright", GAP, "tomas", GAP, "paint")
    assert words_of(content) == IndexedWords(("moths",), rest)


def test_what_is_there_very_often_is_kept_only_so_many_times():
    content = Content(url="https://lantern.example/", title="ho", summary="ho " * 400 + "end")
    words = words_of(content)
    assert (*words.title, *words.rest).count("ho") == 255
    assert words.rest[-1] == "end"
    assert len(words.rest) == 401


def test_no_more_words_are_kept_than_postgresql_has_places_for():
    content = Content(url="https://lantern.example/", title="x", summary="語" * 20_000)
    assert len(words_of(content).rest) == 15_999


def one(*words: str, is_open: bool = False) -> tuple[Phrase, ...]:
    return (Phrase(words, is_open),)


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("moth", [one("moth")], []),
        ("Moth MOTH moth", [one("moth")], []),
        ("moth -lamp", [one("moth")], [one("lamp")]),
        ('"red moth" -"old lamp"', [one("red", "moth")], [one("old", "lamp")]),
        ("“red moth”", [one("red", "moth")], []),
        ('"red moth', [one("red", "moth")], []),
        ("mot*", [one("mot", is_open=True)], []),
        ("covid-19", [one("covid", "19")], []),
        ("a - b", [one("a"), one("b")], []),
        ("-moth", [], [one("moth")]),
        ("m* mo*", [one("m"), one("mo", is_open=True)], []),
        ("m*th", [one("m", "th")], []),
        ("moth OR NOT lamp", [one("moth"), one("or"), one("not"), one("lamp")], []),
        ("title:moth (lamp) ^x \\ {y}", [one("title", "moth"), one("lamp"), one("x"), one("y")], []),
        ("新", [one("新", is_open=True)], []),
        ("新聞", [one("新聞")], []),
        ("新聞社", [one("新聞", "聞社")], []),
        ('"新聞 社"', [one("新聞", "聞", "社", is_open=True)], []),
        ("می\u200cخواهم", [(Phrase(("میخواهم",)), Phrase(("می", "خواهم")))], []),
        ("moth !!!", [one("moth")], []),
        ("!!! 😀", [], []),
    ],
)
def test_a_search_is_read_as_it_is_typed(text, wanted, unwanted):
    assert read_search(text) == Search(tuple(wanted), tuple(unwanted))


@pytest.mark.parametrize(
    "text", ["-" + "a-" * 100, '"' + "a b " * 50 + '"', "新" * 200, "a-b-c-d " + "-e-f-g" * 30, "ab\u200ccd" * 40]
)
def test_of_many_words_the_first_count(text):
    search = read_search(text)
    assert search is not None
    terms = (*search.wanted, *search.unwanted)
    assert sum(max(len(phrase.words) for phrase in phrases) for phrases in terms) == 32


def test_of_many_terms_the_first_count():
    search = read_search(" ".join(f"w{at}" for at in range(40)) + " " + " ".join(f"ab{at}*" for at in range(9)))
    assert search is not None
    assert len(search.wanted) == 32
    search = read_search(" ".join(f"ab{at}*" for at in range(20)) + " -lamp")
    assert search is not None
    assert (len(search.wanted), search.unwanted) == (8, (one("lamp"),))


@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_an_empty_text_searches_for_nothing(text):
    assert read_search(text) is None


def test_signs_alone_are_a_search_that_finds_nothing():
    search = read_search("!!!")
    assert search is not None
    assert search.is_wordless


@given(st.text(max_size=60))
def test_no_text_is_an_error_and_words_are_words(text):
    for word in title_words(text or "x"):
        assert not any(letter.isspace() or letter in "\"'\\" for letter in word)
    search = read_search(text)
    if search:
        for phrases in (*search.wanted, *search.unwanted):
            assert all(phrase.words and all(phrase.words) for phrase in phrases)


@given(st.text(max_size=40))
def test_folding_again_makes_no_difference(text):
    assert fold_words(fold_words(text)) == fold_words(text)
