"""What a text says about licenses, with the words that say it."""

from dataclasses import dataclass

from service.core.licenses import License


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words at [start, end), in Unicode characters of the input. `kind` is url, name, markup, button or spdx.

    `about` is the address, or the type, of the thing that the markup there speaks of, where that is not the page.
    """

    quote: str
    start: int
    end: int
    kind: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Detected:
    """A license, or the `unit` of a type whose version is not said, with the ids that it may be."""

    license: License | None
    unit: str | None
    candidates: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Detection:
    """All licenses of a text, the type without a version, whether two signs disagree, and whom to credit.

    `impossible` are names and URLs of licenses that do not exist; of such a one, the type alone is counted.
    """

    licenses: tuple[Detected, ...] = ()
    unit: str | None = None
    conflict: bool = False
    credit: str | None = None
    credit_evidence: Evidence | None = None
    impossible: tuple[Evidence, ...] = ()
