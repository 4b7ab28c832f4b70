"""A draft: the members of an article that a page states, with what says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.core.detection import Detection
from service.formats.pages.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as ``POST /v1/articles`` takes it, unchecked, as far as a page states it.

    ``evidence`` has the values of each member that the page's sources give, the best first; ``detection`` is what the
    page says of licenses, its parts and other things included; ``warnings`` are
    ``{code, pointer, detail}``; ``charset`` is what the bytes of the page were read in, None for a text.
    """

    members: Mapping[str, Any]
    evidence: Mapping[str, Sequence[Fact]]
    detection: Detection
    warnings: Sequence[Mapping[str, str]]
    charset: str | None = None
