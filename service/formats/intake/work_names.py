"""Names of works among other texts: DOIs and URNs, however they are written."""

from service.formats.intake.addresses import read_identifier
from service.formats.members import Members

_STARTS = {
    "doi": ("10.", "doi:", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/"),
    "urn": ("urn:",),
    "arxiv": ("arxiv:",),
    "issn": ("issn:", "issn "),
    "pmid": ("pmid:",),
}


def read_work_name(text: str) -> Members | None:
    """The identifier that a text is; None for another text."""
    lowered = text[:30].lower()
    scheme = next((scheme for scheme, starts in _STARTS.items() if lowered.startswith(starts)), None)
    return read_identifier(scheme, text) if scheme else None
