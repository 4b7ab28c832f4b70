"""Pages in bytes that nothing says the charset of."""

import pytest

from service.formats.pages import read_page
from tests.formats.pages_cast import URL


def _title(words: str, charset: str, text: str = "") -> tuple[str, str | None]:
    html = f"<html><head><title>{words}</title></head><body><h1>{words}</h1><p>{text or words}</p></body></html>"
    draft = read_page(html.encode(charset), url=URL)
    return draft.members["title"], draft.charset


@pytest.mark.parametrize(
    "words",
    [
        "Café à Montréal",
        "Der Weg für Öl",
        "Café naïve für Öl über",
        "Vägen för salt är lång på ön",
        "Où l’été fini – à 5 €",
    ],
)
@pytest.mark.parametrize("times", [1, 40])
def test_latin_pages_are_read_in_windows_1252(words, times):
    assert _title(words, "cp1252", f"{words}. " * times) == (words, "cp1252")


@pytest.mark.parametrize(
    ("words", "charset"),
    [
        ("Правительство опубликует все отчёты, сказал министр", "cp1251"),
        ("Соляная дорога", "cp1251"),
        ("الطريق الملحي في إيران", "cp1256"),
        ("Ο δρόμος του αλατιού", "cp1253"),
        ("中文网页的内容在这里", "gbk"),
        ("塩の道の話です。", "shift_jis"),
        ("소금길 이야기 입니다", "euc_kr"),
        ("Zażółć gęślą jaźń, książki są dostępne", "cp1250"),
    ],
)
def test_what_is_plainly_of_another_charset_is_read_in_that(words, charset):
    title, read_in = _title(words, charset, f"{words}. " * 10)
    assert title == words
    assert read_in != "cp1252"


def test_utf_8_comes_before_any_guess():
    assert _title("Café à Montréal", "utf-8") == ("Café à Montréal", "utf-8")
