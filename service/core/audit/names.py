"""Names on a page: in either order, and with initials, which is only a hint."""

from collections.abc import Iterator

from service.core.audit.cases import Case
from service.core.audit.model import Quote
from service.core.audit.words import words_of

_MOST_WORDS = 12


def find_name(case: Case, name: str) -> Quote | None:
    """Where a name stands, its words in their order or with the last ones in front ("Albright, Ines")."""
    return next((quote for form in _orders(name) if (quote := case.find_words(form))), None)


def find_initials(case: Case, name: str) -> Quote | None:
    """Where a name stands with its first words cut to initials ("I. Albright", "Albright I")."""
    *first, last = words_of(name) or [""]
    if not first or len(last) < 3 or len(first) > _MOST_WORDS:
        return None
    initials = " ".join(word[0] for word in first)
    forms = (f"{initials} {last}", f"{last} {initials}", f"{initials[0]} {last}", f"{last} {initials[0]}")
    return next((quote for form in dict.fromkeys(forms) if (quote := case.find_words(form))), None)


def _orders(name: str) -> Iterator[str]:
    yield name
    words = words_of(name)
    if len(words) <= _MOST_WORDS:
        for cut in range(1, len(words)):
            yield " ".join([*words[cut:], *words[:cut]])
