"""What speaks of a license in a document: URLs, names, ids and buttons, in the words and in the markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from service.core.catalogue import find_license, resolve_url
from service.core.detection.document import Attribute, Document
from service.core.detection.folding import fold
from service.core.detection.names import Name, find_names
from service.core.detection.vocabulary import find_words
from service.core.detection.wording import is_name
from service.core.license_urls import parse_license_url
from service.core.licenses import Known, License, Unversioned

_HOST = re.compile(r"(?:creativecommons\.org|licensebuttons\.net|(?:spdx\.org|choosealicense\.com)/licenses)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:https?:)?(?:\\?/){0,2}(?:[a-z]{1,20}\.)?", re.IGNORECASE)
_PATH = re.compile(r"(?::\d{1,5})?(?:(?:\\?/|%2f)[\w\-.~%+?#=&:@!$*,;/\\]{0,400})?", re.IGNORECASE | re.ASCII)
_TRAILING = ".,;:!?*\\&=_"
_CALM = str.maketrans({"%": " "})


@dataclass(slots=True)
class Signal:
    """One sign of a license: `license`, or the `unit` that is named without a version.

    [start, end) is its place in the source, [at, until) in the readable text; `subject` is the work it speaks of.
    """

    kind: str
    license: License | None
    unit: str | None
    start: int
    end: int
    at: int
    until: int
    subject: str = ""
    metadata: bool = False
    marked: bool = False
    element: int = -1


def find_signals(document: Document, base_url: str | None) -> list[Signal]:
    """All signals in the order of their places in the readable text."""
    signals = list(_text_signals(document))
    for index, attribute in enumerate(document.attributes):
        for signal in _attribute_signals(attribute, base_url):
            signal.element = index
            signals.append(signal)
    return sorted(signals, key=lambda signal: (signal.at, signal.start))


def _text_signals(document: Document) -> Iterator[Signal]:
    for signal in _find_in(document.text):
        signal.start, signal.end = document.origin(signal.at), document.origin_end(signal.until)
        signal.subject = document.subject(signal.at) if document.subjects else ""
        yield signal
