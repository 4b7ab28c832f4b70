"""The names that licenses go by, folded so that case, accents, hyphens and spaces make no difference.

A name is a type ("Attribution-ShareAlike", "BY-SA", "Namensnennung"), a version and a jurisdiction.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from service.core.data import read_table
from service.core.licenses import License, unit_family

OFFICIAL_NAMES = read_table("names.tsv")
WORDS = read_table("words.tsv")

_LONGEST = 300
_TOKEN = re.compile(r"cc0(?!\d)|cc(?=by|zero)|[^\W\d_]+\+?|\d+(?:[.,\u066b]\d+)*")
_VERSION = re.compile(r"\d(?:\.\d)?")
# Thai, kana and Han; Hangul too, which NFKD takes apart into letters of its own.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class NamedTerms:
    """What a name says: families of units, a version ("4" or "4.0"), ports (None in them is no port).

    `ids` are the licenses whose official title it is, word for word.
    """

    families: tuple[str, ...] = ()
    version: str | None = None
    ports: frozenset[str | None] | None = None
    ids: frozenset[str] = frozenset()


class LicenseNames:
    """All names of the given licenses: English and official titles, unit codes, country names."""

    __slots__ = ("_exact", "_heads", "_tails")

    def __init__(self, licenses: tuple[License, ...]) -> None:
        self._heads: dict[str, set[str]] = {}
        self._tails: dict[str, set[str | None]] = {}
        self._exact: dict[str, set[str]] = {}
        for row in WORDS:
            self._add_word(row["kind"], row["meaning"], row["word"])
        for license in licenses:
            self._add_license(license)
        self._add_official_names({(x.unit, x.version, x.jurisdiction): x.id for x in licenses})

    def read(self, text: str) -> NamedTerms | None:
        """What the whole text names; None where any word of it is unknown. No families: Creative Commons alone."""
        tokens = _bare_tokens(text) if len(text) <= _LONGEST else None
        if tokens is None:
            return None
        head, version, tail = _split(tokens)
        families = self._heads.get(head, set())
        ports = self._tails.get(tail) if tail else None
        if (head and not families) or (tail and ports is None):
            return None
        return NamedTerms(
            families=tuple(sorted(families)),
            version=version,
            ports=None if ports is None else frozenset(ports),
            ids=frozenset(self._exact.get("".join(tokens), ())),
        )

    def _add_word(self, kind: str, meaning: str, word: str) -> None:
        if kind == "unit":
            self._heads.setdefault(_key(word), set()).add(unit_family(meaning))
        elif kind == "scope":
            self._tails.setdefault(_key(word), set()).add(None)
        elif kind == "port":
            self._tails.setdefault(_key(word), set()).add(meaning)

    def _add_license(self, license: License) -> None:
        family = unit_family(license.unit)
        title, _, tail = _split(_bare_tokens(license.title) or [])
        for head in (title, _key(license.name.split(" ")[-2]), *_codes(license.unit)):
            self._heads.setdefault(head, set()).add(family)
        for name in (tail, license.jurisdiction or tail, _key(license.jurisdiction_name)):
            self._tails.setdefault(name, set()).add(license.jurisdiction)

    def _add_official_names(self, ids: dict[tuple[str, str, str | None], str]) -> None:
        for row in OFFICIAL_NAMES:
            version, _, port = row["version"].partition("/")
            tokens = _bare_tokens(row["official_title"]) or []
            head, _, tail = _split(tokens)
            self._heads.setdefault(head, set()).add(unit_family(row["unit"]))
            if tail:
                self._tails.setdefault(tail, set()).add(port or None)
            self._exact.setdefault("".join(tokens), set()).add(ids[row["unit"], version, port or None])


def _codes(unit: str) -> Iterator[str]:
    """The unit's code as a key, its elements in either order of nc and nd."""
    yield _key(unit)
    yield _key(unit.replace("nd-nc", "nc-nd"))
    yield _key(unit.replace("nc-nd", "nd-nc"))


def _split(tokens: list[str]) -> tuple[str, str | None, str]:
    """Type, version and jurisdiction of a name, as keys."""
    for index, token in enumerate(tokens):
        if _VERSION.fullmatch(token):
            return "".join(tokens[:index]), token, "".join(tokens[index + 1 :])
    return "".join(tokens), None, ""


def _key(text: str) -> str:
    return "".join(_bare_tokens(text) or ())


def _bare_tokens(text: str) -> list[str] | None:
    """The tokens without "Creative Commons" before and "License" among them; None if nothing at all is named."""
    folded = _fold(text)
    if not folded.isascii():
        folded = _UNSPACED_FILLER.sub(" ", _UNSPACED_COMMONS.sub(" cc ", folded))
    tokens = [token for token in map(_plain_number, _TOKEN.findall(folded)) if token not in _FILLERS]
    start = next((index for index, token in enumerate(tokens) if token not in _COMMONS), len(tokens))
    return tokens[start:] if tokens else None


def _fold(text: str) -> str:
    """Casefolded, without accents, vowel marks and joiners."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf", "Lm"))


def _plain_number(token: str) -> str:
    """Persian and Arabic digits and decimal signs as ASCII ones."""
    if not token[0].isdigit():
        return token
    return "".join(str(unicodedata.digit(char, 0)) if char.isdigit() else "." for char in token)


def _spaced(kind: str) -> frozenset[str]:
    """Single tokens of all words of a kind whose script puts spaces between words."""
    words = (_fold(row["word"]) for row in WORDS if row["kind"] == kind)
    return frozenset(token for word in words if not _UNSPACED.search(word) for token in _TOKEN.findall(word))


def _unspaced(*kinds: str) -> re.Pattern[str]:
    """Any word of these kinds in a script without spaces, longest first."""
    words = {_fold(row["word"]) for row in WORDS if row["kind"] in kinds}
    longest_first = sorted(filter(_UNSPACED.search, words), key=len, reverse=True)
    return re.compile("|".join(r"[\s\u30fb\u00b7-]*".join(word.split()) for word in longest_first))


_COMMONS = _spaced("commons") | {"cc"}
_FILLERS = _spaced("license") | _spaced("version") | {"the", "a", "an", "of", "deed"}
_UNSPACED_COMMONS = _unspaced("commons")
_UNSPACED_FILLER = _unspaced("license", "version")
