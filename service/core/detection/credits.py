"""Whom a text names as the one to be credited."""

from service.core.detection.document import Document
from service.core.detection.findings import Evidence
from service.core.detection.signals import Signal


def find_credit(document: Document, signals: list[Signal]) -> Evidence | None:
    """The licensor or author that the text names in so many words."""
    return None
