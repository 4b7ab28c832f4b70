"""Whether a sentence that names a license is about the page itself, or news of other people's texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from service.core.detection.subjects import WHOLE, subject_of
from service.formats.pages.words import page_words

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE_END = re.compile(r"[.!?|•·。！？](?:\s|$)|(?<=[。！？])")
_POSSESSIVE = re.compile(r"[^\W\d_]['’]s\b")
_QUOTED = re.compile(r"[“„][^”“]*\w[^”“]*\s[^”“]*$")
_THIS, _NOUNS, _PAGE_NOUNS = page_words("this"), page_words("work noun"), page_words("page noun")
_THIS_ARTICLE = tuple(page_words("this page"))
_THIS_PAGE = (*_THIS_ARTICLE, *page_words("this site"))
_SAID, _ELSEWHERE, _AGAIN = page_words("said"), page_words("elsewhere"), page_words("again")
_GRANTING = page_words("granting") | _THIS | _NOUNS | _PAGE_NOUNS
# As in "this is an open access article".
_MOST_BETWEEN = 5
_LONGEST_STATEMENT, _LONGEST_NAMING, _LONGEST_NAME, _SHORTEST_NAME = 300, 14, 80, 3
_TELLING = frozenset(("that", "was", "were", "has", "had", "will"))
"""Words of sentences that begin with a license and tell something of it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that names a license: what leads to the name, and what follows it."""

    lead: str
    rest: str

    @classmethod
    def at(cls, text: str, at: int) -> "Sentence":
        """The sentence of a text at a place."""
        lead = _SENTENCE_END.split(text[:at])[-1]
        return cls(_bare(lead), _bare(_SENTENCE_END.split(text[at:], maxsplit=1)[0]))


class PageNames:
    """What the page, its publisher and its authors are called."""

    def __init__(self, names: Iterable[str]) -> None:
        """Long ones are no names, short ones may be any word."""
        told = (" ".join(_WORD.findall(name[:_LONGEST_NAME])) for name in names)
        self._names = {spelling for name in told if len(name) >= _SHORTEST_NAME for spelling in (name, name.upper())}

    def stand_in(self, text: str) -> bool:
        """Whether the text has one of the names, with the capitals that it has: sites are called by common words."""
        words = f" {' '.join(_WORD.findall(text))} "
        return any(f" {name} " in words for name in self._names)


def is_of_page(sentence: Sentence, names: PageNames) -> bool:
    """Whether it is surely said of this page: it names it, "this article", its publisher or authors, or nothing at all,
    as in "Republished from …".
    """
    if _is_report(sentence):
        return False
    is_named = names_page(sentence.lead) or names_page(sentence.rest) or names.stand_in(sentence.lead)
    return is_named or not _AGAIN.isdisjoint(_words_of(sentence.lead)[:1])


def is_bare_grant(sentence: Sentence) -> bool:
    """Whether it has none but the words of grants before the license: "Text: ", "All content is available under"."""
    words = _words_of(sentence.lead)
    if _is_report(sentence) or _tells_of_license(sentence):
        return False
    if not words:
        return len(_words_of(sentence.rest)) <= _LONGEST_NAMING
    return all(word in _GRANTING or word.isdigit() for word in words)


def is_of_others(sentence: Sentence) -> bool:
    """Whether it speaks of the texts of somebody else: "the ministry's texts", "all articles on Others"."""
    words = _words_of(sentence.lead)
    if _is_report(sentence) or _tells_of_license(sentence):
        return True
    if not _ELSEWHERE.isdisjoint(words) or _POSSESSIVE.search(sentence.lead):
        return True
    return any(
        noun in _NOUNS and joint in ("of", "on") and _is_foreign(words, place + 2)
        for place, (noun, joint) in enumerate(pairwise(words))
    )


def names_page(text: str) -> bool:
    """Whether it has "this article", "this site" or such."""
    squeezed = text.replace(" ", "")
    if any(name in squeezed for name in _THIS_PAGE):
        return True
    words = _words_of(text)
    return any(word in _THIS and _leads_to_noun(words[place + 1 :]) for place, word in enumerate(words))


def names_article(text: str) -> bool:
    """Whether it has "this article" or such, and not only "this site"."""
    squeezed = text.replace(" ", "")
    if any(name in squeezed for name in _THIS_ARTICLE):
        return True
    words = _words_of(text)
    return any(word in _THIS and _leads_to_work(words[place + 1 :]) for place, word in enumerate(words))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without what ends them."""
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def is_short(text: str) -> bool:
    """Whether a block may be little but a statement."""
    return len(_ADDRESS.sub("", text)) <= _LONGEST_STATEMENT


def _is_foreign(words: list[str], place: int) -> bool:
    """Whether what stands at the place, behind an article if there is one, is none of the words of grants."""
    return next((word not in _GRANTING for word in words[place:] if word not in ("the", "a", "an")), False)


def _is_report(sentence: Sentence) -> bool:
    """Whether somebody is said to have said it, or it stands in quotation marks."""
    words = {*_words_of(sentence.lead), *_words_of(sentence.rest)}
    return not _SAID.isdisjoint(words) or _QUOTED.search(sentence.lead) is not None


def _tells_of_license(sentence: Sentence) -> bool:
    """Whether it begins with the license, and tells something of that."""
    return not _words_of(sentence.lead) and not _TELLING.isdisjoint(_words_of(sentence.rest))


def _leads_to_noun(words: list[str]) -> bool:
    """Whether a word for the page follows, behind none but words of grants."""
    for word in words[: _MOST_BETWEEN + 1]:
        if word in _PAGE_NOUNS or word in _NOUNS or subject_of(word) == WHOLE:
            return True
        if word not in _GRANTING:
            return False
    return False


def _leads_to_work(words: list[str]) -> bool:
    """Whether a word for the text follows, behind none but words of grants and none for the page or the site."""
    for word in words[: _MOST_BETWEEN + 1]:
        if word in _PAGE_NOUNS or (word not in _GRANTING and word not in _NOUNS):
            return False
        if word in _NOUNS:
            return True
    return False


def _bare(text: str) -> str:
    return _ADDRESS.sub(" ", text)


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
