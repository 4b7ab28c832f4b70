"""Names of licenses in running text: a type, then a version and a jurisdiction, in any of the tables' languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from service.core.catalogue import LICENSES, resolve_license
from service.core.detection.vocabulary import Word
from service.core.licenses import Known, License, unit_family

_VERSIONS = frozenset(license.version for license in LICENSES)
# Half a version is enough where only one begins so.
_MAJORS = {x[0]: x for x in _VERSIONS if sum(y[0] == x[0] for y in _VERSIONS) == 1}
_LONGEST_GAP = 60
_MOST_VERSIONS = 12
_CODE_GAP = 4
_NO_SEQUEL = frozenset(("port", "scope"))
_TRAILING = frozenset(("number", "license", "version", "scope", "port"))
_PORTS = frozenset(license.jurisdiction for license in LICENSES)
_UNITS = {frozenset(unit_family(license.unit).split("-")): license.unit for license in LICENSES}

_PUNCTUATION = r"[\W_]{0,40}+"
_CONNECTORS = (
    r"(?:de|of|the|der|von|vom|la|le|et|und|and|y|e|i|och|og|en|s|in|a|an|av|di|da|do|d|del|c|cu|si|w|z|по|для"
    r"|tipo|type|typ)\b"
)
_GAP = re.compile(rf"{_PUNCTUATION}(?:{_CONNECTORS}{_PUNCTUATION}){{0,2}}+")
_BREAK = re.compile(r"[.!?。]\s(?!\s?-)|\n\s*\n")
_LIST_GAP = re.compile(
    r"\)?\s{0,2}(?:[,/&+、]|(?:and|und|et|y|or|oder|e|ou|og|och|en|и|и|та|及|和)\b){1,2}\s{0,2}(?:and\s)?"
)
_ANY_VERSION, _MEASURE = re.compile(r"\d\.\d"), re.compile(r"\s?(?:%|[a-z]{1,2}\b)")
_PORT_GAP = re.compile(r"[\s\-_,/(\[]{0,3}(?:(?:in|for|für)\s)?")
_PORT_CODE = re.compile(r"[-_/]([A-Za-z]{2})\b|[\s(\[,]{1,2}([A-Z]{2})\b|\s([a-z]{2})(?=\)|\Z)", re.ASCII)


@dataclass(slots=True)
class Name:
    """A name at [start, end) of the text; without a type it is a Creative Commons license of any.

    `adjoining` is one right behind another name, so that a number before it is the version of that.
    """

    start: int
    end: int
    commons: bool = False
    spelled_out: bool = False
    coded: bool = False
    elements: set[str] = field(default_factory=set)
    tool: str = ""
    versions: list[tuple[str, str]] = field(default_factory=list)
    scoped: bool = False
    strange: bool = False
    adjoining: bool = False

    @property
    def typed(self) -> bool:
        return bool(self.elements or self.tool)

    @property
    def unit(self) -> str | None:
        """The unit that the elements make, None for such as no license has."""
        return self.tool or _UNITS.get(frozenset(self.elements))

    @property
    def impossible(self) -> bool:
        """Whether no license of the type has the version that is named."""
        return self.strange or (bool(self.versions) and not self.licenses())

    @property
    def single(self) -> bool:
        """Whether the type has one version, so that the type alone names the license."""
        return _resolve(self.unit or "", "", "") is not None

    def licenses(self) -> tuple[License, ...]:
        """The licenses of the named versions; a port that no such license has is not counted."""
        if self.strange:
            return ()
        found = (_resolve(self.unit or "", *version) for version in self.versions or [("", "")])
        return tuple(license for license in found if license)


@lru_cache(maxsize=1024)
def _resolve(unit: str, version: str, port: str) -> License | None:
    for ending in (f"{version} {port}", version):
        resolution = resolve_license(f"CC {unit} {ending}")
        if isinstance(resolution, Known):
            return resolution.license
    return None


def find_names(text: str, folded: str, words: list[Word]) -> Iterator[Name]:
    """Whatever may be the name of a Creative Commons tool, in order; single words and bare "CC" among them."""
    reader = _Reader(text, folded, words)
    last: Name | None = None
    index = 0
    while index < len(words):
        if not reader.begins(index):
            index += 1
            continue
        name, index = reader.read(index)
        if last is not None:
            if reader.joined(last.end, name.start) and _completes(last, name):
                continue
            name.adjoining = name.start - last.end < 2
            yield last
        last = name
    if last is not None:
        yield last


def _completes(first: Name, second: Name) -> bool:
    """Let a name be completed by the next: "Attribution 3.0" by "Creative Commons", a title by one in brackets."""
    clear = first.versions or len(first.elements) > 1 or (second.spelled_out and not first.coded)
    if second.commons and clear and not second.typed and first.typed and not first.commons:
        first.commons = first.spelled_out = True
        return not second.versions
    repeats = first.commons and not first.versions and not second.commons and second.elements <= first.elements
    if repeats and second.elements:
        first.versions, first.scoped, first.end = second.versions, second.scoped, second.end
    return repeats and bool(second.elements)


class _Reader:
    """Reads names from the words of a text, each as far as its words belong together."""

    __slots__ = ("folded", "text", "words")

    def __init__(self, text: str, folded: str, words: list[Word]) -> None:
        self.text = text
        self.folded = folded
        self.words = words

    def begins(self, index: int) -> bool:
        """Whether a name may begin with the word; a lone element or code needs another word beside it."""
        word = self.words[index]
        if word.kind in _TRAILING:
            return False
        if word.kind != "element" and (word.kind != "code" or word.meaning == "cc" or "-" in word.meaning):
            return True
        following = self.words[index + 1] if index + 1 < len(self.words) else None
        reach = _LONGEST_GAP if word.kind == "element" else _CODE_GAP
        return following is not None and following.kind not in _NO_SEQUEL and following.start - word.end < reach

    def joined(self, end: int, start: int) -> bool:
        """Whether only punctuation and a connecting word stand between the two places."""
        if start - end == 1 and self.folded[end] in " -":
            return True
        return start - end < _LONGEST_GAP and _GAP.fullmatch(self.folded, end, start) is not None

    def read(self, first: int) -> tuple[Name, int]:
        """The name that begins with that word, and the index of the first word behind it."""
        word = self.words[first]
        name = Name(word.start, word.end)
        after = index = first
        while index < len(self.words):
            word = self.words[index]
            if index > first and not self._continues(index):
                break
            if word.kind == "number":
                after = index = self._read_versions(name, index)
                if name.typed or not name.versions:
                    break
            elif word.kind in ("license", "version", "scope"):
                index += 1
            elif _take(name, word):
                name.end = word.end
                after = index = index + 1
            else:
                break
        self._look_back_for_version(name, first)
        return name, max(after, first + 1)

    def _continues(self, index: int) -> bool:
        """Whether the word at the index goes on with the name before it; before a version no sentence ends."""
        before, word = self.words[index - 1], self.words[index]
        if word.start - before.end < 2:
            return self.joined(before.end, word.start)
        ends = word.kind != "number" and _BREAK.search(self.folded[before.end : word.start + 1]) is not None
        return not ends and self.joined(before.end, word.start)

    def _read_versions(self, name: Name, index: int) -> int:
        """Take the version at the index, its jurisdiction, and such as follow in a list; the index behind them."""
        version = self._version(name, index)
        if version is None and self._is_strange(name, index):
            name.strange, name.end, index = True, self.words[index].end, index + 1
        while version and len(name.versions) < _MOST_VERSIONS:
            name.end = self.words[index].end
            index += 1
            port, index = self._read_port(name, index)
            name.versions.append((version, port))
            follows = index < len(self.words) and _LIST_GAP.fullmatch(self.folded, name.end, self.words[index].start)
            version = self._exact_version(index) if follows else None
        return index

    def _is_strange(self, name: Name, index: int) -> bool:
        """Whether the number there stands where a version would, and is none: "CC BY 5.0", not "CC BY 2.7 MB"."""
        word = self.words[index]
        if not name.typed or name.versions or word.start - name.end != 1 or not _ANY_VERSION.fullmatch(word.meaning):
            return False
        return _MEASURE.match(self.folded, word.end) is None

    def _version(self, name: Name, index: int) -> str | None:
        """The license version that a number means: "4.0", "4_0", or behind a type "4", "40" close to its code."""
        exact = self._exact_version(index)
        if exact or not name.typed:
            return exact
        word, gap = self.words[index], self.words[index].start - self.words[index - 1].end
        if gap == 0 or (gap == 1 and self.folded[word.start - 1] in "-_"):
            dotted = ".".join(word.meaning)
            return dotted if dotted in _VERSIONS else _MAJORS.get(word.meaning)
        close = gap == 1 or self.words[index - 1].kind == "version"
        return _MAJORS.get(word.meaning) if close else None

    def _exact_version(self, index: int) -> str | None:
        word = self.words[index]
        version = re.sub("[,_-]", ".", word.meaning) if word.kind == "number" else ""
        return version if version in _VERSIONS else None

    def _read_port(self, name: Name, index: int) -> tuple[str, int]:
        """The jurisdiction that stands behind a version, and the index behind it."""
        if index < len(self.words) and _PORT_GAP.fullmatch(self.folded, name.end, self.words[index].start):
            word = self.words[index]
            if word.kind in ("scope", "port"):
                name.end, name.scoped = word.end, True
                return ("" if word.kind == "scope" else word.meaning), index + 1
        code = _PORT_CODE.match(self.text, name.end)
        if code and (port := (code[1] or code[2] or code[3]).lower()) in _PORTS:
            name.end, name.scoped = code.end(), True
            return port, index
        return "", index

    def _look_back_for_version(self, name: Name, first: int) -> None:
        """Take the version of "version 4.0 of the Creative Commons Attribution license"."""
        if name.versions or not name.typed or first < 2 or self.words[first - 2].kind != "version":
            return
        version = self._exact_version(first - 1)
        if version and self.joined(self.words[first - 1].end, name.start):
            name.versions.append((version, ""))


def _take(name: Name, word: Word) -> bool:
    """Take the word into the name; False where it begins another one."""
    if word.kind == "port":
        return False
    if word.kind == "commons" or word.meaning == "cc":
        return _take_commons(name, spelled_out=word.kind == "commons")
    if word.kind == "unit":
        return _take_tool(name, word.meaning)
    return _take_elements(name, word)


def _take_commons(name: Name, *, spelled_out: bool) -> bool:
    if name.typed or (name.commons and not spelled_out and name.versions):
        return False
    name.commons = True
    name.spelled_out = name.spelled_out or spelled_out
    return True


def _take_tool(name: Name, unit: str) -> bool:
    if name.typed:
        return False
    name.tool = unit
    return True


def _take_elements(name: Name, word: Word) -> bool:
    elements = word.meaning.split("-")
    if name.tool or not name.elements.isdisjoint(elements) or (word.kind == "cccode" and name.typed):
        return False
    name.elements.update(elements)
    name.coded = name.coded or word.kind != "element"
    name.commons = name.commons or word.kind == "cccode"
    return True
