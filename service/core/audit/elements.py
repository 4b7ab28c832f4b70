"""Who and what a credit names: title, creators, the designated party, the source, the address and the notices."""

import re
from collections.abc import Iterator
from dataclasses import replace

from service.core.audit.addresses import address_key
from service.core.audit.cases import Case
from service.core.audit.model import Finding, Quote
from service.core.audit.names import find_initials, find_name
from service.core.audit.sentences import say
from service.core.audit.words import letters_of, words_of

_SUBTITLE = re.compile(r"(?:[:：?？!！;；]\s|[:：]|\s[|·/–—-]+\s|——|\.\s)")
_SHORTEST_HEAD = 8
_COPYRIGHT = ("c", "copyright", "copr")


def judge_parties(case: Case) -> Iterator[Finding]:
    """The title, each creator, the designated party, the wording that the licensor asks for, the source."""
    yield from _judge_title(case)
    for name in _creator_names(case):
        yield _judge_name(case, "creators", name)
    if _text(case.work.credit):
        yield _judge_name(case, "credit", _text(case.work.credit))
    yield from _judge_wording(case)
    if _text(case.work.source_name):
        yield _judge_name(case, "source", _text(case.work.source_name))


def judge_url(case: Case) -> Iterator[Finding]:
    """The link to the original; one that cannot be linked is not asked for."""
    shown = (*case.credit.required, *case.credit.optional)
    url = next((element.text for element in shown if element.element == "url"), None)
    if url:
        yield _judge(case, "url", url, case.find_address(url))


def judge_notices(case: Case) -> Iterator[Finding]:
    """The copyright notice and the disclaimer, in so many words; where one is an address, the link to it."""
    notice, disclaimer = _text(case.work.copyright_notice), _text(case.work.disclaimer)
    if notice:
        yield _judge(case, "copyright_notice", notice, _find_address(case, notice) or find_name(case, _bare(notice)))
    if disclaimer:
        yield _judge(case, "disclaimer", disclaimer, _find_address(case, disclaimer) or case.find_words(disclaimer))


def _judge(case: Case, element: str, text: str, quote: Quote | None) -> Finding:
    """Found or missing, with the sentence of the element."""
    detail = say(f"{element}.{'found' if quote else 'missing'}", text=text)
    return case.terms.finding(element, "found" if quote else "missing", text=text, detail=detail, evidence=quote)


def _judge_title(case: Case) -> Iterator[Finding]:
    """The title, or what stands before its subtitle."""
    title = _text(case.work.title)
    if not title:
        return
    quote, head = case.find_words(title), _SUBTITLE.split(title, maxsplit=1)[0]
    if quote or len(letters_of(head)) < _SHORTEST_HEAD or head == title:
        yield _judge(case, "title", title, quote)
        return
    quote = case.find_words(head)
    detail = say("title.head" if quote else "title.missing", text=title)
    yield case.terms.finding("title", "found" if quote else "missing", text=title, detail=detail, evidence=quote)


def _creator_names(case: Case) -> list[str]:
    """Each creator's name once."""
    names = {letters_of(creator.name) or creator.name: _text(creator.name) for creator in reversed(case.work.creators)}
    return [name for name in reversed(names.values()) if name]


def _judge_name(case: Case, element: str, name: str) -> Finding:
    quote = find_name(case, name)
    hint = None if quote else find_initials(case, name)
    if hint is None:
        return _judge(case, element, name, quote)
    detail = say("name.initials", text=name, seen=" ".join(hint.quote.split()))
    return case.terms.finding(element, "wrong", text=name, detail=detail, evidence=hint, lightly=True)


def _judge_wording(case: Case) -> Iterator[Finding]:
    wording = _text(case.work.requested)
    if wording:
        yield replace(_judge(case, "requested", wording, case.find_words(wording)), severity="recommended")


def _find_address(case: Case, text: str) -> Quote | None:
    """Where a notice that is nothing but an address is linked or printed."""
    return None if address_key(text) is None else case.find_address(text)


def _bare(notice: str) -> str:
    """A copyright notice without its sign, which has many spellings: the year and the holder."""
    words = words_of(notice)
    while len(words) > 1 and words[0] in _COPYRIGHT:
        words = words[1:]
    return " ".join(words) or notice


def _text(value: str | None) -> str:
    return (value or "").strip()
