"""The license of a feed, and that of an entry, which comes before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.formats.feeds import NOTHING_KNOWN, UNSPECIFIED
from service.formats.intake.claim_words import read_claim_words
from service.formats.intake.feed_elements import Elements, address_of, prose_with_licenses, resolve
from service.formats.intake.stated_rights import Offer, is_address, license_of, notice_of, show_terms
from service.formats.intake.stated_terms import gather_terms

_LICENSES = ("creativeCommons:license", "cc:license", "license", "dcterms:license", "dc:license")
_LINKS = ("link", "atom:link")
_MOST_SENTENCES = 20
_RIGHTS = ("rights", "dc:rights", "dcterms:rights", "atom:rights")
_NOTICES = ("copyright",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What is said of the rights in something: its ``license`` member, its copyright notice.

    `is_settled` is whether enough is said for nothing else to stand in: a license, that there is none, or terms of
    which it is not clear what they allow.
    """

    license: Any = None
    notice: str | None = None
    is_settled: bool = False

    def or_else(self, other: "Rights") -> "Rights":
        """These rights, and those of `other` where nothing is said here."""
        license = self.license if self.is_settled else other.license
        return Rights(license=license, notice=self.notice or other.notice, is_settled=True)


NOTHING = Rights()


def rights_of(elements: Elements, base: str | None, *, is_ours: bool = False) -> Rights:
    """What an entry, or the head of a feed, says of its rights; relative addresses belong to `base`.

    A feed of ours says in its own words what is claimed: those are read as what they stand for, and are no statement.
    """
    words, notices = _words(elements, *_RIGHTS), _words(elements, *_NOTICES)
    words += [text for text in elements.texts(*_LICENSES) if not is_address(text) and " " in text]
    addresses = list(dict.fromkeys(_addresses(elements, base)))
    terms = [address for address in addresses if address != UNSPECIFIED]
    if is_ours:
        license = _own_license(terms, [*words, *notices])
        return Rights(license=license, is_settled=bool(license or addresses or words))
    license = license_of((Offer(url=url) for url in terms), words, notices)
    return Rights(license=license, notice=notice_of([*words, *notices]), is_settled=bool(license or addresses))


def _words(elements: Elements, *names: str) -> list[str]:
    words = (prose_with_licenses(child, is_atom=elements.is_atom) for child in elements.in_order(*names))
    return [text for text in words if text and not text.startswith(NOTHING_KNOWN)]


def _addresses(elements: Elements, base: str | None) -> Iterator[str]:
    for child in elements.all(*_LINKS):
        if "license" in (child.get("rel") or "").lower().split():
            yield from filter(None, [resolve(child.get("href") or "", child, base)])
    for child in elements.all(*_LICENSES):
        address = address_of(child)
        if is_address(address) or child.get("href"):
            yield from filter(None, [resolve(address, child, base)])


def _own_license(addresses: list[str], words: list[str]) -> Any:
    """What a feed of ours says, in the form that documents show it in: the addresses, or a claim without one."""
    if addresses:
        return gather_terms(map(show_terms, addresses))
    claims = (read_claim_words(claim) for text in words for claim in _beginnings(text))
    return next(filter(None, claims), None)


def _beginnings(text: str) -> Iterator[str]:
    """The text up to each of its full stops: behind the claim stand the copyright notice and the credit."""
    sentences = text.split(". ")[:_MOST_SENTENCES]
    return (". ".join(sentences[:count]) for count in range(1, len(sentences) + 1))
