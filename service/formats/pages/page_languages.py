"""What language the article is in: what the page says, unless its words are plainly of another one."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from service.core.data import read_table
from service.formats.intake.loose_languages import read_language
from service.formats.pages.facts import Fact, quote_of
from service.formats.pages.linked_data import SOURCE, LinkedData
from service.formats.pages.survey import Survey
from service.formats.pages.tree import text_of

_METAS = ("dc.language", "dcterms.language", "citation_language", "og:locale", "content-language", "language", "lang")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS, _PLAIN, _MORE, _ENOUGH = 40, 0.14, 2.0, 500
_ELSEWHERE = re.compile("[\u0370-\ud7af]")
_SCRIPTS = (
    ("fa", re.compile("[پچژگکی]")),
    ("ar", re.compile("[\u0621-\u064a]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u03b1-\u03c9]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0904-\u0939]")),
)


def find_languages(survey: Survey, linked: LinkedData) -> list[Fact]:
    """The languages that the page's sources name; what its words plainly are comes first where it is none of them."""
    facts = list(_said(survey, linked))
    told = tell_language(_words_of(survey))
    if told and (not facts or facts[0].value.partition("-")[0] != told):
        words = Fact(told, "text", quote_of(_words_of(survey)[:120]))
        agreeing = [fact for fact in facts if fact.value.partition("-")[0] == told]
        return [*agreeing, words, *(fact for fact in facts if fact not in agreeing)]
    return facts


def _words_of(survey: Survey) -> str:
    """Some running text of the page; where it has hardly any, whatever words it has."""
    running = " ".join(survey.samples)
    return running if survey.sampled > _ENOUGH else f"{running} {text_of(survey.root, _ENOUGH * 6)}"


def tell_language(text: str) -> str | None:
    """The language of some running text by its script or its commonest words; None where that is not plain."""
    words = _WORD.findall(text.lower())
    if by_script := _by_script(text):
        return by_script
    if len(words) < _LEAST_WORDS:
        return None
    counts = Counter(words)
    shares = sorted(
        (sum(counts[x] for x in common & counts.keys()) / len(words), lang) for lang, common in _common().items()
    )
    (second, _), (first, lang) = shares[-2:]
    return lang if first >= _PLAIN and first >= second * _MORE else None


def _by_script(text: str) -> str | None:
    letters = 0 if text.isascii() or not _ELSEWHERE.search(text) else sum(map(str.isalpha, text))
    if letters < _LEAST_WORDS:
        return None
    if len(_SCRIPTS[1][1].findall(text)) > letters / 2:
        return "fa" if len(_SCRIPTS[0][1].findall(text)) > letters / 50 else "ar"
    for lang, pattern in _SCRIPTS[2:]:
        if len(pattern.findall(text)) > letters * (0.1 if lang == "ja" else 0.5):
            return lang
    return None


def _said(survey: Survey, linked: LinkedData) -> Iterator[Fact]:
    sources = [(SOURCE, fact.value) for fact in linked.stated_fact("language")]
    sources += [("html lang", survey.language), *survey.meta_values(*_METAS)]
    for source, text in sources:
        tag = read_language(text.partition(",")[0]) or read_language(re.split(r"[-_,]", text)[0])
        if tag:
            yield Fact(tag, source, quote_of(text))


@cache
def _common() -> dict[str, frozenset[str]]:
    """Language → its commonest words."""
    return {row["language"]: frozenset(row["words"].split()) for row in read_table("common_words.tsv")}
