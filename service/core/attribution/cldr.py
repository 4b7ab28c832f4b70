"""What the Unicode CLDR knows of a language, by Babel: direction, lists, plurals, dates and names of languages."""

import unicodedata
from datetime import date
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton

from service.core.attribution.spans import Direction
from service.core.dates import PartialDate

_ZEROS = {"arabext": "\u06f0", "arab": "\u0660"}


def direction_of(lang: str) -> Direction:
    """The direction that the language is written in."""
    return "rtl" if _locale(lang).text_direction == "rtl" else "ltr"


def list_pattern(lang: str, place: str) -> str:
    """How two parts of a list are joined, as ``{0} and {1}``; `place` is 2 (the only two), start, middle or end."""
    return str(_locale(lang).list_patterns["standard"][place])


def plural_of(lang: str, count: int) -> str:
    """The plural form of a word that stands before `count` names: zero, one, two, few, many or other.

    No number is spoken, so the word does not follow its last digit: twenty-one names are many, like five.
    """
    return str(_locale(lang).plural_form(min(count, 5)))


def word_date(known: PartialDate, lang: str) -> str:
    """A date in words, in UTC and as precise as it is known, in the digits of the language."""
    day = known.first.date()
    if known.precision == "year":
        return _in_digits(format_skeleton("y", day, locale=_locale(lang)), lang)
    if known.precision == "month":
        return _in_digits(format_skeleton("yMMMM", day, locale=_locale(lang)), lang)
    return _word_day(day, lang)


def language_name(tag: str, lang: str) -> str | None:
    """The name of a language in another one; None where CLDR has none for it or a wider tag."""
    names, subtags = _locale(lang).languages, tag.split("-")
    for length in range(len(subtags), 0, -1):
        name = names.get("_".join(subtags[:length]))
        if name:
            return str(name)
    return None


@cache
def _locale(lang: str) -> Locale:
    """The locale of a language that there is a catalogue for."""
    try:
        return Locale.parse(lang)
    except UnknownLocaleError as error:
        raise LookupError(f"CLDR has no {lang!r}") from error


def _word_day(day: date, lang: str) -> str:
    return _in_digits(format_date(day, format="long", locale=_locale(lang)), lang)


def _in_digits(text: str, lang: str) -> str:
    """`text` with the default digits of the language, which Babel leaves to the caller."""
    zero = _ZEROS.get(_locale(lang).default_numbering_system)
    if zero is None:
        return text
    return "".join(chr(ord(zero) + unicodedata.digit(char)) if char.isdecimal() else char for char in text)
