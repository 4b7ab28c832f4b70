"""An entry of the change feed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """That a record came to a version: ``type`` is ``article.created``, ``source.updated`` and so on.

    ``document`` is the record as JSON where nothing else keeps it (a source); an article's is kept with its versions.
    """

    type: str
    record: str
    version: int
    at: datetime
    document: bytes | None = None
