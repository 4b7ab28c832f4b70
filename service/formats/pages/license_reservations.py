"""Words that reserve rights in a page: those of the site, and those of the article itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from lxml import etree

from service.core.data import read_table
from service.core.detection import detect, find_reservation, reserves_all
from service.core.detection.cues import has_cue
from service.core.detection.folding import fold
from service.core.detection.subjects import PART, begins_with_part, subject_of
from service.core.grants import ALL_RIGHTS_RESERVED
from service.core.licenses import License
from service.formats.pages.claims import Claim
from service.formats.pages.facts import Fact, quote_of
from service.formats.pages.license_blocks import block_of
from service.formats.pages.license_parts import is_beside_picture
from service.formats.pages.license_places import has_other_scripts
from service.formats.pages.license_sentences import names_article, names_page, sentences_of
from service.formats.pages.regions import regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import UNSEEN, Element, ancestors_of, text_of

NONCOMMERCIAL, UNLICENSED = "noncommercial", "unlicensed"
"""What words against a license come to that reserve no rights: no use has commercial ends, there is no license."""

_MOST_FOOTERS, _LONGEST_FOOTER = 20, 3000
_MOST_LINES, _MOST_NODES, _LONGEST_LINE, _STEM = 200, 800, 700, 6
_OTHER_SCRIPT = re.compile("[\u0370-\ud7af]")
_BESIDE = frozenset(("comments", "others", "embed", "figure", "navigation", "side"))
_NOTICE = re.compile(r"\W*(?:©|\(c\)|copyright\b|all rights)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright\b", re.IGNORECASE)
_LEAST_WORDS = 3
_SITE_SIGN = "no part of"
_SITE_RIGHTS = re.compile(
    r"\bno part of [^.]{3,60} (?:may|can) be (?:reproduced|copied|republished|redistributed|reprinted|transmitted)"
    r"|\ball rights (?:of|in|to|on) [^.]{3,60} reserved"
    r"|\btodos (?:los derechos|os direitos) de [^.]{3,60} reservados"
    r"|\b(?:все|усі|всі) права на [^.]{3,60} (?:защищены|сохранены|принадлежат|захищені|застережен[оі])"
    r"|(?:جميع|كل|كافة|كامل) حقوق [^.]{3,60} محفوظة",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+")
_COMMONS = re.compile(r"creative[\s-]commons|\bcc[\s-]?(?:by|0)", re.IGNORECASE)
_COMMONS_SIGNS = ("commons", "cc by", "cc-by", "cc0")
_TRADE_SIGNS = ("commercial", "kommerzi", "commerci", "comercia", "коммерч")
_NO_TRADE = re.compile(
    r"non[\s-]?commercial|not\b.{0,40} commercial|nicht[\s-]?kommerzi|no comercial|não comercia"
    r"|non commercial|niet[\s-]commerci|некоммерч",
    re.IGNORECASE,
)
_REUSE = re.compile(
    r"republish|reproduc|reus|\buse[ds]?\b|cop(?:y|ied)|share[ds]?\b|distribut|repost|reprint|übern[eo]mm?|nutz|verwend"
    r"|weiterverbreit|reutiliz|utilis|utiliz|republi|riprod|перепечат|использ",
    re.IGNORECASE,
)


def find_page_reservation(survey: Survey, article: Element | None, *, licensed: bool) -> Fact | None:
    """Words that reserve all rights in the metadata, in a footer, or in a notice beside the article.

    Beside a license they need not stand alone; without one a notice that is in no element `footer` names the page.
    """
    for name, content in survey.meta_values("dc.rights", "dcterms.rights", "copyright", "rights"):
        if find_reservation(content):
            return Fact(ALL_RIGHTS_RESERVED, name, quote_of(content))
    for element in reversed(list(islice(survey.root.iter("footer"), _MOST_FOOTERS))):
        text = text_of(element, _LONGEST_FOOTER)
        found = find_reservation(text)
        if found or (licensed and _reserves_site(text)):
            words = text[max(0, found.start - 80) : found.end + 20] if found else text
            return Fact(ALL_RIGHTS_RESERVED, "footer", quote_of(words))
    for block, text in _blocks_with(survey, (*_signs(survey), _SITE_SIGN)):
        reserves = _reserves_site(text) if licensed else reserves_all(text) and names_page(text)
        if reserves and _is_of_site(block, text, article):
            return Fact(ALL_RIGHTS_RESERVED, block.tag, quote_of(text))
    return None


def find_own_reservation(survey: Survey, article: Element | None) -> Fact | None:
    """Words by which the article itself reserves all rights, or denies a license, whatever the rest of the page says.

    They name it, "this article", or are a notice of copyright in the element `article`, apart from its footer.
    """
    for block, text in _blocks_with(survey, (*_signs(survey), *_COMMONS_SIGNS)):
        value = _against(text)
        if value and _is_own(block, text, article) and not is_beside_picture(block):
            return Fact(value, block.tag, quote_of(text))
    return None


def find_restriction(survey: Survey, claims: Iterable[Claim]) -> Fact | None:
    """A sentence that allows to use the text for no commercial ends, where none of the licenses says so."""
    units = [claim.unit if isinstance(claim, License) else claim for claim in claims]
    if not units or any(unit == "cc" or "nc" in unit.split("-") for unit in units):
        return None
    for block, text in _blocks_with(survey, _TRADE_SIGNS):
        for sentence in _SENTENCE.findall(text):
            is_ban = _NO_TRADE.search(sentence) and _REUSE.search(sentence) and _is_of_text(sentence)
            if is_ban and not regions_of(block) & _BESIDE:
                return Fact(NONCOMMERCIAL, block.tag, quote_of(sentence))
    return None


def _blocks_with(survey: Survey, signs: Iterable[str]) -> Iterator[tuple[Element, str]]:
    """The short blocks of the page that have one of the signs, with their words."""
    found = tuple(sign for sign in signs if sign.encode() in survey.text)
    seen: set[Element] = set()
    for node in islice(_texts_with(found)(survey.root), _MOST_NODES) if found else ():
        parent = node.getparent()
        block = block_of(parent.getparent() if node.is_tail else parent)
        if block in seen or block.tag in UNSEEN:
            continue
        if len(seen) == _MOST_LINES:
            return
        seen.add(block)
        text = text_of(block, _LONGEST_LINE + 1)
        if len(text) <= _LONGEST_LINE:
            yield block, text


@lru_cache(maxsize=256)
def _texts_with(signs: tuple[str, ...]) -> etree.XPath:
    """What finds the texts that have one of the signs, in the spellings of words."""
    spellings = dict.fromkeys(x for sign in signs for x in (sign, sign.capitalize(), sign.title(), sign.upper()))
    contained = " or ".join(f"contains(., '{spelling}')" for spelling in spellings)
    return etree.XPath(f"//text()[{contained}]")


def _signs(survey: Survey) -> tuple[str, ...]:
    """Beginnings of words of which one stands in every phrase that reserves all rights in the scripts of the page."""
    others = _reserving(latin=False) if has_other_scripts(survey.text) else ()
    return (*_reserving(latin=True), *others)


@cache
def _reserving(*, latin: bool) -> tuple[str, ...]:
    """Beginnings of words of which one stands in every phrase that reserves all rights, in the script or any other."""
    phrases = (row["cue"] for row in read_table("cues.tsv") if row["kind"] == "reserved")
    words = (max(phrase.replace("…", " ").split(), key=len) for phrase in phrases)
    return tuple(sorted({word[:_STEM] for word in words if latin is not bool(_OTHER_SCRIPT.search(word))}))


def _is_own(block: Element, text: str, article: Element | None) -> bool:
    """Whether a block speaks of the article: it names it, or is a notice of copyright in it.

    Outside of it, as in a footer, "this site" is not the article, and what other sentences name does not count.
    """
    regions = regions_of(block)
    if regions & _BESIDE:
        return False
    if _denies(text):
        return True
    statements = _reservations_in(text)
    is_within = article is not None and article in ancestors_of(block)
    if "footer" in regions or (article is not None and not is_within):
        return any(map(names_article, statements))
    if not is_within:
        return any(map(names_page, statements))
    return bool(statements) and (names_page(text) or _NOTICE.match(text) is not None)


def _reservations_in(text: str) -> list[str]:
    """The sentences that reserve all rights, each with the notice before it, without those of parts."""
    sentences = sentences_of(text)
    places = (place for place, sentence in enumerate(sentences) if reserves_all(sentence))
    notices = [" ".join(sentences[_notice_before(sentences, place) : place + 1]) for place in places]
    return [notice for notice in notices if not _is_of_part(notice)]


def _notice_before(sentences: Sequence[str], place: int) -> int:
    """Where what a sentence reserves rights in is named: in a notice right before it, which may hold initials."""
    start = place
    if names_page(sentences[place]) or _COPYRIGHT.search(sentences[place]):
        return place
    while start and len(sentences[start - 1].split()) < _LEAST_WORDS:
        start -= 1
    said_before = start and (_COPYRIGHT.search(sentences[start - 1]) or begins_with_part(fold(sentences[start - 1])))
    return start - 1 if said_before else start


def _is_of_part(notice: str) -> bool:
    """Whether a notice is of a part by what precedes its sign, as "Photo ©", or by its first word."""
    sign = _COPYRIGHT.search(notice)
    led_by = fold(notice[: sign.start()] if sign else notice)
    return begins_with_part(led_by) or (sign is not None and subject_of(led_by) == PART)


def _reserves_site(text: str) -> bool:
    """Whether words in a footer reserve all rights, or those in the site, beside a license."""
    return reserves_all(text) or any(subject_of(fold(x[0])) != PART for x in _SITE_RIGHTS.finditer(text))


def _is_of_site(block: Element, text: str, article: Element | None) -> bool:
    """Whether a block stands in a footer, or is a notice beside the article."""
    regions = regions_of(block)
    if regions & _BESIDE or is_beside_picture(block):
        return False
    is_notice = names_page(text) or _NOTICE.match(text) is not None
    return "footer" in regions or (is_notice and (article is None or article not in ancestors_of(block)))


def _against(text: str) -> str | None:
    if reserves_all(text):
        return ALL_RIGHTS_RESERVED
    return UNLICENSED if _denies(text) else None


def _denies(text: str) -> bool:
    """Whether a text says of the page that a license of Creative Commons is not for it."""
    sentences = (x for x in _SENTENCE.findall(text) if _COMMONS.search(x))
    spoken = any(has_cue("not", fold(x)) and names_page(x) for x in sentences)
    return spoken and not detect(text).licenses


def _is_of_text(sentence: str) -> bool:
    """Whether it speaks of no part alone, such as the photos, and names no license."""
    return subject_of(fold(sentence)) != PART and not detect(sentence).licenses
