"""Dates as people write them: names of months in many languages, figures in any order, addresses."""

import pytest

from service.core.written_dates import find_dates, find_first_date, find_url_date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Erstellt am 18. Mai 2014 um 9 Uhr", "de"),
        ("Publié le 18 mai 2014 à 12h", "fr"),
        ("18 de mayo de 2014", "es"),
        ("18 maggio 2014", "it"),
        ("18 de maio de 2014", "pt"),
        ("18 мая 2014", "ru"),
        ("18 Mayıs 2014", "tr"),
        ("18. května 2014", "cs"),
        ("Sunday, May 18th, 2014", "en"),
        ("18-May-2014", None),
        ("2014年5月18日", "zh"),
        ("2014-05-18 12:30", None),
        ("18.05.2014", "de"),
        ("18/5/2014", "en"),
        ("5/18/2014", "en"),
        ("5/18/2014", "en-GB"),
        ("18.05.14", "de"),
    ],
)
def test_a_day_is_read_in_the_words_or_figures_of_its_language(text, language):
    assert [found.day.isoformat() for found in find_dates(text, language)][:1] == ["2014-05-18"]


@pytest.mark.parametrize(("language", "day"), [("en", "2014-03-04"), ("en-GB", "2014-04-03"), ("de", "2014-04-03")])
def test_which_of_two_figures_is_the_month_is_for_the_language_to_say(language, day):
    found = find_first_date("3/4/2014", language)
    assert found is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "no date", "31. Februar 2014", "version 2.14.3", "18. Mai 1066", "99/99/2014", "5 may"]
)
def test_what_is_no_day_is_none(text):
    assert find_first_date(text, "de") is None


def test_the_place_of_a_date_is_told():
    text = "Salt, 18. Mai 2014, Tehran"
    found = find_first_date(text, "de")
    assert found is not None
    assert text[found.start : found.end] == "18. Mai 2014"


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://tehran.example/2014/05/18/salt", "2014-05-18"),
        ("https://tehran.example/2014/5/8/salt", "2014-05-08"),
        ("https://tehran.example/news/2014-05-18-salt.html", "2014-05-18"),
        ("https://tehran.example/20140518/salt", "2014-05-18"),
        ("https://tehran.example/2014/05/salt", "2014-05"),
        ("https://tehran.example/2014/13/40/salt", None),
        ("https://tehran.example/salt?day=2014/05/18", None),
        ("https://tehran.example/article/12345678", None),
    ],
)
def test_an_address_may_have_its_day(url, date):
    found = find_url_date(url)
    assert (found and found[0]) == date
