"""Names of licenses in running text: a type, then a version and a jurisdiction, in any of the tables' languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.core.catalogue import LICENSES, resolve_license
from service.core.detection.vocabulary import Word
from service.core.licenses import Known, License, unit_family

_VERSIONS = frozenset(license.version for license in LICENSES)
_MAJORS = {"1": "1.0", "3": "3.0", "4": "4.0"}
_UNITS = {unit_family(license.unit): license.unit for license in LICENSES}
_ELEMENTS = frozenset(("by", "nc", "nd", "sa"))
_P = r"[\s\-'.·/_!&:,;+*()\[\]\"“”„«»‹›「」『』【】（）、，：\x00|=]{0,5}"
_CONNECTOR = r"(?:de|of|the|der|von|la|le|et|und|and|y|e|i|och|og|en|s|in|a|an|av|di|da|do|d|del|di tipo|der version|under|c|для|по)"
_GAP = re.compile(rf"{_P}(?:{_CONNECTOR}\b{_P})?")
_LIST_GAP = re.compile(r"[\s\-,/+&()]{0,4}(?:(?:and|und|et|y|or|oder|e|ou|og|och|en|и|и|та|及|和)\b\s{0,3})?(?:v|version)?\.?\s?")
_PORT_GAP = re.compile(r"[\s\-_,/(\[]{0,4}|\s?\(?(?:in|for|für)\s")
_ATTACHED = re.compile(r"[-_/]\s?")


@dataclass(slots=True)
class Name:
    """A name as read so far, at [start, end) of the text."""

    start: int
    end: int
    commons: str = ""
    elements: set[str] = field(default_factory=set)
    tool: str = ""
    coded: bool = False
    versions: list[tuple[str, str]] = field(default_factory=list)
    scoped: bool = False

    @property
    def typed(self) -> bool:
        return bool(self.elements or self.tool)

    @property
    def unit(self) -> str | None:
        """The unit that the elements make, None for such as no license has."""
        return self.tool or _UNITS.get("-".join(sorted(self.elements)))

    def licenses(self) -> tuple[License, ...]:
        """The licenses of the named versions; a port that no such license has is not counted."""
        return tuple(x for version, port in self.versions or [("", "")] for x in self._resolve(version, port))

    def _resolve(self, version: str, port: str) -> Iterator[License]:
        for name in (f"CC {self.unit} {version} {port}", f"CC {self.unit} {version}"):
            resolution = resolve_license(name.strip())
            if isinstance(resolution, Known):
                yield resolution.license
                return


def find_names(text: str, folded: str, words: list[Word]) -> list[Name]:
    """All names of Creative Commons tools in the text, in order; `commons` alone for a license of no named type."""
    names, index = [], 0
    while index < len(words):
        if words[index].kind in ("commons", "code", "cccode", "element", "unit"):
            name, index = _Reader(text, folded, words).read(index)
            names.append(name)
        else:
            index += 1
    return names


class _Reader:
    """Reads one name from a list of words, as far as they belong together."""

    __slots__ = ("folded", "text", "words")

    def __init__(self, text: str, folded: str, words: list[Word]) -> None:
        self.text = text
        self.folded = folded
        self.words = words

    def read(self, index: int) -> tuple[Name, int]:
        """The name that begins with the word at the index, and the index of the first word after it."""
        first = self.words[index]
        name, used = Name(first.start, first.end), index
        while index < len(self.words) and (index == used or self._joins(index)):
            word = self.words[index]
            if word.kind == "number" and (version := self._version(name, index)):
                used = self._read_versions(name, index, version)
                if name.typed or not self._type_follows(used):
                    return self._with_earlier_version(name, first), used
                index = used
                continue
            if word.kind in ("license", "version", "scope"):
                index += 1
                continue
            if not _take(name, word):
                break
            name.end, index = word.end, index + 1
            used = index
        return self._with_earlier_version(name, first), used
