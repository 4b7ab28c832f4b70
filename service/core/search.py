"""Words: what a text is found by, and what a search asks for. One way of cutting feeds both databases.

A word is a run of letters, marks and digits, folded. Scripts that are written without spaces are cut into overlapping
pairs of characters, so that any part of a text is found: 新聞社 is 新聞, 聞社 and 社.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.core.articles import Content
from service.core.text import LETTERS

MAX_QUERY = 256
WORDS_REVISION = 1
"""To be raised whenever texts are cut in another way: what was cut before is then cut anew."""

GAP = ""
"""Stands for a place that no word is at, so that no phrase reaches over it."""

_MAX_TEXT, _MAX_WORDS, _MAX_WORD, _MAX_TIMES = 50_000, 16_000, 200, 255  # a tsvector holds no more than that
_MOST_WORDS, _MOST_OPEN = 32, 8  # of a search
_LEAST_BEGINNING = 2
_JOINERS = ("\u200c", "\u200d")
_MORE_LETTERS: dict[str, str | None] = {
    **dict.fromkeys(_JOINERS),  # their word is found as one, and by its parts
    **dict.fromkeys("\u0671\u0672\u0673", "\u0627"),  # alef wasla and alef with a wavy hamza, alef
    **dict.fromkeys("\u06c1\u06be\u06d5\u06c3", "\u0647"),  # heh goal, heh doachashmee, ae, teh marbuta goal; heh
    **dict.fromkeys("\u06d2\u06cd", "\u06cc"),  # yeh barree, yeh with tail; yeh
    "\u06aa": "\u06a9",  # swash kaf, keheh
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ħ": "h",
}
_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What is not to be seen: the characters of Unicode that are Default_Ignorable_Code_Point."""

_VOICED = "\u3099\u309a"  # a mark that makes another sound of a kana is no accent
_UNSPACED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_ASCII = re.compile(r"[a-z0-9]+")
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_QUERY = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|\Z)|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one behind the other; of the last one only the beginning where ``is_open``."""

    words: tuple[str, ...]
    is_open: bool = False


Term = tuple[Phrase, ...]
"""The ways in which a term may be met; one is enough."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: each of `wanted` is met by one of its phrases, and none of `unwanted`."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the beginning of any word is searched for."""
        return any(phrase.is_open for phrases in (*self.wanted, *self.unwanted) for phrase in phrases)

    @property
    def size(self) -> int:
        """How many words are looked up for it."""
        return sum(len(phrase.words) for phrases in (*self.wanted, *self.unwanted) for phrase in phrases)

    @property
    def is_wordless(self) -> bool:
        """Whether there is nothing in it that could be found: signs and symbols alone."""
        return not (self.wanted or self.unwanted)


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """The words of an article in their order: those of its title, and of its summary, creators and keywords."""

    title: tuple[str, ...]
    rest: tuple[str, ...]


def read_search(text: str) -> Search | None:
    """The search that somebody typed: words, ``"phrases"``, ``-word`` and ``word*``; all else is plain text.

    None for an empty one. The first 32 words count, of beginnings the first 8, and those have two letters at least.
    """
    if not text.strip():
        return None
    terms = dict.fromkeys(_limit_terms(_read_terms(_plain_quotes(text))))
    wanted = tuple(phrases for phrases, is_unwanted in terms if not is_unwanted)
    return Search(wanted, tuple(phrases for phrases, is_unwanted in terms if is_unwanted))


def texts_of(content: Content) -> tuple[str, ...]:
    """The texts of an article that are searched, that of its title first."""
    names = (creator.name for creator in content.creators)
    return (content.title, content.summary or "", *names, *content.keywords)


def words_of(content: Content) -> IndexedWords:
    """What an article is found by."""
    first, *others = texts_of(content)
    title = _cut_parts([first])[:_MAX_WORDS]
    kept: Counter[str] = Counter()
    return IndexedWords(_limit(title, kept), _limit(_cut_parts(others)[: _MAX_WORDS - len(title)], kept))


def _read_terms(text: str) -> Iterator[tuple[Term, bool]]:
    """The terms of a search, and whether each is unwanted."""
    for match in _QUERY.finditer(text):
        part = match["word"] if match["phrase"] is None else match["phrase"]
        is_open = match["word"] is not None and len(part) > _LEAST_BEGINNING and part.endswith("*")
        if phrases := _read_phrases(part, is_open=is_open):
            yield phrases, bool(match["minus"])


def _limit_terms(terms: Iterable[tuple[Term, bool]]) -> Iterator[tuple[Term, bool]]:
    """The first words: each costs time, and most of all one that any word of an index may begin with."""
    left, open_left = _MOST_WORDS, _MOST_OPEN
    for phrases, is_unwanted in terms:
        is_open = any(phrase.is_open for phrase in phrases)
        open_left -= is_open
        if left > 0 and (open_left >= 0 or not is_open):
            yield tuple(dict.fromkeys(_cut_phrase(phrase, left) for phrase in phrases)), is_unwanted
            left -= max(len(phrase.words) for phrase in phrases)


def _cut_phrase(phrase: Phrase, most: int) -> Phrase:
    return phrase if len(phrase.words) <= most else Phrase(phrase.words[:most])


def _plain_quotes(text: str) -> str:
    return text.translate({ord(mark): '"' for mark in "“”„‟«»＂"})


def _read_phrases(text: str, *, is_open: bool) -> Term:
    """The phrases that a part of a search may be met by: as it stands and, with a joiner in it, by its parts."""
    spellings = [text]
    if _has_joiner(text):
        spellings.append(_split_joiners(text))
    phrases = (_phrase(fold_words(spelling), is_open=is_open) for spelling in spellings)
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase.words))


def _phrase(text: str, *, is_open: bool) -> Phrase:
    """The words to be found. A pair ends in the middle of a run, so the single last character is not asked for."""
    runs = _runs(text)
    words = [word for run in runs for word in _words_of_run(run)]
    if not runs or not _is_unspaced(runs[-1]):
        return Phrase(tuple(words), is_open and bool(words))
    return Phrase(tuple(words), is_open=True) if len(runs[-1]) == 1 else Phrase(tuple(words[:-1]))


def _cut_parts(texts: Sequence[str]) -> list[str]:
    """The words of several texts with a gap between them, and last the parts of what a joiner holds together."""
    words: list[str] = []
    for text in texts:
        if text:
            words += [*_cut(text), GAP]
    joined = (word for text in texts if _has_joiner(text) for word in text.split() if _has_joiner(word))
    for word in joined:
        words += [*_cut(_split_joiners(word)), GAP]
    return words[:-1]


def _cut(text: str) -> Iterator[str]:
    for run in _runs(fold_words(text[:_MAX_TEXT])):
        yield from _words_of_run(run)


def _words_of_run(run: str) -> list[str]:
    if not _is_unspaced(run):
        return [run[:_MAX_WORD]]
    return [run[at : at + 2] for at in range(len(run))]


def _limit(words: Sequence[str], kept: Counter[str]) -> tuple[str, ...]:
    """The words without further repetitions of what is there very often: PostgreSQL keeps no more places of a word."""
    if len(words) <= _MAX_TIMES:
        kept.update(words)
        return tuple(words)
    limited = []
    for word in words:
        kept[word] += 1
        limited.append(word if kept[word] <= _MAX_TIMES else GAP)
    return tuple(limited)


def _has_joiner(text: str) -> bool:
    return not text.isascii() and any(joiner in text for joiner in _JOINERS)


def _split_joiners(text: str) -> str:
    for joiner in _JOINERS:
        text = text.replace(joiner, " ")
    return text


def fold_words(text: str) -> str:
    """`text` without case, accents, signs, and variants of letters and digits.

    A mark that makes another letter stays, such as the vowels of Indic scripts.
    """
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", letters.translate(_FOLDED))


class _Folded(dict[int, str | None]):
    """What becomes of each character, found when it is first met."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = folded = _fold_letter(letter)
        return folded


def _fold_letter(letter: str) -> str | None:
    if _IGNORED.match(letter) or (unicodedata.combining(letter) and letter not in _VOICED):
        return None
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter if unicodedata.category(letter)[0] in "LNM" else " "


_FOLDED = _Folded({**LETTERS, **str.maketrans(_MORE_LETTERS)})


def _runs(text: str) -> list[str]:
    """The runs of letters, marks and digits in a folded text, each in scripts with spaces or in ones without."""
    if text.isascii():
        return _ASCII.findall(text)
    return [run for word in text.split() for run in ([word] if word.isascii() else _RUNS.findall(word))]


def _is_unspaced(run: str) -> bool:
    return not run.isascii() and _UNSPACED_LETTER.match(run) is not None
