"""Names in bylines: what is left of "By Jane Doe, Staff Writer | May 18" when all but the names is taken off."""

import re
from collections.abc import Iterator
from functools import lru_cache

from service.core.written_dates import find_first_date
from service.formats.pages.words import page_words

_LONGEST, _MOST_WORDS, _LONGEST_LINE = 70, 6, 2000
_LABEL = re.compile(
    r"^[\s\W]{0,4}(?:text\s{0,2}:\s{0,3}|(?:(?:article|artikel|beitrag|text|words|story|report|post|analysis"
    r"|opinion|written|posted|published|publi[ée]|publicado|escrito|submitted|created|reported|geschrieben"
    r"|verfasst|veröffentlicht"
    r"|erstellt|gepostet|eingestellt|rédigé|scritto|pubblicato|geplaatst|hochgeladen|ein artikel|ein beitrag"
    r"|a post|a guest post|guest post|gastbeitrag|foto"
    r"|interview|mis en ligne|proposé)\s{1,3}(?:(?:on|am|le|el|il|op)\s[^|]{4,40}?\s)?)?"
    r"(?:by|von|par|por|di|da|door|av|af|autor(?:in|en|es)?|authors?|auteurs?|autore|verfasser|redakteur(?:in)?"
    r"|redaktion"
    r"|reporter|от|автор|بقلم|نویسنده|作者|文)(?:\s{0,3}[:：/|]\s{0,3}|\s{1,3})(?:by\s{1,3})?)",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s[|•·–—»/]\s|\s-\s|[|•·»\t\n\[<@#:…]|\((?![\w.]{1,12}\)\s(?-i:[A-ZÀ-Ž]))|(?<!\w\w)\d"
    r"|,?\s(?:on|at|in|for|für|aus|from|auf|chez|sur|pour|um|is an?|ist|has been|writes|updated|published"
    r"|posted|follow)\s"
    r"|,?\s(?:on|am|in|for|at|le|el|il|op|um)$"
    r"|,?\s(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:,|;|\s(?:and|und|et|y|e|och|og|en|with|mit|avec|con)\s|\s?&\s?|\s/\s|／|、)\s*", re.IGNORECASE
)
_ROLE = re.compile(
    r"\b(?:staff|writer|reporter|editor|correspondent|contributor|columnist|producer|journalist|photographer|analyst"
    r"|intern|director|manager|ceo|founder|professor|blogger|freelance\w*|redakteur\w*|korrespondent\w*"
    r"|journaliste?|autor(?:in)?"
    r"|redacci[oó]n|special|senior|associate|chief|bureau|press|media|news service|guest|gast|ph\.?d\.?"
    r"|m\.?d\.?|mba|jr\.?"
    r"|sr\.?|esq|university|magazine|researcher|fellow|volontär\w*|chefredakteur\w*|community|team leader"
    r"|consultant)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"^(?:ph\.?\s?d\.?|m\.?d\.?|mba|jr\.?|sr\.?|esq\.?|m\.?a\.?|m\.?sc\.?|b\.?a\.?|i{2,3})$", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"https?:|www\.|[@<>{}=]|\.(?:com|org|net|html?|php)\b|\b(?:share|tweet|email|print|comment|kommentar\w*"
    r"|subscribe|follow"
    r"|read|more|view|all posts|profile|posts by|archive|january|copyright|rights|minutes?|hours?|ago|posted"
    r"|published|updated|date|datum|category|kategorie|tags?|login|log in|home|about|contact|click|http"
    r"|facebook|twitter|rss"
    r"|undefined|null|true|false|uhr|lesezeit|newsletter|creative commons|licen[sc]\w*|lizenz\w*)\b",
    re.IGNORECASE,
)
_GENERIC = page_words("account")
_BY_WORDS = page_words("by")
_MAIL = re.compile(r"\S+@\S+\.\S+|\(?https?://\S+\)?")
_LOWER_PARTICLES = page_words("particle")


@lru_cache(maxsize=4096)
def read_names(text: str, *, inverted: bool = False) -> tuple[str, ...]:
    """The names in a byline, in their order; "Doe, Jane" is one name where names are `inverted`."""
    bare = _MAIL.sub(" ", text[:_LONGEST_LINE])
    labelled = True
    while labelled:
        shorter = _LABEL.sub("", bare, count=1)
        labelled, bare = shorter != bare, shorter
    bare = bare.strip(" \t\n.,;:|-–—•·*\"'“”„")
    if inverted and (turned := _turn(bare)):
        return (turned,)
    bare = bare[: _day_in(bare)].rstrip()
    while end := _END.search(bare):
        bare = bare[: end.start()].rstrip()
    pieces = [piece for piece in _SPLIT.split(bare) if piece.strip()]
    names = [_name(piece) for piece in pieces]
    if "&" in bare and not all(names):
        names = [_name(bare)]
    return tuple(dict.fromkeys(_without_roles([name for name in names if name])))


def is_generic(name: str) -> bool:
    """Whether it is the name of an account that software makes, as "admin"."""
    return name.strip().lower() in _GENERIC


def is_name(text: str) -> bool:
    """Whether a text may be the name of somebody at all."""
    words = text.split()
    if text.lower() in _BY_WORDS:
        return False
    if not 0 < len(words) <= _MOST_WORDS or not 2 <= len(text) <= _LONGEST:
        return False
    if words[-1].lower() in _BY_WORDS or _NO_NAME.search(text) or not any(char.isalpha() for char in text):
        return False
    lower = [word for word in words if word[0].islower()]
    return len(lower) in (0, len(words)) or all(word in _LOWER_PARTICLES for word in lower)


def _day_in(text: str) -> int:
    """Where a date begins in a byline, or its end."""
    found = find_first_date(text)
    return found.start if found else len(text)


def _turn(text: str) -> str | None:
    """Jane Doe for "Doe, Jane"."""
    last, comma, first = text.partition(",")
    few = 0 < len(last.split()) <= 3 and 0 < len(first.split()) <= 3
    if comma and few and "," not in first and not _DEGREE.match(first.strip()) and is_name(last) and is_name(first):
        return f"{first.strip()} {last.strip()}"
    return None


def _name(piece: str) -> str:
    name = piece.strip(" \t\n.,;:|-–—•·*\"'“”„»«")
    return name if is_name(name) and not _DEGREE.match(name) else ""


def _without_roles(names: list[str]) -> Iterator[str]:
    """The names without what follows them as a role: "Staff Writer", "professor of law"; one alone stays."""
    for place, name in enumerate(names):
        words = name.split()
        is_sentence = words[0][0].islower() and words[0] not in _LOWER_PARTICLES and len(words) > 1
        if place and (_ROLE.search(name) or is_sentence):
            continue
        yield name
