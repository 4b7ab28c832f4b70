"""Which names are meant as licenses: "by SA Airlink" and "50 cc by noon" are not."""

import re

from service.core.detection.cues import any_cue
from service.core.detection.names import Name

_LICENSE_NOUN = re.compile(any_cue("noun"))
_UNDER = re.compile(rf"\b(?:{any_cue('under')})(?:\s+(?:{any_cue('article')}))?\W{{0,4}}$")
_ENGINE, _YEAR = re.compile(r"\d+\s?$"), re.compile(r"(?:19|20)\d\d\s?$")
# CC0 as part of a hexadecimal number, a color, a variable or an entity.
_NUMERAL = re.compile(r"[#&$]|[0-9A-Za-z]CC.?0|.?CC[^0]{0,9}0[0-9A-Za-z]", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"BY(?:[-_ /]+(?:NC|ND|SA))+|by(?:[-_]+(?:nc|nd|sa))+")
_ELEMENT = re.compile(r"-[A-Z]{2}\b")
_END_OF_CODE = re.compile(r"\s*(?:$|[^\w\s@#]|\n)|[\s\-]+(?:licen|lizenz|only|und|and|y|et)", re.IGNORECASE)


def is_license_name(name: Name, text: str, folded: str) -> bool:
    """Whether the name of a type stands for a license there."""
    if name.elements >= {"nd", "sa"} or _misspelt(name, text):
        return False
    if name.tool:
        return _is_tool(name, text, folded)
    if "by" not in name.elements:
        return name.commons and _is_retired(name)
    if name.spelled_out:
        return True
    if name.commons:
        return _is_short_name(name, text, folded)
    return _is_name_alone(name, text, folded)


def is_bare_license(name: Name, text: str, folded: str) -> bool:
    """Whether "Creative Commons" there is a license of no named type, and not the organization or a copy (cc)."""
    if not name.commons:
        return False
    before, after = folded[max(0, name.start - 40) : name.start], folded[name.end : name.end + 40]
    if not name.spelled_out and not _is_upper_cc(name, text, folded):
        return False
    if name.versions:
        return name.spelled_out or len(text) < 24 or bool(_LICENSE_NOUN.search(before + after))
    near_before = _words_at_end(before, 3)
    near_after = _words_at_start(after, 2)
    if _LICENSE_NOUN.search(near_before) or _LICENSE_NOUN.search(near_after):
        return True
    return name.spelled_out and _UNDER.search(before) is not None


def _is_retired(name: Name) -> bool:
    """Whether a type without "by" comes with the version, or the jurisdiction, that once had it."""
    return any((version == "1.0" or port) and name.licenses() for version, port in name.versions)


def _misspelt(name: Name, text: str) -> bool:
    """An unknown element hangs on to the code, as in "CC-BY-NA"."""
    return name.coded and text.startswith("-", name.end) and _ELEMENT.match(text, name.end) is not None


def _is_tool(name: Name, text: str, folded: str) -> bool:
    words = folded[name.start : name.end]
    if words.startswith("cc") and _NUMERAL.match(text, max(0, name.start - 1)):
        return False
    if name.commons or words.startswith(("cc", "public domain mark", "public domain cert")):
        return True
    return bool(name.versions) and (words.startswith("pdm") or "public" in words or " plus " in words or name.scoped)


def _is_upper_cc(name: Name, text: str, folded: str) -> bool:
    return text[name.start : name.start + 2] == "CC" and not _is_measure(name, text, folded)


def _is_measure(name: Name, text: str, folded: str) -> bool:
    """Whether "cc" is a measure behind a number, and that no year and no version of a name right before."""
    number = _ENGINE.search(folded[max(0, name.start - 6) : name.start])
    if number is None or name.adjoining:
        return False
    is_upper = text[name.start : name.start + 2] == "CC"
    return not is_upper or not (name.versions or _YEAR.match(number[0]))


def _is_short_name(name: Name, text: str, folded: str) -> bool:
    """Whether it is as "CC BY" and "cc-by 4.0", not as "50 cc by noon" and "please cc by mail"."""
    if _is_measure(name, text, folded):
        return False
    words = text[name.start : name.end]
    if name.versions or len(name.elements) > 1 or not name.coded or "BY" in words:
        return True
    return words[2:3] in ("-", "_") or _END_OF_CODE.match(text, name.end) is not None


def _is_name_alone(name: Name, text: str, folded: str) -> bool:
    """Without "Creative Commons": a title of several elements with a version, or of one with its jurisdiction."""
    several = len(name.elements) > 1
    if not name.coded:
        return bool(name.versions) and (several or name.scoped)
    code = _CODE.match(text, name.start)
    if not several or code is None:
        return False
    licensed = name.scoped or _LICENSE_NOUN.search(folded[max(0, name.start - 40) : name.end + 24]) is not None
    return licensed or (bool(name.versions) and (code[0].isupper() or len(text) < 24))


def _words_at_end(text: str, count: int) -> str:
    return " ".join(re.split(r"[.;!?\n]\s", text)[-1].split()[-count:])


def _words_at_start(text: str, count: int) -> str:
    return " ".join(re.split(r"[.;!?\n]\s", text)[0].split()[:count])
