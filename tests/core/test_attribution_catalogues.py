"""The wording of each language: whole, the same in its slots as English, and in its own words."""

import re
import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from service.core.attribution import CHANGES, LANGUAGES, match_language
from service.core.attribution.cldr import direction_of
from service.core.errors import InvalidValue

ASKED_FOR = {"en", "de", "fr", "es", "pt", "it", "ru", "uk", "fa", "ar", "tr", "zh", "ja"}
OTHERS = [lang for lang in LANGUAGES if lang != "en"]
OPTIONAL = {"euphony.before", "euphony.joined"}
PLURAL = {"by.zero", "by.two", "by.few", "by.many"}
NAMING = ("license_names.", "license_spoken.")
SCRIPTS = {
    "ru": "Ѐ-ӿ", "uk": "Ѐ-ӿ", "fa": "؀-ۿ", "ar": "؀-ۿ", "zh": "㐀-鿿", "ja": "぀-鿿",
}  # fmt: skip
LATIN_NAMES = {"Creative", "Commons", "Public", "Domain", "Mark", "URL"}


def catalogue(lang: str) -> dict[str, str]:
    text = files("service.core.data").joinpath(f"credit.{lang}.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text)
    return {f"{section}.{key}": value for section, keys in sections.items() for key, value in keys.items()}


def slots(template: str) -> set[str]:
    return {slot for _, slot, _, _ in Formatter().parse(template) if slot}


ENGLISH = catalogue("en")


def test_there_is_a_catalogue_for_each_language_that_is_asked_for_and_english_comes_first() -> None:
    assert set(LANGUAGES) == ASKED_FOR
    assert LANGUAGES[0] == "en"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_a_text_without_loose_space(lang: str) -> None:
    for key, template in catalogue(lang).items():
        assert isinstance(template, str), key
        if key not in ("sentences.space", "short.separator", "sentences.rights_printed"):
            assert template == template.strip(), key
            assert template, key


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_every_message(lang: str) -> None:
    keys = catalogue(lang).keys() - OPTIONAL - PLURAL
    assert ENGLISH.keys() - PLURAL - keys == set()
    assert keys - ENGLISH.keys() <= {f"{NAMING[0]}zero"}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_message_has_the_slots_of_the_english_one(lang: str) -> None:
    for key, template in catalogue(lang).items():
        if key.startswith(NAMING):
            assert slots(template) <= {"name", "title", "version"}, key
        elif key.partition(".")[0] == "by":
            assert slots(template) == {"work", "names"}, key
        elif key not in OPTIONAL:
            assert slots(template) == slots(ENGLISH[key]), key


@pytest.mark.parametrize("lang", OTHERS)
def test_a_license_is_named_by_its_title_in_every_language_but_english(lang: str) -> None:
    assert slots(catalogue(lang)["license_names.other"]) == {"title", "name"}


@pytest.mark.parametrize("lang", SCRIPTS)
def test_no_latin_words_are_left_over_in_another_script(lang: str) -> None:
    for key, template in catalogue(lang).items():
        words = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", template)))
        assert words <= LATIN_NAMES, key
        if re.sub(r"\{\w+\}|[\W\d]", "", template) and not words:
            assert re.search(f"[{SCRIPTS[lang]}]", template), key


@pytest.mark.parametrize("lang", OTHERS)
def test_hardly_a_message_is_the_english_one(lang: str) -> None:
    same = {key for key, template in catalogue(lang).items() if template == ENGLISH.get(key)}
    kept = {key for key in same if re.search(r"[A-Za-z]{3,}", re.sub(r"\{\w+\}", "", ENGLISH[key]))}
    assert kept <= {
        "kinds.image", "kinds.video", "kinds.audio", "relations.version", "use.other", "relations.other",
        "license_short.mark", "license_spoken.other", "license_names.other",
    }  # fmt: skip


def test_every_word_for_changes_can_be_said_with_and_without_a_name() -> None:
    for lang in LANGUAGES:
        keys = catalogue(lang).keys()
        assert {f"{form}.{word}" for form in ("done", "done_by") for word in CHANGES} <= keys


def test_french_sets_its_colons_and_quotes_off_with_spaces_that_do_not_break() -> None:
    for key, template in catalogue("fr").items():
        assert not re.search(r" [:;»?!]|« |[^\u00a0\w)}]:", template), key


def test_arabic_and_persian_run_from_right_to_left_and_no_other_language_does() -> None:
    assert {lang for lang in LANGUAGES if direction_of(lang) == "rtl"} == {"ar", "fa"}


@pytest.mark.parametrize(
    ("tag", "lang"),
    [("de", "de"), ("DE-at", "de"), ("zh-Hant-TW", "zh"), ("sr-Latn", None), ("pt-BR", "pt"), ("en-GB-oed", "en")],
)
def test_a_tag_is_matched_by_its_language(tag: str, lang: str | None) -> None:
    if lang:
        assert match_language(tag) == lang
        return
    with pytest.raises(InvalidValue, match="takes one of en, ar, de"):
        match_language(tag)


@pytest.mark.parametrize("tag", ["", "d", "deutsch!", "de_DE", "xx", "x-private", "\u202e", "a" * 500])
def test_what_is_no_tag_of_ours_is_refused_with_the_list(tag: str) -> None:
    with pytest.raises(InvalidValue) as error:
        match_language(tag)
    assert error.value.code == "unknown-language"
    assert ", ".join(LANGUAGES) in error.value.detail
    assert len(error.value.detail) < 250
